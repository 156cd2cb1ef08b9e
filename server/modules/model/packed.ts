import type { Coder } from './coder.ts';
import type { Trained } from './trained.ts';
import type { Tree } from './tree.ts';

/** A trained model as JSON and back, every number to its last bit: what the register keeps. */

type Json = { readonly [key: string]: unknown };
type Form = {
  readonly v: 1;
  readonly coders: readonly Json[];
  readonly logistic: unknown;
  readonly boosted: unknown;
  readonly treeShare: number;
  readonly calibration: unknown;
};

const CODES = 256;

/** A side of each of 256 codes as 64 hexadecimal digits. */
function packSide(side: Uint8Array): string {
  const bits = Buffer.alloc(CODES / 8);
  for (let code = 0; code < CODES; code++) if (side[code] === 1) bits[code >> 3] = (bits[code >> 3] as number) | (1 << (code & 7));
  return bits.toString('hex');
}

function openSide(hex: string): Uint8Array {
  const bits = Buffer.from(hex, 'hex');
  return Uint8Array.from({ length: CODES }, (_, code) => ((bits[code >> 3] as number) >> (code & 7)) & 1);
}

/** A leaf is [cover, step], a fork [cover, column, side, left, right]. */
type PackedTree = readonly [number, number] | readonly [number, number, string, PackedTree, PackedTree];

const packTree = (tree: Tree): PackedTree =>
  'column' in tree ? [tree.cover, tree.column, packSide(tree.side), packTree(tree.left), packTree(tree.right)] : [tree.cover, tree.step];

const openTree = (packed: PackedTree): Tree =>
  packed.length === 2
    ? { cover: packed[0], step: packed[1] }
    : { cover: packed[0], column: packed[1], side: openSide(packed[2]), left: openTree(packed[3]), right: openTree(packed[4]) };

export function pack({ coders, logistic, boosted, treeShare, calibration }: Trained): string {
  return JSON.stringify({
    v: 1,
    coders: coders.map((c) => ({ ...c, counts: [...c.counts], ...('edges' in c && { edges: [...c.edges], values: [...c.values] }) })),
    logistic: logistic && { intercept: logistic.intercept, tables: logistic.tables.map((t) => [...t]) },
    boosted: boosted && { base: boosted.base, trees: boosted.trees.map(packTree) },
    treeShare,
    calibration,
  } satisfies Form);
}

export function unpack(text: string): Trained {
  const { coders, logistic, boosted, treeShare, calibration } = JSON.parse(text) as Form;
  const l = logistic as { intercept: number; tables: number[][] } | undefined;
  const b = boosted as { base: number; trees: PackedTree[] } | undefined;
  return {
    coders: coders.map((c) => ({
      ...(c as unknown as Coder),
      counts: Uint32Array.from(c.counts as number[]),
      ...('edges' in c && { edges: Float64Array.from(c.edges as number[]), values: Float64Array.from(c.values as number[]) }),
    })),
    logistic: l && { intercept: l.intercept, tables: l.tables.map((t) => Float64Array.from(t)) },
    boosted: b && { base: b.base, trees: b.trees.map(openTree) },
    treeShare,
    calibration: calibration as Trained['calibration'],
  };
}
