import type pg from 'pg';

/**
 * Up to where a table has been read for good. A transaction that was open while we read may commit a row with a smaller number (or an older time) than
 * one that we have seen. So what we read stays in question until every transaction that was open then is over:
 *
 * - after each read we note the highest cursor read, all virtual transactions then open (`pg_locks`; also those that have not written yet, whose `now()` or
 *   `nextval` may lie long ago) and the snapshot's end (`xmax`; it also covers prepared transactions);
 * - before a later read we look which are still open. Are they all over, and has the oldest running transaction passed that end, then this read sees
 *   whatever they committed, and after it nothing below the noted cursor can appear any more.
 *
 * One note at a time is enough: the next is made when the last one is settled. Rows between are read again and again, but handed on once (`postgres.ts`).
 */
export interface Note {
  readonly high: string;
  readonly xmax: string;
  readonly open: ReadonlySet<string>;
}

const OPEN = `select virtualtransaction v from pg_catalog.pg_locks where locktype = 'virtualxid' and pid is distinct from pg_backend_pid()`;

/** Transactions open right now on this server (all of its databases); our own left out. */
export async function openNow(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ v: string }>(OPEN);
  return new Set(rows.map((r) => r.v));
}

export interface Bounds {
  readonly xmin: string;
  readonly xmax: string;
}

/** Of the snapshot of the transaction that is open on this connection. */
export async function bounds(client: pg.Client): Promise<Bounds> {
  const { rows } = await client.query<Bounds>(
    'select pg_snapshot_xmin(s)::text xmin, pg_snapshot_xmax(s)::text xmax from pg_current_snapshot() s',
  );
  return rows[0] as Bounds;
}

/**
 * True when a read with this snapshot, before which `open` were open, sees all that was in question. `isFull`: too much is in question to wait for
 * transactions that have written nothing yet.
 */
export const isSettled = (note: Note, { xmin }: Bounds, open: ReadonlySet<string>, isFull: boolean): boolean =>
  BigInt(xmin) >= BigInt(note.xmax) && (isFull || ![...note.open].some((v) => open.has(v)));
