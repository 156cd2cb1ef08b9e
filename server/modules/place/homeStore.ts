import type { Sql, Tx } from '#platform/db';
import type { Result } from './contract.ts';

/** The homes of each day, and what came of the visits. */

type Row<T> = T & Record<string, never>;

interface Names {
  readonly zh: string;
  readonly en: string;
}

export interface Left {
  readonly id: string;
  readonly count: number | null;
}

export interface ListRow {
  readonly made_at: number;
  readonly version: number;
  readonly left: readonly Left[];
  readonly missing: readonly string[];
}

export interface Reason {
  readonly id: string;
  readonly points: number;
  readonly says: Names;
}

export interface NewHome {
  readonly rank: number;
  readonly ordinal: number;
  readonly customer: string;
  /** What the tags say of where he lives. */
  readonly estate: string | null;
  readonly building: string | null;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly others: number;
}

/** `holder`: who is to go there. */
export interface HomeRow extends NewHome {
  readonly id: string;
  readonly area: string;
  readonly day: number;
  /** The visit that stands. */
  readonly visit: string | null;
  readonly result: Result | null;
  readonly note: string | null;
  readonly at: number | null;
  readonly by: string | null;
  readonly by_name: string | null;
  readonly holder: string | null;
  readonly holder_name: string | null;
}

export const listOf = async (sql: Sql, area: string, day: number): Promise<ListRow | undefined> =>
  (
    await sql.query<Row<ListRow>>(
      'place-list',
      'select made_at, version, left_json as "left", missing from place.list where area = $1 and day = $2',
      [area, day],
    )
  )[0];

/** The first list of a day stands; answers whether this one is it. */
export const addList = async (tx: Tx, { area, day, ...l }: ListRow & { readonly area: string; readonly day: number }): Promise<boolean> =>
  (
    await tx.query(
      'place-add-list',
      'insert into place.list (area, day, made_at, version, left_json, missing) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning area',
      [area, day, l.made_at, l.version, JSON.stringify(l.left), l.missing],
    )
  ).length > 0;

export const addHomes = (tx: Tx, { area, day, homes }: { area: string; day: number; homes: readonly NewHome[] }) =>
  tx.query(
    'place-add-homes',
    `insert into place.home (area, day, rank, ordinal, customer, estate, building, score, reasons, others)
     select $1, $2, rank, ordinal, customer, estate, building, score, reasons, others from json_populate_recordset(null::place.home, $3::json)`,
    [area, day, JSON.stringify(homes)],
  );

const HOME = `select h.id, h.area, h.day, h.rank, h.ordinal, h.customer, h.estate, h.building, h.score, h.reasons, h.others, h.holder, h.holder_name,
    v.id as visit, v.result, v.note, v.at, v.by, v.by_name
  from place.home h left join place.visit v on v.home = h.id and v.undone_at is null`;

/** The best first. */
export const homesOf = (sql: Sql, area: string, day: number): Promise<HomeRow[]> =>
  sql.query<Row<HomeRow>>('place-homes', `${HOME} where h.area = $1 and h.day = $2 order by h.rank`, [area, day]);

/** Held until the end of the transaction, if it is in these areas (null: in any). */
export const lockHome = async (tx: Tx, id: string, areas: readonly string[] | null): Promise<HomeRow | undefined> => {
  const [found] = await tx.query(
    'place-lock-home',
    'select id from place.home where id = $1 and ($2::text[] is null or area = any($2)) for update',
    [id, areas],
  );
  if (found === undefined) return undefined;
  return (await tx.query<Row<HomeRow>>('place-home', `${HOME} where h.id = $1`, [id]))[0];
};

export interface NewVisitRow {
  readonly id: string;
  readonly home: Pick<HomeRow, 'id' | 'area' | 'ordinal' | 'customer' | 'day'>;
  readonly at: number;
  readonly by: string;
  readonly byName: string;
  readonly result: Result;
  readonly note: string | null;
  readonly freeFrom: number;
}

export const addVisit = (tx: Tx, v: NewVisitRow) =>
  tx.query(
    'place-add-visit',
    `insert into place.visit (id, home, area, ordinal, customer, day, at, by, by_name, result, note, free_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [v.id, v.home.id, v.home.area, v.home.ordinal, v.home.customer, v.home.day, v.at, v.by, v.byName, v.result, v.note, v.freeFrom],
  );

export const undoVisit = (tx: Tx, id: string, at: number) =>
  tx.query('place-undo-visit', 'update place.visit set undone_at = $2 where id = $1', [id, at]);

/** Who is left alone on this day, for what came of an earlier visit. */
export const resting = async (sql: Sql, area: string, day: number): Promise<number[]> =>
  (
    await sql.query<{ ordinal: number }>(
      'place-resting',
      'select distinct ordinal from place.visit where area = $1 and free_from > $2 and undone_at is null',
      [area, day],
    )
  ).map((r) => r.ordinal);

export const setHolder = (tx: Tx, id: string, holder: { readonly id: string; readonly name: string } | null) =>
  tx.query('place-set-holder', 'update place.home set holder = $2, holder_name = $3 where id = $1', [
    id,
    holder?.id ?? null,
    holder?.name ?? null,
  ]);

export interface DayRow {
  readonly area: string;
  readonly homes: number;
  /** Homes that were given to somebody. */
  readonly held: number;
  readonly results: readonly { readonly id: Result; readonly count: number }[];
}

/** Grids whose list of that day was made. */
export const daysOf = (sql: Sql, areas: readonly string[], day: number): Promise<DayRow[]> =>
  sql.query<Row<DayRow>>(
    'place-days',
    `with at as (select h.area, h.holder, v.result from place.home h left join place.visit v on v.home = h.id and v.undone_at is null
       where h.area = any($1) and h.day = $2)
     select area, count(*)::int as homes, count(holder)::int as held,
       coalesce((select json_agg(json_build_object('id', r.result, 'count', r.n) order by r.result)
         from (select result, count(*)::int n from at x where x.area = at.area and result is not null group by result) r), '[]') as results
     from at group by area`,
    [areas, day],
  );
