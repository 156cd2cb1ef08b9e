import { type Ctx, list, type Sql, type Tx } from '#platform/db';
import type { ErasedKind, Remembered } from './model.ts';

/**
 * What is remembered of people who were erased, so that no later file or push brings them back: keyed hashes of their ID numbers and phones, and the ids
 * of the records that were theirs. No value can be read from it.
 */

const LOCK = 0x65726173; // "eras": whoever keeps what is personal takes it shared, an erasure alone

export interface Row extends Remembered {
  readonly ref: string;
}

/** Waits for whoever is keeping values now and keeps others out until the transaction ends. An erasure takes it before anything of the vault. */
export const holdErased = (tx: Tx) => tx.query('erased-alone', 'select pg_advisory_xact_lock($1)', [LOCK]);

/** What is remembered among these, and stays so until the transaction ends; taken before anything of the vault. */
export async function readErased(tx: Tx, refs: Iterable<string>): Promise<Map<string, Remembered>> {
  await tx.query('erased-share', 'select pg_advisory_xact_lock_shared($1)', [LOCK]);
  return seeErased(tx, refs);
}

/** What is remembered among these at this moment. */
export async function seeErased(sql: Sql, refs: Iterable<string>): Promise<Map<string, Remembered>> {
  const rows = await sql.query<Row & Record<string, never>>('erased-read', 'select ref, kind, named from customer.erased where ref = any($1::uuid[])', [
    list([...new Set(refs)]),
  ]); // biome-ignore format: one statement
  return new Map(rows.map(({ ref, kind, named }) => [ref, { kind, named }]));
}

/** What is remembered among these, and since when (milliseconds). */
export const erasedAmong = (sql: Sql, refs: readonly string[]): Promise<{ kind: ErasedKind; at: number }[]> =>
  sql.query<{ kind: ErasedKind; at: number } & Record<string, never>>(
    'erased-among',
    'select kind, at from customer.erased where ref = any($1::uuid[]) order by kind, at',
    [list(refs)],
  );

/** A source spoke of these again, and nothing personal of it was kept. */
export const noteHeard = ({ tx, now }: Pick<Ctx, 'tx' | 'now'>, refs: readonly string[]) =>
  tx.query('erased-heard', 'update customer.erased set heard_at = $2 where ref = any($1::uuid[])', [list(refs), now]);

/** What is remembered already stays as it is. */
export const rememberErased = ({ tx, now }: Pick<Ctx, 'tx' | 'now'>, rows: readonly Row[]) =>
  tx.query(
    'erased-add',
    'insert into customer.erased (ref, kind, named, at) select r, k, n, $4 from unnest($1::uuid[], $2::text[], $3::boolean[]) x (r, k, n) on conflict do nothing',
    [rows.map((r) => r.ref), rows.map((r) => r.kind), rows.map((r) => r.named), now],
  );

/** From now on these are as if they had never been erased. Answers how many were remembered. */
export const forgetErased = async (tx: Tx, refs: readonly string[]): Promise<number> =>
  (await tx.query('erased-forget', 'delete from customer.erased where ref = any($1::uuid[]) returning 1', [list(refs)])).length;

/** The id under which a customer's record is remembered, by his number in a source. */
export const idByNumber = async (sql: Sql, { source, hash }: { source: string; hash: string }): Promise<string | undefined> =>
  (
    await sql.query<{ id: string }>('erased-by-number', 'select id from customer.customer where source = $1 and key_hash = $2', [
      source,
      hash,
    ])
  )[0]?.id;
