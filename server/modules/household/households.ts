import { idsByNumber, numberOf } from '#customer';
import type { Ctx, Sql } from '#platform/db';
import { normal } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import type { Household, PartyCard, PartySearch } from './contract.ts';
import { holdsAt, lasting } from './model.ts';
import { type OwnerRow, ownersOf } from './ownerStore.ts';
import { maskedOf, partyCards, valuesOf } from './parties.ts';
import { membersOf, partiesById, partiesWith, survivorsOf } from './partyStore.ts';
import { placed } from './picture.ts';
import * as read from './readStore.ts';

/** The three households around a customer or a party, as they hold now. */

type Who = Pick<Ctx, 'actor'>;
type Eyes = Pick<Vault, 'reveal' | 'open' | 'hash'>;

const MOST_SERVICES = 40;
const MOST_ACCOUNTS = 40;
const MOST_TIES = 400;
const MONTHS = 12;
const FOUND = 50;

interface Start {
  /** Those that must be shown, whatever else is. */
  readonly services: readonly string[];
  /** After all merging. */
  readonly parties: readonly string[];
  readonly now: number;
}

/** Around the services that are counted as this customer. Refuses `thing.not-found`, outside the caller's areas too. */
export async function householdOfCustomer(sql: Sql, who: Who, vault: Eyes, id: string, now: number): Promise<Household | Refusal> {
  const number = await numberOf(sql, who, id);
  if (number === undefined) return refuse('thing.not-found');
  const own = (await read.servicesCountedAs(sql, number, who.actor.areas)).map((s) => s.id);
  const owners = standing(await ownersOf(sql, own), now);
  const survivors = await survivorsOf(sql, owners.map((o) => o.party)); // biome-ignore format: one line
  return around(sql, who, vault, { services: own, parties: [...new Set(survivors.values())], now });
}

/** Hashes of the numbers of services that are counted as this customer or are his people's now. None for who is not in the caller's areas. */
export async function numbersOfCustomer(sql: Sql, who: Who, id: string, now: number): Promise<string[]> {
  const number = await numberOf(sql, who, id);
  if (number === undefined) return [];
  const { areas } = who.actor;
  const own = (await read.servicesCountedAs(sql, number, areas)).map((s) => s.id);
  const parties = standing(await ownersOf(sql, own), now).map((o) => o.party);
  const roots = [...new Set((await survivorsOf(sql, parties)).values())];
  const members = [...(await membersOf(sql, roots)).values()].flat();
  const owned = await read.servicesOwned(sql, members, areas, MOST_SERVICES);
  const theirs = standing(await ownersOf(sql, owned), now).filter((o) => members.includes(o.party));
  return read.numbersOf(sql, [...own, ...theirs.map((o) => o.service)], areas);
}

/** Around a party; one that was merged is answered with the party that it is read as. Refuses `thing.not-found`. */
export async function householdOfParty(
  sql: Sql,
  who: Who,
  vault: Eyes,
  id: string,
  now: number,
): Promise<{ party: PartyCard; household: Household } | Refusal> {
  const [party] = await partyCards(sql, who, vault, [id]);
  if (party === undefined) return refuse('thing.not-found');
  const parties = [...(await survivorsOf(sql, [id])).values()];
  return { party, household: await around(sql, who, vault, { services: [], parties, now }) };
}

/** Parties by phone, identity number, or the number of a service that is theirs now; all that is given must fit. */
export async function findParties(sql: Sql, who: Who, vault: Eyes, asked: PartySearch, now: number): Promise<PartyCard[]> {
  const { areas } = who.actor;
  const sets: Set<string>[] = [];
  for (const kind of ['phone', 'idNumber'] as const) {
    const value = asked[kind];
    if (value !== undefined) sets.push(new Set((await partiesWith(sql, [vault.hash(kind, normal(kind, value))], areas)).map((p) => p.id)));
  }
  if (asked.number !== undefined) {
    const services = await read.servicesByNumber(sql, vault.hash('serviceNumber', normal('serviceNumber', asked.number)), areas);
    const owners = standing(await ownersOf(sql, services.map((s) => s.id)), now); // biome-ignore format: one line
    sets.push(new Set(owners.map((o) => o.party)));
  }
  const [first = new Set<string>(), ...others] = sets;
  const ids = [...first].filter((id) => others.every((set) => set.has(id)));
  return partyCards(sql, who, vault, ids.slice(0, FOUND));
}

