import { expect, test } from 'vitest';
import { byPlace, panelOf, tintOf, unplacedIn } from './matrix.ts';

const cell = (value: 'high' | 'low' | null, place: string | null, count: number, revenue: number) =>
  ({ value, loyalty: 'high', competition: 'low', place, count, revenue, revenueKnown: count }) as const;
const matrix = { cells: [cell('high', 'partner', 3, 300), cell('low', 'light', 9, 100), cell(null, null, 4, 0)] };

test('a panel has its nine cells, the highest value on top, the most loyal at the right, empty ones with their place', () => {
  const panel = panelOf(matrix, 'low', ({ value }) => (value === 'middle' ? 'grow' : null));
  expect(panel.map((c) => `${c.value} ${c.loyalty}`)).toHaveLength(9);
  expect(panel[2]).toMatchObject({ place: 'partner', count: 3, share: 1 });
  expect(panel[5]).toMatchObject({ value: 'middle', place: 'grow', count: 0, share: 0 });
  expect(panelOf(matrix, 'high', () => null).every((c) => c.count === 0)).toBe(true);
});

test('places are added up, and those who have none are counted apart', () => {
  expect(byPlace({ cells: [...matrix.cells, cell('high', 'light', 1, 900)] })).toEqual([
    { place: 'light', count: 10, revenue: 1000 },
    { place: 'partner', count: 3, revenue: 300 },
  ]);
  expect(unplacedIn(matrix)).toBe(4);
});

test('a cell with somebody in it is never as pale as an empty one', () => {
  expect(tintOf({ count: 0, share: 0 })).toBe(0);
  expect(tintOf({ count: 1, share: 0 })).toBeGreaterThan(0);
  expect(tintOf({ count: 1, share: 1 })).toBeGreaterThan(tintOf({ count: 1, share: 0.2 }));
});
