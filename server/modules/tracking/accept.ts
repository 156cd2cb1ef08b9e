import type { Ctx, Sql, Tx } from '#platform/db';
import type { Vault } from '#platform/vault';
import { attachment, leastSince } from './attachment.ts';
import type { FoldEvent } from './fold.ts';
import type { History } from './history.ts';
import { forget, type Known, lockedOf, placeOf } from './known.ts';
import { settleLoose } from './loose.ts';
import type { Prepared } from './prepare.ts';
import type { JourneyRecord } from './record.ts';
import { type Folding, foldBatch, type Work } from './refold.ts';
import { relink } from './relink.ts';
import type { NewEvent } from './rows.ts';
import * as store from './store.ts';
import { doubtfulPairs, isKnown, journeysFrom, type Members, restructure } from './structure.ts';
import type { Place } from './timeline.ts';

/** What became of one event: `event` is the id it is kept under. */
export interface Outcome {
  readonly result: 'accepted' | 'duplicate' | 'conflict';
  readonly event: number;
}

/** The batch must begin again: a journey's structure changed between reading and locking it. */
export class Stale extends Error {}

export const MARK = { late: 1, future: 2, unknownScenario: 4 } as const;

export interface Intake {
  readonly vault: Vault;
  readonly folding: Folding;
  readonly known: Known;
  /** Ids for so many new events. */
  ids(sql: Sql, nowMs: number, n: number): Promise<number[]>;
}

interface Entry {
  readonly p: Prepared;
  readonly id: number;
  journeys: Set<string>;
}

export interface Accepted {
  readonly outcomes: Outcome[];
  readonly changed: string[];
  /** To be called after commit: what may be remembered. */
  remember(): void;
}

const SKEW = 5 * 60_000_000;

/** Where journeys ended before what came in the same batch another way; undefined: they began with it. */
export type Tails = ReadonlyMap<string, Place | undefined>;

/**
 * Takes in one batch: each new identity is kept once, its objects and their journeys are found, and every journey it touches is folded,
 * all in the caller's transaction. Throws `Stale` when it must be begun again.
 */
export async function acceptBatch(
  ctx: Ctx,
  intake: Intake,
  batch: readonly Prepared[],
  rejected: ReadonlyMap<string, number>,
  before: Tails = new Map(),
): Promise<Accepted> {
  const { tx, now } = ctx;
  const remembered = intake.known.epoch;
  const { entries, outcomes } = await claim(ctx, intake, batch);
  const placed = entries.length === 0 ? NOTHING : await place(ctx, intake, entries, before);
  const { epoch, seen } = await store.saveBatch(tx, now, placed.changed, countOf(batch, outcomes, rejected));
  checkEpoch(intake.known, remembered, epoch);
  return {
    outcomes,
    changed: placed.changed,
    remember: () => {
      if (intake.known.epoch === epoch) remember(intake.known, batch, outcomes, entries, placed, seen);
    },
  };
}

/** Somebody was erased since this batch began to believe what is remembered: all is forgotten and the batch begins again. */
function checkEpoch(known: Known, before: number | undefined, now: number): void {
  if (before === now) return;
  const first = before === undefined && known.epoch === undefined;
  if (known.epoch !== now) forget(known);
  known.epoch = now;
  if (!first) throw new Stale();
}

async function claim(ctx: Ctx, intake: Intake, batch: readonly Prepared[]): Promise<{ entries: Entry[]; outcomes: Outcome[] }> {
  const { tx, now } = ctx;
  const ids = await intake.ids(tx, now, batch.length);
  const first = new Map<string, number>();
  for (const [i, p] of batch.entries()) if (!first.has(p.identity)) first.set(p.identity, i);
  const rows = [...first.values()].map((i) => ({
    identity: (batch[i] as Prepared).identity,
    content: (batch[i] as Prepared).content,
    event: ids[i] as number,
  }));
  const fresh = await store.claimIdentities(tx, rows);
  const again = rows.filter((r) => !fresh.has(r.identity)).map((r) => r.identity);
  const kept = new Map(rows.map((r) => [r.identity, r]));
  if (again.length > 0) for (const r of await store.knownIdentities(tx, again)) kept.set(r.identity, r);
  const entries: Entry[] = [];
  const conflicts: { event: number; source: string; sid: string; at: number; other: Buffer; content: string }[] = [];
  const outcomes = batch.map((p, i): Outcome => {
    const k = kept.get(p.identity) as store.LedgerRow;
    if (first.get(p.identity) === i && fresh.has(p.identity)) {
      entries.push({ p, id: k.event, journeys: new Set() });
      return { result: 'accepted', event: k.event };
    }
    if (k.content === p.content) return { result: 'duplicate', event: k.event };
    conflicts.push({
      event: k.event,
      source: p.sent.source,
      sid: p.sid,
      at: now,
      other: intake.vault.seal(JSON.stringify(p.sent)),
      content: p.content,
    });
    return { result: 'conflict', event: k.event };
  });
  if (conflicts.length > 0) await store.saveConflicts(tx, conflicts);
  return { entries, outcomes };
}

