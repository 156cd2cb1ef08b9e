import { expect, test } from 'vitest';
import { areaCodes, areasBelow, areaTree, rollUp } from './areas.ts';

const area = (code: string, parent: string | null, level = 'grid') => ({ code, parent, level, names: { zh: code, en: code } });
const city = [area('C', null, 'city'), area('D1', 'C'), area('D2', 'C'), area('D1-1', 'D1'), area('D1-2', 'D1')];
const count = (id: string, open: number, overdue = 0) => ({ id, open, overdue, dueSoon: 0, waiting: 0 });

test('the tree in order, each with its depth', () => {
  expect(areaTree(city).map(({ area: a, depth }) => `${depth}${a.code}`)).toEqual(['0C', '1D1', '2D1-1', '2D1-2', '1D2']);
});

test('who sees only a part of the tree has that part as its top', () => {
  expect(areaTree([area('D1', 'C'), area('D1-1', 'D1')]).map(({ depth }) => depth)).toEqual([0, 1]);
});

test('no choice means the districts; a grid without anything below is itself', () => {
  expect(areasBelow(city, undefined).map((a) => a.code)).toEqual(['D1', 'D2']);
  expect(areasBelow(city, 'D1').map((a) => a.code)).toEqual(['D1-1', 'D1-2']);
  expect(areasBelow(city, 'D2').map((a) => a.code)).toEqual(['D2']);
});

test('counts of grids add up to their districts', () => {
  const sums = rollUp([count('D1-1', 5, 2), count('D1-2', 3), count('D1', 1, 1), count('elsewhere', 9)], city, areasBelow(city, undefined));
  expect(sums).toEqual([
    { id: 'D1', open: 9, overdue: 3, dueSoon: 0, waiting: 0 },
    { id: 'D2', open: 0, overdue: 0, dueSoon: 0, waiting: 0 },
  ]);
});

test('an area is asked for with all that lies below it; the whole is not asked for', () => {
  expect(areaCodes(city, 'D1')).toBe('D1,D1-1,D1-2');
  expect(areaCodes(city, 'D2')).toBe('D2');
  expect(areaCodes(city, 'C')).toBeUndefined();
  expect(areaCodes(city, undefined)).toBeUndefined();
});
