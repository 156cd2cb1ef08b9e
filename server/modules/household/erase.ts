import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import * as store from './eraseStore.ts';
import { lasting } from './model.ts';
import { ownersOf } from './ownerStore.ts';
import { membersOf, survivorsOf } from './partyStore.ts';

/** Erasing a person from the three households: facts and counts stay, nothing leads to him any more. */

/**
 * `who`: keyed hashes. By his ID number all parties that have it; by a phone alone only where it leads to one person. What a steward merged with them goes
 * too, unless it has another ID number. With them go the numbers and serials of services that are, or at last were, theirs alone, and the addresses of
 * homes that nobody else's service names. Answers how many parties lost their person. A later push that names him again brings him back.
 */
export async function eraseParties(
  { tx }: Pick<Ctx, 'tx'>,
  vault: Pick<Vault, 'forget'>,
  who: { readonly idNumber?: string | undefined; readonly phone?: string | undefined },
  { reason, by }: { reason: string; by: string },
): Promise<number> {
  const kind = who.idNumber === undefined ? 'phone' : 'idNumber';
  const ref = who.idNumber ?? who.phone;
  if (ref === undefined) return 0;
  const found = await store.partiesWithValue(tx, kind, ref);
  if (found.length === 0) return 0;
  const roots = [...new Set((await survivorsOf(tx, found)).values())];
  const group = await store.lockPeople(tx, [...(await membersOf(tx, roots)).values()].flat());
  const people = new Set(group.filter((p) => found.includes(p.id)).flatMap((p) => p.people));
  if (kind === 'phone' && people.size > 1) return 0;
  const parties = group
    .filter((p) => p.people.length === 0 || p.people.some((id) => people.has(id) && (kind === 'phone' || id === ref)))
    .map((p) => p.id);
  const services = await theirsAlone(tx, parties);
  const homes = await store.homesOfAlone(tx, services);
  await vault.forget(tx, parties, reason, by);
  await store.emptyParties(tx, parties);
  await store.emptyServices(tx, services);
  await store.emptyHomes(tx, homes);
  return parties.length;
}

/** Services whose last owners are all among them: one that changed hands is another's. */
async function theirsAlone(tx: Ctx['tx'], parties: readonly string[]): Promise<string[]> {
  const his = new Set(parties);
  const owners = await ownersOf(tx, await store.servicesOf(tx, parties));
  return [...Map.groupBy(owners, (o) => o.service)].flatMap(([service, rows]) => {
    const all = lasting(rows);
    const last = Math.max(...all.map((o) => o.until ?? Number.POSITIVE_INFINITY));
    return all.every((o) => (o.until ?? Number.POSITIVE_INFINITY) < last || his.has(o.party)) ? [service] : [];
  });
}