interface Placed {
  readonly changed: string[];
  readonly attached: [string, number][];
  readonly learned: ReadonlyMap<string, History>;
  /** Journeys of the roots and parts that the batch named. */
  readonly members: Members;
  /** Rows as they stand at the end. */
  readonly saved: readonly JourneyRecord[];
}

const NOTHING: Placed = { changed: [], attached: [], learned: new Map(), members: new Map(), saved: [] };

/** Finds the journeys of new events, keeps everything, folds. Answers the journeys that changed, and what was learnt on the way. */
async function place(ctx: Ctx, intake: Intake, entries: Entry[], before: Tails): Promise<Placed> {
  const { tx } = ctx;
  const { known } = intake;
  await intake.vault.remember(
    tx,
    entries.flatMap((e) => e.p.secrets).filter((s) => !known.secrets.has(`${s.subject}${s.id}`)),
  );
  const objects = new Map(entries.flatMap((e) => e.p.objects).map((o) => [o.id, o]));
  const fresh = await store.makeObjects(
    tx,
    [...objects.values()].filter((o) => !known.objects.has(o.id)),
  );
  const roles = new Map([...objects.values()].map((o) => [o.id, o.role]));

  const inner = [...objects.values()].filter((o) => o.role !== 'asset' && o.role !== 'context' && !fresh.has(o.id)).map((o) => o.id);
  const structs = new Map<string, number>();
  const members: Members = new Map();
  for (const m of inner.length === 0 ? [] : await store.membersOf(tx, inner)) {
    members.set(m.object, (members.get(m.object) ?? new Map()).set(m.journey, m.distance));
    if (m.struct !== null) structs.set(m.journey, m.struct);
  }
  const tied = entries.filter((e) => hasStructure(e.p));
  const doubtful = doubtfulPairs(tied.map((e) => e.p.named)).filter(([a, b]) => !fresh.has(a) && !fresh.has(b));
  const edges = new Set(doubtful.length === 0 ? [] : (await store.edgesAmong(tx, doubtful)).map((e) => `${e.a}${e.b}`));
  const news = tied.filter((e) => !isKnown(e.p.named, members, edges)).map((e) => e.p.named);
  const change = news.length === 0 ? undefined : await restructure(tx, news, fresh, roles, members);
  for (const e of tied) e.journeys = journeysFrom(e.p.named, members);

  const work = await lock(tx, intake, entries, structs);
  const moved = change && change.moved.size + change.dissolved.length > 0 ? await relink(tx, intake.folding, change, work) : [];
  const isLate = (e: Entry) => [...e.journeys].some((j) => isBefore(e.p.fold, before.has(j) ? before.get(j) : work.rows.get(j)?.fold.tail));
  await keep(ctx, entries, isLate, (id) => intake.folding.plan(id) !== undefined);
  const folded = await foldBatch(tx, intake.folding, work);
  const loose = entries.filter((e) => !hasStructure(e.p) && e.p.named.assets.length > 0).flatMap((e) => e.p.named.assets);
  const settled = await settleLoose(tx, intake.folding, {
    loose: [...loose, ...moved],
    attached: folded.attached,
    shifted: folded.shifted,
  });
  const attached = work.attached
    .filter((m) => !work.rebuild.has(m.journey))
    .map((m): [string, number] => [`${m.object}${m.journey}${work.rows.get(m.journey)?.struct ?? 0}`, m.since]);
  return {
    changed: [...new Set([...work.events.keys(), ...work.rebuild, ...settled])],
    attached,
    learned: work.learned ?? NOTHING.learned,
    members,
    saved: folded.saved.filter((r) => !settled.includes(r.id)),
  };
}

export const hasStructure = ({ named }: Prepared): boolean => named.roots.length + named.roots2.length + named.parts.length > 0;

