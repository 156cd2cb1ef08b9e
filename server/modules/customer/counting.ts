import { randomUUID } from 'node:crypto';
import type { Ctx, Sql, Tx } from '#platform/db';
import { list } from '#platform/db';
import { mask } from '#platform/personal';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { BITMAP_BYTES, BLOCK, bringInForce, OURS, setBit } from '#tag';
import type { Personal } from './model.ts';
import { personalOf, THERE } from './store.ts';

/** Who is counted as another one: an off-net customer whose number is a service of ours by now, or whom two sources bring. */

export interface Counted {
  readonly ordinal: number;
  readonly id: string;
  readonly source: string;
  /** His number in the source, sealed. */
  readonly key: Buffer;
  readonly own: boolean | null;
  readonly area: string | null;
  readonly since: number;
  readonly gone_at: number | null;
  readonly merged_into: number | null;
  /** Keyed hashes of his phones. */
  readonly phones: readonly string[];
}

const FIELDS = `c.ordinal, c.id, c.source, c.key, c.own, c.area, c.since, c.gone_at, c.merged_into,
  array(select p.ref::text from customer.personal p where p.ordinal = c.ordinal and p.kind = 'phone') phones`;
type Row = Counted & Record<string, never>;

/** Off-net customers behind `after` in the order of ordinals, those too who are gone or counted as another one. */
export const offNetPage = (sql: Sql, after: number, limit: number): Promise<Counted[]> =>
  sql.query<Row>(
    'customer-off-net',
    `select ${FIELDS} from customer.customer c where c.ordinal > $1 and c.own = false and ${THERE} order by c.ordinal limit $2`,
    [after, limit],
  );

export const countedByOrdinal = (sql: Sql, ordinals: readonly number[]): Promise<Counted[]> =>
  sql.query<Row>('customer-counted-by-ordinal', `select ${FIELDS} from customer.customer c where c.ordinal = any($1::int[]) and ${THERE}`, [
    list(ordinals),
  ]);

export const countedByIds = (sql: Sql, ids: readonly string[]): Promise<Counted[]> =>
  sql.query<Row>('customer-counted-by-id', `select ${FIELDS} from customer.customer c where c.id = any($1::uuid[]) and ${THERE}`, [
    list(ids),
  ]);

/** By their numbers in a source: pairs of a source and a keyed hash. */
export const countedByNumber = (sql: Sql, numbers: readonly { source: string; hash: string }[]): Promise<(Counted & { hash: string })[]> =>
  sql.query<Counted & { hash: string } & Record<string, never>>(
    'customer-counted-by-number',
    `select ${FIELDS}, c.key_hash hash from customer.customer c where (c.source, c.key_hash) in (select * from unnest($1::text[], $2::uuid[])) and ${THERE}`,
    [numbers.map((n) => n.source), list(numbers.map((n) => n.hash))],
  );

const lockBoth = (tx: Tx, ids: readonly string[], areas: 'all' | readonly string[]): Promise<Counted[]> =>
  tx.query<Row>(
    'customer-counted-lock',
    `select ${FIELDS} from customer.customer c where c.id = any($1::uuid[]) and ($2::text[] is null or c.area = any($2)) and ${THERE} order by c.ordinal for update`,
    [list(ids), areas === 'all' ? null : areas],
  );

const setMerged = (tx: Tx, ordinal: number, into: number | null) =>
  tx.query('customer-counted-as', 'update customer.customer set merged_into = $2 where ordinal = $1', [ordinal, into]);

/**
 * From now on `from` is not counted by himself: he is `into`. What his source says of him goes on being kept. Answers the batch. Refuses `thing.not-found` (outside the caller's areas too), `customer.own`, `customer.merged-already`, `customer.gone`.
 */
export async function countAs(ctx: Ctx, { from, into }: { from: string; into: string }): Promise<{ batch: number | null } | Refusal> {
  const rows = await lockBoth(ctx.tx, [from, into], ctx.actor.areas);
  const [one, other] = [from, into].map((id) => rows.find((r) => r.id === id));
  if (one === undefined || other === undefined || one === other) return refuse('thing.not-found');
  if (one.own !== false) return refuse('customer.own');
  if (rows.some((r) => r.merged_into !== null)) return refuse('customer.merged-already');
  if (rows.some((r) => r.gone_at !== null)) return refuse('customer.gone');
  await setMerged(ctx.tx, one.ordinal, other.ordinal);
  return move(ctx, one, 'left');
}

/** He is counted by himself again, unless his source let him go meanwhile. Refuses `thing.not-found`, `customer.not-merged`. */
export async function countAgain(ctx: Ctx, { from, into }: { from: string; into: string }): Promise<{ batch: number | null } | Refusal> {
  const rows = await lockBoth(ctx.tx, [from, into], ctx.actor.areas);
  const [one, other] = [from, into].map((id) => rows.find((r) => r.id === id));
  if (one === undefined || other === undefined) return refuse('thing.not-found');
  if (one.merged_into !== other.ordinal) return refuse('customer.not-merged');
  await setMerged(ctx.tx, one.ordinal, null);
  return move(ctx, one, 'joined');
}

const none = Buffer.alloc(BITMAP_BYTES);

async function move(ctx: Ctx, one: Counted, how: 'joined' | 'left'): Promise<{ batch: number | null } | Refusal> {
  if (one.gone_at !== null) return { batch: null };
  const bit = Buffer.alloc(BITMAP_BYTES);
  setBit(bit, one.ordinal % BLOCK);
  const moves = [{ block: Math.floor(one.ordinal / BLOCK), joined: none, left: none, [how]: bit }];
  const batch = await bringInForce(ctx, { id: randomUUID(), source: OURS, customers: 1, names: [], moves, speaksOf: null });
  return isRefusal(batch) ? batch : { batch };
}

/** His masked values by customer: the latest of each kind. */
export async function maskedPersons(
  sql: Sql,
  vault: Pick<Vault, 'reveal'>,
  rows: readonly Pick<Counted, 'ordinal' | 'id'>[],
): Promise<Map<string, Partial<Record<Personal, string>>>> {
  const idOf = new Map(rows.map((c) => [c.ordinal, c.id]));
  const refs = (await personalOf(sql, [...idOf.keys()])).map((r) => ({ ...r, id: idOf.get(r.ordinal) as string }));
  const known = await vault.reveal(sql, refs.map((r) => ({ subject: r.id, id: r.ref }))); // biome-ignore format: one line
  const shown = refs.flatMap(({ id, kind, ref }) => {
    const value = known.get(`${id}/${ref}`)?.value;
    return value === undefined ? [] : [{ id, kind, value: mask(kind, value) }];
  });
  return new Map([...Map.groupBy(shown, (s) => s.id)].map(([id, some]) => [id, Object.fromEntries(some.map((s) => [s.kind, s.value]))]));
}
