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
      select l.journey, l.at, l.event, e.type, lead(e.type) over follows next_type, lead(l.at) over follows next_at,
        row_number() over follows n
      from j join tracking.link l on l.journey = j.id join tracking.event e on e.id = l.event
        left join r any_source on any_source.scenario = j.scenario and any_source.version = j.version and any_source.type = e.type and any_source.source = ''
        left join r own on own.scenario = j.scenario and own.version = j.version and own.type = e.type and own.source = e.source
      window follows as (partition by l.journey order by l.at, e.seq, coalesce(own.rank, any_source.rank, ${LAST}), e.source collate "C", e.sid collate "C"))`;
  const { ranks } = q;
  return { text, values: [...w.values, ranks.map((r) => r.scenario), ranks.map((r) => r.version), ranks.map((r) => r.type), ranks.map((r) => r.source), ranks.map((r) => r.rank)] };
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
       'activities', (select json_agg(json_build_object('type', type, 'count', n) order by n desc, type collate "C") from (select type, count(*) n from s group by type) x),
       'transitions', (select json_agg(json_build_object('from', a, 'to', b, 'count', n, 'p50', p[1], 'p90', p[2]) order by n desc, a collate "C", b collate "C")
         from (select type a, next_type b, count(*) n, percentile_cont(array[0.5, 0.9]) within group (order by (next_at - at) / ${SECONDS}) p
           from s where next_type is not null group by type, next_type) x)) answer`,
    values,
  );
  return (row as { answer: ProcessRow }).answer;
}
