import type { Sql, Tx } from '#platform/db';
import type { Point, WhyGone } from './contract.ts';
import type { Box } from './shape.ts';

/** Estates and buildings. Every reading is cut to the caller's areas (null: all of them), and leaves out what is gone where it does not say otherwise. */

export type Areas = readonly string[] | null;

/** `gone_at` null: it stands. `gone_into`: the key of what it was merged into. */
export interface GoneRow {
  readonly gone_at: number | null;
  readonly gone_why: WhyGone | null;
  readonly gone_into: string | null;
}

export interface EstateRow extends GoneRow {
  readonly id: string;
  readonly source: string;
  readonly key: string;
  readonly area: string;
  readonly zh: string;
  readonly en: string;
  readonly value: string;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly outline: readonly Point[] | null;
  readonly west: number | null;
  readonly south: number | null;
  readonly east: number | null;
  readonly north: number | null;
  readonly households: number | null;
  readonly at: number;
}

export interface BuildingRow extends GoneRow {
  readonly id: string;
  readonly estate: string;
  readonly source: string;
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly value: string;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly floors: number | null;
  readonly units: number | null;
  readonly households: number | null;
  readonly ports_total: number | null;
  readonly ports_free: number | null;
  readonly at: number;
}

type Row<T> = T & Record<string, never>;

const BUILDING =
  'b.id, b.estate, b.source, b.key, b.zh, b.en, b.value, b.lng, b.lat, b.floors, b.units, b.households, b.ports_total, b.ports_free, b.at, b.gone_at, b.gone_why, b.gone_into';

/* ── telling ── */

/** One telling at a time: what two of them say of one value is decided by the later one. */
export const lockPlaces = (tx: Tx) => tx.query('place-lock', 'select pg_advisory_xact_lock(7163305)');

/** Estates of these sources and keys, or that hold one of these values; whosesoever they are, those that are gone too. */
export const estatesTold = (
  sql: Sql,
  told: { readonly sources: readonly string[]; readonly keys: readonly string[]; readonly values: readonly string[] },
): Promise<(Pick<EstateRow, 'id' | 'source' | 'key' | 'area' | 'value'> & { gone: boolean })[]> =>
  sql.query(
    'place-estates-told',
    `select id, source, key, area, value, gone_at is not null as gone from place.estate e
     where exists (select from unnest($1::text[], $2::text[]) t (s, k) where t.s = e.source and t.k = e.key) or value = any($3)`,
    [told.sources, told.keys, told.values],
  );

/** Buildings of these sources and keys, or of these estates; those that are gone too. */
export const buildingsTold = (
  sql: Sql,
  told: { readonly sources: readonly string[]; readonly keys: readonly string[]; readonly estates: readonly string[] },
): Promise<(Pick<BuildingRow, 'source' | 'key' | 'estate' | 'value'> & { area: string; gone: boolean })[]> =>
  sql.query(
    'place-buildings-told',
    `select b.source, b.key, b.estate, b.value, e.area, b.gone_at is not null as gone from place.building b join place.estate e on e.id = b.estate
     where exists (select from unnest($1::text[], $2::text[]) t (s, k) where t.s = b.source and t.k = b.key) or b.estate = any($3::uuid[])`,
    [told.sources, told.keys, told.estates],
  );

export type NewEstate = Omit<EstateRow, 'id' | keyof GoneRow>;
export type NewBuilding = Omit<BuildingRow, 'id' | keyof GoneRow>;

/** Answers those that are new, now say something else, or had been gone. */
export const saveEstates = (tx: Tx, rows: readonly NewEstate[]): Promise<{ added: boolean }[]> =>
  tx.query(
    'place-save-estates',
    `insert into place.estate as e (source, key, area, zh, en, value, lng, lat, outline, west, south, east, north, households, at)
     select source, key, area, zh, en, value, lng, lat, outline, west, south, east, north, households, at from json_populate_recordset(null::place.estate, $1::json)
     on conflict (source, key) do update set area = excluded.area, zh = excluded.zh, en = excluded.en, value = excluded.value, lng = excluded.lng,
       lat = excluded.lat, outline = excluded.outline, west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north,
       households = excluded.households, at = excluded.at, gone_at = null, gone_why = null, gone_into = null
     where e.gone_at is not null or (e.area, e.zh, e.en, e.value, e.lng, e.lat, e.outline::text, e.households)
       is distinct from (excluded.area, excluded.zh, excluded.en, excluded.value, excluded.lng, excluded.lat, excluded.outline::text, excluded.households)
     returning xmax = 0 as added`,
    [JSON.stringify(rows)],
  );

