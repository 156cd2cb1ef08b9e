import { expect, test } from 'vitest';
import { handlesOf, isIn, rangeAt } from './histogram.ts';

const bars = [
  { from: 0, to: 9, count: 4 },
  { from: 10, to: 19, count: 9 },
  { from: 20, to: 99, count: 1 },
];

test.each([
  [null, null, [0, 3]],
  [10, null, [1, 3]],
  [15, 19, [1, 2]],
  [null, 5, [0, 1]],
  [-4, 400, [0, 3]],
  [200, null, [3, 3]],
  [50, 12, [2, 2]],
] as const)('from %s to %s the handles stand at the edges', (from, to, handles) => {
  expect(handlesOf(bars, from, to)).toEqual(handles);
});

test('handles moved to edges and back say the same range', () => {
  for (let low = 0; low < 3; low++)
    for (let high = low + 1; high <= 3; high++) {
      const { from, to } = rangeAt(bars, [low, high]);
      expect(handlesOf(bars, from, to)).toEqual([low, high]);
      expect(bars.map((bar) => isIn(bar, from, to))).toEqual([0, 1, 2].map((at) => at >= low && at < high));
    }
});
