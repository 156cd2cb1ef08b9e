import type { Reading } from '#platform/aside';
import type { Sql } from '#platform/db';
import type { Rank } from './analysis-store.ts';
import { type JourneyFilter, type Scope, whereOf } from './read-store.ts';
import type { EventRow } from './store.ts';

/** SQL of the exports: everything comes in portions, in one snapshot. */

/** An event's place in the file and its journeys among those of the export. `via`: 0 through a root or part, 1 through an asset only. */
export interface PlacedEvent {
  event: number;
  journeys: string[];
  via: number;
}

const PORTION = 1_000;
const LAST = 1_000_000;

/** Every event of the journeys once, in the order in which each journey has them: time, seq, rank, source, id. */
export function eventsInOrder(sql: Reading, f: JourneyFilter, scope: Scope, ranks: readonly Rank[]): AsyncGenerator<PlacedEvent[]> {
  const w = whereOf(f, scope, 0);
  const n = w.values.length;
  return sql.portions<PlacedEvent & Record<string, never>>(
    `with r as (select * from unnest($${n + 1}::text[], $${n + 2}::int[], $${n + 3}::text[], $${n + 4}::text[], $${n + 5}::int[]) r(scenario, version, type, source, rank)),
     x as (
       select l.event, array_agg(l.journey) journeys, min(l.via) via, min(coalesce(own.rank, any_source.rank, ${LAST})) rank, e.at, e.seq, e.source, e.sid
       from tracking.journey j join tracking.link l on l.journey = j.id join tracking.event e on e.id = l.event
         left join r any_source on any_source.scenario = j.scenario and any_source.version = j.version and any_source.type = e.type and any_source.source = ''
         left join r own on own.scenario = j.scenario and own.version = j.version and own.type = e.type and own.source = e.source
       where ${w.text} group by l.event, e.at, e.seq, e.source, e.sid)
     select event, to_json(journeys) journeys, via from x order by at, seq, rank, source collate "C", sid collate "C"`,
    [
      ...w.values,
      ranks.map((r) => r.scenario),
      ranks.map((r) => r.version),
      ranks.map((r) => r.type),
      ranks.map((r) => r.source),
      ranks.map((r) => r.rank),
    ],
    PORTION,
  );
}

export const eventsById = (sql: Sql, ids: readonly number[]): Promise<EventRow[]> =>
  sql.query<EventRow & Record<string, never>>(
    'tracking-export-events',
    'select id, source, sid, type, at, seq, received, keys, scenario, handler, person, data, marks from tracking.event where id = any($1::bigint[])',
    [ids],
  );

/** Every number that the journeys' events name, as they name it, sorted by kind and value. */
export function namedValues(
  sql: Reading,
  f: JourneyFilter,
  scope: Scope,
): AsyncGenerator<{ source: string; kind: string; value: string }[]> {
  const w = whereOf(f, scope, 0);
  return sql.portions(
    `select distinct e.source, k.key kind, v.value from tracking.journey j join tracking.link l on l.journey = j.id join tracking.event e on e.id = l.event
       cross join lateral json_each(e.keys) k cross join lateral json_array_elements_text(k.value) v where ${w.text} order by k.key, v.value, e.source`,
    w.values,
    PORTION,
  );
}

/** Of these journeys those that the caller may see and the filter takes. */
export async function visibleAmong(sql: Sql, ids: readonly string[], f: JourneyFilter, scope: Scope): Promise<Set<string>> {
  const w = whereOf({ ...f, ids }, scope, 0);
  return new Set((await sql.query<{ id: string }>('', `select j.id from tracking.journey j where ${w.text}`, w.values)).map((r) => r.id));
}

export const rootsOf = (sql: Sql, journeys: readonly string[]): Promise<{ id: string; kind: string; value: string }[]> =>
  sql.query('tracking-roots-of', 'select id, root_kind kind, root_value value from tracking.journey where id = any($1::uuid[])', [
    journeys,
  ]);

/** Values that stand for objects of several kinds, with the kind that may have the bare value: a root's, else the first by name. */
export const sharedValues = (sql: Sql, values: readonly string[]): Promise<{ value: string; kind: string }[]> =>
  sql.query(
    'tracking-shared-values',
    `select value, (array_agg(kind order by role not in ('root', 'root2'), kind collate "C"))[1] kind from tracking.object
     where value = any($1::text[]) group by value having count(distinct kind) > 1`,
    [values],
  );

/** Links that people cut and joined, and where the objects concerned belong now. */
export const repairedLinks = (sql: Sql): Promise<{ act: string; object: string; journey: string }[]> =>
  sql.query('tracking-repaired', 'select act, object, journey from tracking.repair where undone is null', []);

export const journeysNow = (sql: Sql, objects: readonly string[]): Promise<{ object: string; journey: string }[]> =>
  sql.query('tracking-journeys-now', 'select object, journey from tracking.member where object = any($1::uuid[]) and distance < 100', [
    objects,
  ]);
