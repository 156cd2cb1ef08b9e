import type { BoostOptions } from './boost.ts';

/** How much is tried, by the size of the table, so that a large one takes a minute or two and not a day. */
export interface Effort {
  /** Inner folds; 1: one part is held out, and the models that were judged on it are the models. */
  readonly folds: number;
  /** Rows of a split on which λ is chosen, at most. */
  readonly lambdaRows: number;
  /** From the strongest down. */
  readonly lambdas: readonly number[];
  readonly boost: Omit<BoostOptions, 'seed'> & { readonly patience: number };
}

/** The share that is held out where there is one split. */
export const heldShare = 0.15;

/** A row costs as much as so many cells beside its own. */
const cellsOfRow = 10;
/** Cells up to which everything is tried, and up to which less is. */
const smallTable = 200_000;
const middleTable = 2_000_000;
/** Fewer rows are too few for one split alone. */
const leastForOneSplit = 20_000;
/** Cells seen by a fit in search of λ, and by a tree, at most. */
const lambdaCells = 4_000_000;
const treeCells = 4_000_000;

/** `columns`: those that say anything. */
export function effortFor(rows: number, columns: number): Effort {
  const width = Math.max(1, columns);
  const cells = rows * (width + cellsOfRow);
  const isSmall = cells <= smallTable;
  const isLarge = cells > middleTable && rows >= leastForOneSplit;
  const columnsPerTree = Math.ceil(isSmall ? width / 2 : Math.max(width * 0.3, Math.min(width / 2, 20)));
  return {
    folds: isSmall ? 5 : isLarge ? 1 : 3,
    lambdaRows: Math.max(5000, Math.ceil(lambdaCells / width)),
    lambdas: [1000, 100, 10, 1, 0.1],
    boost: {
      depth: 4,
      lambda: 10,
      ...(isSmall ? { trees: 800, rate: 0.05, patience: 40 } : { trees: 300, rate: 0.1, patience: 20 }),
      rowShare: 0.7,
      mostRows: Math.max(10_000, Math.ceil(treeCells / columnsPerTree)),
      columnsPerTree,
    },
  };
}
