import type { Coder } from './coder.ts';
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

/** What a tree is grown on. `cover` of its nodes is their number of rows here. */
export interface Ground {
  readonly matrix: Matrix;
  readonly coders: readonly Coder[];
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

type Found = { gain: number; column: number; side: Uint8Array };

/** The columns a tree asks, and where in a histogram the sums of each begin: a slope and a curvature a code, unknown last. */
type Asked = { readonly columns: Uint32Array; readonly starts: Uint32Array };
type Histogram = Float64Array;

/**
 * Grows one tree on these rows, asking these columns only. Each fork is the one of the greatest gain ½·(GL²/(HL+λ) + GR²/(HR+λ) − G²/(H+λ))
 * (Chen and Guestrin 2016); values of a one-of column are first put in the order of G/H (Fisher 1958). Histograms of the greater child are the
 * parent's less the smaller child's. `rows` is put in another order.
 */
export function growTree(ground: Ground, rows: Uint32Array, columns: Uint32Array, growth: Growth): Tree {
  const starts = new Uint32Array(columns.length + 1);
  columns.forEach((column, place) => {
    starts[place + 1] = starts[place]! + (ground.coders[column]!.size + 1) * 2;
  });
  const asked = { columns, starts };
  return grow(ground, { rows, histogram: histogramOf(ground, rows, asked), depth: growth.depth }, asked, growth);
}

type Node = { rows: Uint32Array; histogram: Histogram; depth: number };

function grow(ground: Ground, { rows, histogram, depth }: Node, asked: Asked, growth: Growth): Tree {
  const best = depth === 0 ? undefined : bestSplit(ground, histogram, asked, growth);
  if (!best) return leafOf(ground, rows, growth);
  const middle = partition(rows, ground.matrix.codes[best.column]!, best.side);
  const [left, right] = [rows.subarray(0, middle), rows.subarray(middle)];
  const { column, side } = best;
  if (depth === 1) return { cover: rows.length, column, side, left: leafOf(ground, left, growth), right: leafOf(ground, right, growth) };
  const small = histogramOf(ground, left.length < right.length ? left : right, asked);
  for (let at = 0; at < histogram.length; at++) histogram[at]! -= small[at]!;
  const [ofLeft, ofRight] = left.length < right.length ? [small, histogram] : [histogram, small];
  return {
    cover: rows.length,
    column,
    side,
    left: grow(ground, { rows: left, histogram: ofLeft, depth: depth - 1 }, asked, growth),
    right: grow(ground, { rows: right, histogram: ofRight, depth: depth - 1 }, asked, growth),
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

function histogramOf({ matrix, slopes, curvatures }: Ground, rows: Uint32Array, { columns, starts }: Asked): Histogram {
  const out = new Float64Array(starts[columns.length]!);
  const pairs = new Float64Array(rows.length * 2);
  for (let at = 0; at < rows.length; at++) {
    pairs[at * 2] = slopes[rows[at]!]!;
    pairs[at * 2 + 1] = curvatures[rows[at]!]!;
  }
  columns.forEach((column, place) => {
    addByCode(matrix.codes[column]!, rows, pairs, out.subarray(starts[place], starts[place + 1]));
  });
  return out;
}

function addByCode(codes: Uint8Array, rows: Uint32Array, pairs: Float64Array, out: Float64Array): void {
  for (let at = 0; at < rows.length; at++) {
    const code = codes[rows[at]!]! * 2;
    out[code]! += pairs[at * 2]!;
    out[code + 1]! += pairs[at * 2 + 1]!;
  }
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

function bestSplit({ coders }: Ground, histogram: Histogram, { columns, starts }: Asked, growth: Growth): Found | undefined {
  let best: Found | undefined;
  columns.forEach((column, place) => {
    const found = splitOf(coders[column]!, histogram.subarray(starts[place], starts[place + 1]), growth, best?.gain ?? 1e-9);
    if (found) best = { ...found, column };
  });
  return best;
}

/** The best fork by this column if it gains more than `least`. */
function splitOf(coder: Coder, sums: Float64Array, growth: Growth, least: number): Omit<Found, 'column'> | undefined {
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
  for (let code = 0; code < coder.size; code++) if (sums[code * 2 + 1]! > 1e-12) codes.push(code);
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
  const isUnknownHere = sums[coder.size * 2 + 1]! > 1e-12;
  side[coder.size] = isUnknownHere ? (cut.unknownLeft ? 1 : 0) : greater;
  return side;
}

/** The step that the tree gives the row at this place. */
export function stepOf(tree: Tree, matrix: Matrix, row: number): number {
  let node = tree;
  while ('column' in node) node = node.side[matrix.codes[node.column]![row]!] === 1 ? node.left : node.right;
  return node.step;
}
