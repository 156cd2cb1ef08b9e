import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';
import type { KeyKind } from './model.ts';

/** SQL of the finder: how far it is, what was known, and the keys by which parties meet. Sets, never one by one. */

export interface FindingRow {
  readonly round: number;
  readonly phase: 'parties' | 'customers' | 'resting';
  readonly party: string | null;
  readonly customer: number | null;
  /** Off-net customers up to this ordinal have their numbers written down. */
  readonly opened: number;
  readonly parties: number;
  readonly compared: number;
  readonly began: number | null;
  readonly heard: number | null;
  readonly ended: number | null;
  readonly crowded: readonly Crowd[];
}

/** Keys of a kind that are set aside, and how many stand behind them. */
export interface Crowd {
  readonly kind: KeyKind;
  readonly keys: number;
  readonly parties: number;
}

const FIELDS = 'round, phase, party, customer, opened, parties, compared, began, heard, ended, crowded';
type Row = FindingRow & Record<string, never>;

export const findingNow = async (sql: Sql): Promise<FindingRow> =>
  (await sql.query<Row>('duplicate-finding', `select ${FIELDS} from duplicate.finding`))[0] as FindingRow;

/** Whoever compares or decides holds this row, so that pairs and keys are of one moment. */
export const lockFinding = async (tx: Tx): Promise<FindingRow> =>
  (await tx.query<Row>('duplicate-finding-lock', `select ${FIELDS} from duplicate.finding for update`))[0] as FindingRow;

export const saveFinding = (tx: Tx, f: Omit<FindingRow, 'crowded'>) =>
  tx.query(
    'duplicate-finding-save',
    `update duplicate.finding set round = $1, phase = $2, party = $3, customer = $4, opened = $5, parties = $6, compared = $7, began = $8, heard = $9, ended = $10`,
    [f.round, f.phase, f.party, f.customer, f.opened, f.parties, f.compared, f.began, f.heard, f.ended],
  );

/** Counts what is set aside, once a round. */
export const countCrowds = (tx: Tx) =>
  tx.query(
    'duplicate-crowds-count',
    `update duplicate.finding set crowded = coalesce((select json_agg(c) from (
       select c.kind, count(distinct c.key) keys, count(distinct k.party) parties from duplicate.crowded c join duplicate.key k using (key)
       group by c.kind order by c.kind) c), '[]')`,
  );

/* ── what was known ── */

export const printsOf = async (sql: Sql, parties: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await sql.query<{ party: string; print: string }>(
        'duplicate-prints',
        'select party, print from duplicate.print where party = any($1::uuid[])',
        [list(parties)],
      )
    ).map((r) => [r.party, r.print]),
  );

export const savePrints = (tx: Tx, rows: readonly { party: string; print: string }[]) =>
  tx.query(
    'duplicate-prints-save',
    `insert into duplicate.print (party, print) select * from unnest($1::uuid[], $2::uuid[]) on conflict (party) do update set print = excluded.print`,
    [column.uuid(rows.map((r) => r.party)), column.uuid(rows.map((r) => r.print))],
  );

export const dropPrints = (tx: Tx, parties: readonly string[]) =>
  tx.query('duplicate-prints-drop', 'delete from duplicate.print where party = any($1::uuid[])', [list(parties)]);

/* ── by what they meet ── */

export interface KeyRow {
  readonly key: string;
  readonly party: string;
  readonly kind: KeyKind;
}

/** Instead of all that these parties had. */
export async function replaceKeys(tx: Tx, parties: readonly string[], rows: readonly KeyRow[]): Promise<string[]> {
  const gone = await tx.query<{ key: string }>(
    'duplicate-keys-drop',
    'delete from duplicate.key where party = any($1::uuid[]) returning key',
    [list(parties)],
  );
  if (rows.length > 0)
    await tx.query(
      'duplicate-keys-add',
      'insert into duplicate.key (key, party, kind) select * from unnest($1::uuid[], $2::uuid[], $3::text[]) on conflict do nothing',
      [column.uuid(rows.map((r) => r.key)), column.uuid(rows.map((r) => r.party)), column.text(rows.map((r) => r.kind))],
    );
  return gone.map((r) => r.key);
}

