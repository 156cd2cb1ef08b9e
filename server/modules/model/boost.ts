import { chanceOf, drawn } from './chance.ts';
import type { Coder } from './coder.ts';
import { type Matrix, picked } from './matrix.ts';
import { logLossOf, priorOf, sigmoid } from './odds.ts';
import { type Ground, type Growth, growTree, stepOf, type Tree } from './tree.ts';

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
  /** Rows that each tree sees, drawn anew for each: this share of them, and so many at most. */
  readonly rowShare: number;
  readonly mostRows: number;
  /** Columns that each tree may ask, drawn anew for each. */
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
  const share = sigmoid(base);
  const rows = Uint32Array.from({ length: matrix.rows }, (_, row) => row);
  const columns = Uint32Array.from(coders.keys());
  const growth: Growth = { ...options, leastCurvature: Math.min(leastRows, matrix.rows / 20) * share * (1 - share) };
  const rowsPerTree = Math.min(Math.ceil(matrix.rows * options.rowShare), options.mostRows);
  const trees: Tree[] = [];
  const losses = watch ? [logLossOf(watched, watch.label)] : [];
  let best = 0;
  while (trees.length < options.trees && coders.length > 0) {
    const chance = chanceOf(options.seed, trees.length);
    const seen = drawn(rows, rowsPerTree, chance);
    const asked = drawn(columns, options.columnsPerTree, chance);
    const tree = growTree(groundOf({ matrix, coders, label, margins }, seen, asked), growth);
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

interface Standing {
  readonly matrix: Matrix;
  readonly coders: readonly Coder[];
  readonly label: Uint8Array;
  readonly margins: Float64Array;
}

/** What one tree sees, copied together: codes strewn over a large table are slow to come by again and again. */
function groundOf({ matrix, coders, label, margins }: Standing, rows: Uint32Array, columns: Uint32Array): Ground {
  const slopes = new Float64Array(rows.length);
  const curvatures = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const p = sigmoid(margins[rows[at]!]!);
    slopes[at] = p - label[rows[at]!]!;
    curvatures[at] = Math.max(p * (1 - p), 1e-9);
  }
  const own = [...columns];
  const codes = own.map((column) => picked(matrix.codes[column]!, rows));
  return { matrix: { rows: rows.length, codes }, coders: own.map((column) => coders[column]!), columns, slopes, curvatures };
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
