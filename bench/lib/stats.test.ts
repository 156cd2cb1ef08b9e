import { expect, test } from 'vitest';
import { median, round, rounded, spread } from './stats.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(() => median([])).toThrow('no values');
});

test('a spread keeps the ends', () => {
  expect(spread([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9 });
});

test('figures are rounded by significant digits, at any depth', () => {
  expect(round(12_345.678)).toBe(12_300);
  expect(rounded({ a: [0.012345678, { b: 'x' }], c: null, d: 1_234_567 })).toEqual({ a: [0.01235, { b: 'x' }], c: null, d: 1_234_567 });
});
