import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { mask } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Intake } from './accept.ts';
import * as of from './conflict-store.ts';
import type { SentEvent } from './event.ts';
import { visibleAmong } from './export-store.ts';
import { KINDS, makeFolding, rulesOf } from './folding.ts';
import { iso, keysAsSent } from './journey-view.ts';
import { scopeOf } from './journeys.ts';
import { type Named, pairsOf } from './membership.ts';
import { type Prepared, prepare } from './prepare.ts';
import { eventById, journeysOfEvent } from './read-store.ts';
import { namedBy } from './relink.ts';
import { act, anIntake, rework, takeIn } from './rework.ts';
import * as store from './store.ts';

/**
 * Of two different events with one identity the first accepted stands until a person decides. Keeping the other withdraws the first, as if
 * it had never come, and takes the other in under the same identity.
 */

export const WITHDRAWN = 16;

type Whole = store.EventRow & { sealed: Buffer | null };

const structural = (n: Named): string[] => [...n.roots, ...n.roots2, ...n.parts];

/** The journeys of an event; none for one that waits or was withdrawn. */
export async function journeysOf(house: House, e: store.EventRow): Promise<string[]> {
  const objects = makeFolding(house.config.zone).objectsOf(e);
  return (
    await journeysOfEvent(
      house.db,
      objects.map((o) => o.id),
      e.at,
      e.id,
    )
  ).map((r) => r.journey);
}

/** May the caller see this event? One of its journeys is his to see; what is in none belongs to those who see everything. */
export async function mayLook(house: House, actor: Actor, journeys: readonly string[]): Promise<boolean> {
  const scope = scopeOf(actor);
  if (scope.areas === 'all' && scope.partner === undefined) return true;
  return journeys.length > 0 && (await visibleAmong(house.db, journeys, {}, scope)).size > 0;
}

/** The copy that is not in force, as it was sent: personal values masked, sealed data absent; null once it was erased. */
export function otherView(house: House, row: of.ConflictRow): Record<string, unknown> | null {
  const p = copyOf(house, row);
  if (p === undefined) return null;
  const { source, type, at, seq, keys, scenario, handler, person } = p.sent;
  return {
    source,
    id: p.sid,
    type,
    time: iso(at),
    seq,
    keys: keysAsSent(keys, (kind, v) => (KINDS.personal.has(kind) ? mask(kind, v) : v)),
    ...(scenario !== undefined && { scenario }),
    ...(handler !== undefined && { handler }),
    ...(person && { person: Object.fromEntries(Object.entries(person).map(([f, v]) => [f, mask(f, v)])) }),
    ...(p.open && { data: p.open }),
  };
}

function copyOf(house: House, row: of.ConflictRow): Prepared | undefined {
  const sent = JSON.parse(house.vault.open(row.other)) as Partial<SentEvent>;
  return sent.keys === undefined ? undefined : prepare(sent as SentEvent, KINDS, rulesOf(sent.source ?? row.source), house.vault);
}

/** Decides. Refuses `conflict.settled`, and `conflict.erased` where the other copy is no longer there. */
export async function settle(house: House, actor: Actor, row: of.ConflictRow, keep: 'kept' | 'other'): Promise<Refusal | undefined> {
  if (row.settled !== null) return refuse('conflict.settled');
  const other = copyOf(house, row);
  if (other === undefined && keep === 'other') return refuse('conflict.erased');
  await act(house, () => {
    const intake = anIntake(house);
    return house.db.inTx(actor, async (ctx) => {
      await of.enterIntake(ctx.tx);
      const now = await of.lockConflict(ctx.tx, row.id);
      if (now === undefined || now.settled !== null) return refuse('conflict.settled');
      await audit(ctx, 'event.settled', `event:${now.event}`, { details: { conflict: row.id, keep, source: row.source, id: row.sid } });
      if (keep === 'other' && other !== undefined) return { changed: await replace(ctx, house, intake, now, other) };
      await of.settleConflict(ctx.tx, row.id, { ...now, settled: keep, by: actor.name, at: ctx.now });
      const kept = await eventById(ctx.tx, now.event);
      return { changed: kept === undefined ? [] : await journeysOf(house, kept) };
    });
  });
  return undefined;
}

