import { type Boosted, boost, boostedLogOdds } from './boost.ts';
import { chooseCalibration } from './calibrate.ts';
import { chanceOf } from './chance.ts';
import { type Coder, learnCoder } from './coder.ts';
import type { Column } from './column.ts';
import { type Effort, effortFor, heldShare } from './effort.ts';
import { rowsWhere, rowsWithout, stratifiedFolds, stratifiedSample } from './folds.ts';
import { fitLogistic, type Logistic, logisticLogOdds } from './logistic.ts';
import { type Matrix, picked, rowsOf } from './matrix.ts';
import { logLossOf } from './odds.ts';
import { blended, type Trained } from './trained.ts';

/** What was chosen inside the training rows. */
export interface Choice {
  readonly lambda: number;
  readonly trees: number;
  readonly treeShare: number;
}

/** One inner split: what is learned from, and what it is judged on. */
interface Split {
  readonly matrix: Matrix;
  readonly label: Uint8Array;
  readonly held: Matrix;
  readonly heldLabel: Uint8Array;
}

/** One model of each kind for each split. */
interface Fits {
  readonly logistics: readonly Logistic[];
  readonly boosteds: readonly Boosted[];
}

/**
 * Trains on these rows of the columns, and on nothing else: the coders, the strength of regularisation, the number of trees, their share beside the
 * logistic regression and the calibration all come from splits inside these rows. A small table is cross-validated and then learned whole; of a large
 * one a part is held out once, and what was learned from the rest stands as it is. `label`: 0 or 1 for each of `rows`, both among them. The same input
 * and seed give the same model, bit for bit.
 */
export function train(
  columns: readonly Column[],
  rows: Uint32Array,
  label: Uint8Array,
  seed: number,
): { trained: Trained; choice: Choice } {
  const learned = columns.map((column) => learnCoder(column, rows)).filter(({ coder }) => saysAnything(coder));
  const coders = learned.map(({ coder }) => coder);
  const whole: Matrix = { rows: rows.length, codes: learned.map(({ codes }) => codes) };
  const effort = effortFor(rows.length, coders.length);
  const splits = splitsOf(whole, label, effort, seed);
  const { lambda, logistics } = fitLogistics(splits, coders, effort, seed);
  const { trees, boosteds } = growAll(splits, coders, effort, seed);

  const heldLabel = Uint8Array.from(splits.flatMap((split) => [...split.heldLabel]));
  const byLogistic = joined(splits.map(({ held }, at) => logisticLogOdds(logistics[at]!, held)));
  const byTrees = joined(splits.map(({ held }, at) => boostedLogOdds(boosteds[at]!, held)));
  const treeShare = bestShare(byLogistic, byTrees, heldLabel);
  const calibration = chooseCalibration(blended(byLogistic, byTrees, treeShare)!, heldLabel, chanceOf(seed, 3));

  const choice = { lambda, trees, treeShare };
  const last =
    splits.length === 1 ? { logistics, boosteds } : fitWhole(whole, coders, label, { effort, choice, seed, start: logistics[0]!.weights });
  const [logistic, boosted] = [treeShare < 1 ? last.logistics[0] : undefined, treeShare > 0 ? last.boosteds[0] : undefined];
  return { trained: { coders, logistic, boosted, treeShare, calibration }, choice };
}

/** False for a column in which all training rows have one code. */
const saysAnything = ({ counts }: Coder): boolean => counts.filter((count) => count > 0).length > 1;

function splitsOf(matrix: Matrix, label: Uint8Array, { folds }: Effort, seed: number): Split[] {
  const ones = rowsWhere(label, 1).length;
  const count = folds === 1 ? Math.round(1 / heldShare) : Math.max(2, Math.min(folds, ones, label.length - ones));
  const fold = stratifiedFolds(label, count, chanceOf(seed, 1));
  return Array.from({ length: folds === 1 ? 1 : count }, (_, at) => {
    const [learned, held] = [rowsWithout(fold, at), rowsWhere(fold, at)];
    return { matrix: rowsOf(matrix, learned), label: picked(label, learned), held: rowsOf(matrix, held), heldLabel: picked(label, held) };
  });
}

