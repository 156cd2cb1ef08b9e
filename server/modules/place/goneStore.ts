import type { Sql, Tx } from '#platform/db';
import type { WhyGone } from './contract.ts';
import type { Areas } from './store.ts';

/** Places that are no more. Their rows stay, for people, visits and the audit trail go on speaking of them. */

type Row<T> = T & Record<string, never>;

interface Named {
  readonly source: string;
  readonly key: string;
}

/** What a source has told of these areas (null: of all) and is not gone; buildings of an estate that is gone are not counted. */
export async function presentOf(sql: Sql, source: string, areas: Areas): Promise<{ estates: Named[]; buildings: Named[] }> {
  const within = `e.gone_at is null and ($2::text[] is null or e.area = any($2))`;
  const [estates, buildings] = await Promise.all([
    sql.query<Row<Named>>('place-present-estates', `select e.source, e.key from place.estate e where e.source = $1 and ${within}`, [
      source,
      areas,
    ]),
    sql.query<Row<Named>>(
      'place-present-buildings',
      `select b.source, b.key from place.building b join place.estate e on e.id = b.estate where b.source = $1 and b.gone_at is null and ${within}`,
      [source, areas],
    ),
  ]);
  return { estates, buildings };
}

export interface Lost extends Named {
  readonly why: WhyGone;
  readonly into: string | null;
}

/** Answers how many stood until now. */
export async function markGone(tx: Tx, kind: 'estate' | 'building', lost: readonly Lost[], at: number): Promise<number> {
  if (lost.length === 0) return 0;
  const rows = await tx.query(
    `place-gone-${kind}`,
    `update place.${kind} p set gone_at = $2, gone_why = l.why, gone_into = l."into"
     from json_to_recordset($1::json) l (source text, key text, why text, "into" text)
     where p.source = l.source and p.key = l.key and p.gone_at is null returning p.id`,
    [JSON.stringify(lost), at],
  );
  return rows.length;
}

export interface GonePlaceRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Of a building: its estate. */
  readonly estate: string | null;
  readonly estate_zh: string;
  readonly estate_en: string;
  readonly area: string;
  readonly gone_at: number;
  readonly gone_why: WhyGone;
  readonly into_id: string | null;
  readonly into_zh: string;
  readonly into_en: string;
}

/** Estates that are gone, and buildings that are gone from an estate that stands. $1: areas, null all. */
const GONE = `from (
    select e.id, e.zh, e.en, null::uuid as estate, '' as estate_zh, '' as estate_en, e.area, e.gone_at, e.gone_why,
      i.id as into_id, i.zh as into_zh, i.en as into_en
    from place.estate e left join place.estate i on i.source = e.source and i.key = e.gone_into
    where e.gone_at is not null and ($1::text[] is null or e.area = any($1))
    union all
    select b.id, b.zh, b.en, e.id, e.zh, e.en, e.area, b.gone_at, b.gone_why, i.id, i.zh, i.en
    from place.building b join place.estate e on e.id = b.estate left join place.building i on i.source = b.source and i.key = b.gone_into
    where b.gone_at is not null and e.gone_at is null and ($1::text[] is null or e.area = any($1))) g`;

/** The latest first. */
export const goneIn = (sql: Sql, areas: Areas, limit: number): Promise<GonePlaceRow[]> =>
  sql.query<Row<GonePlaceRow>>('place-gone', `select * ${GONE} order by gone_at desc, id limit $2`, [areas, limit]);

export const countGone = async (sql: Sql, areas: Areas): Promise<number> =>
  (await sql.query<{ n: number }>('place-count-gone', `select count(*)::int n ${GONE}`, [areas]))[0]?.n ?? 0;

/** What a place was merged into; undefined: nobody knows such a place any more. */
export const intoOf = async (
  sql: Sql,
  kind: 'estate' | 'building',
  { source, key }: Named,
): Promise<{ id: string; zh: string; en: string } | undefined> =>
  (await sql.query<Row<{ id: string; zh: string; en: string }>>(`place-into-${kind}`, `select id, zh, en from place.${kind} where source = $1 and key = $2`, [source, key]))[0]; // biome-ignore format: one line
