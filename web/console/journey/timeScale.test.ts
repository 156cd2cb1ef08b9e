import { expect, test } from 'vitest';
import { offsetMs } from './offset.ts';
import { shift, ticks, timeScale, zoom } from './timeScale.ts';

const hour = 3_600_000;
const day = 24 * hour;
const beijing = offsetMs('+08:00');
const midnight = Date.parse('2026-11-21T00:00:00+08:00');

test('there and back again', () => {
  const scale = timeScale(midnight, midnight + day, 480);
  expect(scale.x(midnight + 12 * hour)).toBe(240);
  expect(scale.at(240)).toBe(midnight + 12 * hour);
});

test('a single instant still gets room', () => {
  expect(timeScale(midnight, midnight, 100).to).toBe(midnight + 60_000);
});

test('ticks stand on the midnights of the zone, not of Greenwich', () => {
  const scale = timeScale(midnight - hour, midnight + 3 * day, 400);
  expect(
    ticks(scale, 90, beijing)
      .filter((t) => t.day)
      .map((t) => t.at),
  ).toContain(midnight);
});

test('ticks keep their distance at every length', () => {
  for (const span of [hour, 5 * hour, day, 12 * day, 90 * day, 900 * day]) {
    const scale = timeScale(midnight, midnight + span, 800);
    const marks = ticks(scale, 90, beijing);
    const gaps = marks.slice(1).map((mark, i) => scale.x(mark.at) - scale.x(marks[i]!.at));
    expect(Math.min(...gaps, 800)).toBeGreaterThanOrEqual(90);
  }
});

test('zooming keeps the centre and never leaves the whole', () => {
  const whole: [number, number] = [0, 10 * day];
  expect(zoom(whole, whole, 0.5, 5 * day)).toEqual([2.5 * day, 7.5 * day]);
  expect(zoom([2 * day, 3 * day], whole, 100, 2 * day)).toEqual(whole);
  expect(zoom([2 * day, 3 * day], whole, 0.000001, 2 * day)[1] - zoom([2 * day, 3 * day], whole, 0.000001, 2 * day)[0]).toBe(60_000);
});

test('moving stops at both ends', () => {
  const whole: [number, number] = [0, 10 * day];
  expect(shift([day, 2 * day], whole, -5 * day)).toEqual([0, day]);
  expect(shift([day, 2 * day], whole, 50 * day)).toEqual([9 * day, 10 * day]);
});

test('offsets of both signs', () => {
  expect(offsetMs('+08:00')).toBe(8 * hour);
  expect(offsetMs('-03:30')).toBe(-3.5 * hour);
});
