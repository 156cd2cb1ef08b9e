import type { Sql } from '#platform/db';
import { type JourneyFilter, type Scope, whereOf } from './read-store.ts';

/** SQL of the analysis. Journeys are narrowed as in every list; their events stand in the order of contract.md. */

/** Where a step stands in its scenario; `source` is empty where any source may say it. */
export interface Rank {
  readonly scenario: string;
  readonly version: number;
  readonly type: string;
  readonly source: string;
  readonly rank: number;
}

/** What every question of the analysis is about. */
export interface Question {
  readonly filter: JourneyFilter;
  readonly scope: Scope;
  readonly ranks: readonly Rank[];
}

interface Asked {
  readonly text: string;
  readonly values: unknown[];
}

const LAST = 1_000_000;

/**
 * `j`: the journeys; `s`: their events, one row per journey and event, each with the type and time of the one after it.
 * The order: time, seq, rank of the step, source, id.
 */
function steps(q: Question): Asked {
  const w = whereOf(q.filter, q.scope, 0);
  const n = w.values.length;
  const text = `with j as materialized (select j.id, j.scenario, j.version, j.started, j.last from tracking.journey j where ${w.text}),
    r as materialized (select * from unnest($${n + 1}::text[], $${n + 2}::int[], $${n + 3}::text[], $${n + 4}::text[], $${n + 5}::int[]) r(scenario, version, type, source, rank)),
    s as materialized (
      select l.journey, l.at, l.event, e.type collate "C" as type, lead(e.type collate "C") over follows next_type, lead(l.at) over follows next_at,
        row_number() over follows n
      from j join tracking.link l on l.journey = j.id join tracking.event e on e.id = l.event
        left join r any_source on any_source.scenario = j.scenario and any_source.version = j.version and any_source.type = e.type and any_source.source = ''
        left join r own on own.scenario = j.scenario and own.version = j.version and own.type = e.type and own.source = e.source
      window follows as (partition by l.journey order by l.at, e.seq, coalesce(own.rank, any_source.rank, ${LAST}), e.source collate "C", e.sid collate "C"))`;
  const { ranks } = q;
  return {
    text,
    values: [
      ...w.values,
      ranks.map((r) => r.scenario),
      ranks.map((r) => r.version),
      ranks.map((r) => r.type),
      ranks.map((r) => r.source),
      ranks.map((r) => r.rank),
    ],
  };
}

const SECONDS = '1000000.0::float8';

export interface ProcessRow {
  journeys: number;
  events: number;
  variants: number;
  durations: { p50: number | null; p90: number | null; mean: number | null };
  activities: { type: string; count: number }[] | null;
  transitions: { from: string; to: string; count: number; p50: number; p90: number }[] | null;
}

/** The process map in one statement, so that all its figures are of one instant. */
export async function processMap(sql: Sql, q: Question): Promise<ProcessRow> {
  const { text, values } = steps(q);
  const [row] = await sql.query<{ answer: ProcessRow }>(
    '',
    `${text}
     select json_build_object(
       'journeys', (select count(*) from j),
       'events', (select count(distinct event) from s),
       'variants', (select count(distinct way) from (select array_agg(type order by n) way from s group by journey) v),
       'durations', (select json_build_object('p50', percentile_cont(0.5) within group (order by d), 'p90', percentile_cont(0.9) within group (order by d), 'mean', avg(d))
         from (select (last - started) / ${SECONDS} d from j) x),
       'activities', (select json_agg(json_build_object('type', type, 'count', n) order by n desc, type) from (select type, count(*) n from s group by type) x),
       'transitions', (select json_agg(json_build_object('from', type, 'to', next_type, 'count', n, 'p50', p[1], 'p90', p[2]) order by n desc, type, next_type)
         from (select type, next_type, count(*) n, percentile_cont(array[0.5, 0.9]) within group (order by (next_at - at) / ${SECONDS}) p
           from s where next_type is not null group by type, next_type) x)) answer`,
    values,
  );
  return (row as { answer: ProcessRow }).answer;
}

export interface VariantRow {
  types: string[];
  journeys: number;
  p50: number;
  example: string;
  all_variants: number;
  all_journeys: number;
}

/** Different sequences of types, the most frequent first; with each row how many there are in all. */
export function variants(sql: Sql, q: Question, page: { offset: number; limit: number }): Promise<VariantRow[]> {
  const { text, values } = steps(q);
  const n = values.length;
  return sql.query<VariantRow & Record<string, never>>(
    '',
    `${text},
     v as (select journey, array_agg(type order by n) way, min(at) began, max(at) ended from s group by journey),
     g as (select way, count(*) n, percentile_cont(0.5) within group (order by (ended - began) / ${SECONDS}) p50,
         (array_agg(journey order by began desc, journey))[1] example from v group by way)
     select way types, n journeys, p50, example, (select count(*) from g) all_variants, (select count(*) from j) all_journeys
     from g order by n desc, way offset $${n + 1} limit $${n + 2}`,
    [...values, page.offset, page.limit],
  );
}

