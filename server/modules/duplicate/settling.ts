import { systemActor } from '#platform/actor';
import type { Ctx } from '#platform/db';
import { isJudged } from './model.ts';
import * as store from './store.ts';

/** What was found against what is written down: proposed, proposed again because more speaks for it, or no longer. */

export const FINDER = systemActor('duplicate.find');

export interface Finding {
  readonly kind: store.PairKind;
  /** Who was compared just now; open pairs of these that were not found lapse. */
  readonly touched: readonly string[];
  readonly found: readonly store.Found[];
  /** By who stands for itself: all that were merged into it. Absent ones stand for themselves alone. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

/** Answers how many are open of what was found. The caller holds the finder's row. */
export async function settle({ tx, now }: Ctx, { kind, touched, found, members }: Finding): Promise<number> {
  const all = (id: string): readonly string[] => members.get(id) ?? [id];
  const named = [...new Set([...touched, ...found.flatMap((f) => [f.a, f.b])])];
  const there = await store.pairsOf(tx, kind, [...new Set(named.flatMap(all))]);
  const before = new Map(there.map((p) => [`${p.a},${p.b}`, p]));
  const judgedOf = Map.groupBy(
    there.filter((p) => p.state === 'different').flatMap((p) => [p.a, p.b].map((end) => ({ end, p }))),
    ({ end }) => end,
  );
  const isOpen = (f: store.Found): boolean => {
    if (before.get(`${f.a},${f.b}`)?.state === 'merged') return false;
    const right = new Set(all(f.b));
    const about = all(f.a).flatMap((m) => judgedOf.get(m) ?? []).filter(({ end, p }) => right.has(end === p.a ? p.b : p.a)); // biome-ignore format: one line
    return !about.some(({ p }) => isJudged(f.evidence, p.judged));
  };
  const open = found.filter(isOpen);
  for (const f of open) {
    const old = before.get(`${f.a},${f.b}`);
    if (old?.state !== 'different') continue;
    const nobody = { reason: null, rule: null, survivor: null, merged: null };
    await store.addDecision(tx, {
      pair: old.id,
      act: 'grown',
      at: now,
      by: FINDER.id,
      by_name: FINDER.name,
      evidence: f.evidence,
      ...nobody,
    });
  }
  if (open.length > 0) await store.savePairs(tx, open, now);
  const still = new Set(open.map((f) => `${f.a},${f.b}`));
  const mine = new Set(touched);
  const lapsed = there.filter((p) => p.state === 'open' && (mine.has(p.a) || mine.has(p.b)) && !still.has(`${p.a},${p.b}`));
  if (lapsed.length > 0) await store.lapse(tx, lapsed.map((p) => p.id)); // biome-ignore format: one line
  return open.length;
}
