import { psiOf } from './metrics.ts';

/** The figures of docs/models.md over counts by score instead of rows: exact where scores are whole steps, and no larger for sixty million people. */

/** Scores are kept in thousandths, 0 to 1000. */
export const STEPS = 1_001;
/** The step of a probability. */
export const stepOf = (probability: number): number => Math.round(Math.min(1, Math.max(0, probability)) * (STEPS - 1));

/** As `aucOf`, ties half; null when a class is absent. `ones`, `zeros`: people by score, the lowest first. */
export function aucOfCounts(ones: readonly number[], zeros: readonly number[]): number | null {
  let [below, wins, all] = [0, 0, 0];
  for (let at = 0; at < ones.length; at++) {
    wins += (ones[at] as number) * (below + (zeros[at] as number) / 2);
    below += zeros[at] as number;
    all += ones[at] as number;
  }
  return all === 0 || below === 0 ? null : wins / (all * below);
}

/** As `eceOf`: ten groups of equal count; people of one score who fall into two groups have the same share of ones in both. Null of nobody. */
export function eceOfCounts(ones: readonly number[], zeros: readonly number[], groups = 10): number | null {
  const n = ones.reduce((sum, one) => sum + one, 0) + zeros.reduce((sum, zero) => sum + zero, 0);
  if (n === 0) return null;
  const said = Array.from({ length: groups }, () => 0);
  const seen = Array.from({ length: groups }, () => 0);
  let before = 0;
  for (let at = 0; at < ones.length; at++) {
    const here = (ones[at] as number) + (zeros[at] as number);
    const share = here === 0 ? 0 : (ones[at] as number) / here;
    for (let from = before; from < before + here; ) {
      const group = groupAt(from, n, groups);
      const to = Math.min(before + here, Math.floor(((group + 1) * n) / groups));
      said[group] = (said[group] as number) + ((to - from) * at) / (ones.length - 1);
      seen[group] = (seen[group] as number) + (to - from) * share;
      from = to;
    }
    before += here;
  }
  return said.reduce((sum, s, group) => sum + Math.abs(s - (seen[group] as number)), 0) / n;
}

/** The group whose places floor(g·n/groups) … floor((g+1)·n/groups) − 1 hold this one. */
function groupAt(place: number, n: number, groups: number): number {
  let group = Math.floor((place * groups) / n);
  while (Math.floor(((group + 1) * n) / groups) <= place) group++;
  return group;
}

/**
 * Stability of a distribution over classes in an order (the last one unknown): the known ones joined to at most ten of nearly equal count by `before`, each where
 * its middle lies; unknown is a class of its own where anybody was or is unknown. 0 where nothing can be compared.
 */
export function psiOfCounts(before: readonly number[], after: readonly number[], groups = 10): number {
  const last = before.length - 1;
  const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);
  const known = sum(before.slice(0, last));
  if (sum(before) === 0 || sum(after) === 0) return 0;
  const joined = new Map<number, [number, number]>();
  const add = (group: number, a: number, b: number): void => {
    const [x, y] = joined.get(group) ?? [0, 0];
    joined.set(group, [x + a, y + b]);
  };
  let seen = 0;
  for (let at = 0; at < last; at++) {
    const [a, b] = [before[at] as number, after[at] ?? 0];
    if (a > 0 || b > 0) add(Math.min(groups - 1, Math.floor(((seen + a / 2) * groups) / Math.max(1, known))), a, b);
    seen += a;
  }
  const [a, b] = [before[last] ?? 0, after[last] ?? 0];
  if (a > 0 || b > 0) add(groups, a, b);
  const pairs = [...joined.values()];
  return psiOf(pairs.map(([x]) => x), pairs.map(([, y]) => y)); // biome-ignore format: one line
}

/** Mean of the scores, 0 to 1; null of nobody. */
export function meanOfCounts(counts: readonly number[]): number | null {
  const n = counts.reduce((sum, one) => sum + one, 0);
  return n === 0 ? null : counts.reduce((sum, count, at) => sum + count * at, 0) / (n * (counts.length - 1));
}
