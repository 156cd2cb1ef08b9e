import { column } from '#platform/columns';
import type { Sql, Tx } from '#platform/db';
import type { Batches, MarkKind } from './causes.ts';
import { EVERYONE } from './model.ts';

/** Closed days, each tag's figures on them, and marks. Days are integers since 1970-01-01 in the operator's zone; sums are texts of units. */

/** Codes whose people are kept day by day. */
export const MOST_CODES = 1_000;
export const DAYS_KEPT = 90;

export interface ClosedRow {
  readonly day: number;
  readonly at: number;
}

/** The latest closed day. */
export const lastClosed = async (sql: Sql): Promise<ClosedRow | undefined> =>
  (await sql.query<ClosedRow & Record<string, never>>('tag-last-closed', 'select day, at from tag.closed order by day desc limit 1'))[0];

/** False: another copy closed it. */
export const addClosed = async (tx: Tx, { day, at }: ClosedRow): Promise<boolean> =>
  (await tx.query('tag-close', 'insert into tag.closed (day, at) values ($1, $2) on conflict do nothing returning day', [day, at])).length >
  0;

/** Who counts now is who stood when this day was closed. */
export async function noteStood(tx: Tx): Promise<void> {
  await tx.query(
    'tag-stood',
    `insert into tag.stood (block, body) select block, body from tag.block where tag = ${EVERYONE}
     on conflict (block) do update set body = excluded.body where stood.body is distinct from excluded.body`,
  );
  await tx.query(
    'tag-stood-gone',
    `delete from tag.stood s where not exists (select from tag.block b where b.tag = ${EVERYONE} and b.block = s.block)`,
  );
}

export const dropDaysBefore = async (tx: Tx, day: number): Promise<void> => {
  await tx.query('tag-days-old', 'delete from tag.day where day < $1', [day]);
  await tx.query('tag-closed-old', 'delete from tag.closed where day < $1', [day]);
};

/** A tag on a closed day; `causes` as `causesAsJson` writes them, `since`: the closed day that they begin at. */
export interface DayRow {
  readonly tag: number;
  readonly day: number;
  readonly batch: number;
  readonly scale: number;
  readonly known: number;
  readonly yes: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly sum: string;
  readonly counts: readonly number[];
  readonly since: number | null;
  readonly causes: readonly unknown[];
}

const FIELDS = 'tag, day, batch, scale, known, yes, low, high, sum::text, counts, since, causes';

export const addDays = (tx: Tx, rows: readonly DayRow[]) =>
  tx.query(
    'tag-days-add',
    `insert into tag.day (tag, day, batch, scale, known, yes, low, high, sum, counts, since, causes)
     select t, d, b, sc, k, y, l, h, s::numeric, c::int[], si, ca::jsonb
     from unnest($1::int[], $2::int[], $3::bigint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::int[], $12::text[])
       n (t, d, b, sc, k, y, l, h, s, c, si, ca)`,
    [
      column.int(rows.map((r) => r.tag)),
      column.int(rows.map((r) => r.day)),
      column.bigint(rows.map((r) => r.batch)),
      column.smallint(rows.map((r) => r.scale)),
      column.bigint(rows.map((r) => r.known)),
      column.bigint(rows.map((r) => r.yes)),
      column.bigint(rows.map((r) => r.low)),
      column.bigint(rows.map((r) => r.high)),
      column.text(rows.map((r) => r.sum)),
      column.text(rows.map((r) => `{${r.counts.slice(0, MOST_CODES).join(',')}}`)),
      column.int(rows.map((r) => r.since)),
      column.text(rows.map((r) => JSON.stringify(r.causes))),
    ],
  );

/** One tag's, the latest first. */
export const daysOfTag = (sql: Sql, tag: number): Promise<(DayRow & { at: number })[]> =>
  sql.query<DayRow & { at: number } & Record<string, never>>(
    'tag-days-of',
    `select ${FIELDS}, c.at from tag.day join tag.closed c using (day) where tag = $1 order by day desc limit ${DAYS_KEPT}`,
    [tag],
  );

/** What these tags (null: all) were on one day. */
export const daysOn = (sql: Sql, day: number, tags: readonly number[] | null): Promise<DayRow[]> =>
  sql.query<DayRow & Record<string, never>>(
    'tag-days-on',
    `select ${FIELDS} from tag.day where day = $1 and ($2::int[] is null or tag = any($2))`,
    [day, tags],
  );

