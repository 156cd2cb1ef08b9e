import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bytes } from '#platform/bytes';
import { isBad, parseTime, readEvent, type SentEvent } from './event.ts';
import { canonical, fingerprints } from './fingerprint.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z') * 1000;
const rules = { only: undefined, zoneOf: () => undefined, nowUs: NOW };
const good = { source: 'field', type: 'work.taken', time: '2026-11-21T09:30:00+08:00', keys: { order: 'SO-1' } };
const read = (over: Record<string, unknown>) => readEvent({ ...good, ...over }, rules);

describe('an event is refused with its reason', () => {
  test.each([
    ['event.missing-field', { keys: undefined }],
    ['event.missing-field', { keys: {} }],
    ['event.bad-field', { keys: { order: 1234567890123456 } }],
    ['event.bad-field', { keys: { order: '' } }],
    ['event.bad-field', { keys: { order: 'x'.repeat(129) } }],
    ['event.unknown-field', { colour: 'red' }],
    ['event.unknown-field', { person: { shoeSize: '43' } }],
    ['event.bad-time', { time: '2026-11-21T09:30:00' }],
    ['event.bad-time', { time: '2026-02-30T09:30:00Z' }],
    ['event.bad-time', { time: '2026-02-30T23:59:60Z' }],
    ['event.bad-time', { time: '2026-13-01T23:59:60Z' }],
    ['event.bad-time', { time: 'yesterday' }],
    ['event.impossible-time', { time: '1970-01-01T00:00:00Z' }],
    ['event.impossible-time', { time: '0099-01-01T00:00:00Z' }],
    ['event.impossible-time', { time: '0099-01-01T00:00:00+00:00' }],
    ['event.impossible-time', { time: '2026-11-24T00:00:00Z' }],
    ['event.bad-encoding', { keys: { order: 'a\0b' } }],
    ['event.bad-encoding', { keys: { order: 'a\ud800b' } }],
    ['event.bad-encoding', { data: { note: 'a\0b' } }],
    ['event.bad-encoding', { data: { deep: ['\udc00'] } }],
  ])('%s for %j', (code, over) => {
    const e = read(over);
    expect(isBad(e) && e.code).toBe(code);
  });

  test.each([[[]], [null], [7]])('%j is no event', (raw) => {
    expect(readEvent(raw, rules)).toEqual({ code: 'event.bad-field', details: { path: 'event', want: 'object' } });
  });

  test('another source than the token speaks for', () => {
    const e = readEvent(good, { ...rules, only: 'business' });
    expect(isBad(e) && e.code).toBe('event.foreign-source');
  });
});

describe('times', () => {
  test.each([
    ['2026-11-21T09:30:00+08:00', '2026-11-21T01:30:00.000Z'],
    ['2011-10-11 13:45:40.276000+02:00', '2011-10-11T11:45:40.276Z'],
    ['2026-11-21T09:30Z', '2026-11-21T09:30:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(new Date(Number(parseTime(text, undefined)) / 1000).toISOString()).toBe(iso);
  });
  test('the usual form is read as any other', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const part = fc.integer({ min: 0, max: 99 }).map(two);
    const time = fc.tuple(fc.integer({ min: 1, max: 13 }).map(two), part, part, part, part, fc.constantFrom('', '.000', '.123', '.1x3'));
    fc.assert(
      fc.property(time, ([month, day, hour, minute, second, fraction]) => {
        const text = `2026-${month}-${day}T${hour}:${minute}:${second}${fraction}`;
        expect(parseTime(`${text}Z`, undefined)).toBe(parseTime(`${text}+00:00`, undefined));
      }),
      { numRuns: 2_000 },
    );
  });
  test('a zone stands in for a missing offset', () =>
    expect(parseTime('2026-11-21 08:00:00', () => 480)).toBe(Date.UTC(2026, 10, 21) * 1000));
  test('microseconds are kept', () => expect(Number(parseTime('2026-11-21T00:00:00.000123Z', undefined)) % 1000).toBe(123));
});

test('canonical text has the keys of every object in the order of their signs', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const ordered = (x: unknown): unknown =>
        Array.isArray(x)
          ? x.map(ordered)
          : typeof x === 'object' && x !== null
            ? new Map(
                Object.entries(x)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([k, v]) => [k, ordered(v)]),
              )
            : x;
      const written = (x: unknown): string =>
        x instanceof Map
          ? `{${[...x].map(([k, v]) => `${JSON.stringify(k)}:${written(v)}`).join()}}`
          : Array.isArray(x)
            ? `[${x.map(written).join()}]`
            : JSON.stringify(x);
      const bytes = new Bytes(1);
      canonical(value, bytes);
      expect(bytes.written().toString()).toBe(written(ordered(value)));
    }),
    { numRuns: 1_000 },
  );
});

test('what was read without escapes is only looked at where it could be wrong all the same', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`);
  const e = readEvent({ ...good, data: deep }, { ...rules, unescaped: true });
  expect(isBad(e) && e.code).toBe('event.bad-field');
  expect(isBad(readEvent({ ...good, data: { a: ['光'] } }, { ...rules, unescaped: true }))).toBe(false);
});

describe('identity', () => {
  const of = (over: Record<string, unknown>) => fingerprints(read(over) as SentEvent);
  test('two equal lines without id are one event, however the fields are ordered', () => {
    const turned = { keys: { order: ['SO-1'] }, time: '2026-11-21T01:30:00Z', type: 'work.taken', source: 'field' };
    expect(fingerprints(readEvent(turned, rules) as SentEvent)).toEqual(of({}));
  });
  test('seq tells two events without id apart and never makes a conflict', () => {
    expect(of({ seq: 1 }).identity).not.toBe(of({}).identity);
    expect(of({ id: 'a', seq: 1 })).toEqual(of({ id: 'a' }));
  });
  test('one id with other content is a conflict', () => {
    expect(of({ id: 'a', handler: '7' }).identity).toBe(of({ id: 'a' }).identity);
    expect(of({ id: 'a', handler: '7' }).content).not.toBe(of({ id: 'a' }).content);
  });
});
