import type { Sql, Tx } from '#platform/db';

/** SQL of conflicts: two different events with one identity, and what people decided. */

export interface ConflictRow {
  id: number;
  event: number;
  source: string;
  sid: string;
  at: number;
  other: Buffer;
  content: string | null;
  settled: string | null;
}

const ROW = 'id, event, source, sid, at, other, content, settled';

/** Open ones first, then the newest; after the row `cursor` ([settled, id]); of one source or of all. */
export const listConflicts = (
  sql: Sql,
  source: string | undefined,
  cursor: readonly [number, number] | undefined,
  limit: number,
): Promise<ConflictRow[]> =>
  sql.query<ConflictRow & Record<string, never>>(
    'tracking-conflicts',
    `select ${ROW} from tracking.conflict
     where ($4::text is null or source = $4) and ($1::int is null or ((settled is not null)::int, -id) > ($1::int, -$2::bigint))
     order by (settled is not null)::int, -id limit $3`,
    [cursor?.[0] ?? null, cursor?.[1] ?? null, limit, source ?? null],
  );

export const countOpenConflicts = async (sql: Sql, source: string | undefined): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      'tracking-conflicts-open',
      'select count(*) n from tracking.conflict where settled is null and ($1::text is null or source = $1)',
      [source ?? null],
    )
  )[0]?.n ?? 0;

export const conflictById = async (sql: Sql, id: number): Promise<ConflictRow | undefined> =>
  (
    await sql.query<ConflictRow & Record<string, never>>('tracking-conflict', `select ${ROW} from tracking.conflict where id = $1`, [id])
  )[0];

export const conflictsOfEvent = (sql: Sql, event: number): Promise<ConflictRow[]> =>
  sql.query<ConflictRow & Record<string, never>>(
    'tracking-conflicts-of-event',
    `select ${ROW} from tracking.conflict where event = $1 order by id`,
    [event],
  );

export const lockConflict = async (tx: Tx, id: number): Promise<ConflictRow | undefined> =>
  (
    await tx.query<ConflictRow & Record<string, never>>(
      'tracking-lock-conflict',
      `select ${ROW} from tracking.conflict where id = $1 for update`,
      [id],
    )
  )[0];

/** `now`: what the row says from here on: the event in force, and the copy that is not. */
export async function settleConflict(
  tx: Tx,
  id: number,
  now: { event: number; other: Buffer; content: string | null; settled: string; by: string; at: number },
): Promise<void> {
  await tx.query(
    'tracking-settle-conflict',
    'update tracking.conflict set event = $2, other = $3, content = $4, settled = $5, settled_by = $6, settled_at = $7 where id = $1',
    [id, now.event, now.other, now.content, now.settled, now.by, now.at],
  );
}

/** Further conflicts with an event that was replaced are conflicts with the one that replaced it. */
export const moveConflicts = (tx: Tx, from: number, to: number) =>
  tx.query('tracking-move-conflicts', 'update tracking.conflict set event = $2 where event = $1', [from, to]);

/** Gives an identity free for another event; answers what was known under it. */
export async function freeIdentity(tx: Tx, identity: string): Promise<{ content: string; event: number } | undefined> {
  const [row] = await tx.query<{ content: string; event: number }>(
    'tracking-free-identity',
    'delete from tracking.ledger where identity = $1 returning content, event',
    [identity],
  );
  return row;
}

/** A withdrawn event's row stays, but no erasure would find it any more: whatever is personal or sealed is kept with its conflict alone. */
export const emptyWithdrawn = (tx: Tx, event: number, keys: object, mark: number) =>
  tx.query(
    'tracking-withdraw',
    'update tracking.event set keys = $2, person = null, sealed = null, marks = marks | $3::smallint where id = $1',
    [event, JSON.stringify(keys), mark],
  );

/** Pairs (both directions) that no event names together any more. */
export async function dropEdges(tx: Tx, pairs: readonly (readonly [string, string])[]): Promise<void> {
  if (pairs.length === 0) return;
  const both = [...pairs, ...pairs.map(([a, b]) => [b, a] as const)];
  await tx.query(
    'tracking-drop-edges',
    'delete from tracking.edge e using unnest($1::uuid[], $2::uuid[]) g(a, b) where e.a = g.a and e.b = g.b',
    [both.map((p) => p[0]), both.map((p) => p[1])],
  );
}

/** Every batch begins by writing here, so whoever must keep them all out (an erasure) is waited for before anything else is locked. */
export const enterIntake = (tx: Tx) => tx.query('tracking-enter-intake', 'lock table tracking.ledger in row exclusive mode');