/** Whose each service is now; of one that is nobody's now, whose it was last. */
export function standing(rows: readonly OwnerRow[], now: number): OwnerRow[] {
  return [...Map.groupBy(rows, (r) => r.service).values()].flatMap((own) => {
    const all = lasting(own);
    const held = all.filter((o) => holdsAt(o, now));
    if (held.length > 0) return held;
    const begun = all.filter((o) => o.since <= now);
    const last = Math.max(...begun.map((o) => o.until ?? now));
    return begun.filter((o) => (o.until ?? now) === last);
  });
}

async function around(sql: Sql, who: Who, vault: Eyes, { services: seeds, parties, now }: Start): Promise<Household> {
  const { areas } = who.actor;
  const members = [...(await membersOf(sql, parties)).values()].flat();
  const [owned, paid] = await Promise.all([
    read.servicesOwned(sql, members, areas, MOST_SERVICES + 1),
    read.accountsPaidBy(sql, members, now, MOST_ACCOUNTS),
  ]);
  const charged = await read.servicesCharged(sql, paid, now, MOST_SERVICES + 1);
  const ties = await read.tiesAround(sql, [...new Set([...seeds, ...owned, ...charged])], now, MOST_TIES);
  const tied = ties.map((t) => t.service);
  const wanted = [...new Set([...seeds, ...tied, ...owned, ...charged])];
  const most = Math.max(MOST_SERVICES, seeds.length);
  const whose = standing(await ownersOf(sql, wanted), now);
  const theirs = new Set([...seeds, ...tied, ...charged, ...whose.filter((o) => members.includes(o.party)).map((o) => o.service)]);
  const services = await read.servicesById(sql, wanted.filter((id) => theirs.has(id)).slice(0, most), areas); // biome-ignore format: one line
  const ids = services.map((s) => s.id);
  const owners = whose.filter((o) => ids.includes(o.service));
  const [charges, devices, contracts, homes, customers] = await Promise.all([
    read.chargesOf(sql, ids, now),
    read.devicesOf(sql, ids),
    read.contractsOf(sql, ids),
    read.homesById(sql, services.flatMap((s) => s.home ?? []), areas), // biome-ignore format: one line
    countedAs(sql, who, services),
  ]);
  const accounts = await read.accountsById(sql, [...new Set([...paid, ...charges.map((c) => c.account)])], areas);
  const accountIds = accounts.map((a) => a.id);
  const [payers, bills, bundles] = await Promise.all([
    read.payersOf(sql, accountIds, now),
    read.billsOf(sql, accountIds, MONTHS),
    read.bundlesById(sql, [...new Set(ties.map((t) => t.bundle))]),
  ]);
  const survivors = await survivorsOf(sql, [...parties, ...owners.map((o) => o.party), ...payers.map((p) => p.party)]);
  const shown = [...new Set(survivors.values())];
  const [people, known] = await Promise.all([membersOf(sql, shown), partiesById(sql, shown, areas)]);
  const values = await valuesOf(sql, vault, known);
  return placed({
    parties: known.map((p) => ({ ...p, person: maskedOf(values.get(p.id)), numbers: people.get(p.id)?.length ?? 1 })),
    services: services.map((s) => ({
      ...s,
      shownNumber: opened(vault, s.shown),
      counted: customers.get(s.id) ?? null,
    })),
    homes: homes.map((h) => ({ ...h, shownAddress: opened(vault, h.shown) })),
    devices: devices.map((d) => ({ ...d, serial: opened(vault, d.serial) })),
    accounts,
    owners,
    payers,
    charges,
    contracts,
    ties,
    bills,
    bundles,
    survivors,
    isCut: theirs.size > most,
    now,
  });
}

/** The customers as whom they are counted, by service. */
async function countedAs(sql: Sql, who: Who, services: readonly read.ServiceRow[]): Promise<Map<string, string>> {
  const numbers = services.flatMap((s) =>
    s.customer === null || s.customer_source === null ? [] : [{ source: s.customer_source, hash: s.customer }],
  );
  const ids = new Map((await idsByNumber(sql, who, numbers)).map((c) => [`${c.source}/${c.hash}`, c.id]));
  return new Map(
    services.flatMap((s) =>
      [ids.get(`${s.customer_source}/${s.customer}`)].flatMap((id) => (id === undefined ? [] : [[s.id, id] as const])),
    ),
  );
}

const opened = (vault: Eyes, sealed: Buffer | null): string | null => (sealed === null || sealed.length === 0 ? null : vault.open(sealed));
