import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from './crew.ts';
import { judgeFold, trialOf, whyNotJudged } from './evaluate.ts';
import { explain } from './explain.ts';
import { aColumn, allRows, aPopulation } from './fixtures.ts';
import { aucOf, eceOf } from './metrics.ts';
import { logit, sigmoid } from './odds.ts';
import { train } from './train.ts';
import { matrixOf, probabilitiesOf, type Trained } from './trained.ts';

describe('where the truth is known', () => {
  test.each([
    ['a sum', { unknown: 0 }, 0.015],
    ['a sum and a turn', { unknown: 0, bent: true }, 0.025],
  ])('%s is learned almost to the limit, and the scores keep their word', async (_, shape, near) => {
    const { columns, label, truth } = aPopulation(4000, shape);
    const { auc, ece, n } = await evaluate(trialOf(columns, label));
    expect(n).toBe(4000);
    expect(auc).toBeGreaterThan(aucOf(truth, label) - near);
    expect(ece).toBeLessThan(0.03);
    expect(ece).toBeLessThan(2 * eceOf(truth.map(sigmoid), label) + 0.01);
  });

  test('rare ones too', async () => {
    const { columns, label, truth } = aPopulation(6000, { base: -4, unknown: 0.05 });
    const { auc, ece } = await evaluate(trialOf(columns, label));
    expect(auc).toBeGreaterThan(aucOf(truth, label) - 0.03);
    expect(ece).toBeLessThan(0.01);
  });
});

describe('a trained model', () => {
  const { columns, label } = aPopulation(1500, { bent: true });
  const rows = allRows(1500);
  let trained: Trained;
  beforeAll(() => {
    ({ trained } = train(columns, rows, label, 1));
  });

  test('says why: the parts and the base add up to the score’s log-odds', () => {
    const matrix = matrixOf(trained.coders, columns, rows);
    const scores = probabilitiesOf(trained, matrix);
    expect(trained.treeShare).toBeGreaterThan(0);
    const bends: Trained['calibration'][] = [
      trained.calibration,
      { kind: 'platt', slope: 0.7, intercept: 0.2 },
      { kind: 'isotonic', from: [-2, 0, 2], to: [-3, 1, 1.5] },
    ];
    for (const calibration of bends) {
      for (const row of [0, 1, 2, 77, 1499]) {
        const { probability, logOdds, base, parts } = explain({ ...trained, calibration }, matrix, row);
        expect(base + parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(logOdds, 9);
        expect(logit(probability)).toBeCloseTo(logOdds, 6);
        if (calibration === trained.calibration) expect(probability).toBeCloseTo(scores[row]!, 12);
      }
    }
  });

  test('scores columns in another order, and takes one that is not there for unknown', () => {
    const matrix = matrixOf(trained.coders, columns, rows);
    expect(matrixOf(trained.coders, columns.toReversed(), rows)).toEqual(matrix);
    const without = matrixOf(trained.coders, columns.slice(1), rows);
    expect(new Set(without.codes[0])).toEqual(new Set([trained.coders[0]!.size]));
    expect(probabilitiesOf(trained, without).every((p) => p > 0 && p < 1)).toBe(true);
  });

  test('is the same each time', () => {
    expect(train(columns, rows, label, 1).trained).toEqual(trained);
  });
});

test('a fold teaches nothing about itself: neither its labels nor its values', () => {
  const { columns, label } = aPopulation(600);
  const trial = trialOf(columns, label);
  const before = judgeFold(trial, 2);
  const isIn = (row: number) => trial.folds[row] === 2;
  const turned = label.map((yes, row) => (isIn(row) ? 1 - yes : yes));
  expect(judgeFold({ ...trial, label: turned }, 2)).toEqual(before);
  const [first] = [...trial.folds.keys()].filter(isIn);
  const shifted = columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.map((value, row) => (isIn(row) && row !== first ? value * 1000 : value)) }
      : column,
  );
  expect(judgeFold({ ...trial, columns: shifted }, 2).probabilities[0]).toBe(before.probabilities[0]);
});

test('threads or none, the figures are the same bit for bit', async () => {
  const { columns, label } = aPopulation(2100);
  const trial = trialOf(columns, label);
  const told: number[] = [];
  const threaded = await evaluate(trial, ({ fold }) => told.push(fold));
  expect(told.toSorted()).toEqual([0, 1, 2, 3, 4]);
  expect(threaded.folds[3]?.auc).toBe(
    aucOf(
      judgeFold(trial, 3).probabilities,
      label.filter((_, row) => trial.folds[row] === 3),
    ),
  );
  expect(await evaluate(trial)).toEqual(threaded);
});

test.each([
  [
    'nothing known',
    aColumn(
      'number',
      Array.from({ length: 200 }, () => undefined),
      'a',
    ),
  ],
  [
    'one value',
    aColumn(
      'oneOf',
      Array.from({ length: 200 }, () => 'x'),
      'a',
    ),
  ],
  [
    'a value of its own in each row',
    aColumn(
      'oneOf',
      Array.from({ length: 200 }, (_, row) => `x${row}`),
      'a',
    ),
  ],
  [
    'the label itself',
    aColumn(
      'flag',
      Array.from({ length: 200 }, (_, row) => (row < 40 ? 1 : 0)),
      'a',
    ),
  ],
])('a table that hardly says anything is judged: %s', async (what, column) => {
  const label = Uint8Array.from({ length: 200 }, (_, row) => (row < 40 ? 1 : 0));
  const { auc, ece } = await evaluate(trialOf([column], label));
  expect(auc).toBe(what === 'the label itself' ? 1 : 0.5);
  expect(ece).toBeLessThan(0.05);
});

test('what cannot be judged is said in a sentence', () => {
  const label = (ones: number, zeros: number) => Uint8Array.from({ length: ones + zeros }, (_, row) => (row < ones ? 1 : 0));
  expect(whyNotJudged(label(3, 5))).toBe('only 8 rows have a known label; at least 20 are needed');
  expect(whyNotJudged(label(0, 50))).toContain('the label is no in all 50 rows');
  expect(whyNotJudged(label(50, 0))).toContain('the label is yes in all 50 rows');
  expect(whyNotJudged(label(4, 50))).toContain('the label is yes in 4 rows only');
  expect(whyNotJudged(label(50, 4))).toContain('the label is no in 4 rows only');
  expect(whyNotJudged(label(5, 15))).toBeUndefined();
});
