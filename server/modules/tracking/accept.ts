import { LRUCache } from 'lru-cache';
import type { Ctx, Tx } from '#platform/db';
import type { Vault } from '#platform/vault';
import { attachment, leastSince } from './attachment.ts';
import type { FoldEvent } from './fold.ts';
import { comparePlaces } from './fold.ts';
import { settleLoose } from './loose.ts';
import type { Prepared } from './prepare.ts';
import { type Folding, foldBatch, type History, type Work } from './refold.ts';
import { relink } from './relink.ts';
import * as store from './store.ts';
import { doubtfulPairs, isKnown, journeysFrom, type Members, restructure } from './structure.ts';

/** What became of one event: `event` is the id it is kept under. */
export interface Outcome {
  readonly result: 'accepted' | 'duplicate' | 'conflict';
  readonly event: number;
}

/** The batch must begin again: a journey's structure changed between reading and locking it. */
export class Stale extends Error {}

export const MARK = { late: 1, future: 2, unknownScenario: 4 } as const;

/** What this process knows to be in the store for good; only filled after commit. Rebuilt from nothing at any time. */
export interface Known {
  readonly objects: LRUCache<string, true>;
  readonly secrets: LRUCache<string, true>;
  /** `object journey struct` → since. */
  readonly attached: LRUCache<string, number>;
  /** Events of journeys lately folded: a late one then needs no look into the store. */
  readonly histories: LRUCache<string, History>;
  /** Erasures carried out before all this was learnt; undefined before the first batch. */
  erasures?: number;
}

export const makeKnown = (): Known => ({
  objects: new LRUCache({ max: 300_000 }),
  secrets: new LRUCache({ max: 100_000 }),
  attached: new LRUCache({ max: 300_000 }),
  histories: new LRUCache({ max: 20_000 }),
});

export interface Intake {
  readonly vault: Vault;
  readonly folding: Folding;
  readonly known: Known;
  /** Ids for so many new events. */
  ids(tx: Tx, nowMs: number, n: number): Promise<number[]>;
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

/**
 * Takes in one batch: each new identity is kept once, its objects and their journeys are found, and every journey it touches is folded,
 * all in the caller's transaction. Throws `Stale` when it must be begun again.
 */
export async function acceptBatch(
  ctx: Ctx,
  intake: Intake,
  batch: readonly Prepared[],
  rejected: ReadonlyMap<string, number>,
): Promise<Accepted> {
  const { tx, now } = ctx;
  const before = intake.known.erasures;
  const { entries, outcomes } = await claim(ctx, intake, batch);
  const { changed, attached, learned } = entries.length === 0 ? NOTHING : await place(ctx, intake, entries);
  const erasures = await store.saveBatch(tx, now, changed, count(batch, outcomes, rejected));
  checkErasures(intake.known, before, erasures);
  return {
    outcomes,
    changed,
    remember: () => {
      if (intake.known.erasures === erasures) remember(intake.known, entries, attached, learned);
    },
  };
}

/** Somebody was erased since this batch began to believe what is remembered: all is forgotten and the batch begins again. */
function checkErasures(known: Known, before: number | undefined, now: number): void {
  if (before === now) return;
  const first = before === undefined && known.erasures === undefined;
  if (known.erasures !== now) for (const cache of [known.objects, known.secrets, known.attached, known.histories]) cache.clear();
  known.erasures = now;
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
}

const NOTHING: Placed = { changed: [], attached: [], learned: new Map() };

/** Finds the journeys of new events, keeps everything, folds. Answers the journeys that changed, and what was learnt on the way. */
async function place(ctx: Ctx, intake: Intake, entries: Entry[]): Promise<Placed> {
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
  const tied = entries.filter((e) => hasStructure(e));
  const doubtful = doubtfulPairs(tied.map((e) => e.p.named)).filter(([a, b]) => !fresh.has(a) && !fresh.has(b));
  const edges = new Set(doubtful.length === 0 ? [] : (await store.edgesAmong(tx, doubtful)).map((e) => `${e.a}${e.b}`));
  const news = tied.filter((e) => !isKnown(e.p.named, members, edges)).map((e) => e.p.named);
  const change = news.length === 0 ? undefined : await restructure(tx, news, fresh, roles, members);
  for (const e of tied) e.journeys = journeysFrom(e.p.named, members);

  const work = await lock(tx, intake, entries, structs);
  const moved = change && change.moved.size + change.dissolved.length > 0 ? await relink(tx, intake.folding, change, work) : [];
  await keep(ctx, entries, work, (id) => intake.folding.plan(id) !== undefined);
  const folded = await foldBatch(tx, intake.folding, work);
  const loose = entries.filter((e) => !hasStructure(e) && e.p.named.assets.length > 0).flatMap((e) => e.p.named.assets);
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
  };
}

