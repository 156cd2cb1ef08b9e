import { expect, test } from 'vitest';
import { anEvent, at, NOW } from './journey.fixture.ts';
import { firstAt, lanes, timed } from './lanes.ts';
import { timeScale } from './timeScale.ts';

const scale = timeScale(NOW - 10 * 3_600_000, NOW, 1000);

test('one lane per source, in the order in which they first spoke', () => {
  const events = timed([
    anEvent({ source: 'field', time: at(-2) }),
    anEvent({ source: 'business', time: at(-5) }),
    anEvent({ source: 'field', time: at(-1) }),
  ]);
  expect(lanes(events, scale, 10).map((lane) => [lane.source, lane.count])).toEqual([
    ['business', 1],
    ['field', 2],
  ]);
});

test('events that would lie on top of each other become one mark', () => {
  const events = timed([0, 1, 2].map((i) => anEvent({ ref: `e${i}`, time: new Date(NOW - 3_600_000 + i * 1000).toISOString() })));
  const [lane] = lanes(events, scale, 10);
  expect(lane?.marks).toHaveLength(1);
  expect(lane?.marks[0]?.events).toHaveLength(3);
});

test('a source whose events lie outside the window keeps its empty lane', () => {
  const events = timed([anEvent({ source: 'field', time: at(-20) }), anEvent({ source: 'business', time: at(-1) })]);
  expect(lanes(events, scale, 10).map((lane) => lane.count)).toEqual([0, 1]);
});

test('the gravest of its events colours a mark', () => {
  const events = timed([anEvent({ ref: 'a', marks: ['late'] }), anEvent({ ref: 'b', marks: ['exception'] })]);
  expect(lanes(events, scale, 10)[0]?.marks[0]?.tone).toBe('exception');
});

test('fifty thousand events give no more marks than the lane has room for', () => {
  const events = timed(
    Array.from({ length: 50_000 }, (_, i) => anEvent({ ref: `e${i}`, time: new Date(NOW - (i % 36_000) * 1000).toISOString() })),
  );
  const [lane] = lanes(events, scale, 10);
  expect(lane!.marks.length).toBeLessThanOrEqual(101);
  expect(lane!.count).toBe(50_000);
});

test('the first event at or after an instant', () => {
  const events = timed([anEvent({ time: at(-3) }), anEvent({ time: at(-2) }), anEvent({ time: at(-1) })]);
  expect(firstAt(events, NOW - 2 * 3_600_000)).toBe(1);
  expect(firstAt(events, NOW)).toBe(3);
});
