import type { Sql } from '#platform/db';
import { unpackRow } from './pack.ts';
import type { JourneyRecord } from './record.ts';
import type { EventRow } from './store.ts';

/** SQL of the reading doors. `Scope` narrows every list to what the caller may see. */

export interface Scope {
  readonly areas: 'all' | readonly string[];
  /** Objects that stand for the partner whose own part alone is seen. */
  readonly partner?: readonly string[];
}

/** Filter of a journey list; µs since 1970. */
export interface JourneyFilter {
  readonly scenario?: string | undefined;
  readonly state?: number | undefined;
  readonly stage?: string | undefined;
  readonly milestone?: string | undefined;
  readonly holder?: string | undefined;
  readonly wait?: string | undefined;
  readonly reason?: string | undefined;
  readonly area?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly dueSoon?: boolean | undefined;
  readonly waiting?: boolean | undefined;
  readonly heldBack?: boolean | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly finishedFrom?: number | undefined;
  readonly finishedTo?: number | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Journeys of any other version of their scenario. */
  readonly otherThan?: number | undefined;
  /** Journeys that any of these objects belongs to (a number typed into the search box), and any of those too. */
  readonly objects?: readonly string[] | undefined;
  readonly alsoObjects?: readonly string[] | undefined;
}

export type Sort = '-startedAt' | 'startedAt' | 'dueAt' | 'holderSince';

const SORTS: Record<Sort, { column: string; order: 'asc' | 'desc' }> = {
  '-startedAt': { column: 'started', order: 'desc' },
  startedAt: { column: 'started', order: 'asc' },
  dueAt: { column: `coalesce(due, 9000000000000000)`, order: 'asc' },
  holderSince: { column: `coalesce(holder_since, 9000000000000000)`, order: 'asc' },
};

interface Clause {
  readonly text: string;
  readonly values: unknown[];
}

/** The where clause of a filter; a condition that is not asked for is not in the text, so the planner sees only what matters. */
export function whereOf(f: JourneyFilter, scope: Scope, nowUs: number): Clause {
  const values: unknown[] = [];
  const parts: string[] = [];
  const add = (text: string, ...v: unknown[]) => {
    let i = values.length;
    values.push(...v);
    parts.push(text.replaceAll('?', () => `$${++i}`));
  };
  if (scope.areas !== 'all') add('j.area = any(?::text[])', scope.areas);
  if (scope.partner !== undefined)
    add('exists (select from tracking.member m where m.object = any(?::uuid[]) and m.journey = j.id)', scope.partner);
  if (f.objects !== undefined) add('j.id in (select m.journey from tracking.member m where m.object = any(?::uuid[]))', f.objects);
  if (f.alsoObjects !== undefined) add('j.id in (select m.journey from tracking.member m where m.object = any(?::uuid[]))', f.alsoObjects);
  if (f.ids !== undefined) add('j.id = any(?::uuid[])', f.ids);
  if (f.scenario !== undefined) add('j.scenario = ?', f.scenario);
  if (f.otherThan !== undefined) add('j.version <> ?', f.otherThan);
  if (f.state !== undefined) add(f.state === 0 ? 'j.state = 0' : 'j.state = ?', ...(f.state === 0 ? [] : [f.state]));
  for (const c of ['stage', 'milestone', 'holder', 'wait', 'reason'] as const) if (f[c] !== undefined) add(`j.${c} = ?`, f[c]);
  if (f.area !== undefined) add('j.area = any(?::text[])', f.area);
  if (f.source !== undefined) add('? = any(j.sources)', f.source);
  if (f.overdue !== undefined) add(f.overdue ? '(j.state = 0 and j.due < ?)' : '(j.state <> 0 or j.due is null or j.due >= ?)', nowUs);
  if (f.dueSoon) add('(j.state = 0 and j.due >= ? and j.due_soon <= ?)', nowUs, nowUs);
  if (f.waiting !== undefined) add(f.waiting ? '(j.state = 0 and j.wait is not null)' : 'j.wait is null');
  if (f.heldBack) add('(j.state = 0 and j.wait is null and j.holder_limit < ?)', nowUs);
  if (f.from !== undefined) add('j.started >= ?', f.from);
  if (f.to !== undefined) add('j.started < ?', f.to);
  if (f.finishedFrom !== undefined) add('j.finished >= ?', f.finishedFrom);
  if (f.finishedTo !== undefined) add('j.finished < ?', f.finishedTo);
  return { text: parts.length === 0 ? 'true' : parts.join(' and '), values };
}

