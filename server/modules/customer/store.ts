import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';

/** Customers themselves. Whoever came with an import that is not in force is not there yet. */

export interface CustomerRow {
  readonly ordinal: number;
  readonly id: string;
  readonly source: string;
  readonly key: Buffer;
  readonly own: boolean | null;
  readonly area: string | null;
  readonly since: number;
  readonly gone_at: number | null;
  /** The id of the one as whom he is counted. */
  readonly merged_into: string | null;
  /** When his person was erased, and when his source last sent something personal of him since. */
  readonly erased_at: number | null;
  readonly heard_at: number | null;
}

const FIELDS = `ordinal, id, source, key, own, area, since, gone_at, (select m.id from customer.customer m where m.ordinal = customer.merged_into) merged_into,
  (select e.at from customer.erased e where e.ref = customer.id) erased_at, (select e.heard_at from customer.erased e where e.ref = customer.id) heard_at`;
export const THERE = `(load is null or load not in (select id from customer.import where state <> 'done'))`;
type Row = CustomerRow & Record<string, never>;
type Areas = 'all' | readonly string[];
const areasOf = (areas: Areas): readonly string[] | null => (areas === 'all' ? null : areas);

export const customerById = async (sql: Sql, id: string, areas: Areas): Promise<CustomerRow | undefined> =>
  (
    await sql.query<Row>(
      'customer-by-id',
      `select ${FIELDS} from customer.customer where id = $1 and ($2::text[] is null or area = any($2)) and ${THERE}`,
      [id, areasOf(areas)],
    )
  )[0];

export const customersByOrdinal = (sql: Sql, ordinals: readonly number[], areas: Areas): Promise<CustomerRow[]> =>
  sql.query<Row>(
    'customers-by-ordinal',
    `select ${FIELDS} from customer.customer where ordinal = any($1) and ($2::text[] is null or area = any($2)) and ${THERE} order by ordinal`,
    [ordinals, areasOf(areas)],
  );

/** One page in the order of ordinals. `gone`: also those who left. */
export const listCustomers = (
  sql: Sql,
  w: { areas: Areas; area: readonly string[] | null; own: boolean | null; after: number; limit: number },
): Promise<CustomerRow[]> =>
  sql.query<Row>(
    'customer-list',
    `select ${FIELDS} from customer.customer where ordinal > $1 and gone_at is null and merged_into is null and ($2::text[] is null or area = any($2)) and ($3::text[] is null or area = any($3))
       and ($4::boolean is null or own = $4) and ${THERE} order by ordinal limit $5`,
    [w.after, areasOf(w.areas), w.area, w.own, w.limit],
  );

/** Those whose person was erased: the latest news first, at most `limit`, with how many there are and how many their sources sent again. */
export const listErased = (
  sql: Sql,
  w: { areas: Areas; area: readonly string[] | null; limit: number },
): Promise<(CustomerRow & { total: number; heard: number })[]> =>
  sql.query<CustomerRow & { total: number; heard: number } & Record<string, never>>(
    'customers-erased',
    `select c.ordinal, c.id, c.source, c.key, c.own, c.area, c.since, c.gone_at, null merged_into, e.at erased_at, e.heard_at,
       (count(*) over ())::int total, (count(e.heard_at) over ())::int heard
     from customer.erased e join customer.customer c on c.id = e.ref where e.kind = 'customer' and ($1::text[] is null or c.area = any($1))
       and ($2::text[] is null or c.area = any($2)) and (c.load is null or c.load not in (select id from customer.import where state <> 'done'))
     order by coalesce(e.heard_at, e.at) desc, c.ordinal limit $3`,
    [areasOf(w.areas), w.area, w.limit],
  );

/** By their numbers in a source (null: in any); at most `limit`. */
export const customersByKey = (sql: Sql, source: string | null, hashes: readonly string[], areas: Areas, limit: number) =>
  sql.query<CustomerRow & { key_hash: string } & Record<string, never>>(
    'customers-by-key',
    `select ${FIELDS}, key_hash from customer.customer where key_hash = any($1) and ($2::text is null or source = $2) and ($3::text[] is null or area = any($3))
       and ${THERE} order by ordinal limit $4`,
    [hashes, source, areasOf(areas), limit],
  );

/** Those who have every one of these personal values. */
export const customersByPersonal = (sql: Sql, refs: readonly string[], areas: Areas, limit: number): Promise<CustomerRow[]> =>
  sql.query<Row>(
    'customers-by-personal',
    `select ${FIELDS} from customer.customer where ordinal in (
         select ordinal from customer.personal where ref = any($1) and ended_by is null group by ordinal having count(distinct ref) = cardinality($1::uuid[]))
       and ($2::text[] is null or area = any($2)) and ${THERE} order by ordinal limit $3`,
    [refs, areasOf(areas), limit],
  );

export const ordinalsByKey = (sql: Sql, source: string, hashes: readonly string[]) =>
  sql.query<{ key_hash: string; ordinal: number }>(
    'ordinals-by-key',
    `select key_hash, ordinal from customer.customer where source = $1 and key_hash = any($2::uuid[]) and gone_at is null and ${THERE}`,
    [source, hashes],
  );

/** Ids by ordinal, of those too who are not there yet. */
export const idsOf = (sql: Sql, ordinals: readonly number[]) =>
  sql.query<{ ordinal: number; id: string }>('customer-ids', 'select ordinal, id from customer.customer where ordinal = any($1::int[])', [
    list(ordinals),
  ]);

/* ── personal values ── */

export interface PersonalRow {
  readonly ordinal: number;
  readonly kind: string;
  readonly ref: string;
}

