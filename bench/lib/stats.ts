/** One measure over several rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The middle value; of an even number of values the mean of the two in the middle. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low, high] = [sorted[Math.max(0, half - 1)], sorted[half]];
  if (low === undefined || high === undefined) throw new Error('no values');
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

/** Rounded to so many significant digits, for people and for JSON alike. */
export const round = (value: number, digits = 3): number => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : value);

/** Every broken number of an answer rounded, at any depth; counts stay exact. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Number.isInteger(value) ? value : round(value, 4)) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rounded(v)])) as T;
}
