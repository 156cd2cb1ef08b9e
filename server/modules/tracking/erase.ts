import { randomUUID } from 'node:crypto';
import { holdErased } from '#customer';
import { forgetCompared, holdComparing } from '#duplicate';
import { contactsNamed, eraseContacts } from '#enterprise';
import { erasePerson, keptOf } from '#household';
import { forgetObserved } from '#model';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal, type Refusal } from '#platform/result';
import {
  type Asked,
  type Counts,
  emptied,
  isHis,
  isHisWaiting,
  keyHashes,
  numbersOf,
  type Values,
  valuesOf,
  type Whose,
  whose,
} from './erasure.ts';
import * as of from './erasure-store.ts';
import { KINDS, makeFolding } from './folding.ts';
import { type Folding, foldBatch, type Work } from './refold.ts';
import * as store from './store.ts';

/** Finding what an erasure would take, and taking it. */

/** The event saw an erasure: shown, so that nobody wonders where its person went. */
export const ERASED = 8;

interface Found {
  readonly whose: Whose;
  /** Him, to those who know customers. */
  readonly who: { readonly idNumber: string | undefined; readonly phone: string | undefined };
  readonly events: readonly store.EventRow[];
  readonly values: Values;
  /** All journeys that his events belong to, his and others'. */
  readonly touched: readonly string[];
  readonly counts: Counts;
}

/** Reads what belongs to the person; changes nothing. Refuses `erasure.several-people`. */
export async function findPerson(sql: Sql, f: Folding, asked: Asked): Promise<Found | Refusal> {
  const w = whose(asked, await knownOf(sql, asked));
  if (isRefusal(w)) return w;
  const linked = await linkedEvents(sql, f, w);
  const personal = [...KINDS.personal];
  const journeys = [...w.journeys];
  const around = (events: readonly store.EventRow[], waiting: boolean): of.Around => ({
    hashes: [...new Set([...w.own, ...events.flatMap(numbersOf)])],
    journeys,
    events: events.map((e) => e.id),
    personal,
    waiting,
  });
  const named = new Set((await of.refsElsewhere(sql, around(linked.events, false))).map(([, id]) => id));
  const his = new Set([...w.own, ...linked.events.flatMap(numbersOf).filter((h) => !named.has(h))]);
  const waiting = (await store.parkedUnder(sql, [...his])).filter((e) => isHisWaiting(e, w, his));
  const events = [...linked.events, ...waiting];
  const values = valuesOf(events, await of.refsElsewhere(sql, around(events, true)));
  const who = { idNumber: w.person ?? asked.idNumber, phone: asked.phone };
  const counts = {
    ...(await keptOf(sql, who)),
    contacts: await contactsNamed(sql, asked.phone),
    journeys: w.journeys.size,
    events: events.length,
    values: values.count,
    shared: values.shared.size,
    doubtful: w.doubtful.size,
  };
  return { whose: w, who, events, values, touched: linked.touched, counts };
}

async function knownOf(sql: Sql, asked: Asked) {
  const journeys = new Map<string, string[]>();
  for (const { object, journey } of await of.journeysNaming(sql, Object.values(asked)))
    journeys.set(object, [...(journeys.get(object) ?? []), journey]);
  const people = new Map<string, Set<string>>();
  for (const { journey, person } of await of.peopleOf(sql, [...new Set([...journeys.values()].flat())]))
    people.set(journey, (people.get(journey) ?? new Set()).add(person));
  // a phone may lead to a person whose other journeys do not name it
  const [person] = [...new Set([...people.values()].flatMap((p) => [...p]))];
  if (asked.idNumber === undefined && person !== undefined)
    journeys.set(
      person,
      (await of.journeysNaming(sql, [person])).map((r) => r.journey),
    );
  return { journeys, people };
}

/** Events of his journeys that are his, each once, and all the journeys they belong to. */
async function linkedEvents(sql: Sql, f: Folding, w: Whose): Promise<{ events: store.EventRow[]; touched: string[] }> {
  const rows = await store.eventsOfJourneys(sql, [...w.journeys]);
  const events = new Map<number, store.EventRow>(rows.map((r) => [r.id, r]));
  const journeys = new Map<number, string[]>();
  const belongs = (event: number, journey: string) => journeys.set(event, [...(journeys.get(event) ?? []), journey]);
  for (const r of rows) belongs(r.id, r.journey);
  const joining = rows.flatMap((r) => f.objectsOf(r).flatMap((o) => (o.role === 'asset' || o.role === 'context' ? [] : [o.id])));
  for (const o of await of.otherJourneys(sql, [...new Set(joining)], [...w.journeys], [...events.values()])) belongs(o.event, o.journey);
  const his = [...events.values()].filter((e) => isHis(e, journeys.get(e.id) ?? [], w));
  return { events: his, touched: [...new Set(his.flatMap((e) => journeys.get(e.id) ?? []))] };
}