const hasStructure = (e: Entry): boolean => e.p.named.roots.length + e.p.named.roots2.length + e.p.named.parts.length > 0;

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
  return { rows, events, roots, rebuild: new Set(), attached: leastSince(attached), histories: intake.known.histories, learned: new Map() };
}

/** Writes events and links; an event of no journey is parked under all that it names. */
async function keep(ctx: Ctx, entries: readonly Entry[], work: Work, exists: (scenario: string) => boolean): Promise<void> {
  const { tx, now } = ctx;
  const links: store.LinkRow[] = [];
  const parked: { object: string; event: number }[] = [];
  const rows = entries.map((e): store.NewEvent => {
    for (const journey of e.journeys) links.push({ journey, at: e.p.sent.at, event: e.id, via: 0 });
    if (e.journeys.size === 0) for (const o of e.p.objects) parked.push({ object: o.id, event: e.id });
    const { sent, fold } = e.p;
    return {
      id: e.id,
      source: sent.source,
      sid: e.p.sid,
      type: sent.type,
      at: sent.at,
      seq: sent.seq,
      received: now,
      keys: e.p.keys,
      scenario: sent.scenario ?? null,
      handler: sent.handler ?? null,
      person: e.p.persons === undefined ? null : JSON.stringify(e.p.persons),
      data: e.p.open === undefined ? null : JSON.stringify(e.p.open),
      sealed: e.p.sealed,
      marks:
        (isLate(e, fold, work) ? MARK.late : 0) |
        (sent.at > now * 1000 + SKEW ? MARK.future : 0) |
        (sent.scenario !== undefined && !exists(sent.scenario) ? MARK.unknownScenario : 0),
    };
  });
  await store.saveEvents(tx, rows);
  await store.saveLinks(tx, links);
  await store.park(tx, parked);
}

/** It came after an event that happened later in the same journey: history is drawn anew. */
const isLate = (e: Entry, fold: FoldEvent, work: Work): boolean => {
  for (const j of e.journeys) {
    const row = work.rows.get(j);
    if (row !== undefined && comparePlaces([fold.at, fold.seq, 0, '', ''], [row.fold.tail[0], row.fold.tail[1], 0, '', '']) < 0)
      return true;
  }
  return false;
};

function count(batch: readonly Prepared[], outcomes: readonly Outcome[], rejected: ReadonlyMap<string, number>): store.Counts {
  const counts: store.Counts = Object.create(null) as store.Counts; // a source may be named like anything
  const of = (source: string) => (counts[source] ??= [0, 0, 0, 0]);
  for (const [i, p] of batch.entries()) {
    const c = of(p.sent.source);
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
  entries: readonly Entry[],
  attached: readonly [string, number][],
  learned: ReadonlyMap<string, History>,
): void {
  for (const [id, history] of learned) known.histories.set(id, history);
  for (const [name, since] of attached) known.attached.set(name, since);
  for (const { p } of entries) {
    for (const o of p.objects) known.objects.set(o.id, true);
    for (const s of p.secrets) known.secrets.set(`${s.subject}${s.id}`, true);
  }
}
