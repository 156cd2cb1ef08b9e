import { chanceOf, drawn } from './chance.ts';
import type { Coder } from './coder.ts';
import type { Matrix } from './matrix.ts';
import { logLossOf, priorOf, sigmoid } from './odds.ts';
import { type Growth, growTree, stepOf, type Tree } from './tree.ts';

/** Log-odds as a sum: the base and the step of each tree. */
export interface Boosted {
  readonly base: number;
  readonly trees: readonly Tree[];
}

export interface BoostOptions {
  /** Trees at most. */
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly lambda: number;
  /** Rows and columns that each tree sees, drawn anew for each. */
  readonly rowsPerTree: number;
  readonly columnsPerTree: number;
  readonly seed: number;
}

/** Rows the trees are judged on while they grow. */
export interface Watch {
  readonly matrix: Matrix;
  readonly label: Uint8Array;
  /** Growing ends when so many trees in a row brought nothing. */
  readonly patience: number;
}

/** A leaf holds the curvature of so many average rows at least. */
const leastRows = 20;

/**
 * Gradient-boosted trees with logistic loss (Friedman 2001; second order as Chen and Guestrin 2016), each tree on a draw of the rows (Friedman
 * 2002). With `watch`, `losses` has its log loss before the first tree and after each one, and growing ends early. Deterministic by `seed`.
 */
export function boost(
  matrix: Matrix,
  coders: readonly Coder[],
  label: Uint8Array,
  options: BoostOptions,
  watch?: Watch,
): { model: Boosted; losses: number[] } {
  const base = priorOf(label);
  const margins = new Float64Array(matrix.rows).fill(base);
  const watched = new Float64Array(watch?.matrix.rows ?? 0).fill(base);
  const slopes = new Float64Array(matrix.rows);
  const curvatures = new Float64Array(matrix.rows);
  const share = sigmoid(base);
  const rows = Uint32Array.from({ length: matrix.rows }, (_, row) => row);
  const columns = Uint32Array.from(coders.keys());
  const growth: Growth = { ...options, leastCurvature: Math.min(leastRows, matrix.rows / 20) * share * (1 - share) };
  const trees: Tree[] = [];
  const losses = watch ? [logLossOf(watched, watch.label)] : [];
  let best = 0;
  while (trees.length < options.trees && coders.length > 0) {
    for (let row = 0; row < matrix.rows; row++) {
      const p = sigmoid(margins[row]!);
      slopes[row] = p - label[row]!;
      curvatures[row] = Math.max(p * (1 - p), 1e-9);
    }
    const chance = chanceOf(options.seed, trees.length);
    const tree = growTree(
      { matrix, coders, slopes, curvatures },
      drawn(rows, options.rowsPerTree, chance),
      drawn(columns, options.columnsPerTree, chance),
      growth,
    );
    trees.push(tree);
    addSteps(tree, matrix, margins);
    if (!watch) continue;
    addSteps(tree, watch.matrix, watched);
    losses.push(logLossOf(watched, watch.label));
    if (losses.at(-1)! < losses[best]! - 1e-7) best = trees.length;
    if (trees.length - best >= watch.patience) break;
  }
  return { model: { base, trees }, losses };
}

function addSteps(tree: Tree, matrix: Matrix, margins: Float64Array): void {
  for (let row = 0; row < matrix.rows; row++) margins[row]! += stepOf(tree, matrix, row);
}

/** The log-odds of each row. */
export function boostedLogOdds({ base, trees }: Boosted, matrix: Matrix): Float64Array {
  const out = new Float64Array(matrix.rows).fill(base);
  for (const tree of trees) addSteps(tree, matrix, out);
  return out;
}
