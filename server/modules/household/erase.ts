import {
  type ErasedRow,
  type Erasing,
  eraseCustomers,
  findCustomersOf,
  holdErased,
  rememberErased,
  seeErased,
  sharedRefs,
} from '#customer';
import type { Ctx, Sql } from '#platform/db';
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

/** How much an erasure takes beside journeys. */
export interface Kept {
  readonly customers: number;
  readonly parties: number;
  /** Services that lose number and serials, and homes that lose their address. */
  readonly services: number;
  readonly homes: number;
  /** Customers and parties that have the phone too and stay: they are another's, or may be. */
  readonly others: number;
}

/** What an erasure would take of the count and the three households; changes nothing. `who`: keyed hashes. */
export async function keptOf(sql: Sql, who: Erasing): Promise<Kept> {
  const counted = await findCustomersOf(sql, who);
  const parties = (await findParties(sql, who)).his.map((p) => p.id);
  const { services, homes } = await holdingsAlone(sql, parties);
  const named = who.phone === undefined ? [] : await store.partiesWithValue(sql, 'phone', who.phone);
  return {
    customers: new Set(counted.his.map((c) => c.ordinal)).size,
    parties: parties.length,
    services: services.length,
    homes: homes.length,
    others: counted.others + named.filter((id) => !parties.includes(id)).length,
  };
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

interface Found {
  /** All that were looked at, his and those merged with them. */
  readonly group: readonly string[];
  readonly his: readonly { readonly id: string; readonly people: readonly string[]; readonly phones: readonly string[] }[];
  /** His ID numbers. */
  readonly people: ReadonlySet<string>;
}

const NOBODY: Found = { group: [], his: [], people: new Set() };

/**
 * By his ID number all parties that have it; by a phone alone only where it leads to one person. What a steward merged with them is his too, unless it has
 * another ID number.
 */
async function findParties(sql: Sql, { idNumber, phone }: Erasing): Promise<Found> {
  const kind = idNumber === undefined ? 'phone' : 'idNumber';
  const ref = idNumber ?? phone;
  if (ref === undefined) return NOBODY;
  const found = await store.partiesWithValue(sql, kind, ref);
  if (found.length === 0) return NOBODY;
  const roots = [...new Set((await survivorsOf(sql, found)).values())];
  const group = await store.peopleOf(sql, [...(await membersOf(sql, roots)).values()].flat());
  const people = new Set(group.filter((p) => found.includes(p.id)).flatMap((p) => p.people));
  if (kind === 'phone' && people.size > 1) return NOBODY;
  const his = group.filter((p) => p.people.length === 0 || p.people.some((id) => people.has(id) && (kind === 'phone' || id === ref)));
  return { group: group.map((p) => p.id), his, people };
}

/**
 * With a person's parties go the numbers and serials of services that are, or at last were, theirs alone, and the addresses of homes that nobody
 * else's service names. Parties, services and homes are remembered; the caller remembers what of the values is his alone.
 */
export async function eraseParties(ctx: Within, vault: Pick<Vault, 'forget'>, who: Erasing, { reason, by }: Why): Promise<ErasedParties> {
  const { tx } = ctx;
  await holdErased(tx);
  await store.lockParties(tx, (await findParties(tx, who)).group);
  const { his, people } = await findParties(tx, who);
  if (his.length === 0) return { parties: [], values: [] };
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
  const { services, homes } = await holdingsAlone(tx, parties, but);
  await store.emptyServices(tx, services);
  await store.emptyHomes(tx, homes);
  await rememberErased(ctx, [
    ...services.map((ref) => ({ ref, kind: 'service' as const, named: false })),
    ...homes.map((ref) => ({ ref, kind: 'home' as const, named: false })),
  ]);
}

/** Services that are these parties' alone, and the homes that nobody else's service names. */
async function holdingsAlone(sql: Sql, parties: readonly string[], but: ReadonlySet<string> = new Set()) {
  const services = (await theirsAlone(sql, parties)).filter((id) => !but.has(id));
  return { services, homes: (await store.homesOfAlone(sql, services)).filter((id) => !but.has(id)) };
}

/** Services whose last owners are all among them or were erased before: one that changed hands is another's. */
async function theirsAlone(sql: Sql, parties: readonly string[]): Promise<string[]> {
  const owners = await ownersOf(sql, await store.servicesOf(sql, parties));
  const his = new Set([...parties, ...(await seeErased(sql, owners.map((o) => o.party))).keys()]); // biome-ignore format: one line
  return [...Map.groupBy(owners, (o) => o.service)].flatMap(([service, rows]) => {
    const all = lasting(rows);
    const last = Math.max(...all.map((o) => o.until ?? Number.POSITIVE_INFINITY));
    return all.every((o) => (o.until ?? Number.POSITIVE_INFINITY) < last || his.has(o.party)) ? [service] : [];
  });
}
