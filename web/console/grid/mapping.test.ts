import { describe, expect, test } from 'vitest';
import type { EstateFeature } from '#place/contract';
import { boundsOf, boxAround, classOf, labelFor, pinsOf, projected, ringOf, roomOf, shadeOf, shareOf } from './mapping.ts';

describe('classes', () => {
  test.each([
    [[], []],
    [[null], []],
    [[0.5], [0.5, 0.51]],
    [
      [0, 1],
      [0, 0.2, 0.4, 0.6, 0.8, 1],
    ],
    [
      [0.301, 0.329, null],
      [0.3, 0.31, 0.32, 0.33],
    ],
  ])('of %j have the bounds %j', (shares, bounds) => {
    expect(boundsOf(shares)).toEqual(bounds);
  });

  test('every share has one, the last bound belongs to the last, and the highest class is always the darkest', () => {
    const bounds = [0, 0.2, 0.4, 0.6, 0.8, 1];
    expect([0, 0.19, 0.2, 0.99, 1].map((s) => classOf(s, bounds))).toEqual([0, 0, 1, 4, 4]);
    expect([classOf(null, bounds), classOf(0.5, [])]).toEqual([null, null]);
    expect([shadeOf(4, bounds), shadeOf(0, [0.5, 0.51]), shadeOf(2, [0.3, 0.31, 0.32, 0.33])]).toEqual([4, 4, 4]);
  });

  test('a share of nobody is not zero', () => {
    expect([shareOf({ part: 0, whole: 0 }), shareOf({ part: null, whole: 3 }), shareOf({ part: 0, whole: 3 }), shareOf(undefined)]).toEqual([null, null, 0, null]); // biome-ignore format: one line
  });
});

describe('the drawing', () => {
  const box = [120, 30, 120.02, 30.01] as const;
  test('has north above and keeps the shape', () => {
    const { spot, height } = projected(box, 420, 10);
    const [left, top] = spot([120, 30.01]);
    const [right, bottom] = spot([120.02, 30]);
    expect([left, top]).toEqual([10, 10]);
    expect([right, height - bottom]).toEqual([410, expect.closeTo(10, 0)]);
    expect((right - left) / (bottom - top)).toBeCloseTo(2 * Math.cos((30.005 * Math.PI) / 180), 3);
  });

  test('of something high is not higher than it is read with ease', () => {
    expect(projected([120, 30, 120.001, 30.1], 300, 0).height).toBeLessThanOrEqual(401);
  });

  test('leaves out the repeated end of a ring; what has no outline is a square, what lies nowhere is nothing', () => {
    const { spot } = projected(box, 420, 10);
    const estate = (geometry: EstateFeature['geometry']) => ({ geometry }) as EstateFeature;
    expect(ringOf(estate({ type: 'Polygon', coordinates: [[[120, 30], [120.02, 30], [120, 30.01], [120, 30]]] }), spot)).toHaveLength(3); // biome-ignore format: one line
    const ring = ringOf(estate({ type: 'Point', coordinates: [120.01, 30] }), spot);
    expect(roomOf(ring)).toMatchObject({ width: 12, height: 12 });
    expect(ringOf(estate(null), spot)).toEqual([]);
  });
});

describe('a walk on the map', () => {
  test('has one sign for stops in a row that lie together, and one more when the way comes by again', () => {
    const pins = pinsOf([[0, 0], [3, 4], [0, 0], [50, 0], [1, 1]], 20); // biome-ignore format: one line
    expect(pins.map((p) => [p.first, p.last])).toEqual([[1, 3], [4, 4], [5, 5]]); // biome-ignore format: one line
    expect(pinsOf([], 20)).toEqual([]);
  });

  test('is drawn with room around it, one home alone too', () => {
    expect(boxAround([[120, 30], [121, 32]], 0.01)).toEqual([119.9, 29.8, 121.1, 32.2]); // biome-ignore format: one line
    expect(boxAround([[120, 30]], 0.5)).toEqual([119.5, 29.5, 120.5, 30.5]);
    expect(boxAround([], 1)).toBeNull();
  });
});

test.each([
  ['听雨轩', { width: 80, height: 40 }, ['听雨轩', '36.4%']],
  ['听雨轩', { width: 48, height: 40 }, ['听雨轩', '36.4%']],
  ['听雨轩', { width: 40, height: 40 }, ['36.4%']],
  ['Tingyu Court', { width: 60, height: 60 }, ['Tingyu', 'Court', '36.4%']],
  ['Tingyu Court', { width: 60, height: 40 }, ['36.4%']],
  ['听雨轩', { width: 20, height: 40 }, []],
])('%s in %j is labelled %j', (name, room, lines) => {
  expect(labelFor(name, '36.4%', room)).toEqual(lines);
});
