import type { Matrix } from './matrix.ts';
import type { Tree } from './tree.ts';

/**
 * What each column adds to a tree's step for one row: Shapley values of the game in which a column that is not told sends the row both ways, by
 * the covers of the branches (path-dependent TreeSHAP, Lundberg and others 2020). A leaf pays only through the columns on its way, and their number
 * is at most the tree's depth, so each leaf's own game is played out over all sets of them, exactly.
 */
export interface Shares {
  /** The step expected when nothing is told. */
  readonly base: number;
  /** By column; base and these add up to the row's step. */
  readonly byColumn: Map<number, number>;
}

/** A column on the way to a leaf: whether the row would go that way, and the share of rows that do. */
type Stage = { column: number; follows: number; share: number };

export function sharesOf(tree: Tree, matrix: Matrix, row: number): Shares {
  const byColumn = new Map<number, number>();
  let base = 0;

  const pay = (step: number, way: readonly Stage[]): void => {
    base += way.reduce((worth, { share }) => worth * share, step);
    way.forEach((stage, player) => {
      const others = way.filter((_, at) => at !== player);
      const paid = step * (stage.follows - stage.share) * meanWorth(others);
      byColumn.set(stage.column, (byColumn.get(stage.column) ?? 0) + paid);
    });
  };

  const walk = (node: Tree, way: readonly Stage[]): void => {
    if (!('column' in node)) {
      pay(node.step, way);
      return;
    }
    const goesLeft = node.side[matrix.codes[node.column]![row]!]!;
    walk(node.left, extended(way, node.column, goesLeft, node.left.cover / node.cover));
    walk(node.right, extended(way, node.column, 1 - goesLeft, node.right.cover / node.cover));
  };

  walk(tree, []);
  return { base, byColumn };
}

/** A column asked twice on one way is one player: he follows where he follows both times. */
function extended(way: readonly Stage[], column: number, follows: number, share: number): Stage[] {
  const known = way.find((stage) => stage.column === column);
  if (!known) return [...way, { column, follows, share }];
  return way.map((stage) => (stage === known ? { column, follows: stage.follows * follows, share: stage.share * share } : stage));
}

/**
 * The worth of the others, meant over all orders in which they could have been told before: Σ over their sets of |S|!·(m−|S|)!/(m+1)! · Π told
 * follows · Π untold share. By size of the set, so that a set is never written out.
 */
function meanWorth(others: readonly Stage[]): number {
  let bySize = [1];
  for (const { follows, share } of others) {
    const next = Array.from({ length: bySize.length + 1 }, () => 0);
    bySize.forEach((worth, size) => {
      next[size]! += worth * share;
      next[size + 1]! += worth * follows;
    });
    bySize = next;
  }
  const m = others.length;
  let weight = 1 / (m + 1);
  let mean = 0;
  for (let size = 0; size <= m; size++) {
    mean += weight * bySize[size]!;
    weight *= (size + 1) / (m - size || 1);
  }
  return mean;
}
