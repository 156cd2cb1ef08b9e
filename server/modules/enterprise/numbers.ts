import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { dayIn } from '#rule';
import type { Item } from './item.ts';
import * as store from './numberStore.ts';
import { placeAnew } from './placing.ts';
import { holdPlacing } from './store.ts';
import { currentTables } from './tableStore.ts';

/**
 * Several numbers of one enterprise. The number that is known longest, or that a person chose, is its head; the others point to it, keep all that is theirs,
 * and count there by their facts. To part them undoes it exactly.
 */

/** The head of `other` and all its numbers become numbers of `id`. Refuses `thing.not-found`, `enterprise.same`. */
export async function joinNumbers(
  ctx: Ctx,
  { config }: Pick<House, 'config'>,
  { id, other, reason }: { id: string; other: string; reason: string },
): Promise<true | Refusal> {
  const { tx, actor } = ctx;
  await holdPlacing(tx);
  const [into, from] = [await store.lockNumber(tx, id, actor.areas), await store.lockNumber(tx, other, actor.areas)];
  if (into === undefined || from === undefined) return refuse('thing.not-found');
  if (into.head === from.head) return refuse('enterprise.same', { key: from.key });
  await together(ctx, { into: into.head, from: from.head, reason });
  await placeAgain(ctx, config, [into.head]);
  await audit(ctx, 'enterprise.joined', `enterprise:${into.head}`, { reason, details: { other: from.head } });
  return true;
}

/** A number stands for itself again, and no source joins it here once more. Refuses `thing.not-found`, `enterprise.not-joined`. */
export async function partNumber(
  ctx: Ctx,
  { config }: Pick<House, 'config'>,
  { id, number, reason }: { id: string; number: string; reason: string },
): Promise<true | Refusal> {
  const { tx, actor } = ctx;
  await holdPlacing(tx);
  const [head, parted] = [await store.lockNumber(tx, id, actor.areas), await store.lockNumber(tx, number, actor.areas)];
  if (head === undefined || parted === undefined) return refuse('thing.not-found');
  if (parted.head !== head.id || parted.id === head.id) return refuse('enterprise.not-joined', { key: parted.key });
  const others = (await store.numbersOf(tx, head.id)).flatMap((n) => (n.id === number ? [] : [n.id]));
  await store.part(tx, number);
  await store.keepApart(tx, number, others);
  await placeAgain(ctx, config, [head.id, number]);
  await audit(ctx, 'enterprise.parted', `enterprise:${head.id}`, { reason, details: { number } });
  return true;
}

async function together({ tx, now, actor }: Ctx, { into, from, reason }: { into: string; from: string; reason: string }): Promise<void> {
  const ids = async (head: string) => (await store.numbersOf(tx, head)).map((n) => n.id);
  await store.forgetApart(tx, await ids(into), await ids(from));
  await store.joinInto(tx, { from, into, at: now, by: actor.name, reason });
}

async function placeAgain({ tx, now }: Ctx, { zone }: House['config'], ids: readonly string[]): Promise<void> {
  const { body, version } = await currentTables(tx);
  await placeAnew(tx, ids, { tables: body, version, today: dayIn(zone, now), now, cause: 'facts' });
}

/**
 * What sources say to be one is joined, but for what a person parted and for numbers that nobody has sent yet; call with the placing held, and place the
 * answered heads anew.
 */
export async function joinAsSaid(ctx: Ctx, said: readonly { readonly id: string; readonly item: Item }[]): Promise<string[]> {
  const { tx } = ctx;
  const speaking = said.filter(({ item }) => item.sameAs.length > 0);
  const joined: string[] = [];
  for (const { id, item } of speaking)
    for (const named of await store.numbersByKeys(tx, item.sameAs)) {
      const [own] = await store.numbersByKeys(tx, [item]);
      if (own === undefined || own.head === named.head || (await store.isApart(tx, id, named.id))) continue;
      const [a, b] = [(await store.numbersOf(tx, own.head))[0], (await store.numbersOf(tx, named.head))[0]] as [
        store.NumberRow,
        store.NumberRow,
      ];
      const [into, from] = a.since < b.since || (a.since === b.since && a.id < b.id) ? [a, b] : [b, a];
      await together(ctx, { into: into.id, from: from.id, reason: item.source });
      await audit(ctx, 'enterprise.joined', `enterprise:${into.id}`, { details: { other: from.id, source: item.source } });
      joined.push(into.id);
    }
  return joined;
}
