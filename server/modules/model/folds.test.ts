import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOf, drawn } from './chance.ts';
import { rowsWhere, rowsWithout, stratifiedFolds, stratifiedSample } from './folds.ts';

const labels = fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }).map((list) => Uint8Array.from(list, (yes) => (yes ? 1 : 0)));

test('each fold has its share of the rows and of both classes', () => {
  fc.assert(
    fc.property(labels, fc.integer({ min: 2, max: 7 }), fc.nat(), (label, count, seed) => {
      const folds = stratifiedFolds(label, count, chanceOf(seed));
      for (const members of [(row: number) => row >= 0, (row: number) => label[row] === 1, (row: number) => label[row] === 0]) {
        const sizes = Array.from({ length: count }, (_, fold) => [...rowsWhere(folds, fold)].filter(members).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
      expect([...rowsWhere(folds, 0), ...rowsWithout(folds, 0)].toSorted((a, b) => a - b)).toEqual([...label.keys()]);
    }),
  );
});

test('the same seed deals the same folds, another one others', () => {
  const label = Uint8Array.from({ length: 500 }, (_, row) => (row % 3) >> 1);
  expect(stratifiedFolds(label, 5, chanceOf(1))).toEqual(stratifiedFolds(label, 5, chanceOf(1)));
  expect(stratifiedFolds(label, 5, chanceOf(1))).not.toEqual(stratifiedFolds(label, 5, chanceOf(2)));
});

test('a sample keeps the shares of the classes, at least one of each', () => {
  const label = Uint8Array.from({ length: 1000 }, (_, row) => (row < 3 ? 1 : 0));
  const sample = stratifiedSample(label, 100, chanceOf(1));
  expect([...sample].filter((row) => label[row] === 1)).toHaveLength(1);
  expect(sample).toHaveLength(101);
  expect([...sample]).toEqual([...new Set(sample)].toSorted((a, b) => a - b));
  expect(stratifiedSample(label, 5000, chanceOf(1))).toHaveLength(1000);
});

test('a draw has as many as asked, in their order, each as likely', () => {
  const list = Uint32Array.from({ length: 10 }, (_, at) => at);
  const counts = new Uint32Array(10);
  for (let turn = 0; turn < 5000; turn++) {
    const some = drawn(list, 3, chanceOf(turn));
    expect([...some]).toEqual([...new Set(some)].toSorted((a, b) => a - b));
    for (const one of some) counts[one]!++;
  }
  for (const count of counts) expect(Math.abs(count - 1500)).toBeLessThan(200);
  expect(drawn(list, 11, chanceOf(1))).toEqual(list);
});
