import { randomUUID } from 'node:crypto';
import { type NamedBy, ordinalsOf } from '#customer';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { addHiddenFlag, changeTags, OURS } from '#tag';
import type { Share } from './contract.ts';
import * as store from './store.ts';

/** Lists: customers brought from outside by their numbers, kept as a flag that no catalogue shows. A list never changes; a new one is brought. */

const UNKNOWN_SHOWN = 1_000;

/** `unknown`: places (from 0) of names that nobody in the caller's areas has. Refuses `audience.empty-list`. */
export async function makeList(
  ctx: Ctx,
  vault: Vault,
  wanted: { name: string; share: Share; by: NamedBy; customers: readonly string[] },
): Promise<{ id: string; batch: number | null; unknown: number[]; unknownTotal: number } | Refusal> {
  const found = await ordinalsOf(ctx.tx, ctx, vault, { by: wanted.by, names: wanted.customers });
  const unknown = found.flatMap((ordinals, i) => (ordinals.length === 0 ? [i] : []));
  const members = [...new Set(found.flat())];
  if (members.length === 0) return refuse('audience.empty-list');
  const { tx, now, actor } = ctx;
  const flag = `list.${randomUUID()}`;
  const tag = await addHiddenFlag(tx, { name: flag, source: OURS, now });
  const changes = members.map((ordinal, place) => ({ place, ordinal, tags: { [flag]: true } }));
  const changed = await changeTags(ctx, { source: OURS, changes });
  if (isRefusal(changed)) return changed;
  const unit = actor.areas === 'all' ? null : (actor.areas[0] ?? null);
  const row = {
    name: wanted.name,
    share: wanted.share,
    owner: actor.id,
    ownerName: actor.name,
    unit,
    at: now,
    tag,
    customers: members.length,
  };
  const id = await store.addList(tx, row);
  await audit(ctx, 'audience.list-made', `list:${id}`, { details: { name: wanted.name, by: wanted.by, customers: members.length } });
  const { batch } = changed as Exclude<typeof changed, Refusal>;
  return { id, batch, unknown: unknown.slice(0, UNKNOWN_SHOWN), unknownTotal: unknown.length };
}

export const listView = (l: store.ListRow) => ({
  id: l.id,
  name: l.name,
  share: l.share,
  owner: { id: l.owner, name: l.owner_name },
  customers: l.customers,
  createdAt: new Date(l.made_at).toISOString(),
});

export const lists = async (sql: Sql, viewer: store.Viewer, units: readonly string[] | null) => ({
  items: (await store.allLists(sql, viewer, units)).map(listView),
});