/** Answers those that are new. */
export const addPersonal = (sql: Sql, rows: readonly PersonalRow[], now: number): Promise<{ ordinal: number }[]> =>
  sql.query(
    'personal-add',
    `insert into customer.personal (ordinal, kind, ref, at) select o, k, r, $4 from unnest($1::int[], $2::text[], $3::uuid[]) n (o, k, r)
     on conflict do nothing returning ordinal`,
    [column.int(rows.map((r) => r.ordinal)), column.text(rows.map((r) => r.kind)), column.uuid(rows.map((r) => r.ref)), now],
  );

/** The latest of each kind. */
export const personalOf = (sql: Sql, ordinals: readonly number[]): Promise<PersonalRow[]> =>
  sql.query<PersonalRow & Record<string, never>>(
    'personal-of',
    'select distinct on (ordinal, kind) ordinal, kind, ref from customer.personal where ordinal = any($1) and ended_by is null order by ordinal, kind, at desc, ref',
    [ordinals],
  );

export interface OfPerson {
  readonly ordinal: number;
  readonly id: string;
  /** The transfer by which he ceased to be the customer's person; null: he is it now. */
  readonly ended_by: string | null;
  /** ID numbers and phones that are known of him, and where all his values lie. */
  readonly people: readonly string[];
  readonly phones: readonly string[];
  readonly refs: readonly string[];
  /** Values of another person stand beside his. */
  readonly shared: boolean;
}

/** Nobody else changes whom this value leads to until the transaction ends. */
export const lockCustomersOfPerson = (tx: Tx, kind: string, ref: string) =>
  tx.query(
    'customers-of-person-lock',
    `select c.ordinal from customer.customer c join customer.personal m on m.ordinal = c.ordinal and m.kind = $1 and m.ref = $2::uuid order by c.ordinal for update of c`,
    [kind, ref],
  );

/** Whom this value leads to. */
export const customersOfPerson = (sql: Sql, kind: string, ref: string): Promise<OfPerson[]> =>
  sql.query<OfPerson & Record<string, never>>(
    'customers-of-person',
    `select c.ordinal, c.id, m.ended_by,
       array(select p.ref::text from customer.personal p where p.ordinal = c.ordinal and p.ended_by is not distinct from m.ended_by and p.kind = 'idNumber') people,
       array(select p.ref::text from customer.personal p where p.ordinal = c.ordinal and p.ended_by is not distinct from m.ended_by and p.kind = 'phone') phones,
       array(select p.ref::text from customer.personal p where p.ordinal = c.ordinal and p.ended_by is not distinct from m.ended_by) refs,
       exists (select from customer.personal p where p.ordinal = c.ordinal and p.ended_by is distinct from m.ended_by) shared
     from customer.customer c join customer.personal m on m.ordinal = c.ordinal and m.kind = $1 and m.ref = $2::uuid order by c.ordinal`,
    [kind, ref],
  );

/** All values that were one person's. */
export const dropPersonal = (tx: Tx, rows: readonly Pick<OfPerson, 'ordinal' | 'ended_by'>[]) =>
  tx.query(
    'personal-drop',
    `delete from customer.personal p using unnest($1::int[], $2::uuid[]) n (ordinal, ended_by) where p.ordinal = n.ordinal and p.ended_by is not distinct from n.ended_by`,
    [column.int(rows.map((r) => r.ordinal)), column.uuid(rows.map((r) => r.ended_by))],
  );

/** Nobody knows any more under which numbers their sources have them. */
export const dropKeys = (tx: Tx, ordinals: readonly number[]) =>
  tx.query('customer-keys-drop', `update customer.customer set key = '' where ordinal = any($1::int[])`, [list(ordinals)]);

/** His source's number of a customer whom nobody knew by it any more. */
export const keepKeys = (tx: Tx, rows: readonly { ordinal: number; key: Buffer }[]) =>
  tx.query(
    'customer-keys-keep',
    `update customer.customer c set key = n.key from unnest($1::int[], $2::bytea[]) n (ordinal, key) where c.ordinal = n.ordinal and c.key = ''`,
    [column.int(rows.map((r) => r.ordinal)), column.bytea(rows.map((r) => r.key))],
  );

/** Those of these values that somebody has. */
export const sharedRefs = async (sql: Sql, refs: readonly string[]): Promise<string[]> =>
  (
    await sql.query<{ ref: string }>('personal-shared', 'select distinct ref from customer.personal where ref = any($1::uuid[])', [
      list(refs),
    ])
  ).map((r) => r.ref);

/* ── consent ── */

export interface ConsentRow {
  readonly flag: string;
  readonly given: boolean | null;
  readonly reason: string;
  readonly at: number;
  readonly actor: string;
}

export const addConsents = (sql: Sql, ordinal: number, rows: readonly ConsentRow[]) =>
  sql.query(
    'consent-add',
    `insert into customer.consent (ordinal, flag, given, reason, at, actor)
     select $1, * from unnest($2::text[], $3::boolean[], $4::text[], $5::bigint[], $6::text[])`,
    [
      ordinal,
      rows.map((r) => r.flag),
      rows.map((r) => r.given),
      rows.map((r) => r.reason),
      rows.map((r) => r.at),
      rows.map((r) => r.actor),
    ],
  );

/** The latest first. */
export const consentsOf = (sql: Sql, ordinal: number, limit: number): Promise<ConsentRow[]> =>
  sql.query<ConsentRow & Record<string, never>>(
    'consents-of',
    'select flag, given, reason, at, actor from customer.consent where ordinal = $1 order by id desc limit $2',
    [ordinal, limit],
  );

/** The latest of each flag. */
export const latestConsents = (sql: Sql, ordinal: number): Promise<{ flag: string; at: number }[]> =>
  sql.query('consents-latest', 'select distinct on (flag) flag, at from customer.consent where ordinal = $1 order by flag, id desc', [
    ordinal,
  ]);
