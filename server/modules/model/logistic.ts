import type { Coder } from './coder.ts';
import type { Matrix } from './matrix.ts';
import { priorOf, sigmoid } from './odds.ts';

/** Log-odds as a sum: the intercept and one figure of each column, by its code. */
export interface Logistic {
  /** The log-odds of someone who stands at the mean in everything. */
  readonly intercept: number;
  /** A figure per code, unknown last; 0 in the mean of the training rows. */
  readonly tables: readonly Float64Array[];
  /** What was fitted, in the order of `layoutOf`; where another fit over the same coders begins. */
  readonly weights: Float64Array;
}

export interface LogisticOptions {
  /** Weight of half the squared coefficients against the summed log loss. */
  readonly lambda: number;
  readonly start?: Float64Array;
}

/** The place of a column's first weight, and how it is used: a number has one for its value and one for unknown, all else one a code. */
type Slot = { readonly at: number; readonly coder: Coder; readonly values: Float64Array | undefined; readonly shares: Float64Array };

const mostRounds = 200;
const memory = 12;
/** A round that could gain less than this per row, judged by the gradient, is the last. */
const leastGain = 1e-8;

function layoutOf(coders: readonly Coder[]): { slots: Slot[]; size: number } {
  let at = 1;
  const slots = coders.map((coder) => {
    const values = coder.kind === 'number' || coder.kind === 'date' ? coder.values : undefined;
    const rows = coder.counts.reduce((sum, count) => sum + count, 0);
    const slot = { at, coder, values, shares: Float64Array.from(coder.counts, (count) => count / rows) };
    at += values ? 2 : coder.size + 1;
    return slot;
  });
  return { slots, size: at };
}

/**
 * L2-regularised logistic regression: least of Σ log loss + λ/2 · Σ w² over all weights but the intercept, by L-BFGS (Nocedal and Wright, Numerical
 * Optimization, algorithm 7.4). Inputs are taken about their means and scaled by the diagonal of the curvature, or hundreds of columns would all pull at
 * the intercept; each step goes to the lowest point of its line, which costs one pass over the columns. Deterministic. `label`: 0 or 1 a row.
 */
export function fitLogistic(matrix: Matrix, coders: readonly Coder[], label: Uint8Array, { lambda, start }: LogisticOptions): Logistic {
  const { slots, size } = layoutOf(coders);
  const weights = start?.slice() ?? new Float64Array(size);
  if (!start) weights[0] = priorOf(label);
  const scale = scaling(matrix, slots, size, label, lambda);
  const margins = margin(matrix, slots, weights);
  const residuals = new Float64Array(matrix.rows);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let gradient = scaledGradient(margins);

  function scaledGradient(at: Float64Array): Float64Array {
    for (let row = 0; row < matrix.rows; row++) residuals[row] = sigmoid(at[row]!) - label[row]!;
    const out = gradientOf(matrix, slots, size, residuals);
    for (let i = 0; i < size; i++) out[i] = (out[i]! + (i === 0 ? 0 : lambda * weights[i]!)) * scale[i]!;
    return out;
  }

  for (let round = 0; round < mostRounds && dot(gradient, gradient) / 2 > leastGain * matrix.rows; round++) {
    const direction = directionOf(gradient, steps);
    const unscaled = direction.map((step, i) => step * scale[i]!);
    const change = margin(matrix, slots, unscaled);
    const length = lowestOnLine({ margins, change, label, weights, direction: unscaled, lambda });
    for (let i = 0; i < size; i++) weights[i]! += length * unscaled[i]!;
    for (let row = 0; row < matrix.rows; row++) margins[row]! += length * change[row]!;
    const next = scaledGradient(margins);
    const s = direction.map((step) => step * length);
    const y = next.map((value, i) => value - gradient[i]!);
    const curvature = dot(s, y);
    if (!(curvature > 0)) break;
    if (steps.push({ s, y, rho: 1 / curvature }) > memory) steps.shift();
    gradient = next;
  }
  return { intercept: weights[0]!, weights, tables: slots.map((slot) => tableOf(slot, weights)) };
}

/** One over the root of the curvature that each weight would have alone, at the share of ones. */
function scaling(matrix: Matrix, slots: readonly Slot[], size: number, label: Uint8Array, lambda: number): Float64Array {
  const share = sigmoid(priorOf(label));
  const each = share * (1 - share);
  const out = new Float64Array(size).fill(0);
  const sums = new Float64Array(1024);
  const amounts = new Float64Array(matrix.rows).fill(each);
  out[0] = each * matrix.rows;
  slots.forEach(({ at, coder, values }, column) => {
    sumByCode(matrix.codes[column]!, amounts, sums);
    for (let code = 0; code <= coder.size; code++) {
      const ofCode = sums[code]! * (1 - sums[code]! / out[0]!);
      if (values === undefined) out[at + code] = ofCode;
      else if (code === coder.size) out[at + 1] = ofCode;
      else out[at]! += sums[code]! * values[code]! ** 2;
    }
  });
  return out.map((value, i) => 1 / Math.sqrt(Math.max(value, 0) + (i === 0 ? 1e-9 : lambda)));
}

