import type { BoostOptions } from './boost.ts';

/** How much is tried, by the size of the table, so that a large one takes a minute or two and not a day. */
export interface Effort {
  /** Inner folds. */
  readonly folds: number;
  /** Rows that the inner cross-validation sees. */
  readonly innerRows: number;
  readonly lambdas: readonly number[];
  /** Inner folds on which λ is chosen. */
  readonly lambdaFolds: number;
  readonly boost: Omit<BoostOptions, 'seed' | 'rowsPerTree'> & { readonly patience: number; readonly rowShare: number };
  /** Rows of each tree of the final model. */
  rowsPerTree(rows: number): number;
}

/** Cells (rows × columns) up to which everything is tried. */
const smallTable = 1_000_000;
/** Cells that the inner cross-validation sees, and each tree of the final model, at most. */
const innerCells = 8_000_000;
const cellsPerTree = 6_000_000;

const lambdas = [1000, 100, 10, 1, 0.1];
const common = { depth: 4, lambda: 10 };

/** `columns`: those that say anything. */
export function effortFor(rows: number, columns: number): Effort {
  const width = Math.max(1, columns);
  if (rows * width <= smallTable) {
    const boost = { ...common, trees: 800, rate: 0.05, patience: 40, rowShare: 0.7, columnsPerTree: Math.ceil(columns / 2) };
    return { folds: 5, innerRows: rows, lambdas, lambdaFolds: 5, boost, rowsPerTree: (all) => Math.ceil(all * 0.7) };
  }
  const columnsPerTree = Math.ceil(Math.max(columns * 0.3, Math.min(columns / 2, 20)));
  const boost = { ...common, trees: 250, rate: 0.1, patience: 20, rowShare: 0.7, columnsPerTree };
  const mostPerTree = Math.max(10_000, Math.ceil(cellsPerTree / columnsPerTree));
  return {
    folds: 3,
    innerRows: Math.max(10_000, Math.ceil(innerCells / width)),
    lambdas,
    lambdaFolds: 1,
    boost,
    rowsPerTree: (all) => Math.min(Math.ceil(all * 0.7), mostPerTree),
  };
}