export interface Bucket {
  readonly key: string;
  readonly kind: KeyKind | null;
  /** At most `most` + 1 of them. */
  readonly members: readonly string[];
  /** It was set aside until now. */
  readonly was_crowded: boolean;
}

/** Who has these keys: of each at most `most` + 1, so that a key of ten thousand costs no more than one of forty. */
export const bucketsOf = (sql: Sql, keys: readonly string[], most: number): Promise<Bucket[]> =>
  sql.query<Bucket & Record<string, never>>(
    'duplicate-buckets',
    `select k.key, m.kind, m.members, exists (select from duplicate.crowded c where c.key = k.key) was_crowded
     from (select distinct key from unnest($1::uuid[]) n (key)) k,
       lateral (select min(kind) kind, coalesce(array_agg(party), '{}') members from (select party, kind from duplicate.key d where d.key = k.key limit $2) x) m
     where cardinality(m.members) > 1 or exists (select from duplicate.crowded c where c.key = k.key)`,
    [list(keys), most + 1],
  );

export async function saveCrowds(
  tx: Tx,
  { crowded, thinned }: { crowded: readonly { key: string; kind: KeyKind }[]; thinned: readonly string[] },
  now: number,
): Promise<void> {
  if (thinned.length > 0)
    await tx.query('duplicate-crowds-drop', 'delete from duplicate.crowded where key = any($1::uuid[])', [list(thinned)]);
  if (crowded.length > 0)
    await tx.query(
      'duplicate-crowds-add',
      'insert into duplicate.crowded (key, kind, at) select *, $3 from unnest($1::uuid[], $2::text[]) on conflict do nothing',
      [column.uuid(crowded.map((c) => c.key)), column.text(crowded.map((c) => c.kind)), now],
    );
}

/* ── numbers of off-net customers ── */

export interface NumberRow {
  readonly customer: number;
  /** Keyed hash, as of the number of a service. */
  readonly number: string;
  /** The phone that it was read from; null: his number in the source. */
  readonly ref: string | null;
}

export const numbersOf = (sql: Sql, customers: readonly number[]): Promise<NumberRow[]> =>
  sql.query<NumberRow & Record<string, never>>(
    'duplicate-numbers',
    'select customer, number, ref from duplicate.number where customer = any($1::int[])',
    [list(customers)],
  );

export const addNumbers = (tx: Tx, rows: readonly NumberRow[]) =>
  tx.query(
    'duplicate-numbers-add',
    'insert into duplicate.number (customer, number, ref) select * from unnest($1::int[], $2::uuid[], $3::uuid[]) on conflict do nothing',
    [column.int(rows.map((r) => r.customer)), column.uuid(rows.map((r) => r.number)), column.uuid(rows.map((r) => r.ref))],
  );

export const dropNumbers = (tx: Tx, rows: readonly NumberRow[]) =>
  tx.query(
    'duplicate-numbers-drop',
    'delete from duplicate.number d using unnest($1::int[], $2::uuid[]) n (customer, number) where d.customer = n.customer and d.number = n.number',
    [column.int(rows.map((r) => r.customer)), column.uuid(rows.map((r) => r.number))],
  );

export const dropAllNumbers = (tx: Tx, customers: readonly number[]) =>
  tx.query('duplicate-numbers-drop-all', 'delete from duplicate.number where customer = any($1::int[])', [list(customers)]);

/** Who else has these numbers: of each at most `most` + 1. */
export const customersOnNumbers = (
  sql: Sql,
  numbers: readonly string[],
  most: number,
): Promise<{ number: string; customers: number[] }[]> =>
  sql.query(
    'duplicate-numbers-shared',
    `select n.number, m.customers from (select distinct number from unnest($1::uuid[]) n (number)) n,
       lateral (select coalesce(array_agg(customer order by customer), '{}') customers from (
         select customer from duplicate.number d where d.number = n.number order by customer limit $2) x) m
     where cardinality(m.customers) > 1`,
    [list(numbers), most + 1],
  );

/** A round begins soon, or the one under way goes on. */
export const askForRound = (sql: Sql) =>
  sql.query('duplicate-ask', `select graphile_worker.add_job('duplicate.find', '{"asked":true}'::json, job_key => 'duplicate.find.asked')`);
