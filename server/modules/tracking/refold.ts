import { randomInt } from 'node:crypto';
import type { Tx } from '#platform/db';
import { attachment, leastSince } from './attachment.ts';
import { chooseScenario } from './choose.ts';
import type { Zoned } from './clock.ts';
import type { Zone } from './event.ts';
import { applyEvent, comparePlaces, emptyTimeline, type FoldEvent, placeOf, type Timeline } from './fold.ts';
import type { Plan } from './plan.ts';
import type { NamedObject } from './prepare.ts';
import { foldEvent } from './prepare.ts';
import { type JourneyRecord, recordOf, stateOf } from './record.ts';
import * as store from './store.ts';

/** Everything the fold asks of the rest of the house. */
export interface Folding {
  readonly zoned: Zoned;
  /** The plan of a scenario: the version given, else the published one; undefined when no such scenario exists. */
  plan(scenario: string, version?: number): Plan | undefined;
  defaultOf(source: string): string | null;
  zoneOf(source: string): Zone | undefined;
  /** Objects an event row names (its keys, by its source's roles). */
  objectsOf(row: Pick<store.EventRow, 'source' | 'keys' | 'person'>): NamedObject[];
}

/** One batch's work on journeys. */
export interface Work {
  /** Locked rows as they were. */
  readonly rows: Map<string, store.LockedJourney>;
  /** New events by journey. */
  readonly events: Map<string, FoldEvent[]>;
  readonly roots: ReadonlyMap<string, { kind: string; value: string | null }>;
  /** Journeys to be folded from all their events, whatever the new ones say. */
  readonly rebuild: Set<string>;
  readonly attached: store.MemberRow[];
  /** Events of journeys as this process last saw them; what it learns now goes into `learned`, to be believed after commit. */
  readonly histories?: { get(id: string): History | undefined };
  readonly learned?: Map<string, History>;
}

/** All events of a journey, good as long as its row still counts so many and its structure is the same. */
export interface History {
  readonly struct: number;
  readonly events: readonly FoldEvent[];
}

/** Longer ones are read from the store again when a late event comes. */
const REMEMBERED = 200;

export interface Folded {
  /** Assets newly held. */
  readonly attached: readonly string[];
  /** Known journeys whose begin, end or scenario changed: what they hold may change. */
  readonly shifted: readonly string[];
}

/** Folds every journey of the work list and writes its row. The new events are in the store already. */
export async function foldBatch(tx: Tx, f: Folding, work: Work): Promise<Folded> {
  const saved: JourneyRecord[] = [];
  const again: string[] = [...work.rebuild];
  for (const [id, events] of work.events) {
    if (work.rebuild.has(id)) continue;
    const row = work.rows.get(id);
    const known = row && extended(row, work.histories?.get(id), events);
    const next = row === undefined ? begin(f, id, events, work) : (goOn(f, row, events) ?? fromMemory(f, row, known));
    const history = row === undefined && next !== undefined ? { struct: next.struct, events } : known;
    if (next === undefined) again.push(id);
    else saved.push(next);
    if (next !== undefined && history !== undefined && history.events.length <= REMEMBERED) work.learned?.set(id, history);
  }
  const rebuilt = await rebuild(tx, f, again, work);
  const shifted = [...saved, ...rebuilt].filter((r) => hasShifted(work.rows.get(r.id), r)).map((r) => r.id);
  await store.saveMembers(tx, leastSince(work.attached));
  await store.saveJourneys(tx, [...saved, ...rebuilt]);
  return { attached: work.attached.filter((m) => m.distance === 100).map((m) => m.object), shifted };
}

const hasShifted = (was: store.LockedJourney | undefined, is: JourneyRecord): boolean =>
  was !== undefined && (was.own_over !== is.own_over || was.started !== is.started || was.scenario !== is.scenario);

/** Never a count that a journey of this id had in an earlier life: what other processes remember of that is then not believed. */
const firstStruct = (): number => randomInt(1, 2 ** 30);

/** A journey's first events. */
function begin(f: Folding, id: string, events: readonly FoldEvent[], work: Work): JourneyRecord | undefined {
  const root = work.roots.get(id);
  if (root === undefined) return undefined;
  const t = fold(f, events);
  return finish(f, { id, struct: firstStruct(), root_kind: root.kind, root_value: root.value ?? '' }, t, 0, undefined);
}

/** Goes on from the stored state when every new event comes after it; undefined when history must be drawn anew. */
function goOn(f: Folding, row: store.LockedJourney, events: readonly FoldEvent[]): JourneyRecord | undefined {
  if (row.loose > 0) return undefined;
  const plan = f.plan(row.scenario, row.version);
  if (plan === undefined) return undefined;
  const t = row.fold;
  const placed = events.map((e) => ({ e, place: placeOf(plan, e) })).sort((a, b) => comparePlaces(a.place, b.place));
  const first = placed[0];
  if (first === undefined || comparePlaces(first.place, t.tail) <= 0) return undefined;
  const tied = first.place[0] === t.tail[0];
  for (const { e } of placed) {
    if (e.scenario === undefined || (e.scenario === row.scenario && t.named) || f.plan(e.scenario) === undefined) continue;
    if (!t.named && e.scenario !== row.scenario) return undefined;
    if (t.named && tied) return undefined;
    t.named = true;
  }
  const sources = new Set(row.sources);
  for (const { e, place } of placed) {
    applyEvent(plan, t, e, place);
    sources.add(e.source);
  }
  return finish(f, row, { plan, t, sources: [...sources] }, 0, undefined);
}