/** Locks every journey the batch touches, in the order of ids, and makes the work list of the fold. */
async function lock(tx: Tx, intake: Intake, entries: readonly Entry[], structs: ReadonlyMap<string, number>): Promise<Work> {
  const events = new Map<string, FoldEvent[]>();
  for (const e of entries)
    for (const j of e.journeys) {
      const list = events.get(j);
      if (list === undefined) events.set(j, [e.p.fold]);
      else list.push(e.p.fold);
    }
  const rows = new Map((await store.lockJourneys(tx, [...events.keys()].sort())).map((r) => [r.id, r]));
  for (const j of events.keys()) if (structs.has(j) && structs.get(j) !== rows.get(j)?.struct) throw new Stale();
  const roots = new Map(entries.flatMap((e) => e.p.objects.filter((o) => o.role === 'root' || o.role === 'root2').map((o) => [o.id, o])));
  const attached: store.MemberRow[] = [];
  for (const e of entries)
    for (const j of e.journeys)
      for (const o of e.p.objects) {
        const distance = attachment(o);
        if (distance === undefined) continue;
        const since = distance === 100 ? e.p.sent.at : 0;
        const name = `${o.id}${j}${rows.get(j)?.struct ?? 0}`;
        const seen = intake.known.attached.get(name);
        if (seen === undefined || seen > since) attached.push({ object: o.id, journey: j, distance, since });
      }
  return {
    rows,
    events,
    roots,
    rebuild: new Set(),
    attached: leastSince(attached),
    histories: { get: (id) => intake.known.journeys.get(id)?.history },
    learned: new Map(),
  };
}

/** Writes events and links; an event of no journey is parked under all that it names. */
async function keep(
  ctx: Ctx,
  entries: readonly Entry[],
  isLate: (e: Entry) => boolean,
  exists: (scenario: string) => boolean,
): Promise<void> {
  const { tx, now } = ctx;
  const links: store.LinkRow[] = [];
  const parked: { object: string; event: number }[] = [];
  const rows = entries.map((e): NewEvent => {
    for (const journey of e.journeys) links.push({ journey, at: e.p.sent.at, event: e.id, via: 0 });
    if (e.journeys.size === 0) for (const o of e.p.objects) parked.push({ object: o.id, event: e.id });
    return { p: e.p, id: e.id, marks: marksOf(e.p, now, isLate(e), exists) };
  });
  await store.saveEvents(tx, rows, now);
  await store.saveLinks(tx, links);
  await store.park(tx, parked);
}

/** It came after an event that happened later in the same journey: history is drawn anew. */
export const isBefore = ({ at, seq }: FoldEvent, tail: Place | undefined): boolean =>
  tail !== undefined && (at < tail[0] || (at === tail[0] && seq < tail[1]));

/** `exists`: is there such a scenario? */
export const marksOf = ({ sent }: Prepared, now: number, late: boolean, exists: (scenario: string) => boolean): number =>
  (late ? MARK.late : 0) |
  (sent.at > now * 1000 + SKEW ? MARK.future : 0) |
  (sent.scenario !== undefined && !exists(sent.scenario) ? MARK.unknownScenario : 0);

export function countOf(batch: readonly Prepared[], outcomes: readonly Outcome[], rejected: ReadonlyMap<string, number>): store.Counts {
  const counts: store.Counts = Object.create(null) as store.Counts; // a source may be named like anything
  const of = (source: string) => {
    const c = counts[source] ?? [0, 0, 0, 0];
    counts[source] = c;
    return c;
  };
  for (let i = 0; i < batch.length; i++) {
    const c = of((batch[i] as Prepared).sent.source);
    const result = outcomes[i]?.result;
    if (result === 'accepted') c[0]++;
    else c[1]++;
    if (result === 'conflict') c[2]++;
  }
  for (const [source, n] of rejected) of(source)[3] += n;
  return counts;
}

function remember(
  known: Known,
  batch: readonly Prepared[],
  outcomes: readonly Outcome[],
  entries: readonly Entry[],
  { changed, attached, learned, members, saved }: Placed,
  seen: string,
): void {
  for (const [i, p] of batch.entries()) {
    const { result, event } = outcomes[i] as Outcome;
    if (result !== 'conflict') known.identities.set(p.identity, p.content, event);
  }
  for (const id of changed) known.journeys.delete(id);
  for (const row of saved) known.journeys.set(row.id, placeOf(lockedOf(row), seen, learned.get(row.id)));
  for (const [name, since] of attached) known.attached.set(name, since);
  for (const [id, distance] of members) {
    const struct = new Map([...distance.keys()].map((j) => [j, known.journeys.get(j)?.row.struct]));
    if (distance.size > 0 && ![...struct.values()].includes(undefined))
      known.members.set(id, { distance, struct: struct as Map<string, number> });
    else known.members.delete(id);
  }
  for (const { p } of entries) {
    for (const o of p.objects) known.objects.set(o.id, true);
    for (const s of p.secrets) known.secrets.set(`${s.subject}${s.id}`, true);
  }
}
