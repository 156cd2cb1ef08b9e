import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';
import type { CAUSES, Levels, Size } from './contract.ts';
import type { Fact, Placing, Reason } from './model.ts';
import { type Areas, areasOf } from './store.ts';

/** SQL of places: a portion of enterprises at a time, never one by one. */

export interface ToPlace {
  readonly id: string;
  /** The latest of each indicator. */
  readonly facts: readonly Fact[];
  /** Where it stands; null: nowhere yet. */
  readonly was: Placing | null;
}

/** Enterprises behind `after` in the order of their ids, with the facts of all their numbers: the latest day stands, of one day the head's own. `ids` null: all. */
export async function portion(
  sql: Sql,
  w: { ids: readonly string[] | null; areas: Areas; after: string; limit: number },
): Promise<ToPlace[]> {
  const rows = await sql.query<{ id: string; facts: [string, number | null, number][] | null; why: Placing | null }>(
    'enterprise-portion',
    `select e.id, p.why, f.facts from enterprise.enterprise e left join enterprise.placed p on p.enterprise = e.id
     left join lateral (select json_agg(json_build_array(indicator, value, at)) facts from (
       select distinct on (indicator) indicator, value, at from enterprise.fact n
       where n.enterprise = e.id or n.enterprise in (select id from enterprise.enterprise where "into" = e.id)
       order by indicator, at desc, n.enterprise = e.id desc, n.enterprise) latest) f on true
     where e."into" is null and e.id > $1::uuid and ($2::uuid[] is null or e.id = any($2)) and ($3::text[] is null or e.area = any($3)) order by e.id limit $4`,
    [w.after, w.ids === null ? null : list(w.ids), areasOf(w.areas), w.limit],
  );
  return rows.map(({ id, facts, why }) => ({
    id,
    was: why,
    facts: (facts ?? []).map(([indicator, value, at]) => ({ indicator, value, at })),
  }));
}

export interface PlacedRow {
  readonly id: string;
  readonly placing: Placing;
  /** It stands elsewhere than before. */
  readonly moved: boolean;
}

export const savePlaced = (tx: Tx, rows: readonly PlacedRow[], { version, today }: { version: number; today: number }) =>
  tx.query(
    'enterprise-save-placed',
    `insert into enterprise.placed as p (enterprise, version, place, value_level, loyalty_level, competition_level, size, revenue, since, why)
     select id, $8, place, value_level, loyalty_level, competition_level, size, revenue, $9, why
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $10::json[], $11::smallint[])
       n (id, place, value_level, loyalty_level, competition_level, size, revenue, why, moved)
     on conflict (enterprise) do update set version = excluded.version, place = excluded.place, value_level = excluded.value_level,
       loyalty_level = excluded.loyalty_level, competition_level = excluded.competition_level, size = excluded.size, revenue = excluded.revenue,
       why = excluded.why, since = case when exists (select from unnest($1::uuid[], $11::smallint[]) m (id, moved) where m.id = p.enterprise and m.moved = 1)
         then excluded.since else p.since end`,
    [
      column.uuid(rows.map((r) => r.id)),
      column.text(rows.map((r) => r.placing.place)),
      column.text(rows.map((r) => r.placing.axes.value.level)),
      column.text(rows.map((r) => r.placing.axes.loyalty.level)),
      column.text(rows.map((r) => r.placing.axes.competition.level)),
      column.text(rows.map((r) => r.placing.size)),
      column.bigint(rows.map((r) => r.placing.revenue)),
      version,
      today,
      column.json(rows.map((r) => JSON.stringify(r.placing))),
      column.smallint(rows.map((r) => (r.moved ? 1 : 0))),
    ],
  );

/** Those that stand as they did, now by this version. */
export const carryOver = (tx: Tx, version: number) =>
  tx.query('enterprise-carry-over', 'update enterprise.placed set version = $1 where version <> $1', [version]);

export interface MoveRow {
  readonly enterprise: string;
  readonly was: string | null;
  readonly is: string | null;
  readonly wasLevels: Levels | null;
  readonly isLevels: Levels;
  readonly because: readonly Reason[];
}

export type Cause = (typeof CAUSES)[number];

export const addMoves = (tx: Tx, rows: readonly MoveRow[], { version, now, cause }: { version: number; now: number; cause: Cause }) =>
  tx.query(
    'enterprise-add-moves',
    `insert into enterprise.move (enterprise, at, version, cause, was, is_now, was_levels, is_levels, because)
     select id, $7, $8, $9, was, is_now, was_levels, is_levels, because
     from unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::json[], $6::json[]) n (id, was, is_now, was_levels, is_levels, because)`,
    [
      column.uuid(rows.map((r) => r.enterprise)),
      column.text(rows.map((r) => r.was)),
      column.text(rows.map((r) => r.is)),
      column.json(rows.map((r) => (r.wasLevels === null ? null : JSON.stringify(r.wasLevels)))),
      column.json(rows.map((r) => JSON.stringify(r.isLevels))),
      column.json(rows.map((r) => JSON.stringify(r.because))),
      now,
      version,
      cause,
    ],
  );

export interface MoveRecord {
  readonly at: number;
  readonly version: number;
  readonly cause: Cause;
  readonly was: string | null;
  readonly is_now: string | null;
  readonly was_levels: Levels | null;
  readonly is_levels: Levels;
  readonly because: readonly Reason[];
}

/** The latest first. */
export const movesOf = (sql: Sql, enterprise: string): Promise<MoveRecord[]> =>
  sql.query<MoveRecord & Record<string, never>>(
    'enterprise-moves',
    `select at, version, cause, was, is_now, was_levels, is_levels, because from enterprise.move where enterprise = $1 order by id desc limit 100`,
    [enterprise],
  );

export const placedOf = async (sql: Sql, enterprise: string): Promise<{ place: string | null; size: Size | null } | undefined> =>
  (
    await sql.query<{ place: string | null; size: Size | null }>(
      'enterprise-placed-of',
      'select place, size from enterprise.placed where enterprise = $1',
      [enterprise],
    )
  )[0];
