import { expect, test } from 'vitest';
import { gridAsked } from './choosing.ts';

const area = (code: string, parent: string | null) => ({ code, parent });
const city = [area('city', null), area('d1', 'city'), area('d1-g1', 'd1'), area('d1-g2', 'd1')];

test('homes are asked for of the chosen grid, or of the only one; before that nothing is asked', () => {
  expect(gridAsked(city, undefined)).toBeUndefined();
  expect(gridAsked(city, 'd1')).toBeUndefined();
  expect(gridAsked(city, 'd1-g2')).toBe('d1-g2');
  expect(gridAsked(city.slice(2, 3), undefined)).toBe('d1-g1');
  expect(gridAsked([], undefined)).toBeUndefined();
});

test('a grid that the reader has not is asked for all the same: the answer says so', () => {
  expect(gridAsked(city, 'd9-g1')).toBe('d9-g1');
});
