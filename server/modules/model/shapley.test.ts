import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boost } from './boost.ts';
import { aPopulation, coded } from './fixtures.ts';
import type { Matrix } from './matrix.ts';
import { sharesOf } from './shapley.ts';
import { stepOf, type Tree } from './tree.ts';

/** The expected step where only these columns are told. */
function expected(tree: Tree, matrix: Matrix, row: number, told: ReadonlySet<number>): number {
  if (!('column' in tree)) return tree.step;
  const [left, right] = [expected(tree.left, matrix, row, told), expected(tree.right, matrix, row, told)];
  if (told.has(tree.column)) return tree.side[matrix.codes[tree.column]![row]!] === 1 ? left : right;
  return (left * tree.left.cover + right * tree.right.cover) / tree.cover;
}

function* orders(columns: readonly number[]): Generator<readonly number[]> {
  if (columns.length === 0) yield [];
  for (const first of columns) for (const rest of orders(columns.filter((one) => one !== first))) yield [first, ...rest];
}

test('the shares are the Shapley values, and add up to the step', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 299 }), (seed, row) => {
      const { columns, label } = aPopulation(300, { seed, bent: true });
      const { coders, matrix } = coded(columns);
      const options = { trees: 1, depth: 4, rate: 1, lambda: 1, rowShare: 1, mostRows: 1e6, columnsPerTree: 9, seed };
      const [tree] = boost(matrix, coders, label, options).model.trees as [Tree];
      const { base, byColumn } = sharesOf(tree, matrix, row);
      const by = new Map<number, number>();
      let count = 0;
      for (const order of orders(columns.map((_, column) => column))) {
        const told = new Set<number>();
        count++;
        for (const column of order) {
          const before = expected(tree, matrix, row, told);
          told.add(column);
          by.set(column, (by.get(column) ?? 0) + expected(tree, matrix, row, told) - before);
        }
      }
      expect(base).toBeCloseTo(expected(tree, matrix, row, new Set()), 9);
      for (const [column, sum] of by) expect(byColumn.get(column) ?? 0).toBeCloseTo(sum / count, 9);
      expect(base + [...byColumn.values()].reduce((sum, value) => sum + value, 0)).toBeCloseTo(stepOf(tree, matrix, row), 9);
    }),
    { numRuns: 25 },
  );
});
