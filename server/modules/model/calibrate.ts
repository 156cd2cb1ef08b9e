import type { Chance } from './chance.ts';
import { stratifiedFolds } from './folds.ts';
import { logit, sigmoid, surprise } from './odds.ts';

/** How a score's log-odds become log-odds that keep their word: of a hundred people at 30 %, thirty. Always rising, so it changes no order. */
export type Calibration =
  | { readonly kind: 'none' }
  | { readonly kind: 'platt'; readonly slope: number; readonly intercept: number }
  | {
      readonly kind: 'isotonic' /** Rising. */;
      readonly from: readonly number[] /** Rising; at least one knot. */;
      readonly to: readonly number[];
    };

/** Rows out of which one is left for judging the others' calibration. */
const parts = 5;
/** Knots of an isotonic calibration at most, and rows of each at least. */
const mostKnots = 50;
const leastRows = 50;

/** The calibrated log-odds. */
export function calibrated(calibration: Calibration, logOdds: number): number {
  if (calibration.kind === 'none') return logOdds;
  if (calibration.kind === 'platt') return calibration.intercept + calibration.slope * logOdds;
  const { from, to } = calibration;
  const last = from.length - 1;
  if (logOdds <= from[0]!) return to[0]! + logOdds - from[0]!;
  if (logOdds >= from[last]!) return to[last]! + logOdds - from[last]!;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (from[middle]! <= logOdds) low = middle;
    else high = middle;
  }
  return to[low]! + ((to[high]! - to[low]!) * (logOdds - from[low]!)) / (from[high]! - from[low]!);
}

/**
 * The calibration for out-of-fold log-odds: none, Platt's or isotonic, each judged on rows that it was not fitted on. A richer one is taken only where it
 * betters the log loss by more than twice the standard error of that gain.
 */
export function chooseCalibration(logOdds: Float64Array, label: Uint8Array, chance: Chance): Calibration {
  const part = stratifiedFolds(label, parts, chance);
  const fitters = [plattOf, isotonicOf];
  let best: { losses: Float64Array; calibration: Calibration } = {
    losses: losses(logOdds, label, () => ({ kind: 'none' })),
    calibration: { kind: 'none' },
  };
  for (const fitter of fitters) {
    const fitted = Array.from({ length: parts }, (_, of) => fitter(logOdds, label, (row) => part[row] !== of));
    const found = losses(logOdds, label, (row) => fitted[part[row]!]!);
    if (betters(found, best.losses)) best = { losses: found, calibration: fitter(logOdds, label, () => true) };
  }
  return best.calibration;
}

const losses = (logOdds: Float64Array, label: Uint8Array, of: (row: number) => Calibration): Float64Array =>
  logOdds.map((score, row) => surprise(calibrated(of(row), score), label[row]!));

/** True when the mean gain over `old` is greater than twice its standard error. */
function betters(found: Float64Array, old: Float64Array): boolean {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < found.length; row++) {
    const gain = old[row]! - found[row]!;
    sum += gain;
    squares += gain * gain;
  }
  const mean = sum / found.length;
  return mean > 2 * Math.sqrt(Math.max(0, squares / found.length - mean * mean) / found.length);
}

type Fit = (logOdds: Float64Array, label: Uint8Array, isIn: (row: number) => boolean) => Calibration;

/** A logistic regression of the label on the log-odds (Platt 1999, with his targets for few rows), by Newton's method. */
export const plattOf: Fit = (logOdds, label, isIn) => {
  let [ones, zeros] = [0, 0];
  for (let row = 0; row < label.length; row++) {
    if (!isIn(row)) continue;
    ones += label[row]!;
    zeros += 1 - label[row]!;
  }
  const targets = [1 / (zeros + 2), (ones + 1) / (ones + 2)] as const;
  let [slope, intercept] = [1, 0];
  for (let round = 0; round < 50; round++) {
    let [gs, gi, hss, hsi, hii] = [0, 0, 1e-9, 0, 1e-9];
    for (let row = 0; row < label.length; row++) {
      if (!isIn(row)) continue;
      const score = logOdds[row]!;
      const p = sigmoid(intercept + slope * score);
      const miss = p - targets[label[row] as 0 | 1];
      const curve = p * (1 - p);
      gs += miss * score;
      gi += miss;
      hss += curve * score * score;
      hsi += curve * score;
      hii += curve;
    }
    const room = hss * hii - hsi * hsi;
    if (!(room > 1e-12 * hss * hii)) break;
    const [ds, di] = [(hii * gs - hsi * gi) / room, (hss * gi - hsi * gs) / room];
    const pace = Math.min(1, 2 / Math.max(Math.abs(ds), Math.abs(di), 1e-300));
    slope -= pace * ds;
    intercept -= pace * di;
    if (Math.abs(ds) + Math.abs(di) < 1e-9) break;
  }
  return slope > 0 && Number.isFinite(slope + intercept) ? { kind: 'platt', slope, intercept } : { kind: 'none' };
};

/**
 * Pools adjacent groups of equal count until their shares of ones rise (Ayer and others 1955), and joins their centres by straight lines in log-odds
 * (Oron and Flournoy 2017), so that no two scores become one; beyond the ends it goes on evenly.
 */
export const isotonicOf: Fit = (logOdds, label, isIn) => {
  const order = [...label.keys()].filter(isIn).sort((a, b) => logOdds[a]! - logOdds[b]! || a - b);
  const knots = Math.max(1, Math.min(mostKnots, Math.floor(order.length / leastRows)));
  const pools: { rows: number; ones: number; sum: number }[] = [];
  const shareOf = (pool: { rows: number; ones: number }): number => (pool.ones + 0.5) / (pool.rows + 1);
  for (let knot = 0; knot < knots; knot++) {
    let pool = { rows: 0, ones: 0, sum: 0 };
    for (let at = Math.floor((knot * order.length) / knots); at < Math.floor(((knot + 1) * order.length) / knots); at++) {
      pool.rows++;
      pool.ones += label[order[at]!]!;
      pool.sum += logOdds[order[at]!]!;
    }
    for (
      let last = pools.at(-1);
      last && (shareOf(last) >= shareOf(pool) || last.sum / last.rows >= pool.sum / pool.rows);
      last = pools.at(-1)
    ) {
      pool = { rows: pool.rows + last.rows, ones: pool.ones + last.ones, sum: pool.sum + last.sum };
      pools.pop();
    }
    pools.push(pool);
  }
  return { kind: 'isotonic', from: pools.map(({ sum, rows }) => sum / rows), to: pools.map((pool) => logit(shareOf(pool))) };
};
