import { randomInt } from 'node:crypto';
import type { Tx } from '#platform/db';
import { attachment, leastSince } from './attachment.ts';
import { chooseScenario } from './choose.ts';
import type { Zoned } from './clock.ts';
import type { Zone } from './event.ts';
import { comparePlaces, emptyTimeline, type FoldEvent } from './fold.ts';
import { eventsOf, extended, type History, historyOf, type Placed, placed, take } from './history.ts';
import type { Plan } from './plan.ts';
import type { NamedObject } from './prepare.ts';
import { foldEvent } from './prepare.ts';
import { type JourneyRecord, recordOf, stateOf } from './record.ts';
import * as store from './store.ts';
import { copyOf, type Timeline } from './timeline.ts';

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

export interface Folded {
  /** Rows as they were written. */
  readonly saved: readonly JourneyRecord[];
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
    const next = row === undefined ? firstFold(f, id, events, work.roots) : nextFold(f, row, events, work.histories?.get(id));
    if (next === undefined) {
      again.push(id);
      continue;
    }
    const { record, history } = next();
    saved.push(record);
    if (history !== undefined) work.learned?.set(id, history);
  }
  const rebuilt = await rebuild(tx, f, again, work);
  const all = [...saved, ...rebuilt];
  const shifted = all.filter((r) => hasShifted(work.rows.get(r.id), r)).map((r) => r.id);
  await store.saveMembers(tx, leastSince(work.attached));
  await store.saveJourneys(tx, all);
  return { saved: all, attached: work.attached.filter((m) => m.distance === 100).map((m) => m.object), shifted };
}

/** A journey whose begin, end or scenario moved holds its assets at other times than before. */
export const hasShifted = (was: Began | undefined, is: Began): boolean =>
  was !== undefined && (was.own_over !== is.own_over || was.started !== is.started || was.scenario !== is.scenario);

type Began = Pick<JourneyRecord, 'own_over' | 'started' | 'scenario'>;

/** Never a count that a journey of this id had in an earlier life: what other processes remember of that is then not believed. */
const firstStruct = (): number => randomInt(1, 2 ** 30);

/** A fold that can be done without asking the store. Nothing is changed before it is called; then the row's timeline is. */
export type NextFold = () => { readonly record: JourneyRecord; readonly history: History | undefined };

/** A journey's first events; undefined when none of them names its root. */
export function firstFold(
  f: Folding,
  id: string,
  events: readonly FoldEvent[],
  roots: ReadonlyMap<string, { kind: string; value: string | null }>,
): NextFold | undefined {
  const root = roots.get(id);
  if (root === undefined) return undefined;
  return () => {
    const folded = fold(f, events);
    const record = finish(f, { id, struct: firstStruct(), root_kind: root.kind, root_value: root.value ?? '' }, folded, 0, undefined);
    return { record, history: historyOf(folded.plan, record.struct, events) };
  };
}

/** Goes on from the stored state, or from what is remembered when an event is late; undefined when history must be read again. */
export function nextFold(
  f: Folding,
  row: store.LockedJourney,
  events: readonly FoldEvent[],
  known: History | undefined,
): NextFold | undefined {
  if (row.loose > 0) return undefined;
  const plan = f.plan(row.scenario, row.version);
  if (plan === undefined) return undefined;
  const believed = known?.struct === row.struct && known.count === row.fold.events ? known : undefined;
  const end = (folded: FoldedTimeline, history: History | undefined) => ({ record: finish(f, row, folded, 0, undefined), history });
  const tail = placed(plan, events);
  if (goesOn(f, row, row.fold, tail))
    return () => {
      const history = believed && extended(plan, believed, events);
      return end(goOn(plan, row.fold, row.sources, tail), history);
    };
  if (believed === undefined) return undefined;
  const { base } = believed;
  const all = [...eventsOf(believed), ...events];
  if (base === undefined)
    return () => {
      const folded = fold(f, all, row);
      return end(folded, folded.plan === plan ? extended(plan, believed, events) : historyOf(folded.plan, row.struct, all));
    };
  const list = placed(plan, all);
  if (base.scenario !== row.scenario || base.version !== row.version || !goesOn(f, row, base.t, list)) return undefined;
  return () => end(goOn(plan, copyOf(base.t), base.sources, list), extended(plan, believed, events));
}

/** Do these events come after all of the timeline, and does none of them name another scenario than it has? */
function goesOn(f: Folding, row: Pick<JourneyRecord, 'scenario'>, t: Timeline, list: readonly Placed[]): boolean {
  const first = list[0];
  if (first === undefined || comparePlaces(first.place, t.tail) <= 0) return false;
  const tied = first.place[0] === t.tail[0];
  let named = t.named === true;
  for (const { e } of list) {
    if (e.scenario === undefined || (named && e.scenario === row.scenario) || f.plan(e.scenario) === undefined) continue;
    if (!named && e.scenario !== row.scenario) return false;
    if (named && tied) return false;
    named = true;
  }
  return true;
}

function goOn(plan: Plan, t: Timeline, known: readonly string[], list: readonly Placed[]): FoldedTimeline {
  if (t.named !== true && list.some(({ e }) => e.scenario === plan.scenario.id)) t.named = true;
  return { plan, t, sources: take(plan, t, known, list) };
}

interface FoldedTimeline {
  readonly plan: Plan;
  readonly t: Timeline;
  readonly sources: readonly string[];
}

/** The whole fold from events in any order. `keep`: the version a running journey goes on with while its scenario stays the same. */
export function fold(f: Folding, events: readonly FoldEvent[], keep?: { scenario: string; version: number }): FoldedTimeline {
  const chosen = chooseScenario(events, (id) => f.plan(id) !== undefined, f.defaultOf);
  const plan = (keep?.scenario === chosen.id ? f.plan(chosen.id, keep.version) : undefined) ?? (f.plan(chosen.id) as Plan);
  const t = emptyTimeline(plan);
  if (chosen.named) t.named = true;
  return { plan, t, sources: take(plan, t, [], placed(plan, events)) };
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
  return recordOf(who, plan, t, f.zoned, { own_over, loose, sources });
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
    if (loose === 0) work.learned?.set(id, historyOf(whole.plan, struct, list.map(toFold)));
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
