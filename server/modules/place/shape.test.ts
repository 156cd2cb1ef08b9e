import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './contract.ts';
import { around, boxOf, middleOf, simplified, unseen } from './shape.ts';

const SQUARE: Point[] = [
  [120, 30],
  [120.01, 30],
  [120.01, 30.01],
  [120, 30.01],
];

test('a box goes around points and boxes', () => {
  expect(boxOf(SQUARE)).toEqual([120, 30, 120.01, 30.01]);
  expect(boxOf([])).toBeUndefined();
  expect(around([[0, 0, 1, 1], [2, -1, 3, 0]])).toEqual([0, -1, 3, 1]); // biome-ignore format: one line
});

test('the middle of an outline is that of its area, and that of its box where it has none', () => {
  const [x, y] = middleOf(SQUARE) as Point;
  expect([x, y]).toEqual([expect.closeTo(120.005, 6), expect.closeTo(30.005, 6)]);
  expect(middleOf([[1, 1], [1, 1], [3, 1]])).toEqual([2, 1]); // biome-ignore format: one line
  expect(middleOf([])).toBeUndefined();
});

const ring = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 60 }).map((radii) =>
  radii.map((r, i): Point => {
    const angle = (2 * Math.PI * i) / radii.length;
    return [120 + 0.01 * r * Math.cos(angle), 30 + 0.01 * r * Math.sin(angle)];
  }),
);

test('a middle lies in the box, and a simpler ring is made of the ring’s own points in their order', () => {
  fc.assert(
    fc.property(ring, fc.double({ min: 0, max: 500, noNaN: true }), (points, metres) => {
      const [west, south, east, north] = boxOf(points)!;
      const [x, y] = middleOf(points)!;
      expect(x >= west && x <= east && y >= south && y <= north).toBe(true);
      const simple = simplified(points, metres);
      expect(simple.length).toBeGreaterThanOrEqual(3);
      const places = simple.map((p) => points.indexOf(p));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      if (metres === 0) expect(simple).toEqual(points);
    }),
  );
});

test('points on a straight side go, corners stay', () => {
  const many = SQUARE.flatMap((a, i): Point[] => {
    const b = SQUARE[(i + 1) % 4] as Point;
    return [a, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]];
  });
  expect(simplified(many, 1)).toEqual(SQUARE);
});

test('what nobody sees on a map of a kilometre is half a metre', () => {
  expect(unseen([120, 30, 120.01, 30])).toBeCloseTo(0.48, 2);
});