/** The gradient by the weights of a sum over rows, whose derivative by the row's log-odds is `amounts`. */
function gradientOf(matrix: Matrix, slots: readonly Slot[], size: number, amounts: Float64Array): Float64Array {
  const out = new Float64Array(size);
  const sums = new Float64Array(1024);
  let all = 0;
  for (let row = 0; row < amounts.length; row++) all += amounts[row]!;
  out[0] = all;
  slots.forEach(({ at, coder, values, shares }, column) => {
    sumByCode(matrix.codes[column]!, amounts, sums);
    if (values === undefined) {
      for (let code = 0; code <= coder.size; code++) out[at + code] = sums[code]! - all * shares[code]!;
      return;
    }
    for (let code = 0; code < coder.size; code++) out[at]! += (sums[code]! - all * shares[code]!) * values[code]!;
    out[at + 1] = sums[coder.size]! - all * shares[coder.size]!;
  });
  return out;
}

/** Sums of `amounts` by code into the first 256 of `sums` (1,024 long: four runs beside one another, or each addition would wait for the last). */
export function sumByCode(codes: Uint8Array, amounts: Float64Array, sums: Float64Array): void {
  sums.fill(0);
  const even = codes.length & ~3;
  for (let row = 0; row < even; row += 4) {
    sums[codes[row]!]! += amounts[row]!;
    sums[256 + codes[row + 1]!]! += amounts[row + 1]!;
    sums[512 + codes[row + 2]!]! += amounts[row + 2]!;
    sums[768 + codes[row + 3]!]! += amounts[row + 3]!;
  }
  for (let row = even; row < codes.length; row++) sums[codes[row]!]! += amounts[row]!;
  for (let code = 0; code < 256; code++) sums[code]! += sums[256 + code]! + sums[512 + code]! + sums[768 + code]!;
}

/**
 * The figure of each code under these weights, less their mean over the training rows: 0 says nothing, and so does a code that no training row had.
 */
function tableOf({ at, coder, values, shares }: Slot, weights: Float64Array): Float64Array {
  const table = new Float64Array(coder.size + 1);
  let mean = 0;
  for (let code = 0; code <= coder.size; code++) {
    table[code] = values === undefined ? weights[at + code]! : code === coder.size ? weights[at + 1]! : weights[at]! * values[code]!;
    mean += shares[code]! * table[code]!;
  }
  return table.map((figure, code) => (shares[code] === 0 ? 0 : figure - mean));
}

function margin(matrix: Matrix, slots: readonly Slot[], weights: Float64Array): Float64Array {
  return logisticLogOdds({ intercept: weights[0]!, tables: slots.map((slot) => tableOf(slot, weights)) }, matrix);
}

/** Adds to each row the figure of its code. */
function addFigures(codes: Uint8Array, table: Float64Array, out: Float64Array): void {
  for (let row = 0; row < out.length; row++) out[row]! += table[codes[row]!]!;
}

/** The log-odds of each row. */
export function logisticLogOdds({ intercept, tables }: Pick<Logistic, 'intercept' | 'tables'>, matrix: Matrix): Float64Array {
  const out = new Float64Array(matrix.rows).fill(intercept);
  tables.forEach((table, column) => {
    addFigures(matrix.codes[column]!, table, out);
  });
  return out;
}

/** The two-loop recursion: the gradient against the curvature that the last steps have shown. */
function directionOf(gradient: Float64Array, steps: readonly { s: Float64Array; y: Float64Array; rho: number }[]): Float64Array {
  const out = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * dot(s, out);
    alphas.push(alpha);
    for (let i = 0; i < out.length; i++) out[i]! -= alpha * y[i]!;
  }
  const last = steps.at(-1);
  if (last) {
    const gamma = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < out.length; i++) out[i]! *= gamma;
  }
  for (const { s, y, rho } of steps) {
    const beta = rho * dot(y, out);
    const alpha = alphas.pop()!;
    for (let i = 0; i < out.length; i++) out[i]! += s[i]! * (alpha - beta);
  }
  return out;
}

interface Line {
  readonly margins: Float64Array;
  readonly change: Float64Array;
  readonly label: Uint8Array;
  readonly weights: Float64Array;
  readonly direction: Float64Array;
  readonly lambda: number;
}

/** How far along the direction the loss is least: Newton's steps in one dimension, kept between the ends known to lie around it. */
function lowestOnLine({ margins, change, label, weights, direction, lambda }: Line): number {
  let [ridge, pull] = [0, 0];
  for (let i = 1; i < weights.length; i++) {
    ridge += direction[i]! ** 2;
    pull += direction[i]! * weights[i]!;
  }
  const slopes = (t: number): [slope: number, curvature: number] => {
    let slope = lambda * (pull + t * ridge);
    let curvature = lambda * ridge;
    for (let row = 0; row < margins.length; row++) {
      const p = sigmoid(margins[row]! + t * change[row]!);
      slope += (p - label[row]!) * change[row]!;
      curvature += p * (1 - p) * change[row]! ** 2;
    }
    return [slope, curvature];
  };
  let [slope, curvature] = slopes(0);
  const enough = Math.abs(slope) * 0.05;
  let [low, high, t] = [0, Number.POSITIVE_INFINITY, 0];
  for (let turn = 0; turn < 20; turn++) {
    const newton = t - slope / Math.max(curvature, 1e-300);
    t = newton > low && newton < high ? newton : high < Number.POSITIVE_INFINITY ? (low + high) / 2 : Math.max(1, t * 4);
    [slope, curvature] = slopes(t);
    if (Math.abs(slope) <= enough) return t;
    if (slope < 0) low = t;
    else high = t;
  }
  return low > 0 ? low : t;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
