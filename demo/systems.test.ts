import { describe, expect, test } from 'vitest';
import { readEvent } from '../server/modules/tracking/event.ts';
import { makeCity } from './city.ts';
import { cityTime, startedAgain, worldTime } from './clock.ts';
import { birthsOn, type Calendar, HISTORY_DAYS } from './days.ts';
import { chance, diceOf, lognormal } from './dice.ts';
import { journey } from './life.ts';
import { arrivals, type Delivery, heldUp, lineOf } from './systems.ts';
import { startOfDay } from './trade.ts';

const zone = 'Asia/Shanghai';
const calendar: Calendar = { seed: 5, zone, origin: startOfDay(Date.UTC(2026, 10, 22, 4), zone, -HISTORY_DAYS) };
const city = makeCity(5, zone);
const deliveries: Delivery[] = [10, 11, 12].flatMap((day) =>
  birthsOn(calendar, day).flatMap((birth) => arrivals(journey(city, birth), zone)),
);
const of = (source: string) => deliveries.filter((d) => d.source === source);
const lines = deliveries.map((d) => ({ d, line: JSON.parse(lineOf(d, [], zone)) as Record<string, unknown> }));

describe('what arrives', () => {
  test('is understood at the door, in the words of the contract', () => {
    const zoneOf = () => () => 480;
    for (const { d, line } of lines)
      expect(readEvent(line, { only: d.source, zoneOf, nowUs: d.at * 1000 }), JSON.stringify(line)).not.toHaveProperty('code');
  });

  test('is never handed over before it happened, nor dated more than two minutes ahead', () => {
    for (const { d, line } of lines) {
      expect(d.at).toBeGreaterThan(d.event.at);
      const time = String(line.time);
      const stamp = Date.parse(/[+Z]/.test(time.slice(10)) ? time : `${time}+08:00`);
      expect(stamp).toBeLessThan(d.at + 120_000);
    }
  });

  test('comes twice from the order centre now and then, and every night from business, word for word', () => {
    const again = deliveries.filter((d) => d.again);
    expect(new Set(again.map((d) => d.source))).toEqual(new Set(['ordercentre', 'business']));
    expect(of('business').filter((d) => d.again)).toHaveLength(of('business').length / 2);
    const first = new Map(deliveries.filter((d) => !d.again).map((d) => [`${d.source} ${d.event.id}`, lineOf(d, [], zone)]));
    for (const d of again) expect(lineOf(d, [], zone)).toBe(first.get(`${d.source} ${d.event.id}`));
  });

  test('from business has whole seconds and no zone', () => {
    for (const { d, line } of lines) if (d.source === 'business') expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });

  test('from construction comes in the evening, sometimes with the date alone', () => {
    const nc = lines.filter(({ d }) => d.source === 'construction');
    expect(nc.every(({ d }) => new Date(d.at + 8 * 3_600_000).getUTCHours() >= 19)).toBe(true);
    expect(nc.some(({ line }) => String(line.time).endsWith('T00:00:00+08:00'))).toBe(true);
  });

  test('from work orders lacks states that were overwritten between two polls', () => {
    const happened = [10, 11, 12]
      .flatMap((day) => birthsOn(calendar, day).flatMap((b) => journey(city, b)))
      .filter((e) => e.system === 'workorder');
    expect(of('workorder').length).toBeLessThan(happened.length);
    expect(of('workorder').length).toBeGreaterThan(0.6 * happened.length);
  });

  test('from the field comes in heaps out of order, and a few phones have a wrong clock', () => {
    const fd = of('field').toSorted((a, b) => a.at - b.at);
    expect(fd.some((d, i) => i > 0 && fd[i - 1]!.event.at > d.event.at + 3_600_000)).toBe(true);
    const wrong = new Set(fd.filter((d) => d.stamp !== d.event.at).map((d) => d.event.handler));
    const all = new Set(fd.map((d) => d.event.handler));
    expect(wrong.size / all.size).toBeGreaterThan(0.005);
    expect(wrong.size / all.size).toBeLessThan(0.05);
  });

  test("from the field names nobody's work order now and then; some of these come once more, put right under the id that they had", () => {
    const fd = of('field');
    const real = new Set(fd.filter((d) => d.slip !== 'made').map((d) => d.event.keys.workOrder));
    const made = fd.filter((d) => d.slip === 'made');
    expect(made.length).toBeGreaterThan(0);
    expect(made.length / fd.length).toBeLessThan(0.003);
    for (const d of made) expect(real.has(d.event.keys.workOrder)).toBe(false);
    const mended = fd.filter((d) => d.slip === 'mended');
    expect(mended.length).toBeGreaterThan(0);
    for (const d of mended) {
      const first = made.find((m) => m.event.id === d.event.id)!;
      expect(first.at).toBeLessThan(d.at);
      expect({ ...first.event, keys: d.event.keys }).toEqual(d.event);
      expect(String(first.event.keys.workOrder)).toHaveLength(String(d.event.keys.workOrder).length - 1);
    }
    expect(new Set(fd.map((d) => d.event.id)).size).toBe(fd.length - mended.length);
  });

  test('from carriers has "signed" before "out for delivery" now and then', () => {
    const parcels = Map.groupBy(of('logistics'), (d) => String(d.event.keys.parcel));
    const overtaken = [...parcels.values()].filter((list) => {
      const at = (type: string) => list.find((d) => d.event.type === type)?.at ?? Number.NaN;
      return at('parcel.delivered') < at('parcel.out-for-delivery');
    });
    expect(overtaken.length).toBeGreaterThan(0);
  });

  test('of a silent source comes in one rush afterwards', () => {
    const silence = { source: 'logistics' as const, from: 1_000_000, to: 11_800_000 };
    const held = heldUp({ ...of('logistics')[0]!, at: 2_000_000 }, [silence]);
    expect(held.at).toBeGreaterThanOrEqual(silence.to);
    expect(held.at).toBeLessThan(silence.to + 130_000);
  });
});

describe('the clock', () => {
  test('goes with the world at speed 1, faster after the first start at another, and stamps what was stamped once the same', () => {
    const once = startedAgain([], 1_000_000, 60, 1_000_000);
    expect(cityTime(once, 1_010_000)).toBe(1_600_000);
    expect(worldTime(once, 1_600_000)).toBe(1_010_000);
    expect(worldTime(once, 900_000)).toBe(900_000);
    const twice = startedAgain(once, 5_000_000, 10, 1_600_000);
    expect(worldTime(twice, 1_300_000)).toBe(worldTime(once, 1_300_000));
    expect(cityTime(twice, 5_001_000)).toBe(1_610_000);
    expect(startedAgain(startedAgain([], 0, 1, 0), 9_000, 1, 5)).toHaveLength(1);
  });
});

describe('dice', () => {
  test('are the same for the same labels and strangers for others', () => {
    const throws = (...labels: string[]) => Array.from({ length: 5 }, diceOf(1, ...labels));
    expect(throws('a')).toEqual(throws('a'));
    expect(throws('a')).not.toEqual(throws('b'));
  });

  test('keep median, ninetieth percentile and shares', () => {
    const dice = diceOf('test');
    const list = Array.from({ length: 20_000 }, () => lognormal(dice, 60, 300)).sort((a, b) => a - b);
    expect(list[10_000]! / 60).toBeCloseTo(1, 1);
    expect(list[18_000]! / 300).toBeCloseTo(1, 1);
    expect(Array.from({ length: 20_000 }, () => chance(dice, 0.18)).filter(Boolean).length / 20_000).toBeCloseTo(0.18, 1);
  });
});
