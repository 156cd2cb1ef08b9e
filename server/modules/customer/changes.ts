import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { type Changed, changeTags, type Wrong } from '#tag';
import type { Changes } from '#tag/contract';
import { isReservedSource } from './contract.ts';
import { keyHash } from './keys.ts';
import * as store from './store.ts';

const UNKNOWN = 'customer.unknown';

/** Where in what was sent something is wrong. */
export const pathOf = ({ place, code, details }: Wrong): string => (code === UNKNOWN ? `changes[${place}].key` : `changes[${place}].tags.${details.tag}`); // biome-ignore format: one line

/** Who speaks for a source: the source itself, or who may speak for all. */
export function speaksFor(ctx: Pick<Ctx, 'actor'>, source: string): Refusal | undefined {
  if (isReservedSource(source)) return refuse('customer.reserved-source', { source });
  if (ctx.actor.kind === 'source' && ctx.actor.id !== source) return refuse('customer.foreign-source', { source: ctx.actor.id });
  return undefined;
}

/**
 * What a warehouse pushes: all in force, or nothing. Refuses `customer.foreign-source`, `customer.reserved-source`, and `changes.refused` with all that is
 * wrong in it, unknown customers and bad values alike, by its place.
 */
export async function takeChanges(ctx: Ctx, vault: Vault, { source, changes }: Changes): Promise<Changed | Refusal> {
  const refused = speaksFor(ctx, source);
  if (refused) return refused;
  const hashes = changes.map(({ key }) => keyHash(vault, key));
  const ordinals = new Map((await store.ordinalsByKey(ctx.tx, source, [...new Set(hashes)])).map((r) => [r.key_hash, r.ordinal]));
  return changeTags(ctx, {
    source,
    changes: changes.map(({ tags }, place) => ({ place, ordinal: ordinals.get(hashes[place] as string) ?? null, tags })),
    wrong: hashes.flatMap((h, place) => (ordinals.has(h) ? [] : [{ place, code: UNKNOWN, details: {} }])),
  });
}
