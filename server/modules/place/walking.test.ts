import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from './contract.ts';
import { lengthOf, metresBetween, shortWalk } from './walking.ts';

const aPoint = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })).map(([x, y]): Point => [120 + x / 1_000, 30 + y / 1_000]); // biome-ignore format: one line
const somePoints = fc.array(aPoint, { maxLength: 10 });

const ordersOf = (some: readonly number[]): number[][] =>
  some.length < 2 ? [[...some]] : some.flatMap((one, i) => ordersOf(some.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));

describe('a walk', () => {
  test('comes to every home once, and is nowhere shorter when a stretch of it is turned round', () => {
    fc.assert(
      fc.property(somePoints, (points) => {
        const walk = shortWalk(points);
        expect([...walk].sort((a, b) => a - b)).toEqual([...points.keys()]);
        const length = lengthOf(points, walk);
        expect(length).toBeLessThanOrEqual(lengthOf(points, [...points.keys()]) + 1e-6);
        for (let i = 0; i < walk.length; i++)
          for (let j = i + 1; j < walk.length; j++) {
            const turned = [...walk.slice(0, i), ...walk.slice(i, j + 1).reverse(), ...walk.slice(j + 1)];
            expect(lengthOf(points, turned)).toBeGreaterThanOrEqual(length - 1e-5);
          }
      }),
    );
  });

  test('of a handful is never longer by a third than the shortest there is', () => {
    fc.assert(
      fc.property(fc.array(aPoint, { minLength: 2, maxLength: 6 }), (points) => {
        const shortest = Math.min(...ordersOf([...points.keys()]).map((order) => lengthOf(points, order)));
        expect(lengthOf(points, shortWalk(points))).toBeLessThanOrEqual(shortest * 1.34 + 1e-6);
      }),
      { numRuns: 30 },
    );
  });

  test('along a street goes along it, from that end whose home is the better one', () => {
    const street = [3, 1, 4, 0, 2].map((n): Point => [120 + n / 1_000, 30]);
    expect(shortWalk(street)).toEqual([2, 0, 4, 1, 3]);
  });

  test('of nobody, of one home and of one address is no way at all', () => {
    expect([shortWalk([]), shortWalk([[120, 30]])]).toEqual([[], [0]]);
    expect(lengthOf([[120, 30], [120, 30]], shortWalk([[120, 30], [120, 30]]))).toBe(0); // biome-ignore format: one line
  });

  test('is measured in metres: a thousandth of a degree north is 111 of them, and less to the east', () => {
    expect(metresBetween([120, 30], [120, 30.001])).toBeCloseTo(111.3, 1);
    expect(metresBetween([120, 60], [120.001, 60])).toBeCloseTo(55.7, 1);
  });
});
