import { type ErasedRow, type Erasing, eraseCustomers, holdErased, readErased, rememberErased, sharedRefs } from '#customer';
import type { Ctx, Tx } from '#platform/db';
import type { Vault } from '#platform/vault';
import * as store from './eraseStore.ts';
import { lasting } from './model.ts';
import { ownersOf } from './ownerStore.ts';
import { membersOf, survivorsOf } from './partyStore.ts';

/** Erasing a person from the count and from the three households: facts and counts stay, nothing leads to him any more, and no later word brings him back. */

type Why = { readonly reason: string; readonly by: string };
type Within = Pick<Ctx, 'tx' | 'now'>;

export interface ErasedPerson {
  /** Ordinals of customers, and ids of parties, who lost their person. */
  readonly customers: readonly number[];
  readonly parties: readonly string[];
}

/** `who`: keyed hashes. A phone of his is remembered where nobody else has it: numbers are given out again, and families share them. */
export async function erasePerson(ctx: Within, vault: Pick<Vault, 'forget' | 'strike'>, who: Erasing, why: Why): Promise<ErasedPerson> {
  const counted = await eraseCustomers(ctx, vault, who, why);
  const known = await eraseParties(ctx, vault, who, why);
  const values = new Map([...counted.values, ...known.values].map((v) => [v.ref, v]));
  const refs = [...values.keys()];
  const kept = new Set([...(await sharedRefs(ctx.tx, refs)), ...(await store.sharedRefs(ctx.tx, refs))]);
  await rememberErased(ctx, [...values.values()].filter((v) => v.kind === 'idNumber' || !kept.has(v.ref))); // biome-ignore format: one line
  return { customers: counted.customers, parties: known.parties };
}

interface ErasedParties {
  readonly parties: readonly string[];
  readonly values: readonly ErasedRow[];
}

/**
 * By his ID number all parties that have it; by a phone alone only where it leads to one person. What a steward merged with them goes too, unless it has
 * another ID number. With them go the numbers and serials of services that are, or at last were, theirs alone, and the addresses of homes that nobody
 * else's service names. Parties, services and homes are remembered; the caller remembers what of the values is his alone.
 */
export async function eraseParties(ctx: Within, vault: Pick<Vault, 'forget'>, who: Erasing, { reason, by }: Why): Promise<ErasedParties> {
  const { tx } = ctx;
  const kind = who.idNumber === undefined ? 'phone' : 'idNumber';
  const ref = who.idNumber ?? who.phone;
  if (ref === undefined) return { parties: [], values: [] };
  await holdErased(tx);
  const found = await store.partiesWithValue(tx, kind, ref);
  if (found.length === 0) return { parties: [], values: [] };
  const roots = [...new Set((await survivorsOf(tx, found)).values())];
  const group = await store.lockPeople(tx, [...(await membersOf(tx, roots)).values()].flat());
  const people = new Set(group.filter((p) => found.includes(p.id)).flatMap((p) => p.people));
  if (kind === 'phone' && people.size > 1) return { parties: [], values: [] };
  const his = group.filter((p) => p.people.length === 0 || p.people.some((id) => people.has(id) && (kind === 'phone' || id === ref)));
  const parties = his.map((p) => p.id);
  await vault.forget(tx, parties, reason, by);
  await store.emptyParties(tx, parties);
  await rememberErased(ctx, parties.map((id) => ({ ref: id, kind: 'party', named: people.size > 0 }))); // biome-ignore format: one line
  await emptyHoldings(ctx, parties);
  const values = his.flatMap((p): ErasedRow[] => [
    ...p.people.map((one) => ({ ref: one, kind: 'idNumber' as const, named: true })),
    ...p.phones.map((one) => ({ ref: one, kind: 'phone' as const, named: false })),
  ]);
  return { parties, values };
}

/** Empties what these erased parties have alone, but for what was emptied before (`but`), and remembers it. */
export async function emptyHoldings(ctx: Within, parties: readonly string[], but: ReadonlySet<string> = new Set()): Promise<void> {
  const { tx } = ctx;
  const services = (await theirsAlone(tx, parties)).filter((id) => !but.has(id));
  const homes = (await store.homesOfAlone(tx, services)).filter((id) => !but.has(id));
  await store.emptyServices(tx, services);
  await store.emptyHomes(tx, homes);
  await rememberErased(ctx, [
    ...services.map((ref) => ({ ref, kind: 'service' as const, named: false })),
    ...homes.map((ref) => ({ ref, kind: 'home' as const, named: false })),
  ]);
}

/** Services whose last owners are all among them or were erased before: one that changed hands is another's. */
async function theirsAlone(tx: Tx, parties: readonly string[]): Promise<string[]> {
  const owners = await ownersOf(tx, await store.servicesOf(tx, parties));
  const his = new Set([...parties, ...(await readErased(tx, owners.map((o) => o.party))).keys()]); // biome-ignore format: one line
  return [...Map.groupBy(owners, (o) => o.service)].flatMap(([service, rows]) => {
    const all = lasting(rows);
    const last = Math.max(...all.map((o) => o.until ?? Number.POSITIVE_INFINITY));
    return all.every((o) => (o.until ?? Number.POSITIVE_INFINITY) < last || his.has(o.party)) ? [service] : [];
  });
}
