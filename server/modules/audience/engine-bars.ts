/** Bars of a distribution: as few as a person takes in, with edges that one can say aloud. */

export interface Bars {
  readonly from: bigint;
  readonly each: bigint;
  readonly bins: number;
}

const MOST = 24n;

/** Bars of 1, 2 or 5 × 10^k units each that cover low … high, at most about two dozen. */
export function barsOver(low: bigint, high: bigint): Bars {
  let each = 1n;
  for (let k = 0; !fits(low, high, each); k++) each = k % 3 === 1 ? (each / 2n) * 5n : each * 2n;
  const from = floor(low, each);
  return { from, each, bins: Number((high - from) / each) + 1 };
}

const fits = (low: bigint, high: bigint, each: bigint): boolean => (high - floor(low, each)) / each < MOST;

/** The greatest multiple of `each` that is not above `v`. */
const floor = (v: bigint, each: bigint): bigint => {
  const rest = v % each;
  return v - (rest < 0n ? rest + each : rest);
};

/** The first and the last bin with somebody in it; undefined: all are empty. */
export function filled(bins: ArrayLike<number>): readonly [number, number] | undefined {
  let first = 0;
  while (first < bins.length && bins[first] === 0) first++;
  if (first === bins.length) return undefined;
  let last = bins.length - 1;
  while (bins[last] === 0) last--;
  return [first, last];
}

/** Where the n-th person stands when bins are walked from the highest or from the lowest: his bin, and which one he is in it (from 1). */
export function nth(bins: ArrayLike<number>, n: number, order: 'highest' | 'lowest'): { readonly bin: number; readonly left: number } {
  let left = n;
  for (let i = 0; i < bins.length; i++) {
    const bin = order === 'lowest' ? i : bins.length - 1 - i;
    const here = bins[bin] as number;
    if (left <= here) return { bin, left };
    left -= here;
  }
  throw new Error(`there are only ${n - left} people in the bins`);
}
