import { chanceOf } from './chance.ts';
import type { Column } from './column.ts';
import { rowsWhere, rowsWithout, stratifiedFolds } from './folds.ts';
import { picked } from './matrix.ts';
import { aucOf, brierOf, eceOf, liftOf } from './metrics.ts';
import { logit, surprise } from './odds.ts';
import { type Choice, train } from './train.ts';
import { matrixOf, probabilitiesOf, type Trained } from './trained.ts';

/** Folds of an evaluation, and the seed that deals them and draws for the trees. */
export const foldCount = 5;
export const seed = 20_261_121;

/** Fewer rows show nothing: each of ten groups would hold one. */
const leastRows = 20;

/** Why a label cannot be judged, in words that follow "FILE: "; undefined when it can. */
export function whyNotJudged(label: Uint8Array): string | undefined {
  const ones = label.reduce((sum, one) => sum + one, 0);
  const zeros = label.length - ones;
  if (label.length < leastRows) return `only ${label.length} rows have a known label; at least ${leastRows} are needed`;
  if (ones === 0 || zeros === 0)
    return `the label is ${ones === 0 ? 'no' : 'yes'} in all ${label.length} rows: there is nothing to tell apart`;
  const [fewer, count] = ones < zeros ? ['yes', ones] : ['no', zeros];
  if (count < foldCount) return `the label is ${fewer} in ${count} rows only; each of ${foldCount} folds needs one`;
  return undefined;
}

/** A table to be judged: the columns, 0 or 1 for each row, and the fold of each row. */
export interface Trial {
  readonly columns: readonly Column[];
  readonly label: Uint8Array;
  readonly folds: Uint8Array;
}

/** What a model trained on the other folds said of the rows of one. */
export interface Judged {
  readonly fold: number;
  /** In the order of the fold's rows. */
  readonly probabilities: Float64Array;
  readonly choice: Choice & { readonly calibration: Trained['calibration']['kind']; readonly columns: number };
}

export interface Evaluation {
  /** Mean of the folds' AUC. */
  readonly auc: number;
  /** Over all out-of-fold predictions. */
  readonly ece: number;
  readonly n: number;
  readonly brier: number;
  readonly logLoss: number;
  /** Ten figures, the highest scores first. */
  readonly lift: readonly number[];
  readonly folds: readonly (Judged['choice'] & { readonly auc: number; readonly rows: number })[];
}

export const trialOf = (columns: readonly Column[], label: Uint8Array): Trial => ({
  columns,
  label,
  folds: stratifiedFolds(label, foldCount, chanceOf(seed)),
});

/** Trains on the rows outside the fold and scores those inside, which have taught nothing. */
export function judgeFold({ columns, label, folds }: Trial, fold: number): Judged {
  const rows = rowsWithout(folds, fold);
  const { trained, choice } = train(columns, rows, picked(label, rows), seed);
  const probabilities = probabilitiesOf(trained, matrixOf(trained.coders, columns, rowsWhere(folds, fold)));
  return { fold, probabilities, choice: { ...choice, calibration: trained.calibration.kind, columns: trained.coders.length } };
}

/** Each row's score from the model that never saw it. */
export function outOfFold({ label, folds }: Trial, judged: readonly Judged[]): Float64Array {
  const all = new Float64Array(label.length);
  for (const { fold, probabilities } of judged) {
    const rows = rowsWhere(folds, fold);
    for (let at = 0; at < rows.length; at++) all[rows[at]!] = probabilities[at]!;
  }
  return all;
}

/** The figures over all folds. */
export function evaluationOf(trial: Trial, judged: readonly Judged[]): Evaluation {
  const { label, folds } = trial;
  const all = outOfFold(trial, judged);
  const each = judged.map(({ fold, probabilities, choice }) => {
    const rows = rowsWhere(folds, fold);
    return { ...choice, auc: aucOf(probabilities, picked(label, rows)), rows: rows.length };
  });
  let loss = 0;
  for (let row = 0; row < label.length; row++) loss += surprise(logit(all[row]!), label[row]!);
  return {
    auc: each.reduce((sum, { auc }) => sum + auc, 0) / each.length,
    ece: eceOf(all, label),
    n: label.length,
    brier: brierOf(all, label),
    logLoss: loss / label.length,
    lift: liftOf(all, label),
    folds: each,
  };
}