/** A page of journeys after `cursor` ([sort value, id] of the last row seen). */
export async function listJourneys(
  sql: Sql,
  f: JourneyFilter,
  scope: Scope,
  nowUs: number,
  page: { sort: Sort; limit: number; cursor?: readonly [number, string] },
): Promise<(JourneyRecord & { sort_value: number })[]> {
  const w = whereOf(f, scope, nowUs);
  const { column, order } = SORTS[page.sort];
  const values = [...w.values];
  let after = '';
  if (page.cursor !== undefined) {
    values.push(page.cursor[0], page.cursor[1]);
    after = ` and (${column}, j.id) ${order === 'asc' ? '>' : '<'} ($${values.length - 1}::bigint, $${values.length}::uuid)`;
  }
  values.push(page.limit);
  const rows = await sql.query<JourneyRecord & { sort_value: number } & Record<string, never>>(
    '',
    `select j.*, ${column} sort_value from tracking.journey j where ${w.text}${after} order by ${column} ${order}, j.id ${order} limit $${values.length}`,
    values,
  );
  return rows.map(unpackRow);
}

/** How many, exact up to `most`. */
export async function countJourneys(sql: Sql, f: JourneyFilter, scope: Scope, nowUs: number, most: number): Promise<number> {
  const w = whereOf(f, scope, nowUs);
  const [row] = await sql.query<{ n: number }>(
    '',
    `select count(*) n from (select from tracking.journey j where ${w.text} limit ${most + 1}) x`,
    w.values,
  );
  return row?.n ?? 0;
}

/** How many journeys go by each version of their scenario. */
export function countVersions(sql: Sql, f: JourneyFilter, scope: Scope, nowUs: number): Promise<{ version: number; journeys: number }[]> {
  const w = whereOf(f, scope, nowUs);
  return sql.query(
    '',
    `select j.version, count(*) journeys from tracking.journey j where ${w.text} group by j.version order by j.version desc`,
    w.values,
  );
}

export interface CountRow {
  scenario: string | null;
  holder: string | null;
  area: string | null;
  wait: string | null;
  open: number;
  overdue: number;
  due_soon: number;
  waiting: number;
  held_back: number;
  all_four: number;
}

/** Open journeys counted whole and by scenario, holder, area and wait, in one pass over the open ones. */
export function countOpen(sql: Sql, f: JourneyFilter, scope: Scope, nowUs: number): Promise<CountRow[]> {
  const w = whereOf({ ...f, state: 0 }, scope, nowUs);
  const now = `$${w.values.length + 1}::bigint`;
  return sql.query(
    '',
    `select scenario, holder, area, wait, count(*) open, count(*) filter (where due < ${now}) overdue,
       count(*) filter (where due >= ${now} and due_soon <= ${now}) due_soon, count(*) filter (where wait is not null) waiting,
       count(*) filter (where wait is null and holder_limit < ${now}) held_back, grouping(scenario, holder, area, wait) all_four
     from tracking.journey j where ${w.text} group by grouping sets ((), (scenario), (holder), (area), (wait))`,
    [...w.values, nowUs],
  );
}

/** Journeys that ended since an instant: done, cancelled, and cancelled by reason. */
export function countEnded(
  sql: Sql,
  f: JourneyFilter,
  scope: Scope,
  nowUs: number,
  sinceUs: number,
): Promise<{ state: number; reason: string | null; n: number }[]> {
  const w = whereOf({ ...f, state: undefined, finishedFrom: sinceUs }, scope, nowUs);
  return sql.query(
    '',
    `select state, case when state = 2 then coalesce(reason, '') end reason, count(*) n from tracking.journey j where ${w.text} and state > 0 group by 1, 2`,
    w.values,
  );
}

export async function journeyById(sql: Sql, id: string): Promise<JourneyRecord | undefined> {
  const [row] = await sql.query<JourneyRecord & Record<string, never>>('tracking-journey', 'select * from tracking.journey where id = $1', [
    id,
  ]);
  return row && unpackRow(row);
}

/** Journeys that any of these objects belongs to, the latest begun first. */
export const journeysOfObjects = (sql: Sql, objects: readonly string[], limit: number): Promise<{ id: string }[]> =>
  sql.query(
    'tracking-journeys-of',
    `select id from (select distinct j.id, j.started from tracking.member m join tracking.journey j on j.id = m.journey where m.object = any($1::uuid[])) x
     order by started desc, id desc limit $2`,
    [objects, limit],
  );

/** How many beginnings alike are looked through for what a caller of some areas may see. */
const ALIKE = 20_000;

/** Objects whose value is, or begins with, what was typed; only such as belong to a journey that the caller may see. */
export function objectsLike(sql: Sql, text: string, scope: Scope, limit: number): Promise<{ id: string }[]> {
  const w = whereOf({}, scope, 0);
  const n = w.values.length;
  const alike = `select id, value from tracking.object where value like $${n + 1} || '%' order by value`;
  const seen = `exists (select from tracking.member m join tracking.journey j on j.id = m.journey where m.object = o.id and ${w.text})`;
  const found =
    w.text === 'true'
      ? `${alike} limit $${n + 2}`
      : `select id from (${alike} limit ${ALIKE}) o where ${seen} order by value limit $${n + 2}`;
  return sql.query('', found, [...w.values, text.replace(/[\\%_]/g, '\\$&'), limit]);
}