/** Carries an erasure out, once: what is done already is left alone. Everything in the caller's transaction. */
export async function erase(ctx: Ctx, house: Pick<House, 'vault' | 'config'>, id: string): Promise<Counts | undefined> {
  const { tx, now } = ctx;
  const f = makeFolding(house.config.zone);
  await of.stopIntake(tx);
  const erasure = await of.lockErasure(tx, id);
  if (erasure === undefined) return undefined;
  await holdComparing(ctx);
  await holdErased(tx);
  const found = await findPerson(tx, f, erasure.asked);
  if (isRefusal(found)) throw new Error(found.code);
  const { values, counts } = found;
  const renamed = await empty(ctx, house, f, found);
  await house.vault.forget(tx, values.subjects, erasure.reason, erasure.by);
  await house.vault.strike(
    tx,
    values.single.map(([subject, ref]) => ({ subject, id: ref })),
  );
  const gone = await erasePerson(ctx, house.vault, found.who, erasure);
  await forgetCompared(ctx, house.vault, gone);
  await forgetObserved(ctx, gone.customers);
  await eraseContacts(ctx, house.vault, found.who.phone, erasure);
  await of.dropTickets(tx, [...found.whose.journeys]);
  await refold(
    tx,
    f,
    found.touched.map((j) => renamed.get(j) ?? j),
  );
  await of.dropObjects(tx, [...values.alone]);
  await store.saveBatch(
    tx,
    now,
    found.touched.map((j) => renamed.get(j) ?? j),
    {},
  );
  await of.closeErasure(tx, id, now, counts);
  await audit(ctx, 'person.erased', `erasure:${id}`, { reason: erasure.reason, details: { ...counts } });
  return counts;
}

/** Puts pseudonyms where his hashes stand and empties what is closed. Answers the journeys that got new names. */
async function empty(
  ctx: Ctx,
  { vault }: Pick<House, 'vault'>,
  f: Folding,
  { whose: w, events, values }: Found,
): Promise<Map<string, string>> {
  const { tx } = ctx;
  const joins = new Set(events.flatMap((e) => f.objectsOf(e).flatMap((o) => (o.role === 'asset' || o.role === 'context' ? [] : [o.id]))));
  const pseudonyms = new Map<string, string>();
  const journeys = new Map<string, string>();
  const others = new Set(events.flatMap((e) => (e.keys.idNumber ?? []).filter((h) => h !== w.person)));
  for (const h of new Set(events.flatMap(keyHashes))) {
    if (others.has(h) || (joins.has(h) && !values.alone.has(h))) continue; // another person's; or what keeps another's journey together
    const name = randomUUID();
    pseudonyms.set(h, name);
    if (joins.has(h)) journeys.set(h, name);
  }
  const ids = events.map((e) => e.id);
  await of.emptyEvents(
    tx,
    events.map((e) => ({ id: e.id, ...emptied(e, w, pseudonyms) })),
    ERASED,
  );
  const conflicts = await of.conflictsOf(tx, ids);
  await of.emptyConflicts(
    tx,
    conflicts.map((c) => ({ id: c.id, other: vault.seal('{}') })),
  );
  await of.renameObjects(tx, pseudonyms, ids);
  await of.unparkUnder(
    tx,
    events.flatMap(numbersOf).filter((h) => !others.has(h)),
    ids,
  );
  await of.renameJourneys(tx, journeys);
  return journeys;
}

/** The journeys still fold: the same facts, without the person; what hangs on to them follows from their events as they are now. */
async function refold(tx: Ctx['tx'], f: Folding, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = new Map((await store.lockJourneys(tx, [...ids].sort())).map((r) => [r.id, r]));
  const work: Work = { rows, events: new Map(), roots: new Map(), rebuild: new Set(ids), attached: [] };
  await foldBatch(tx, f, work);
}