/** The same split with fewer rows to learn from. */
function narrowed(split: Split, rows: number, seed: number): Split {
  if (split.matrix.rows <= rows) return split;
  const places = stratifiedSample(split.label, rows, chanceOf(seed, 2));
  return { ...split, matrix: rowsOf(split.matrix, places), label: picked(split.label, places) };
}

/** A fit of each split under the λ of least log loss on held-out rows, looked for from the strongest down until the loss rises. */
function fitLogistics(splits: readonly Split[], coders: readonly Coder[], { lambdas, lambdaRows }: Effort, seed: number) {
  const looked = splits.map((split) => narrowed(split, lambdaRows, seed));
  let best: { lambda: number; loss: number; fits: Logistic[] } | undefined;
  let fits: Logistic[] = [];
  for (const lambda of lambdas) {
    const before = fits;
    fits = looked.map((split, at) => fitLogistic(split.matrix, coders, split.label, { lambda, start: before[at]?.weights }));
    const loss = looked.reduce((sum, { held, heldLabel }, at) => sum + logLossOf(logisticLogOdds(fits[at]!, held), heldLabel), 0);
    if (best && loss >= best.loss) break;
    best = { lambda, loss, fits };
  }
  const { lambda, fits: found } = best!;
  const logistics = splits.map((split, at) =>
    split === looked[at] ? found[at]! : fitLogistic(split.matrix, coders, split.label, { lambda, start: found[at]!.weights }),
  );
  return { lambda, logistics };
}

/** Trees of each split, so many as have the least log loss on held-out rows over all splits. */
function growAll(splits: readonly Split[], coders: readonly Coder[], effort: Effort, seed: number) {
  const { patience } = effort.boost;
  const grown = splits.map(({ matrix, label, held, heldLabel }, at) =>
    boost(matrix, coders, label, { ...effort.boost, seed: seed + at + 1 }, { matrix: held, label: heldLabel, patience }),
  );
  const shared = Math.min(...grown.map(({ losses }) => losses.length));
  const lossAt = (trees: number): number => grown.reduce((sum, { losses }) => sum + losses[trees]!, 0);
  let trees = 0;
  for (let count = 1; count < shared; count++) if (lossAt(count) < lossAt(trees)) trees = count;
  return { trees, boosteds: grown.map(({ model }) => ({ base: model.base, trees: model.trees.slice(0, trees) })) };
}

interface Whole {
  readonly effort: Effort;
  readonly choice: Choice;
  readonly seed: number;
  readonly start: Float64Array;
}

/** What the splits have chosen, learned from all rows; a model that has no share is not. */
function fitWhole(matrix: Matrix, coders: readonly Coder[], label: Uint8Array, { effort, choice, seed, start }: Whole): Fits {
  const { lambda, trees, treeShare } = choice;
  return {
    logistics: treeShare < 1 ? [fitLogistic(matrix, coders, label, { lambda, start })] : [],
    boosteds: treeShare > 0 ? [boost(matrix, coders, label, { ...effort.boost, trees, seed }).model] : [],
  };
}

const joined = (pieces: readonly Float64Array[]): Float64Array => Float64Array.from(pieces.flatMap((piece) => [...piece]));

/** The share of the trees, in tenths, of least log loss; of equal ones the smaller. */
function bestShare(logistic: Float64Array, trees: Float64Array, label: Uint8Array): number {
  let best = { share: 0, loss: Number.POSITIVE_INFINITY };
  for (let tenths = 0; tenths <= 10; tenths++) {
    const loss = logLossOf(blended(logistic, trees, tenths / 10)!, label);
    if (loss < best.loss) best = { share: tenths / 10, loss };
  }
  return best.share;
}
