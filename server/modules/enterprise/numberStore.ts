import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';
import { type Areas, areasOf } from './store.ts';

/** SQL of numbers: which are names of one enterprise, its head, and which were parted. */

export interface NumberRow {
  readonly id: string;
  /** The enterprise that it is a number of; its own where it stands for itself. */
  readonly head: string;
  readonly source: string;
  readonly key: string;
  readonly name: string;
  readonly said: number;
  readonly since: number;
  readonly joined_at: number | null;
  readonly joined_by: string | null;
  readonly joined_for: string | null;
}
type Row = NumberRow & Record<string, never>;

const FIELDS = 'id, coalesce("into", id) head, source, key, name, said, since, joined_at, joined_by, joined_for';

/** All numbers of an enterprise, its own first. */
export const numbersOf = (sql: Sql, head: string): Promise<NumberRow[]> =>
  sql.query<Row>(
    'enterprise-numbers',
    `select ${FIELDS} from enterprise.enterprise where id = $1 or "into" = $1 order by "into" nulls first, joined_at, id`,
    [head],
  );

export const headsOf = async (sql: Sql, ids: readonly string[]): Promise<string[]> =>
  (
    await sql.query<{ head: string }>(
      'enterprise-heads',
      'select distinct coalesce("into", id) head from enterprise.enterprise where id = any($1::uuid[])',
      [list(ids)],
    )
  ).map((r) => r.head);

/** The number in these areas, locked. */
export const lockNumber = async (tx: Tx, id: string, areas: Areas): Promise<NumberRow | undefined> =>
  (
    await tx.query<Row>(
      'enterprise-lock-number',
      `select ${FIELDS} from enterprise.enterprise where id = $1 and ($2::text[] is null or area = any($2)) for update`,
      [id, areasOf(areas)],
    )
  )[0];

export const numbersByKeys = (tx: Tx, keys: readonly { source: string; key: string }[]): Promise<NumberRow[]> =>
  tx.query<Row>(
    'enterprise-numbers-by-keys',
    `select ${FIELDS} from enterprise.enterprise join unnest($1::text[], $2::text[]) n (source, key) using (source, key)`,
    [column.text(keys.map((k) => k.source)), column.text(keys.map((k) => k.key))],
  );

/** Everything that `from` is a head of, itself too, goes into `into`. */
export const joinInto = (tx: Tx, w: { from: string; into: string; at: number; by: string; reason: string }) =>
  tx.query(
    'enterprise-join',
    `update enterprise.enterprise set "into" = $2, joined_at = case when id = $1 then $3 else joined_at end,
       joined_by = case when id = $1 then $4 else joined_by end, joined_for = case when id = $1 then $5 else joined_for end
     where id = $1 or "into" = $1`,
    [w.from, w.into, w.at, w.by, w.reason],
  );

export const part = (tx: Tx, id: string) =>
  tx.query(
    'enterprise-part',
    'update enterprise.enterprise set "into" = null, joined_at = null, joined_by = null, joined_for = null where id = $1',
    [id],
  );

const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a]);

/** `id` and each of the others are kept apart. */
export async function keepApart(tx: Tx, id: string, others: readonly string[]): Promise<void> {
  const pairs = others.map((other) => inOrder(id, other));
  await tx.query('enterprise-apart', 'insert into enterprise.apart select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing', [
    column.uuid(pairs.map(([one]) => one)),
    column.uuid(pairs.map(([, other]) => other)),
  ]);
}

export const isApart = async (tx: Tx, a: string, b: string): Promise<boolean> =>
  (await tx.query('enterprise-is-apart', 'select from enterprise.apart where one = $1 and other = $2', inOrder(a, b))).length > 0;

/** Who was parted may be joined: any of these with any of those. */
export const forgetApart = (tx: Tx, some: readonly string[], others: readonly string[]) =>
  tx.query(
    'enterprise-together',
    `delete from enterprise.apart where (one = any($1::uuid[]) and other = any($2::uuid[])) or (one = any($2::uuid[]) and other = any($1::uuid[]))`,
    [list(some), list(others)],
  );
