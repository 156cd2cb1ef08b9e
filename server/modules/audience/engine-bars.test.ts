import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barsOver, filled, nth } from './engine-bars.ts';

test('bars have edges that one can say aloud', () => {
  expect(barsOver(0n, 20n)).toEqual({ from: 0n, each: 1n, bins: 21 });
  expect(barsOver(3n, 97n)).toEqual({ from: 0n, each: 5n, bins: 20 });
  expect(barsOver(-1_234n, 98_765n)).toEqual({ from: -5_000n, each: 5_000n, bins: 21 });
});

test('bars cover what they are over, and are never too many', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), fc.bigInt({ min: 0n, max: 2n ** 62n }), (low, span) => {
      const { from, each, bins } = barsOver(low, low + span);
      expect(from <= low && low < from + each).toBe(true);
      expect(from + BigInt(bins) * each > low + span && from + BigInt(bins - 1) * each <= low + span).toBe(true);
      expect(bins).toBeLessThanOrEqual(24);
    }),
  );
});

test('the n-th person is found from either end', () => {
  const bins = [2, 0, 3, 1];
  expect(Array.from({ length: 6 }, (_, i) => nth(bins, i + 1, 'highest').bin)).toEqual([3, 2, 2, 2, 0, 0]);
  expect(Array.from({ length: 6 }, (_, i) => nth(bins, i + 1, 'lowest').bin)).toEqual([0, 0, 2, 2, 2, 3]);
  expect(nth(bins, 4, 'highest')).toEqual({ bin: 2, left: 3 });
  expect(() => nth(bins, 7, 'highest')).toThrow('only 6');
  expect(filled([0, 0, 4, 0])).toEqual([2, 2]);
  expect(filled([0, 0])).toBeUndefined();
});
