/** Figures by which scores are judged; definitions and sources in docs/models.md. `scores`: probabilities (or any order), `label`: 0 or 1, a row each. */

/** Places in the order of their values, the smallest first. */
function ordered(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
}

/**
 * Area under the ROC curve: how often a one is scored above a zero, a tie half counted; by ranks, exact. (Hanley and McNeil 1982; Mann and
 * Whitney 1947.) NaN when a class is absent.
 */
export function aucOf(scores: Float64Array, label: Uint8Array): number {
  const order = ordered(scores);
  let [ones, rankSum] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    let onesHere = 0;
    for (to = from; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) onesHere += label[order[to]!]!;
    ones += onesHere;
    rankSum += onesHere * ((from + 1 + to) / 2);
  }
  return (rankSum - (ones * (ones + 1)) / 2) / (ones * (label.length - ones));
}

/** One of the groups of equal count that the rows fall into by their score, the lowest scores first. */
export interface Bin {
  readonly rows: number;
  /** Mean score. */
  readonly said: number;
  /** Share of ones; rows of one score that fall into two groups have the same share in both. */
  readonly seen: number;
}

/** The rows in `count` groups of nearly equal size by score. Rows of equal scores are one another's like, so their order in the file changes nothing. */
export function binsOf(scores: Float64Array, label: Uint8Array, count: number): Bin[] {
  const order = ordered(scores);
  const seen = new Float64Array(order.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    let ones = 0;
    for (to = from; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) ones += label[order[to]!]!;
    seen.fill(ones / (to - from), from, to);
  }
  return Array.from({ length: count }, (_, bin) => {
    const [from, to] = [Math.floor((bin * order.length) / count), Math.floor(((bin + 1) * order.length) / count)];
    let [saidSum, seenSum] = [0, 0];
    for (let at = from; at < to; at++) {
      saidSum += scores[order[at]!]!;
      seenSum += seen[at]!;
    }
    return { rows: to - from, said: saidSum / (to - from), seen: seenSum / (to - from) };
  }).filter(({ rows }) => rows > 0);
}

/** Expected calibration error: Σ over ten bins of equal count of rows/all · |mean score − share of ones|. (Naeini, Cooper and Hauskrecht 2015.) */
export function eceOf(probabilities: Float64Array, label: Uint8Array, count = 10): number {
  return binsOf(probabilities, label, count).reduce((sum, { rows, said, seen }) => sum + (rows / label.length) * Math.abs(said - seen), 0);
}

/** Mean squared difference of probability and what was seen. (Brier 1950.) */
export function brierOf(probabilities: Float64Array, label: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < label.length; row++) sum += (probabilities[row]! - label[row]!) ** 2;
  return sum / label.length;
}

/** How many times the mean share of ones each tenth of the rows has, the highest scores first. */
export function liftOf(scores: Float64Array, label: Uint8Array, count = 10): number[] {
  const ones = label.reduce((sum, one) => sum + one, 0);
  return binsOf(scores, label, count)
    .reverse()
    .map(({ seen }) => (seen * label.length) / ones);
}

/**
 * Population stability index of two distributions over the same classes: Σ (a − b) · ln(a/b) over their shares; 0 when they are alike, above 0.1 they
 * have moved, above 0.25 by much. (Siddiqi 2006, Credit Risk Scorecards.) An empty class counts as half a row, so that it is finite.
 */
export function psiOf(before: readonly number[], after: readonly number[]): number {
  const share = (counts: readonly number[]): number[] => {
    const filled = counts.map((count) => Math.max(count, 0.5));
    const all = filled.reduce((sum, count) => sum + count, 0);
    return filled.map((count) => count / all);
  };
  const [a, b] = [share(before), share(after)];
  return a.reduce((sum, mine, at) => sum + (mine - b[at]!) * Math.log(mine / b[at]!), 0);
}

/**
 * Counts of scores between the deciles of `before`, of both lists: what `psiOf` compares when scores have no classes of their own.
 */
export function decileCounts(before: Float64Array, after: Float64Array, count = 10): { before: number[]; after: number[] } {
  const sorted = before.slice().sort();
  const edges = Array.from({ length: count - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / count)]!);
  const tally = (scores: Float64Array): number[] => {
    const counts = Array.from({ length: count }, () => 0);
    for (const score of scores) counts[edges.filter((edge) => edge <= score).length]!++;
    return counts;
  };
  return { before: tally(before), after: tally(after) };
}
