import { chanceOf } from './chance.ts';
import { learnCoder } from './coder.ts';
import type { Column } from './column.ts';
import { type Evaluation, type Judged, outOfFold, type Trial } from './evaluate.ts';
import { explain } from './explain.ts';
import { stratifiedSample } from './folds.ts';
import { aucOf, type Bin, binsOf } from './metrics.ts';
import { matrixOf, type Trained } from './trained.ts';

/** What is shown of a trained version beside the evaluation's figures. */

const GROUPS = 10;
const POINTS = 60;
/** Rows over which the parts of a score are meant: more change no rank. */
const EXPLAINED = 400;

/** A hundredth of all is whom a desk can call. */
const CALLED = 0.01;

export interface Curves {
  /** The score, 0 to 1, that a hundredth of the rows reaches. */
  readonly top: number;
  readonly bins: readonly Bin[];
  readonly roc: readonly { readonly x: number; readonly y: number }[];
}

/** Calibration by ten groups, and the ROC curve as at most 60 straight pieces, over all out-of-fold scores. */
export function curvesOf(trial: Trial, judged: readonly Judged[]): Curves {
  const all = outOfFold(trial, judged);
  const sorted = all.slice().sort();
  const top = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - CALLED)))]!;
  return { top, bins: binsOf(all, trial.label, GROUPS), roc: rocOf(all, trial.label) };
}

/** Shares of zeros (x) and ones (y) whose score is at least a threshold, from none to all; equal scores make one step. */
export function rocOf(scores: Float64Array, label: Uint8Array, points = POINTS): { x: number; y: number }[] {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ones = label.reduce((sum, one) => sum + one, 0);
  const zeros = label.length - ones;
  const curve = [{ x: 0, y: 0 }];
  let [above, passed] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    for (to = from; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) {
      if (label[order[to]!] === 1) above++;
      else passed++;
    }
    const isDue = to === order.length || to * points >= curve.length * order.length;
    if (isDue) curve.push({ x: zeros === 0 ? 1 : passed / zeros, y: ones === 0 ? 1 : above / ones });
  }
  return curve;
}

/** Each input's mean part in the log-odds, either way, the greatest first, with the AUC of it alone. Inputs in which all are alike are `same`. */
export function weighed({ columns, label }: Pick<Trial, 'columns' | 'label'>, trained: Trained, seed: number) {
  const rows = stratifiedSample(label, EXPLAINED, chanceOf(seed, 9));
  const matrix = matrixOf(trained.coders, columns, rows);
  const sums = new Map(trained.coders.map(({ name }) => [name, 0]));
  for (let at = 0; at < rows.length; at++)
    for (const { name, value } of explain(trained, matrix, at).parts) sums.set(name, sums.get(name)! + Math.abs(value));
  const byName = new Map(columns.map((c) => [c.name, c]));
  return {
    inputs: [...sums]
      .map(([tag, sum]) => ({ tag, importance: sum / rows.length, alone: aloneOf(byName.get(tag)!, label) }))
      .sort((a, b) => b.importance - a.importance || (a.tag < b.tag ? -1 : 1)),
    same: columns.map((c) => c.name).filter((name) => !sums.has(name)),
  };
}

/**
 * How well one column alone tells ones from zeros, from 0.5 to 1: a number by its order, whichever way, the unknown below or above all; other kinds by the share of
 * ones of each value. Judged on the rows themselves: it is a warning, no figure of quality.
 */
export function aloneOf(column: Column, label: Uint8Array): number {
  const either = (scores: Float64Array): number => {
    const auc = aucOf(scores, label);
    return Math.max(auc, 1 - auc);
  };
  if (column.kind === 'number' || column.kind === 'date') {
    const beyond = (end: number) => column.values.map((v) => (Number.isNaN(v) ? end : v));
    return Math.max(either(beyond(Number.NEGATIVE_INFINITY)), either(beyond(Number.POSITIVE_INFINITY)));
  }
  const { codes } = learnCoder(column, Uint32Array.from(label.keys()));
  const [ones, all] = [new Float64Array(256), new Float64Array(256)];
  codes.forEach((code, row) => {
    ones[code]! += label[row]!;
    all[code]!++;
  });
  return either(Float64Array.from(codes, (code) => ones[code]! / all[code]!));
}

/** The figures of an evaluation that are kept. */
export const keptOf = ({ auc, ece, n, brier, logLoss, lift, folds }: Evaluation) => ({
  auc,
  ece,
  n,
  brier,
  logLoss,
  lift,
  folds: folds.map((f) => f.auc),
});
