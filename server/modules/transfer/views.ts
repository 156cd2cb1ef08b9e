import { consentsHeld, numberOf, ordinalOf } from '#customer';
import {
  holdsAt,
  lasting,
  membersOf,
  ownersOf,
  partyCards,
  type ServiceSeen,
  servicesCounted,
  servicesSeen,
  survivorsOf,
} from '#household';
import { type Actor, may } from '#platform/actor';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { mask } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import type { Transfer, TransferPreview } from './contract.ts';
import { UNDO_DAYS, undoObstacle, undoUntil } from './model.ts';
import { countedAs } from './service.ts';
import * as store from './store.ts';

/** Transfers as people see them: masked, and in their areas alone. */

type Who = Pick<Ctx, 'actor'>;
type Given = Pick<House, 'db' | 'vault'>;
const MOST = 100;
const iso = (at: number): string => new Date(at).toISOString();

const serviceShown = (vault: Pick<Vault, 'open'>, { id, kind, shown, area }: ServiceSeen): Transfer['service'] => ({
  id,
  is: kind,
  number: shown === null ? null : mask('serviceNumber', vault.open(shown)),
  area,
});

async function partiesShown({ db, vault }: Given, who: Who, ids: readonly string[]): Promise<(id: string) => Transfer['to']> {
  const cards = new Map((await partyCards(db, who, vault, [...new Set(ids)])).map((c) => [c.id, c]));
  return (id) => ({ id, name: cards.get(id)?.person.name ?? null, area: cards.get(id)?.area ?? null });
}

/** Whose a service is and what a transfer would end. Refuses `thing.not-found`, outside the caller's areas too. */
export async function previewTransfer(house: Given, who: Who, id: string): Promise<TransferPreview | Refusal> {
  const { db, vault } = house;
  const [service] = await servicesSeen(db, [id], who.actor.areas);
  if (service === undefined) return refuse('thing.not-found');
  const now = Date.now();
  const owners = lasting(await ownersOf(db, [id])).filter((o) => holdsAt(o, now));
  const roots = [...new Set((await survivorsOf(db, owners.map((o) => o.party))).values())]; // biome-ignore format: one line
  const shown = await partiesShown(house, who, roots);
  const counted = await countedAs(db, service);
  const held = counted === undefined ? [] : await consentsHeld(db, counted.ordinal);
  return {
    service: serviceShown(vault, service),
    owners: roots.map(shown),
    consents: held.map(({ flag, given }) => ({ flag, given })),
    undoDays: UNDO_DAYS,
  };
}

export interface Asked {
  readonly service?: string | undefined;
  readonly party?: string | undefined;
  readonly customer?: string | undefined;
}

/**
 * Of a service, of a party (whichever side of it, and whatever was merged into it), or of a counted customer: his service's, and those of whoever has it
 * now. The latest first.
 */
export async function listTransfers(house: Given, who: Who, { service, party, customer }: Asked): Promise<Transfer[]> {
  const { db } = house;
  const { areas } = who.actor;
  const ordinal = customer === undefined ? null : await ordinalOf(db, who, customer);
  if (ordinal === undefined) return [];
  const named = [...(party === undefined ? [] : [party]), ...(customer === undefined ? [] : await holdersOf(db, who, customer))];
  const roots = [...new Set((await survivorsOf(db, named)).values())];
  const parties = named.length === 0 ? null : [...(await membersOf(db, roots)).values()].flat();
  return shown(
    house,
    who.actor,
    await store.listTransfers(db, { areas, service: service ?? null, parties, customer: ordinal, limit: MOST }),
  );
}

/** Whose the services are now that are counted as this customer. */
async function holdersOf(sql: Sql, who: Who, customer: string): Promise<string[]> {
  const number = await numberOf(sql, who, customer);
  if (number === undefined) return [];
  const now = Date.now();
  const rows = await ownersOf(sql, await servicesCounted(sql, number));
  return [...Map.groupBy(rows, (o) => o.service).values()].flatMap((own) => lasting(own).filter((o) => holdsAt(o, now)).map((o) => o.party)); // biome-ignore format: one line
}

export async function showTransfer(house: Given, who: Who, id: string): Promise<Transfer | Refusal> {
  const row = await store.transferById(house.db, id, who.actor.areas);
  return row === undefined ? refuse('thing.not-found') : ((await shown(house, who.actor, [row]))[0] as Transfer);
}

async function shown(house: Given, actor: Actor, rows: readonly store.TransferRow[]): Promise<Transfer[]> {
  const { db, vault } = house;
  const ids = [...new Set(rows.map((r) => r.service))];
  const services = new Map((await servicesSeen(db, ids, actor.areas)).map((s) => [s.id, serviceShown(vault, s)]));
  const party = await partiesShown(house, { actor }, rows.flatMap((r) => [...r.from_parties, r.to_party])); // biome-ignore format: one line
  const latest = new Map((await store.standingOf(db, ids)).toReversed().map((t) => [t.service, t.id]));
  const now = Date.now();
  const mayMake = may(actor, 'transfer:make');
  return rows.map((r) => {
    const later = r.undone_at === null && latest.get(r.service) !== r.id;
    const because = mayMake ? undoObstacle(r, { later, now }) : 'auth.forbidden';
    return {
      id: r.id,
      service: services.get(r.service) ?? { id: r.service, is: '', number: null, area: r.area },
      from: r.from_parties.map(party),
      to: party(r.to_party),
      at: iso(r.at),
      reason: r.reason,
      proof: mayMake ? vault.open(r.proof) : null,
      consents: r.said.map(({ flag, given }) => ({ flag, given })),
      madeAt: iso(r.made_at),
      by: r.by_name,
      undoUntil: iso(undoUntil(r)),
      undone: r.undone_at === null ? null : { at: iso(r.undone_at), by: r.undone_by_name ?? '', reason: r.undo_reason ?? '' },
      actions: [{ name: 'undo', allowed: because === null, because }],
    };
  });
}
