import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { addWorkingSeconds, workingSeconds } from './calendar.ts';
import type { Calendar } from './contract.ts';
import { calendars } from './standard.ts';
import { offsetSpan } from './zone.ts';

afterEach(() => vi.restoreAllMocks());

const calendar = (id: string) => calendars().find((one) => one.id === id)!;
const at = (text: string) => Date.parse(text);
const hours = (from: string, to: string, id: string, zone = 'Asia/Shanghai') =>
  workingSeconds(at(from), at(to), calendar(id), zone) / 3_600;
const later = (from: string, time: number, id: string, zone = 'Asia/Shanghai') =>
  new Date(addWorkingSeconds(at(from), time * 3_600, calendar(id), zone)).toISOString();

/** Zones without and with changes of offset: by an hour, by half an hour, over midnight, over the date line, in Ramadan. */
const zones = [
  'Asia/Shanghai',
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];
const aZone = fc.constantFrom(...zones);
const aCalendar = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ days, hours: [a, b] }): Calendar => {
    const [opens, closes] = [Math.min(a!, b!) * 900, Math.max(a!, b!) * 900];
    return { id: 'any', names: { zh: '任意', en: 'Any' }, days, opens, closes };
  });
const anInstant = fc.integer({ min: at('1985-01-01T00:00Z'), max: at('2040-01-01T00:00Z') });

/** The definition itself, asked of Intl for every quarter of an hour. */
function countedQuarters(from: number, to: number, { days, opens, closes }: Calendar, zone: string): number {
  const shown = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { ...shown, timeZone: zone });
  let quarters = 0;
  for (let instant = from; instant < to; instant += 900_000) {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part.weekday!) + 1;
    const second = Number(part.hour) * 3_600 + Number(part.minute) * 60;
    if (days.includes(weekday) && second >= opens && second < closes) quarters += 1;
  }
  return quarters;
}

