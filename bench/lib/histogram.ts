/** Latencies in buckets 1 % wide, from 1 µs to about 500 s: bounded memory, every percentile within 1 %. */
export interface Histogram {
  readonly count: number;
  /** Milliseconds; exact. 0 while nothing is recorded. */
  readonly max: number;
  record(ms: number): void;
  /** The least latency (ms, upper edge of its bucket) that `share` of all (0 … 1) do not exceed; 0 while nothing is recorded. */
  percentile(share: number): number;
  /** Takes in what another one recorded. */
  add(other: Histogram): void;
  /** Upper edge (ms) and count of each bucket that holds something. */
  buckets(): [ms: number, count: number][];
}

const BUCKETS = 2_014;
const STEP = Math.log(1.01);

const bucketOf = (ms: number): number => Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log(ms * 1_000) / STEP - 1e-9)));
const edgeOf = (bucket: number): number => Math.exp(bucket * STEP) / 1_000;

export function makeHistogram(): Histogram {
  const counts = new Uint32Array(BUCKETS);
  let count = 0;
  let max = 0;
  const take = (bucket: number, n: number) => {
    counts[bucket] = (counts[bucket] ?? 0) + n;
    count += n;
  };
  return {
    get count() {
      return count;
    },
    get max() {
      return max;
    },
    record(ms) {
      take(ms <= 0 ? 0 : bucketOf(ms), 1);
      if (ms > max) max = ms;
    },
    percentile(share) {
      if (count === 0) return 0;
      let left = Math.max(1, Math.ceil(share * count));
      for (let i = 0; i < BUCKETS; i++) {
        left -= counts[i] ?? 0;
        if (left <= 0) return Math.min(edgeOf(i), max);
      }
      return max;
    },
    add(other) {
      for (const [ms, n] of other.buckets()) take(bucketOf(ms), n);
      if (other.max > max) max = other.max;
    },
    buckets: () => [...counts].flatMap((n, i): [number, number][] => (n === 0 ? [] : [[edgeOf(i), n]])),
  };
}

/** p50, p99 and the rest of one run, ms. */
export const summary = (h: Histogram) => ({ count: h.count, p50: h.percentile(0.5), p99: h.percentile(0.99), max: h.max });
