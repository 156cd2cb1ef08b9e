import type { Ctx, Sql } from '#platform/db';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import { keyHash } from './keys.ts';
import { THERE } from './store.ts';

/** Many customers at once: between what people call them by and their ordinals. Whom the caller may not see is not there. */

type Who = Pick<Ctx, 'actor'>;

/** What a list names customers by: our own id, their number in any source, their phone. */
export const NAMED_BY = ['id', 'key', 'phone'] as const;
export type NamedBy = (typeof NAMED_BY)[number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const OPEN = `($2::text[] is null or c.area = any($2)) and ${THERE}`;

/** Per way to name them: the rows that have one of these names. */
const statements: Readonly<Record<NamedBy, string>> = {
  id: `select c.id as name, c.ordinal from customer.customer c where c.id = any($1::uuid[]) and ${OPEN}`,
  key: `select c.key_hash as name, c.ordinal from customer.customer c where c.key_hash = any($1::uuid[]) and c.gone_at is null and c.merged_into is null and ${OPEN}`,
  phone: `select p.ref as name, c.ordinal from customer.personal p join customer.customer c using (ordinal)
    where p.kind = 'phone' and p.ref = any($1::uuid[]) and p.ended_by is null and c.gone_at is null and c.merged_into is null and ${OPEN}`,
};

/** The ordinals that each name stands for, in the order of the names: none, one, or several (two services on one phone, one number in two sources). */
export async function ordinalsOf(
  sql: Sql,
  { actor }: Who,
  vault: Pick<Vault, 'hash'>,
  { by, names }: { by: NamedBy; names: readonly string[] },
): Promise<number[][]> {
  const kept = names.map((n) =>
    by === 'key' ? keyHash(vault, n) : by === 'phone' ? vault.hash('phone', normal('phone', n)) : n.toLowerCase(),
  );
  const rows = await sql.query<{ name: string; ordinal: number }>(`customer-ordinals-by-${by}`, statements[by], [
    [...new Set(kept)].filter((n) => UUID.test(n)),
    actor.areas === 'all' ? null : actor.areas,
  ]);
  const found = Map.groupBy(rows, (r) => r.name);
  return kept.map((n) => (found.get(n) ?? []).map((r) => r.ordinal));
}

/** Under which number a customer is counted, hashed. */
export interface Numbered {
  readonly source: string;
  readonly hash: string;
}

export const numberOf = async (sql: Sql, { actor }: Who, id: string): Promise<Numbered | undefined> =>
  (
    await sql.query<Numbered & Record<string, never>>(
      'customer-number-of',
      `select c.source, c.key_hash hash from customer.customer c where c.id = $1 and ${OPEN}`,
      [id, actor.areas === 'all' ? null : actor.areas],
    )
  )[0];

/** Ids by number. */
export const idsByNumber = (sql: Sql, { actor }: Who, numbers: readonly Numbered[]): Promise<(Numbered & { id: string })[]> =>
  sql.query<Numbered & { id: string } & Record<string, never>>(
    'customer-ids-by-number',
    `select c.source, c.key_hash hash, c.id from customer.customer c
     where (c.source, c.key_hash) in (select * from unnest($1::text[], $3::uuid[])) and ${OPEN}`,
    [numbers.map((n) => n.source), actor.areas === 'all' ? null : actor.areas, numbers.map((n) => n.hash)],
  );
