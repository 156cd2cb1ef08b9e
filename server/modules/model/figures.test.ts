import { describe, expect, test } from 'vitest';
import { aloneOf, rocOf, weighed } from './figures.ts';
import { aColumn, allRows, aPopulation } from './fixtures.ts';
import { train } from './train.ts';

describe('the ROC curve', () => {
  test('goes from none to all, never down, and through every step where there are few', () => {
    expect(rocOf(Float64Array.of(0.9, 0.8, 0.8, 0.1), Uint8Array.of(1, 0, 1, 0))).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0.5 },
      { x: 0.5, y: 1 },
      { x: 1, y: 1 },
    ]);
  });

  test('has few points however many rows there are', () => {
    const { truth, label } = aPopulation(5_000);
    const curve = rocOf(truth, label);
    expect(curve.length).toBeLessThan(65);
    expect(curve.at(-1)).toEqual({ x: 1, y: 1 });
    for (let at = 1; at < curve.length; at++) {
      expect(curve[at]!.x).toBeGreaterThanOrEqual(curve[at - 1]!.x);
      expect(curve[at]!.y).toBeGreaterThanOrEqual(curve[at - 1]!.y);
    }
  });
});

describe('one input alone', () => {
  const label = Uint8Array.of(1, 1, 1, 0, 0, 0);
  test.each([
    ['a number that tells all, whichever way', aColumn('number', [1, 2, 3, 4, 5, 6]), 1],
    ['a number that is unknown of the others', aColumn('number', [5, 1, 9, undefined, undefined, undefined]), 1],
    ['a flag', aColumn('flag', [1, 1, 1, 0, 0, 0]), 1],
    ['one that is the same for all', aColumn('number', [7, 7, 7, 7, 7, 7]), 0.5],
    [
      'a flag of which nothing is known',
      aColumn(
        'flag',
        Array.from({ length: 6 }, () => undefined),
      ),
      0.5,
    ],
  ])('%s', (_, column, auc) => {
    expect(aloneOf(column, label)).toBeCloseTo(auc, 10);
  });
});

test('inputs come by how much they move the score, noise last, and what is the same for all apart', () => {
  const { columns, label } = aPopulation(600, { unknown: 0 });
  const all = [...columns, aColumn('number', Array.from({ length: 600 }, () => 1), 'same')]; // biome-ignore format: one line
  const { trained } = train(all, allRows(600), label, 5);
  const { inputs, same } = weighed({ columns: all, label }, trained, 5);
  expect(same).toEqual(['same']);
  expect(inputs.at(-1)?.tag).toBe('noise');
  expect(inputs[0]?.importance).toBeGreaterThan(inputs[4]?.importance ?? 0);
});