/** The journey's history with the new events, where this process knows all that came before them. Asked before the row's fold is changed. */
function extended(row: store.LockedJourney, known: History | undefined, events: readonly FoldEvent[]): History | undefined {
  if (known === undefined || row.loose > 0 || known.struct !== row.struct || known.events.length !== row.fold.events) return undefined;
  return { struct: row.struct, events: [...known.events, ...events] };
}

/** History drawn anew without asking the store. */
function fromMemory(f: Folding, row: store.LockedJourney, history: History | undefined): JourneyRecord | undefined {
  return history && finish(f, row, fold(f, history.events, row), 0, undefined);
}

interface FoldedTimeline {
  readonly plan: Plan;
  readonly t: Timeline;
  readonly sources: string[];
}

/** The whole fold from events in any order. `keep`: the version a running journey goes on with while its scenario stays the same. */
export function fold(f: Folding, events: readonly FoldEvent[], keep?: { scenario: string; version: number }): FoldedTimeline {
  const chosen = chooseScenario(events, (id) => f.plan(id) !== undefined, f.defaultOf);
  const plan = (keep?.scenario === chosen.id ? f.plan(chosen.id, keep.version) : undefined) ?? (f.plan(chosen.id) as Plan);
  const t = emptyTimeline(plan);
  if (chosen.named) t.named = true;
  const placed = events.map((e) => ({ e, place: placeOf(plan, e) })).sort((a, b) => comparePlaces(a.place, b.place));
  const sources = new Set<string>();
  for (const { e, place } of placed) {
    applyEvent(plan, t, e, place);
    sources.add(e.source);
  }
  return { plan, t, sources: [...sources] };
}

function finish(
  f: Folding,
  who: { id: string; struct: number; root_kind: string; root_value: string },
  { plan, t, sources }: FoldedTimeline,
  loose: number,
  own: Timeline | undefined,
): JourneyRecord {
  const over = own ?? t;
  const own_over = stateOf(over) === 0 ? null : (over.cancelled ?? over.finished ?? null);
  const { id, struct, root_kind, root_value } = who;
  return recordOf({ id, struct, root_kind, root_value }, plan, t, f.zoned, { own_over, loose, sources: sources.sort() });
}

/** Folds journeys from all their stored events; what hangs on to them is worked out anew too where their structure changed. */
async function rebuild(tx: Tx, f: Folding, ids: readonly string[], work: Work): Promise<JourneyRecord[]> {
  if (ids.length === 0) return [];
  const rows = await store.eventsOfJourneys(tx, ids);
  const byJourney = new Map<string, (store.EventRow & { via: number })[]>(ids.map((id) => [id, []]));
  for (const r of rows) byJourney.get(r.journey)?.push(r);
  await reattach(tx, f, byJourney, work);
  const out: JourneyRecord[] = [];
  for (const [id, list] of byJourney) {
    const was = work.rows.get(id);
    const root = was ?? (await rootOf(tx, id, work));
    if (list.length === 0 || root === undefined) continue;
    const toFold = (r: store.EventRow) => rowToFold(r, f);
    const whole = fold(f, list.map(toFold), was);
    const own = list.filter((r) => r.via === 0);
    const loose = list.length - own.length;
    const alone = loose === 0 || own.length === 0 ? undefined : fold(f, own.map(toFold), was).t;
    const struct = was === undefined ? firstStruct() : was.struct + (work.rebuild.has(id) ? 1 : 0);
    if (loose === 0 && list.length <= REMEMBERED) work.learned?.set(id, { struct, events: list.map(toFold) });
    out.push(finish(f, { id, struct, root_kind: root.root_kind, root_value: root.root_value }, whole, loose, alone));
  }
  return out;
}

async function rootOf(tx: Tx, id: string, work: Work): Promise<{ root_kind: string; root_value: string } | undefined> {
  const named = work.roots.get(id);
  if (named !== undefined) return { root_kind: named.kind, root_value: named.value ?? '' };
  const [o] = await store.objectsById(tx, [id]);
  return o && { root_kind: o.kind, root_value: o.value ?? '' };
}

/** Assets, context and persons of journeys whose structure changed follow from their present events alone. */
async function reattach(
  tx: Tx,
  f: Folding,
  byJourney: ReadonlyMap<string, readonly (store.EventRow & { via: number })[]>,
  work: Work,
): Promise<void> {
  const journeys = [...byJourney.keys()].filter((id) => work.rebuild.has(id));
  if (journeys.length === 0) return;
  await store.dropAttachments(tx, journeys);
  const rows: store.MemberRow[] = [];
  for (const journey of journeys)
    for (const e of byJourney.get(journey) ?? [])
      for (const o of e.via === 0 ? f.objectsOf(e) : []) {
        const distance = attachment(o);
        if (distance !== undefined) rows.push({ object: o.id, journey, distance, since: distance === 100 ? e.at : 0 });
      }
  work.attached.push(...leastSince(rows));
}

export const rowToFold = (r: store.EventRow, f: Pick<Folding, 'zoneOf'>): FoldEvent =>
  foldEvent(
    {
      at: r.at,
      seq: r.seq,
      source: r.source,
      id: r.sid,
      type: r.type,
      handler: r.handler ?? undefined,
      scenario: r.scenario ?? undefined,
      area: r.keys.area?.[0],
      parcel: r.keys.parcel?.[0],
      person: r.person ?? undefined,
      open: r.data ?? undefined,
    },
    f.zoneOf(r.source),
  );
