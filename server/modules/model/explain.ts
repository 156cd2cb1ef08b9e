import { calibrated } from './calibrate.ts';
import type { Matrix } from './matrix.ts';
import { sigmoid } from './odds.ts';
import { sharesOf } from './shapley.ts';
import { rawLogOdds, type Trained } from './trained.ts';

/** Why a person has his score. */
export interface Explanation {
  readonly probability: number;
  /** Of the probability. */
  readonly logOdds: number;
  /** What the model says of someone of whom nothing is told. */
  readonly base: number;
  /** What each column adds to the log-odds, the greatest first; with the base they add up to `logOdds`. */
  readonly parts: readonly { readonly name: string; readonly value: number }[];
}

/**
 * The parts of one row's score. Of the logistic regression a column's part is its figure, of the trees their
 * Shapley values; both by their shares in the blend. Calibration bends the sum, so all parts are stretched by its mean slope between base and score.
 */
export function explain(trained: Trained, matrix: Matrix, row: number): Explanation {
  const { coders, logistic, boosted, treeShare, calibration } = trained;
  const parts = new Float64Array(coders.length);
  let base = 0;
  if (logistic) {
    const share = boosted ? 1 - treeShare : 1;
    base += share * logistic.intercept;
    logistic.tables.forEach((table, column) => {
      parts[column]! += share * table[matrix.codes[column]![row]!]!;
    });
  }
  if (boosted) {
    const share = logistic ? treeShare : 1;
    base += share * boosted.base;
    for (const tree of boosted.trees) {
      const { base: expected, byColumn } = sharesOf(tree, matrix, row);
      base += share * expected;
      for (const [column, value] of byColumn) parts[column]! += share * value;
    }
  }
  const raw = rawLogOdds(trained, { rows: 1, codes: matrix.codes.map((codes) => codes.subarray(row, row + 1)) })[0]!;
  const [logOdds, bent] = [calibrated(calibration, raw), calibrated(calibration, base)];
  const stretch = raw === base ? 1 : (logOdds - bent) / (raw - base);
  const named = coders.map(({ name }, column) => ({ name, value: parts[column]! * stretch }));
  return {
    probability: sigmoid(logOdds),
    logOdds,
    base: bent,
    parts: named.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)),
  };
}