/** Journeys in which `from` is directly followed by `to`; with one of them alone, those in which it happened. The latest begun first. */
export async function journeysAlong(
  sql: Sql,
  q: Question,
  way: { from: string | undefined; to: string | undefined },
  most: number,
): Promise<string[]> {
  const { text, values } = steps(q);
  const n = values.length;
  const passes = way.from !== undefined && way.to !== undefined ? 'type = $A and next_type = $B' : 'type = coalesce($A, $B)';
  const rows = await sql.query<{ id: string }>(
    '',
    `${text} select journey id from s group by journey having bool_or(${passes.replace('$A', `$${n + 1}::text`).replace('$B', `$${n + 2}::text`)})
     order by min(at) desc, journey desc limit ${most}`,
    [...values, way.from ?? null, way.to ?? null],
  );
  return rows.map((r) => r.id);
}

/** A stage of one version of a scenario, by its place in the fold, with its milestones' places. */
export interface StagePlace {
  readonly scenario: string;
  readonly version: number;
  readonly place: number;
  readonly stage: string;
  readonly milestones: readonly number[];
}

export interface StageRow {
  week: string;
  stage: string;
  journeys: number;
  p50: number;
  p90: number;
}

/**
 * Seconds from a stage reached to the next one reached, by the week (its Monday, in the operator's zone) in which the journey began. A
 * stage that was skipped, none of its milestones being done, took no time and is left out.
 */
export function stageTimes(sql: Sql, q: Omit<Question, 'ranks'>, places: readonly StagePlace[], zone: string): Promise<StageRow[]> {
  const w = whereOf(q.filter, q.scope, 0);
  const n = w.values.length;
  return sql.query<StageRow & Record<string, never>>(
    '',
    `with j as (select j.id, j.scenario, j.version, j.started, j.fold->'stages' reached, (j.fold->'left')::jsonb lefts from tracking.journey j where ${w.text}),
     p as (select * from unnest($${n + 1}::text[], $${n + 2}::int[], $${n + 3}::int[], $${n + 4}::text[], $${n + 5}::text[]) p(scenario, version, place, stage, milestones)),
     x as (select j.*, r.place - 1 place, r.at::bigint at, lead(r.at::bigint) over (partition by j.id order by r.place) next_at
       from j, json_array_elements_text(j.reached) with ordinality r(at, place) where r.at is not null)
     select date_trunc('week', to_timestamp(x.started / 1000000.0) at time zone $${n + 6})::date::text week, p.stage, count(*) journeys,
       percentile_cont(0.5) within group (order by (next_at - at) / ${SECONDS}) p50, percentile_cont(0.9) within group (order by (next_at - at) / ${SECONDS}) p90
     from x join p on p.scenario = x.scenario and p.version = x.version and p.place = x.place
     where next_at is not null and exists (select from unnest(string_to_array(p.milestones, ',')) m where x.lefts ->> m::int is not null)
     group by 1, 2 order by 1, 2`,
    [
      ...w.values,
      places.map((p) => p.scenario),
      places.map((p) => p.version),
      places.map((p) => p.place),
      places.map((p) => p.stage),
      places.map((p) => p.milestones.join(',')),
      zone,
    ],
  );
}

/** A milestone of one version of a scenario, by its place in the fold. */
export interface MilestonePlace {
  readonly scenario: string;
  readonly version: number;
  readonly place: number;
  readonly milestone: string;
}

/** Seconds that done milestones really took: from the last done before it, the first from the journey's begin. */
export function milestoneTimes(
  sql: Sql,
  q: Omit<Question, 'ranks'>,
  places: readonly MilestonePlace[],
): Promise<{ milestone: string; journeys: number; p50: number; p90: number }[]> {
  const w = whereOf(q.filter, q.scope, 0);
  const n = w.values.length;
  return sql.query(
    '',
    `with j as (select j.id, j.scenario, j.version, j.started, j.fold->'left' lefts from tracking.journey j where ${w.text}),
     p as (select * from unnest($${n + 1}::text[], $${n + 2}::int[], $${n + 3}::int[], $${n + 4}::text[]) p(scenario, version, place, milestone)),
     x as (select j.scenario, j.version, m.place - 1 place, m.at, greatest(0, m.at - lag(m.at, 1, j.started) over (partition by j.id order by m.place)) / ${SECONDS} took
       from j cross join lateral (select e.place, j.started + e.m::bigint as at from json_array_elements_text(j.lefts) with ordinality e(m, place)) m where m.at is not null)
     select p.milestone, count(*) journeys, percentile_cont(0.5) within group (order by took) p50, percentile_cont(0.9) within group (order by took) p90
     from x join p on p.scenario = x.scenario and p.version = x.version and p.place = x.place group by 1`,
    [...w.values, places.map((p) => p.scenario), places.map((p) => p.version), places.map((p) => p.place), places.map((p) => p.milestone)],
  );
}

/** Changes with every batch that is committed: answers computed at the same mark are the same. */
export async function markOf(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ mark: string }>(
    'tracking-mark',
    `select coalesce(max(n), 0) || '/' || count(*) mark from (select n from tracking.batch order by n desc limit 1000) x`,
  );
  return row?.mark ?? '';
}
