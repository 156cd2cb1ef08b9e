import { column } from '#platform/columns';
import type { Sql, Tx } from '#platform/db';
import { STATE } from './model.ts';

/** The rows of a running import against those who are there; sets, never rows one by one. */

export interface Arrival {
  readonly row: number;
  readonly line: number;
  readonly keyHash: string;
  readonly area: string | null;
  readonly own: boolean | null;
}

const flag = (b: boolean | null): number | null => (b === null ? null : Number(b));

export const addArrivals = (sql: Sql, load: string, rows: readonly Arrival[]) =>
  sql.query(
    'arrival-add',
    `insert into customer.arrival (load, row, line, key_hash, area, own)
     select $1, r, l, h, a, o = 1 from unnest($2::bigint[], $3::bigint[], $4::uuid[], $5::text[], $6::smallint[]) n (r, l, h, a, o)`,
    [
      load,
      column.bigint(rows.map((r) => r.row)),
      column.bigint(rows.map((r) => r.line)),
      column.uuid(rows.map((r) => r.keyHash)),
      column.text(rows.map((r) => r.area)),
      column.smallint(rows.map((r) => flag(r.own))),
    ],
  );

/**
 * Tells the planner how many there are of what is joined next. A source that came since it last looked is one row to it, and so each row of a file was
 * compared with each of the source's customers: 50,000 with 60,000 took longer than ten minutes.
 */
export async function sizeUp(sql: Sql): Promise<void> {
  await sql.query('', 'analyze customer.arrival');
  await sql.query('', 'analyze customer.customer (source, key_hash, ordinal, load, gone_at)');
}

/** What an import that begins anew or ended otherwise left behind. */
export async function forgetArrivals(sql: Sql, load: string): Promise<void> {
  await sql.query('arrival-forget', 'delete from customer.arrival where load = $1', [load]);
  await sql.query('placed-forget', 'delete from customer.placed where load = $1', [load]);
}

/** Imports that are not in force: whom they brought is nobody's customer yet. */
const HIDDEN = `(select id from customer.import where state <> 'done')`;

export interface Placing {
  /** Different customers in the files. */
  readonly customers: number;
  /** Those of the source who counted before, and how many of them are named again. */
  readonly present: number;
  readonly kept: number;
}

/** Says of each row who it is: known ones keep their ordinal, new ones get the next in the order of (area, row). */
export async function placeArrivals(tx: Tx, load: string, source: string): Promise<Placing> {
  await tx.query('counter-lock', 'select from customer.counter for update');
  const [counted] = await tx.query<{ customers: number; kept: number; present: number; fresh: number }>(
    'arrival-place',
    `with a as (
       select row, line, key_hash, area, own, row_number() over same nth, first_value(line) over same first_line
       from customer.arrival where load = $1 window same as (partition by key_hash order by row)),
     j as (
       select a.*, c.ordinal was, case when a.nth > 1 then ${STATE.twice} when c.ordinal is null or c.load in ${HIDDEN} then ${STATE.fresh}
         when c.gone_at is not null then ${STATE.back} else ${STATE.known} end state, a.nth = 1 and c.ordinal is null as fresh
       from a left join customer.customer c on c.source = $2 and c.key_hash = a.key_hash),
     p as (
       insert into customer.placed (load, row, ordinal, state, first_line, area, own)
       select $1, row, case when nth > 1 then null when fresh then (select next from customer.counter) + (row_number() over (partition by fresh order by area, row))::int - 1
         else was end, state, first_line, area, own from j
       returning state, ordinal)
     select count(*) filter (where state <> ${STATE.twice}) customers, count(*) filter (where state = ${STATE.known}) kept,
       count(*) filter (where ordinal >= (select next from customer.counter)) fresh,
       (select count(*) from customer.customer where source = $2 and gone_at is null and (load is null or load not in ${HIDDEN})) present from p`,
    [load, source],
  );
  const { customers = 0, kept = 0, present = 0, fresh = 0 } = counted ?? {};
  await tx.query('counter-move', 'update customer.counter set next = next + $1', [fresh]);
  return { customers, kept, present };
}

export interface Place {
  readonly row: number;
  readonly ordinal: number | null;
  readonly state: number;
  readonly first_line: number;
}

/** In the order of rows, from this one on. */
export const placesFrom = (sql: Sql, load: string, row: number, limit: number): Promise<Place[]> =>
  sql.query<Place & Record<string, never>>(
    'placed-read',
    'select row, ordinal, state, first_line from customer.placed where load = $1 and row >= $2 order by row limit $3',
    [load, row, limit],
  );