const EVENT = 'e.id, e.source, e.sid, e.type, e.at, e.seq, e.received, e.keys, e.scenario, e.handler, e.person, e.data, e.marks';

/** A journey's events from an instant on, in the order of time; ties at the end are whole. */
export const eventsFrom = (sql: Sql, journey: string, from: number, limit: number): Promise<EventRow[]> =>
  sql.query<EventRow & Record<string, never>>(
    'tracking-events-from',
    `select ${EVENT} from (select event, at from tracking.link where journey = $1 and at >= $2 order by at fetch first $3 rows with ties) l
     join tracking.event e on e.id = l.event`,
    [journey, from, limit],
  );

export const eventById = async (sql: Sql, id: number): Promise<(EventRow & { sealed: Buffer | null }) | undefined> =>
  (
    await sql.query<EventRow & { sealed: Buffer | null }>(
      'tracking-event',
      `select ${EVENT}, e.sealed from tracking.event e where e.id = $1`,
      [id],
    )
  )[0];

export const journeysOfEvent = (sql: Sql, objects: readonly string[], at: number, event: number): Promise<{ journey: string }[]> =>
  sql.query(
    'tracking-journeys-of-event',
    `select distinct m.journey from tracking.member m join tracking.link l on l.journey = m.journey and l.at = $2 and l.event = $3 where m.object = any($1::uuid[])`,
    [objects, at, event],
  );

export const conflictsAmong = (sql: Sql, events: readonly number[]): Promise<{ event: number }[]> =>
  sql.query(
    'tracking-conflicts-among',
    'select distinct event from tracking.conflict where event = any($1::bigint[]) and settled is null',
    [events],
  );

export const parkedEvents = (sql: Sql, source: string | undefined, after: number, limit: number): Promise<EventRow[]> =>
  sql.query<EventRow & Record<string, never>>(
    'tracking-parked',
    `select ${EVENT} from tracking.event e where e.id in (select event from tracking.parked where event > $2) and ($1::text is null or e.source = $1) order by e.id limit $3`,
    [source ?? null, after, limit],
  );

export const countParked = (sql: Sql): Promise<{ source: string; n: number }[]> =>
  sql.query(
    'tracking-count-parked',
    'select e.source, count(*) n from tracking.event e where e.id in (select event from tracking.parked) group by e.source',
    [],
  );

/** Counts per source: what was rolled up, and the batches since. */
export const sourceCounts = (
  sql: Sql,
): Promise<{ source: string; accepted: number; duplicates: number; conflicts: number; rejected: number; heard: number | null }[]> =>
  sql.query(
    'tracking-source-counts',
    `select source, sum(accepted)::bigint accepted, sum(duplicates)::bigint duplicates, sum(conflicts)::bigint conflicts, sum(rejected)::bigint rejected, max(heard) heard from (
       select source, accepted, duplicates, conflicts, rejected, heard from tracking.tally
       union all
       select c.key, (c.value->>0)::bigint, (c.value->>1)::bigint, (c.value->>2)::bigint, (c.value->>3)::bigint, b.at
       from tracking.batch b cross join lateral json_each(b.counts) c where b.xid >= (select xid from tracking.rolled)
     ) x group by source`,
    [],
  );

/** Events that named a scenario which did not exist then, and is now among these. */
export const eventsOfUnknownScenario = (sql: Sql, scenarios: readonly string[], limit: number): Promise<EventRow[]> =>
  sql.query<EventRow & Record<string, never>>(
    'tracking-unknown-scenario',
    `select ${EVENT} from tracking.event e where e.marks & 4 <> 0 and e.scenario = any($1::text[]) limit $2`,
    [scenarios, limit],
  );

/** Of each source the latest happening among what came last, and when it came: how far behind the world the source is now. */
export const lastEventTimes = (sql: Sql, last: number): Promise<{ source: string; at: number; received: number }[]> =>
  sql.query(
    'tracking-last-times',
    `select distinct on (source) source, at, received from (select source, at, received from tracking.event order by id desc limit $1) x
     order by source, at desc`,
    [last],
  );

export const perMinute = (sql: Sql, sinceMs: number): Promise<{ source: string; minute: number; n: number }[]> =>
  sql.query('tracking-per-minute', 'select source, minute, accepted n from tracking.pulse where minute >= $1', [
    Math.floor(sinceMs / 60_000),
  ]);

/** Minutes of the kept day (24 h) in which a source sent something: how many, the first and the last. */
export const spokenMinutes = (sql: Sql): Promise<{ source: string; minutes: number; first: number; last: number }[]> =>
  sql.query(
    'tracking-spoken-minutes',
    'select source, count(*) minutes, min(minute) first, max(minute) last from tracking.pulse where accepted > 0 group by source',
    [],
  );

export const importedSources = (sql: Sql): Promise<{ source: string }[]> =>
  sql.query('tracking-imported-sources', 'select distinct source from tracking.import', []);
