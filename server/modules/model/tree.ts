import type { Coder } from './coder.ts';
import { histogramOf, startsOf } from './histogram.ts';
import type { Matrix } from './matrix.ts';

/** A regression tree over codes: a fork sends a row left or right by its code in one column, a leaf adds its step to the row's log-odds. */
export type Tree =
  | { readonly cover: number; readonly step: number }
  | {
      readonly cover: number;
      readonly column: number;
      /** For each code 1 (left) or 0 (right), unknown among them: it has a side of its own, the one that fitted best. */
      readonly side: Uint8Array;
      readonly left: Tree;
      readonly right: Tree;
    };

/** What a tree is grown on: the rows and columns that it may see, and nothing else. `cover` of its nodes is their number of rows here. */
export interface Ground {
  readonly matrix: Matrix;
  readonly coders: readonly Coder[];
  /** What the tree is to call each column of the matrix. */
  readonly columns: Uint32Array;
  /** First and second derivative of the loss by the log-odds, a row each. */
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

export interface Growth {
  /** Forks from root to leaf at most. */
  readonly depth: number;
  /** Weight of half the squared steps. */
  readonly lambda: number;
  /** Share of a leaf's step that is taken. */
  readonly rate: number;
  /** The least summed curvature of a leaf. */
  readonly leastCurvature: number;
}

/** No leaf moves log-odds by more before shrinkage: with a nearly separable label the best step is infinite. */
const longestStep = 5;

type Found = { gain: number; place: number; side: Uint8Array };

/**
 * Grows one tree on all rows of the ground. Each fork is the one of the greatest gain ½·(GL²/(HL+λ) + GR²/(HR+λ) − G²/(H+λ)) (Chen and Guestrin
 * 2016); values of a one-of column are first put in the order of G/H (Fisher 1958). The histogram of the greater child is the parent's less the
 * smaller child's.
 */
export function growTree(ground: Ground, growth: Growth): Tree {
  const rows = Uint32Array.from({ length: ground.matrix.rows }, (_, row) => row);
  const starts = startsOf(ground.coders);
  return grow({ ...ground, starts }, { rows, histogram: histogramOf(ground, starts, rows), depth: growth.depth }, growth);
}

type Laid = Ground & { readonly starts: Uint32Array };
type Node = { rows: Uint32Array; histogram: Float64Array; depth: number };

function grow(ground: Laid, { rows, histogram, depth }: Node, growth: Growth): Tree {
  const best = depth === 0 ? undefined : bestSplit(ground, histogram, growth);
  if (!best) return leafOf(ground, rows, growth);
  const middle = partition(rows, ground.matrix.codes[best.place]!, best.side);
  const [left, right] = [rows.subarray(0, middle), rows.subarray(middle)];
  const fork = { cover: rows.length, column: ground.columns[best.place]!, side: best.side };
  if (depth === 1) return { ...fork, left: leafOf(ground, left, growth), right: leafOf(ground, right, growth) };
  const small = histogramOf(ground, ground.starts, left.length < right.length ? left : right);
  for (let at = 0; at < histogram.length; at++) histogram[at]! -= small[at]!;
  const [ofLeft, ofRight] = left.length < right.length ? [small, histogram] : [histogram, small];
  return {
    ...fork,
    left: grow(ground, { rows: left, histogram: ofLeft, depth: depth - 1 }, growth),
    right: grow(ground, { rows: right, histogram: ofRight, depth: depth - 1 }, growth),
  };
}

function leafOf({ slopes, curvatures }: Ground, rows: Uint32Array, { lambda, rate }: Growth): Tree {
  let [slope, curvature] = [0, 0];
  for (const row of rows) {
    slope += slopes[row]!;
    curvature += curvatures[row]!;
  }
  return { cover: rows.length, step: rate * Math.max(-longestStep, Math.min(longestStep, -slope / (curvature + lambda))) };
}

/** Rows that go left come first; answers where the others begin. Both keep their order. */
function partition(rows: Uint32Array, codes: Uint8Array, side: Uint8Array): number {
  const others = new Uint32Array(rows.length);
  let [lefts, rights] = [0, 0];
  for (const row of rows) {
    if (side[codes[row]!] === 1) rows[lefts++] = row;
    else others[rights++] = row;
  }
  rows.set(others.subarray(0, rights), lefts);
  return lefts;
}

function bestSplit({ coders, starts }: Laid, histogram: Float64Array, growth: Growth): Found | undefined {
  let best: Found | undefined;
  coders.forEach((coder, place) => {
    const found = splitOf(coder, histogram.subarray(starts[place], starts[place + 1]), growth, best?.gain ?? 1e-9);
    if (found) best = { ...found, place };
  });
  return best;
}

/** Less curvature than this is a rest of subtraction: no row of the node has that code. */
const leastHere = 1e-8;

/** The best fork by this column if it gains more than `least`. */
function splitOf(coder: Coder, sums: Float64Array, growth: Growth, least: number): Omit<Found, 'place'> | undefined {
  const order = orderOf(coder, sums, growth.leastCurvature);
  const [unknownG, unknownH] = [sums[coder.size * 2]!, sums[coder.size * 2 + 1]!];
  let [allG, allH] = [unknownG, unknownH];
  for (const code of order) {
    allG += sums[code * 2]!;
    allH += sums[code * 2 + 1]!;
  }
  const { lambda, leastCurvature } = growth;
  const whole = (allG * allG) / (allH + lambda);
  let best: { gain: number; upTo: number; unknownLeft: boolean } | undefined;
  const consider = (g: number, h: number, upTo: number, unknownLeft: boolean): void => {
    if (h < leastCurvature || allH - h < leastCurvature) return;
    const gain = ((g * g) / (h + lambda) + (allG - g) ** 2 / (allH - h + lambda) - whole) / 2;
    if (gain > (best?.gain ?? least)) best = { gain, upTo, unknownLeft };
  };
  let [g, h] = [0, 0];
  for (let upTo = 1; upTo <= order.length; upTo++) {
    const code = order[upTo - 1]!;
    g += sums[code * 2]!;
    h += sums[code * 2 + 1]!;
    consider(g, h, upTo, false);
    if (unknownH > 0 && upTo < order.length) consider(g + unknownG, h + unknownH, upTo, true);
  }
  if (!best) return undefined;
  return { gain: best.gain, side: sidesOf(coder, order, best, sums) };
}

/**
 * The codes that rows of the node have, in the order in which they can be cut: numbers by value, values of a one-of by their slope against their
 * curvature and `smoothing`, so that those of few rows stand in the middle.
 */
function orderOf(coder: Coder, sums: Float64Array, smoothing: number): number[] {
  const codes: number[] = [];
  for (let code = 0; code < coder.size; code++) if (sums[code * 2 + 1]! > leastHere) codes.push(code);
  if (coder.kind !== 'oneOf') return codes;
  const slopeOf = (code: number): number => sums[code * 2]! / (sums[code * 2 + 1]! + smoothing);
  return codes.sort((a, b) => slopeOf(a) - slopeOf(b) || a - b);
}

/** Sides of all codes. One that no row of the node has goes with its neighbours where there is an order, else with the greater half. */
function sidesOf(coder: Coder, order: readonly number[], cut: { upTo: number; unknownLeft: boolean }, sums: Float64Array): Uint8Array {
  const side = new Uint8Array(256);
  const weight = (codes: readonly number[]): number => codes.reduce((sum, code) => sum + sums[code * 2 + 1]!, 0);
  const [lefts, rights] = [order.slice(0, cut.upTo), order.slice(cut.upTo)];
  const greater = weight(lefts) >= weight(rights) ? 1 : 0;
  if (coder.kind === 'oneOf') {
    side.fill(greater);
    for (const code of rights) side[code] = 0;
    for (const code of lefts) side[code] = 1;
  } else {
    side.fill(1, 0, lefts.at(-1)! + 1);
  }
  const isUnknownHere = sums[coder.size * 2 + 1]! > leastHere;
  side[coder.size] = isUnknownHere ? (cut.unknownLeft ? 1 : 0) : greater;
  return side;
}

/** The step that the tree gives the row at this place. */
export function stepOf(tree: Tree, matrix: Matrix, row: number): number {
  let node = tree;
  while ('column' in node) node = node.side[matrix.codes[node.column]![row]!] === 1 ? node.left : node.right;
  return node.step;
}
