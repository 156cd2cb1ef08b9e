import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aColumn, aPopulation, coded } from './fixtures.ts';
import { fitLogistic, logisticLogOdds } from './logistic.ts';
import { sigmoid } from './odds.ts';

test('at the optimum the slope of the loss by each weight is nought', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(0.1, 1, 30), (seed, lambda) => {
      const { columns, label } = aPopulation(300, { seed });
      const { coders, matrix } = coded(columns);
      const fit = fitLogistic(matrix, coders, label, { lambda });
      const misses = logisticLogOdds(fit, matrix).map((score, row) => sigmoid(score) - label[row]!);
      expect(Math.abs(misses.reduce((sum, miss) => sum + miss, 0))).toBeLessThan(0.05);
      const plan = 1 + 3; // the intercept, then no, yes and unknown of the flag
      for (let code = 0; code < coders[1]!.size; code++) {
        const slope =
          misses.reduce((sum, miss, row) => sum + (matrix.codes[1]![row] === code ? miss : 0), 0) + lambda * fit.weights[plan + code]!;
        expect(Math.abs(slope)).toBeLessThan(0.2);
      }
    }),
    { numRuns: 15 },
  );
});

test('a column of equal people gets log-odds of the shares that were seen', () => {
  const column = aColumn(
    'oneOf',
    Array.from({ length: 4000 }, (_, row) => (row < 2000 ? 'a' : 'b')),
  );
  const label = Uint8Array.from({ length: 4000 }, (_, row) => (row % 2000 < (row < 2000 ? 400 : 1500) ? 1 : 0));
  const { coders, matrix } = coded([column]);
  const fit = fitLogistic(matrix, coders, label, { lambda: 0.001 });
  const said = logisticLogOdds(fit, matrix);
  expect(sigmoid(said[0]!)).toBeCloseTo(0.2, 3);
  expect(sigmoid(said[3999]!)).toBeCloseTo(0.75, 3);
});

test('figures of a column are nought in the mean, and unknown that nobody was says nothing', () => {
  const { columns, label } = aPopulation(2000, { unknown: 0 });
  const { coders, matrix } = coded(columns);
  const { tables } = fitLogistic(matrix, coders, label, { lambda: 1 });
  tables.forEach((table, column) => {
    const { counts, size } = coders[column]!;
    expect(table.reduce((sum, figure, code) => sum + figure * counts[code]!, 0)).toBeCloseTo(0, 6);
    expect(table[size]).toBe(0);
  });
});

test('a label that a column tells wholly gives finite figures', () => {
  const column = aColumn(
    'flag',
    Array.from({ length: 200 }, (_, row) => row % 2),
  );
  const label = Uint8Array.from({ length: 200 }, (_, row) => row % 2);
  const { coders, matrix } = coded([column]);
  const said = logisticLogOdds(fitLogistic(matrix, coders, label, { lambda: 0.1 }), matrix);
  expect(said.every(Number.isFinite)).toBe(true);
  expect(sigmoid(said[1]!)).toBeGreaterThan(0.97);
});

test('another start leads to the same place', () => {
  const { columns, label } = aPopulation(1000);
  const { coders, matrix } = coded(columns);
  const cold = fitLogistic(matrix, coders, label, { lambda: 1 });
  const warm = fitLogistic(matrix, coders, label, { lambda: 1, start: fitLogistic(matrix, coders, label, { lambda: 100 }).weights });
  const [a, b] = [logisticLogOdds(cold, matrix), logisticLogOdds(warm, matrix)];
  expect(Math.max(...a.map((score, row) => Math.abs(score - b[row]!)))).toBeLessThan(0.01);
});
