import { type Boosted, boostedLogOdds } from './boost.ts';
import { type Calibration, calibrated } from './calibrate.ts';
import { type Coder, codesOf } from './coder.ts';
import type { Column } from './column.ts';
import { type Logistic, logisticLogOdds } from './logistic.ts';
import type { Matrix } from './matrix.ts';
import { sigmoid } from './odds.ts';

/** A trained model: everything that a score needs. */
export interface Trained {
  /** Of the columns that say anything, in the order of the file. */
  readonly coders: readonly Coder[];
  /** Undefined where the trees do better alone. */
  readonly logistic: Pick<Logistic, 'intercept' | 'tables'> | undefined;
  readonly boosted: Boosted | undefined;
  /** Share of the trees in the log-odds, 0 to 1. */
  readonly treeShare: number;
  readonly calibration: Calibration;
}

/** The codes of these rows as the coders want them; a column that is not there, or of another kind, is unknown throughout. */
export function matrixOf(coders: readonly Coder[], columns: readonly Column[], rows: Uint32Array): Matrix {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const codes = coders.map((coder) => {
    const column = byName.get(coder.name);
    return column?.kind === coder.kind ? codesOf(column, coder, rows) : new Uint8Array(rows.length).fill(coder.size);
  });
  return { rows: rows.length, codes };
}

/** The log-odds of each row before calibration. */
export function rawLogOdds({ logistic, boosted, treeShare }: Omit<Trained, 'coders' | 'calibration'>, matrix: Matrix): Float64Array {
  const ofLogistic = logistic && logisticLogOdds(logistic, matrix);
  const ofTrees = boosted && boostedLogOdds(boosted, matrix);
  return blended(ofLogistic, ofTrees, treeShare) ?? new Float64Array(matrix.rows);
}

/** Both log-odds by the share of the trees; one of them alone where the other is not there. */
export function blended(logistic: Float64Array | undefined, trees: Float64Array | undefined, treeShare: number): Float64Array | undefined {
  if (!logistic || !trees) return trees ?? logistic;
  return logistic.map((value, row) => (1 - treeShare) * value + treeShare * trees[row]!);
}

/** The score of each row: a probability. */
export const probabilitiesOf = (trained: Trained, matrix: Matrix): Float64Array =>
  rawLogOdds(trained, matrix).map((raw) => sigmoid(calibrated(trained.calibration, raw)));
