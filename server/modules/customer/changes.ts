import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { type Changed, changeTags, refuseItems } from '#tag';
import type { Changes } from '#tag/contract';
import { isReservedSource } from './contract.ts';
import { keyHash } from './keys.ts';
import * as store from './store.ts';

/** Who speaks for a source: the source itself, or who may speak for all. */
export function speaksFor(ctx: Pick<Ctx, 'actor'>, source: string): Refusal | undefined {
  if (isReservedSource(source)) return refuse('customer.reserved-source', { source });
  if (ctx.actor.kind === 'source' && ctx.actor.id !== source) return refuse('customer.foreign-source', { source: ctx.actor.id });
  return undefined;
}

/**
 * What a warehouse pushes: all in force, or nothing. Refuses `customer.foreign-source`, `customer.reserved-source`, and `changes.refused` with every bad
 * item by its place.
 */
export async function takeChanges(ctx: Ctx, vault: Vault, { source, changes }: Changes): Promise<Changed | Refusal> {
  const refused = speaksFor(ctx, source);
  if (refused) return refused;
  const hashes = changes.map(({ key }) => keyHash(vault, key));
  const ordinals = new Map((await store.ordinalsByKey(ctx.tx, source, [...new Set(hashes)])).map((r) => [r.key_hash, r.ordinal]));
  const unknown = hashes.flatMap((h, place) => (ordinals.has(h) ? [] : [{ place, code: 'customer.unknown', details: {} }]));
  if (unknown.length > 0) return refuseItems(unknown);
  return changeTags(ctx, {
    source,
    changes: changes.map(({ tags }, place) => ({ place, ordinal: ordinals.get(hashes[place] as string) as number, tags })),
  });
}
