import { type Boosted, type BoostOptions, boost, boostedLogOdds } from './boost.ts';
import { chooseCalibration } from './calibrate.ts';
import { chanceOf } from './chance.ts';
import { type Coder, learnCoder } from './coder.ts';
import type { Column } from './column.ts';
import { type Effort, effortFor } from './effort.ts';
import { rowsWhere, rowsWithout, stratifiedFolds, stratifiedSample } from './folds.ts';
import { fitLogistic, type Logistic, logisticLogOdds } from './logistic.ts';
import { type Matrix, picked, rowsOf } from './matrix.ts';
import { logLossOf } from './odds.ts';
import { blended, matrixOf, type Trained } from './trained.ts';

/** One inner split: what is learned from, and what it is judged on. */
interface Split {
  readonly matrix: Matrix;
  readonly label: Uint8Array;
  readonly heldPlaces: Uint32Array;
  readonly held: Matrix;
  readonly heldLabel: Uint8Array;
}

/** What the inner cross-validation has chosen. */
export interface Choice {
  readonly lambda: number;
  readonly trees: number;
  readonly treeShare: number;
}

/**
 * Trains on these rows of the columns, and on nothing else: the coders, the strength of regularisation, the number of trees, their share beside the
 * logistic regression and the calibration all come from a cross-validation inside these rows. `label`: 0 or 1 for each of `rows`, both among them.
 * The same input and seed give the same model, bit for bit.
 */
export function train(
  columns: readonly Column[],
  rows: Uint32Array,
  label: Uint8Array,
  seed: number,
): { trained: Trained; choice: Choice } {
  const coders = columns.map((column) => learnCoder(column, rows)).filter(saysAnything);
  const whole = rowsOf(matrixOf(coders, columns), rows);
  const effort = effortFor(rows.length, coders.length);
  const inner = stratifiedSample(label, effort.innerRows, chanceOf(seed, 1));
  const innerLabel = picked(label, inner);
  const splits = splitsOf(rowsOf(whole, inner), innerLabel, effort.folds, seed);

  const { lambda, logOdds: byLogistic, weights } = judgeLogistic(splits, coders, effort);
  const { trees, logOdds: byTrees } = judgeTrees(splits, coders, effort.boost, seed);
  const treeShare = bestShare(byLogistic, byTrees, innerLabel);
  const outOfFold = blended(byLogistic, byTrees, treeShare) as Float64Array;
  const calibration = chooseCalibration(outOfFold, innerLabel, chanceOf(seed, 3));

  const logistic = treeShare < 1 ? fitLogistic(whole, coders, label, { lambda, start: weights }) : undefined;
  const options = { ...effort.boost, trees, seed, rowsPerTree: effort.rowsPerTree(rows.length) };
  const boosted = treeShare > 0 ? boost(whole, coders, label, options).model : undefined;
  return { trained: { coders, logistic, boosted, treeShare, calibration }, choice: { lambda, trees, treeShare } };
}

/** False for a column in which all training rows have one code. */
const saysAnything = ({ counts }: Coder): boolean => counts.filter((count) => count > 0).length > 1;

function splitsOf(matrix: Matrix, label: Uint8Array, most: number, seed: number): Split[] {
  const ones = rowsWhere(label, 1).length;
  const count = Math.max(2, Math.min(most, ones, label.length - ones));
  const folds = stratifiedFolds(label, count, chanceOf(seed, 2));
  return Array.from({ length: count }, (_, fold) => {
    const [learned, heldPlaces] = [rowsWithout(folds, fold), rowsWhere(folds, fold)];
    return {
      matrix: rowsOf(matrix, learned),
      label: picked(label, learned),
      heldPlaces,
      held: rowsOf(matrix, heldPlaces),
      heldLabel: picked(label, heldPlaces),
    };
  });
}

/** The λ of least log loss on held-out rows, from the strongest down until it rises; the out-of-fold log-odds under it, and weights to begin from. */
function judgeLogistic(splits: readonly Split[], coders: readonly Coder[], { lambdas, lambdaFolds }: Effort) {
  const looked = splits.slice(0, lambdaFolds);
  let fits: (Logistic | undefined)[] = looked.map(() => undefined);
  let best: { lambda: number; loss: number; fits: (Logistic | undefined)[] } | undefined;
  for (const lambda of lambdas) {
    fits = looked.map((split, at) => fitLogistic(split.matrix, coders, split.label, { lambda, start: fits[at]?.weights }));
    const loss = looked.reduce((sum, split, at) => sum + logLossOf(logisticLogOdds(fits[at] as Logistic, split.held), split.heldLabel), 0);
    if (best && loss >= best.loss) break;
    best = { lambda, loss, fits };
  }
  const { lambda, fits: found } = best as NonNullable<typeof best>;
  const all = splits.map((split, at) => found[at] ?? fitLogistic(split.matrix, coders, split.label, { lambda, start: found[0]?.weights }));
  const logOdds = gathered(splits, (split, at) => logisticLogOdds(all[at] as Logistic, split.held));
  return { lambda, logOdds, weights: (all[0] as Logistic).weights };
}

/** The number of trees of least log loss on held-out rows, over all splits; the out-of-fold log-odds of so many. */
function judgeTrees(splits: readonly Split[], coders: readonly Coder[], options: Effort['boost'], seed: number) {
  const grown = splits.map((split, at) => {
    const seen: BoostOptions = { ...options, seed: seed + at + 1, rowsPerTree: Math.ceil(split.matrix.rows * options.rowShare) };
    return boost(split.matrix, coders, split.label, seen, { matrix: split.held, label: split.heldLabel, patience: options.patience });
  });
  const shared = Math.min(...grown.map(({ losses }) => losses.length));
  const lossAt = (trees: number): number => grown.reduce((sum, { losses }) => sum + losses[trees]!, 0);
  let trees = 0;
  for (let count = 1; count < shared; count++) if (lossAt(count) < lossAt(trees)) trees = count;
  const cut = ({ base, trees: all }: Boosted): Boosted => ({ base, trees: all.slice(0, trees) });
  return { trees, logOdds: gathered(splits, (split, at) => boostedLogOdds(cut(grown[at]!.model), split.held)) };
}

/** What each split says of its held-out rows, in the order of all rows. */
function gathered(splits: readonly Split[], says: (split: Split, at: number) => Float64Array): Float64Array {
  const out = new Float64Array(splits.reduce((sum, { held }) => sum + held.rows, 0));
  splits.forEach((split, at) => {
    const said = says(split, at);
    for (let row = 0; row < said.length; row++) out[split.heldPlaces[row]!] = said[row]!;
  });
  return out;
}

/** The share of the trees, in tenths, of least log loss; of equal ones the smaller. */
function bestShare(logistic: Float64Array, trees: Float64Array, label: Uint8Array): number {
  let best = { share: 0, loss: Number.POSITIVE_INFINITY };
  for (let tenths = 0; tenths <= 10; tenths++) {
    const loss = logLossOf(blended(logistic, trees, tenths / 10) as Float64Array, label);
    if (loss < best.loss) best = { share: tenths / 10, loss };
  }
  return best.share;
}
