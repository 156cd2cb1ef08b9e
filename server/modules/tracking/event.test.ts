import { describe, expect, test } from 'vitest';
import { fingerprints, isBad, parseTime, readEvent, type SentEvent } from './event.ts';

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
    ['event.bad-time', { time: 'yesterday' }],
    ['event.impossible-time', { time: '1970-01-01T00:00:00Z' }],
    ['event.impossible-time', { time: '2026-11-24T00:00:00Z' }],
    ['event.bad-encoding', { keys: { order: 'a\0b' } }],
    ['event.bad-encoding', { keys: { order: 'a\ud800b' } }],
    ['event.bad-encoding', { data: { note: 'a\0b' } }],
    ['event.bad-encoding', { data: { deep: ['\udc00'] } }],
  ])('%s for %j', (code, over) => {
    const e = read(over);
    expect(isBad(e) && e.code).toBe(code);
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
  test('a zone stands in for a missing offset', () =>
    expect(parseTime('2026-11-21 08:00:00', () => 480)).toBe(Date.UTC(2026, 10, 21) * 1000));
  test('microseconds are kept', () => expect(Number(parseTime('2026-11-21T00:00:00.000123Z', undefined)) % 1000).toBe(123));
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
