import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { lockParties, setMerged } from './partyStore.ts';

/** Two numbers, one party. Only a pointer is set: nothing is moved, so taking it back leaves everything as it was. */

export interface Pair {
  readonly from: string;
  readonly into: string;
}

/**
 * From now on `from` is read as `into`. Both must stand for themselves, so ways never go round. Refuses `thing.not-found` (outside the caller's areas too),
 * `party.same`, `party.merged-already`.
 */
export async function mergeParties({ tx, actor }: Ctx, { from, into }: Pair): Promise<Pair | Refusal> {
  if (from === into) return refuse('party.same');
  const rows = await lockParties(tx, [from, into], actor.areas);
  if (rows.length < 2) return refuse('thing.not-found');
  const merged = rows.find((r) => r.merged_into !== null);
  if (merged !== undefined) return refuse('party.merged-already', { party: merged.id });
  await setMerged(tx, from, into);
  return { from, into };
}

/** They are two again, whatever was merged into either meanwhile stays where it is. Refuses `thing.not-found`, `party.not-merged`. */
export async function unmergeParties({ tx, actor }: Ctx, { from, into }: Pair): Promise<Pair | Refusal> {
  const rows = await lockParties(tx, [from, into], actor.areas);
  const row = rows.find((r) => r.id === from);
  if (rows.length < 2 || row === undefined) return refuse('thing.not-found');
  if (row.merged_into !== into) return refuse('party.not-merged', { party: from });
  await setMerged(tx, from, null);
  return { from, into };
}