/** The other copy takes the first one's place; the conflict's row keeps what was withdrawn. Answers the journeys that changed. */
async function replace(ctx: Ctx, house: House, intake: Intake, row: of.ConflictRow, other: Prepared): Promise<string[]> {
  const { tx, now } = ctx;
  const known = await of.freeIdentity(tx, other.identity);
  const first = await eventById(tx, known?.event ?? row.event);
  const changed = first === undefined ? [] : await withdraw(ctx, intake, first, other);
  const copy = first === undefined ? '{}' : JSON.stringify(await asSent(house, ctx, first));
  if (first !== undefined)
    await of.emptyWithdrawn(
      tx,
      first.id,
      Object.fromEntries(Object.entries(first.keys).filter(([kind]) => !KINDS.personal.has(kind))),
      WITHDRAWN,
    );
  const taken = await takeIn(ctx, intake, [other]);
  const event = taken.outcomes[0]?.event ?? row.event;
  await of.settleConflict(tx, row.id, {
    event,
    other: house.vault.seal(copy),
    content: known?.content ?? null,
    settled: 'other',
    by: ctx.actor.name,
    at: now,
  });
  if (first !== undefined) await of.moveConflicts(tx, first.id, event);
  await store.saveBatch(tx, now, changed, { [row.source]: [-1, 0, 0, 0] }); // the same identity is counted once
  return [...new Set([...changed, ...taken.changed])];
}

/** Takes an event out of its journeys, with the links that it alone had made. */
async function withdraw({ tx }: Ctx, intake: Intake, e: Whole, other: Prepared): Promise<string[]> {
  const objects = intake.folding.objectsOf(e);
  const named = namedBy(objects);
  const own = structural(named);
  await store.lockObjects(tx, [...new Set([...own, ...structural(other.named)])].sort());
  const journeys = (
    await journeysOfEvent(
      tx,
      objects.map((o) => o.id),
      e.at,
      e.id,
    )
  ).map((r) => r.journey);
  await store.dropLinks(
    tx,
    journeys.map((journey) => ({ journey, at: e.at, event: e.id })),
  );
  await store.unpark(tx, [e.id]);
  await of.dropEdges(tx, await unsupported(tx, intake, own, pairsOf(named)));
  const lost = { journeys, objects: own.length > 0 ? own : journeys.slice(0, 1), assets: named.assets };
  return rework(tx, intake, own, lost);
}

/** Pairs that no other event names together: such an event would lie in the journeys of both, or wait under both. */
async function unsupported(
  tx: Ctx['tx'],
  { folding }: Intake,
  objects: readonly string[],
  pairs: readonly [string, string][],
): Promise<[string, string][]> {
  if (pairs.length === 0) return [];
  const journeys = new Set([...objects, ...(await store.membersOf(tx, objects)).map((m) => m.journey)]);
  const rows = [...(await store.eventsOfJourneys(tx, [...journeys])), ...(await store.parkedUnder(tx, objects))];
  const name = ([a, b]: readonly [string, string]) => (a < b ? `${a}${b}` : `${b}${a}`);
  const supported = new Set(rows.flatMap((r) => pairsOf(namedBy(folding.objectsOf(r))).map(name)));
  return pairs.filter((p) => !supported.has(name(p)));
}

/** The event as far as it can be told again: values out of the vault, sealed data opened. */
async function asSent({ vault }: House, { tx }: Ctx, e: Whole): Promise<SentEvent> {
  const personal = Object.entries(e.keys).flatMap(([kind, ids]) => (KINDS.personal.has(kind) ? ids : []));
  const values = await vault.reveal(tx, [
    ...personal.map((id) => ({ subject: id, id })),
    ...Object.values(e.person ?? {}).map(([subject, id]) => ({ subject, id })),
  ]);
  const value = (subject: string, id: string) => values.get(`${subject}/${id}`)?.value;
  const person = Object.entries(e.person ?? {}).flatMap(([, [subject, id]]) => value(subject, id) ?? []).length > 0;
  const data = { ...e.data, ...(e.sealed !== null && (JSON.parse(vault.open(e.sealed)) as Record<string, unknown>)) };
  return {
    source: e.source,
    id: e.sid,
    type: e.type,
    time: iso(e.at),
    at: e.at,
    seq: e.seq,
    keys: Object.fromEntries(
      Object.entries(e.keys).map(([kind, vs]) => [kind, KINDS.personal.has(kind) ? vs.flatMap((id) => value(id, id) ?? []) : vs]),
    ),
    ...(e.scenario !== null && { scenario: e.scenario }),
    ...(e.handler !== null && { handler: e.handler }),
    ...(person && {
      person: Object.fromEntries(
        Object.entries(e.person ?? {}).flatMap(([f, [s, id]]) => (value(s, id) === undefined ? [] : [[f, value(s, id) as string]])),
      ),
    }),
    ...(Object.keys(data).length > 0 && { data }),
  };
}