/** Answers those that are new, now say something else, or had been gone. */
export const saveBuildings = (tx: Tx, rows: readonly NewBuilding[]): Promise<{ added: boolean }[]> =>
  tx.query(
    'place-save-buildings',
    `insert into place.building as b (estate, source, key, zh, en, value, lng, lat, floors, units, households, ports_total, ports_free, at)
     select estate, source, key, zh, en, value, lng, lat, floors, units, households, ports_total, ports_free, at from json_populate_recordset(null::place.building, $1::json)
     on conflict (source, key) do update set estate = excluded.estate, zh = excluded.zh, en = excluded.en, value = excluded.value, lng = excluded.lng,
       lat = excluded.lat, floors = excluded.floors, units = excluded.units, households = excluded.households, ports_total = excluded.ports_total,
       ports_free = excluded.ports_free, at = excluded.at, gone_at = null, gone_why = null, gone_into = null
     where b.gone_at is not null or (b.estate, b.zh, b.en, b.value, b.lng, b.lat, b.floors, b.units, b.households, b.ports_total, b.ports_free)
       is distinct from (excluded.estate, excluded.zh, excluded.en, excluded.value, excluded.lng, excluded.lat, excluded.floors, excluded.units,
         excluded.households, excluded.ports_total, excluded.ports_free)
     returning xmax = 0 as added`,
    [JSON.stringify(rows)],
  );

/* ── reading ── */

/** An estate with what its buildings have together. */
export interface EstateSums extends EstateRow {
  readonly buildings: number;
  /** Households of the estate as told, else of its buildings. */
  readonly homes: number | null;
  readonly ports_total: number | null;
  readonly ports_free: number | null;
  readonly told_at: number;
}

const SUMS = `select e.*, coalesce(b.buildings, 0) as buildings, coalesce(e.households, b.homes)::int as homes, b.ports_total::int, b.ports_free::int,
    greatest(e.at, b.at) as told_at
  from place.estate e left join lateral (
    select count(*)::int as buildings, sum(households) as homes, sum(ports_total) as ports_total, sum(ports_free) as ports_free, max(at) as at
    from place.building where estate = e.id and gone_at is null) b on true`;

const INSIDE = `e.gone_at is null and ($1::text[] is null or e.area = any($1)) and ($2::float8[] is null or (e.west <= $2[3] and e.east >= $2[1] and e.south <= $2[4] and e.north >= $2[2]))`;

/** By name. `box`: those that it touches. */
export const estatesIn = (sql: Sql, areas: Areas, box: Box | null, limit: number): Promise<EstateSums[]> =>
  sql.query<Row<EstateSums>>('', `${SUMS} where ${INSIDE} order by e.zh, e.id limit $3`, [areas, box, limit]);

export const countEstates = async (sql: Sql, areas: Areas, box: Box | null): Promise<number> =>
  (await sql.query<{ n: number }>('', `select count(*) n from place.estate e where ${INSIDE}`, [areas, box]))[0]?.n ?? 0;

/** Gone or not. */
export const estateById = async (sql: Sql, id: string, areas: Areas): Promise<EstateSums | undefined> =>
  (
    await sql.query<Row<EstateSums>>('place-estate', `${SUMS} where e.id = $1 and ($2::text[] is null or e.area = any($2))`, [id, areas])
  )[0];

/** Gone or not. */
export const buildingById = async (sql: Sql, id: string, areas: Areas): Promise<BuildingRow | undefined> =>
  (
    await sql.query<Row<BuildingRow>>(
      'place-building',
      `select ${BUILDING} from place.building b join place.estate e on e.id = b.estate where b.id = $1 and ($2::text[] is null or e.area = any($2))`,
      [id, areas],
    )
  )[0];

/** By number, as people count: 2幢 before 10幢. */
export const buildingsOf = (sql: Sql, estate: string): Promise<BuildingRow[]> =>
  sql.query<Row<BuildingRow>>(
    'place-buildings-of',
    `select ${BUILDING} from place.building b where b.estate = $1 and b.gone_at is null order by nullif(substring(b.value from '\\d+'), '')::numeric nulls last, b.value`,
    [estate],
  );
