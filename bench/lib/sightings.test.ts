import { expect, test } from 'vitest';
import { makeSightings } from './sightings.ts';
import { readFrames } from './sse.ts';

test('an event is seen with the first frame that shows it or a later one', () => {
  const s = makeSightings(2);
  s.sent(0, 10, 100);
  s.sent(0, 20, 200);
  s.sent(1, 10, 100);
  s.saw(0, 20, 250);
  expect(s.open).toBe(1);
  expect(s.latency.count).toBe(2);
  expect(s.latency.max).toBe(150);
  s.saw(0, 20, 900);
  expect(s.latency.count).toBe(2);
});

test('a frame that shows an older state sees nothing', () => {
  const s = makeSightings(1);
  s.sent(0, 10, 0);
  s.saw(0, 9, 5);
  expect(s.open).toBe(1);
  s.clear();
  expect(s.open).toBe(0);
});

test('frames are read when they are whole; comments are none', () => {
  expect(readFrames(':ok\n\nid: 1\ndata: {"a":1}\n\ndata: x\ndata: y\n\ndata: {"b"')).toEqual({
    frames: ['{"a":1}', 'x\ny'],
    rest: 'data: {"b"',
  });
});