/** Do the rows come part by part, so that none has to be put aside? `size`: ordinals of a part. */
export const isInOrder = async (sql: Sql, load: string, size: number): Promise<boolean> =>
  (
    await sql.query<{ sorted: boolean | null }>(
      'placed-in-order',
      `select bool_and(part >= before) sorted from (
         select ordinal / $2 part, lag(ordinal / $2) over (order by row) before from customer.placed where load = $1 and ordinal is not null) p`,
      [load, size],
    )
  )[0]?.sorted !== false;

export interface Fresh {
  readonly ordinal: number;
  readonly id: string;
  readonly keyHash: string;
  readonly key: Buffer;
  readonly area: string | null;
  readonly own: boolean | null;
}

/** Writes down new customers; they count when their import is in force. */
export const addCustomers = (sql: Sql, load: string, source: string, now: number, rows: readonly Fresh[]) =>
  sql.query(
    'customer-add',
    `insert into customer.customer (ordinal, id, source, key_hash, key, area, own, load, since)
     select o, i, $2, h, k, a, w = 1, $1, $3 from unnest($4::int[], $5::uuid[], $6::uuid[], $7::bytea[], $8::text[], $9::smallint[]) n (o, i, h, k, a, w)
     on conflict (source, key_hash) do nothing`,
    [
      load,
      source,
      now,
      column.int(rows.map((r) => r.ordinal)),
      column.uuid(rows.map((r) => r.id)),
      column.uuid(rows.map((r) => r.keyHash)),
      column.bytea(rows.map((r) => r.key)),
      column.text(rows.map((r) => r.area)),
      column.smallint(rows.map((r) => flag(r.own))),
    ],
  );

export const addSpoiled = (sql: Sql, load: string, ordinals: readonly number[]) =>
  sql.query('spoiled-add', 'insert into customer.spoiled select $1, unnest($2::int[]) on conflict do nothing', [load, ordinals]);

/** Rows whose values were refused: who is new by them is not a customer after all. */
export async function dropSpoiled(tx: Tx, load: string): Promise<number> {
  await tx.query(
    'spoiled-drop',
    `delete from customer.customer c using customer.spoiled s join customer.placed p on p.load = s.load and p.ordinal = s.ordinal
     where s.load = $1 and p.state = ${STATE.fresh} and c.ordinal = s.ordinal`,
    [load],
  );
  const rows = await tx.query('spoiled-forget', 'delete from customer.spoiled where load = $1 returning 1', [load]);
  return rows.length;
}

/** Ordinals of those who join, the lowest first; in portions after `after`. Whoever is counted as another one does not. */
export const joining = async (tx: Tx, load: string, after: number, limit: number): Promise<number[]> =>
  (
    await tx.query<{ ordinal: number }>(
      'joining',
      `select ordinal from customer.placed p where load = $1 and ordinal > $2 and state in (${STATE.fresh}, ${STATE.back})
         and ordinal not in (select ordinal from customer.customer where merged_into is not null)
         and not exists (select from customer.spoiled s where s.load = $1 and s.ordinal = p.ordinal) order by ordinal limit $3`,
      [load, after, limit],
    )
  ).map((r) => r.ordinal);

/** Notes who is gone and answers their ordinals. */
export const letGo = async (tx: Tx, load: string, source: string, now: number): Promise<number[]> =>
  (
    await tx.query<{ ordinal: number }>(
      'customer-gone',
      `update customer.customer c set gone_at = $3 where source = $2 and gone_at is null and (load is null or load not in ${HIDDEN})
         and not exists (select from customer.placed p where p.load = $1 and p.ordinal = c.ordinal) returning ordinal`,
      [load, source, now],
    )
  ).map((r) => r.ordinal);

/** Those who are back, and what moved of area and own; leftovers of an import that failed belong to this one now. */
export const settle = (tx: Tx, load: string, { area, own }: { area: boolean; own: boolean }) =>
  tx.query(
    'customer-settle',
    `update customer.customer c set gone_at = null, load = case when p.state = ${STATE.fresh} then $1 else c.load end,
       area = case when $2 then p.area else c.area end, own = case when $3 then p.own else c.own end
     from customer.placed p where p.load = $1 and p.ordinal = c.ordinal
       and (p.state = ${STATE.back} or (p.state = ${STATE.fresh} and c.load is distinct from $1) or ($2 and c.area is distinct from p.area) or ($3 and c.own is distinct from p.own))
       and not exists (select from customer.spoiled s where s.load = $1 and s.ordinal = c.ordinal)`,
    [load, area, own],
  );