describe('working time', () => {
  test('of an installer: twelve hours a day, every day', () => {
    expect(hours('2026-03-06T00:00+08:00', '2026-03-09T00:00+08:00', 'installers')).toBe(36);
    expect(hours('2026-03-06T19:00+08:00', '2026-03-07T09:30+08:00', 'installers')).toBe(2.5);
  });

  test('on workdays: not at the weekend', () => {
    expect(hours('2026-03-06T17:00+08:00', '2026-03-09T10:00+08:00', 'workdays')).toBe(2);
    expect(hours('2026-03-07T00:00+08:00', '2026-03-09T09:00+08:00', 'workdays')).toBe(0);
  });

  test('of a promise in workdays: whole days', () => {
    expect(later('2026-03-05T15:00+08:00', 72, 'whole-workdays')).toBe('2026-03-10T07:00:00.000Z');
  });

  test('is added until the day is over, not until the next begins', () => {
    expect(later('2026-03-06T19:00+08:00', 1, 'installers')).toBe('2026-03-06T12:00:00.000Z');
    expect(later('2026-03-06T19:00+08:00', 1.5, 'installers')).toBe('2026-03-07T00:30:00.000Z');
    expect(later('2026-03-06T23:00+08:00', 0, 'installers')).toBe('2026-03-06T15:00:00.000Z');
  });

  test('on the day that clocks go forward is an hour shorter, when they go back an hour longer', () => {
    expect(hours('2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 'always', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 'always', 'Europe/Berlin')).toBe(25);
    expect(hours('2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 'installers', 'Europe/Berlin')).toBe(12);
    expect(later('2026-03-28T19:00+01:00', 2, 'installers', 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z');
  });

  test('knows that Shanghai had summer time in 1988, and that Apia had no 30 December 2011', () => {
    expect(offsetSpan(at('1988-07-01T00:00Z'), 'Asia/Shanghai').offset).toBe(9 * 3_600_000);
    expect(offsetSpan(at('2026-07-01T00:00Z'), 'Asia/Shanghai').offset).toBe(8 * 3_600_000);
    expect(hours('2011-12-29T00:00-10:00', '2012-01-01T00:00+14:00', 'workdays', 'Pacific/Apia')).toBe(9);
  });

  test('beyond the years whose rules are known goes on evenly, and quickly', () => {
    expect(later('2099-12-31T00:00+08:00', 48, 'always')).toBe('2100-01-01T16:00:00.000Z');
    expect(hours('2026-01-01T00:00+08:00', '9999-01-01T00:00+08:00', 'installers')).toBe(2_912_078 * 12);
    expect(hours('1969-12-30T00:00+08:00', '1970-01-03T00:00+08:00', 'installers')).toBe(48);
  });

  test('refuses what does not exist', () => {
    expect(() => workingSeconds(0, 1, calendar('always'), 'Asia/Nowhere')).toThrow(RangeError);
    expect(() => addWorkingSeconds(0, -1, calendar('always'), 'UTC')).toThrow(RangeError);
    expect(() => addWorkingSeconds(0, Number.POSITIVE_INFINITY, calendar('always'), 'UTC')).toThrow(RangeError);
    expect(() => workingSeconds(0, 1, { ...calendar('always'), opens: 60, closes: 60 }, 'UTC')).toThrow('never opens');
  });
});

describe('for any calendar, zone and time', () => {
  test('working time is what the clock on the wall says, quarter by quarter', () => {
    const quarter = fc.integer({ min: at('2009-01-01T00:00Z') / 900_000, max: at('2030-01-01T00:00Z') / 900_000 });
    fc.assert(
      fc.property(quarter, fc.integer({ min: 0, max: 900 }), aCalendar, aZone, (start, length, one, zone) => {
        const [from, to] = [start * 900_000, (start + length) * 900_000];
        expect(workingSeconds(from, to, one, zone)).toBe(countedQuarters(from, to, one, zone) * 900);
      }),
      { numRuns: 150 },
    );
  });

  test('around every change of offset as well', () => {
    const change = fc.tuple(aZone, fc.integer({ min: 2009, max: 2029 })).map(([zone, year]) => {
      const { end } = offsetSpan(Date.UTC(year, 0), zone);
      return { zone, from: end - 30 * 3_600_000 };
    });
    fc.assert(
      fc.property(change, aCalendar, ({ zone, from }, one) => {
        const to = from + 60 * 3_600_000;
        expect(workingSeconds(from, to, one, zone)).toBe(countedQuarters(from, to, one, zone) * 900);
      }),
      { numRuns: 150 },
    );
  });

  test('the parts of a time add up to the whole, and backwards it is negative', () => {
    fc.assert(
      fc.property(anInstant, anInstant, anInstant, aCalendar, aZone, (a, b, c, one, zone) => {
        const sum = workingSeconds(a, b, one, zone) + workingSeconds(b, c, one, zone);
        expect(sum).toBeCloseTo(workingSeconds(a, c, one, zone), 3);
        expect(workingSeconds(b, a, one, zone) + workingSeconds(a, b, one, zone)).toBe(0);
      }),
    );
  });

  test('what is added has then been worked, and one millisecond before had not', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: 1, max: 90 * 86_400 }), aCalendar, aZone, (from, seconds, one, zone) => {
        const end = addWorkingSeconds(from, seconds, one, zone);
        expect(workingSeconds(from, end, one, zone)).toBe(seconds);
        expect(workingSeconds(from, end - 1, one, zone)).toBeLessThan(seconds);
      }),
    );
  });

  test('with a calendar that is always open it is elapsed time', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: 0, max: 10_000_000 }), aZone, (from, seconds, zone) => {
        expect(addWorkingSeconds(from, seconds, calendar('always'), zone)).toBe(from + seconds * 1000);
      }),
    );
  });
});

test('Intl, which is slow, is asked of a zone once for a year, however many calls there are', () => {
  const asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
  const call = (from: number) => {
    const end = addWorkingSeconds(from, 50_400, calendar('installers'), 'Indian/Mauritius');
    return workingSeconds(from, end, calendar('installers'), 'Indian/Mauritius');
  };
  const year = [at('2026-03-06T19:00+04:00'), at('2026-11-06T19:00+04:00')] as const;
  call(year[0]);
  expect(asked.mock.calls.length).toBeLessThan(800); // two for each day
  asked.mockClear();
  for (let from = year[0]; from < year[1]; from += 60_000 * 60) expect(call(from)).toBe(50_400);
  expect(asked).not.toHaveBeenCalled();
});