/** People by code of one-ofs (null: all of them), from code 1. */
export const countsOf = async (sql: Sql, tags: readonly number[] | null): Promise<ReadonlyMap<number, readonly number[]>> => {
  const rows = await sql.query<{ tag: number; code: number; people: number }>(
    'tag-counts-of',
    `select y.tag, c.code::int, sum(c.n)::bigint people from tag.tally y, unnest(y.counts[1:${MOST_CODES}]) with ordinality c (n, code)
     where ($1::int[] is null or y.tag = any($1)) and c.n > 0 group by 1, 2`,
    [tags],
  );
  const out = new Map<number, number[]>();
  for (const { tag, code, people } of rows) {
    const counts = out.get(tag) ?? [];
    out.set(tag, counts);
    while (counts.length < code) counts.push(0);
    counts[code - 1] = people;
  }
  return out;
};

/** Batches of a tag with after < id ≤ until. */
export interface Span {
  readonly tag: number;
  readonly after: number;
  readonly until: number;
}

const LATEST = 3;

/** What touched each tag in its spans, in their order; null: nothing. A tag's batches are numbered in the order in which they came in force. */
export async function batchesIn(sql: Sql, spans: readonly Span[]): Promise<(Batches | null)[]> {
  const rows = await sql.query<{ n: number; count: number; customers: number; source: string; latest: Batches['latest'] }>(
    'tag-batches-in',
    `select s.n::int, count(*) count, sum(b.customers)::bigint customers, max(b.source) source,
       to_json((array_agg(json_build_object('id', b.id, 'at', b.at, 'customers', b.customers) order by b.id desc))[1:${LATEST}]) latest
     from unnest($1::int[], $2::bigint[], $3::bigint[]) with ordinality s (tag, after, until, n)
     join (select b.id, b.at, b.customers, b.source, t.tag from tag.batch b, unnest(b.tags) t (tag)
           where b.id > (select min(a) from unnest($2::bigint[]) m (a))) b on b.tag = s.tag and b.id > s.after and b.id <= s.until
     group by s.n`,
    [column.int(spans.map((s) => s.tag)), column.bigint(spans.map((s) => s.after)), column.bigint(spans.map((s) => s.until))],
  );
  const found = new Map(rows.map(({ n, ...b }) => [n, b]));
  return spans.map((_, i) => found.get(i + 1) ?? null);
}

/** A mark as it is kept; `known` null: the figures were being counted. `moved_`: what joined less what left since day `based`. */
export interface MarkRow {
  readonly tag: number;
  readonly based: number | null;
  readonly at: number;
  readonly batch: number;
  readonly scale: number;
  readonly kind: MarkKind;
  readonly zh: string;
  readonly en: string;
  readonly known: number | null;
  readonly yes: number | null;
  readonly sum: string | null;
  readonly moved_known: number | null;
  readonly moved_yes: number | null;
  readonly moved_sum: string | null;
}

export const addMark = (tx: Tx, m: MarkRow) =>
  tx.query(
    'tag-mark-add',
    `insert into tag.mark (tag, based, at, batch, scale, kind, zh, en, known, yes, sum, moved_known, moved_yes, moved_sum)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::numeric, $12, $13, $14::numeric)`,
    [m.tag, m.based, m.at, m.batch, m.scale, m.kind, m.zh, m.en, m.known, m.yes, m.sum, m.moved_known, m.moved_yes, m.moved_sum],
  );

/** Marks set since this day was closed, in their order. */
export const marksSince = (sql: Sql, based: number, tags: readonly number[] | null): Promise<MarkRow[]> =>
  sql.query<MarkRow & Record<string, never>>(
    'tag-marks-since',
    `select tag, based, at, batch, scale, kind, zh, en, known, yes, sum::text, moved_known, moved_yes, moved_sum::text
     from tag.mark where based = $1 and ($2::int[] is null or tag = any($2)) order by id`,
    [based, tags],
  );

export const dropMarksBefore = (tx: Tx, based: number) =>
  tx.query('tag-marks-old', 'delete from tag.mark where based is null or based < $1', [based]);
