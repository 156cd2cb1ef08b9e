import type pg from 'pg';
import type { Db, Sql } from './db.ts';

/** A read-only snapshot. */
export interface Reading extends Sql {
  /** The rows of one long query as the reader takes them: memory stays at one portion. Another query may be asked between two. */
  portions<R extends pg.QueryResultRow>(text: string, values: readonly unknown[], size: number): AsyncGenerator<R[]>;
}

/**
 * Long questions beside the hot road: each in one read-only snapshot, on one core, with a time limit per statement, and only a few at a
 * time; who comes when all places are taken waits for his turn. Both throw `TooLong` when a statement does not end in time.
 */
export interface Aside {
  ask<T>(fn: (sql: Reading) => Promise<T>): Promise<T>;
  /** Gives what `fn` gives; the snapshot ends with it, or when the reader turns away. */
  stream<T>(fn: (sql: Reading) => AsyncGenerator<T>): AsyncGenerator<T>;
}

/** The question was too large for the time that is allowed for it. */
export class TooLong extends Error {}

const TIMED_OUT = '57014';
const timed = (e: unknown): unknown => ((e as { code?: string }).code === TIMED_OUT ? new TooLong('the question took too long') : e);

function reading(client: pg.PoolClient): Reading {
  let cursors = 0;
  return {
    query: async <R extends pg.QueryResultRow>(name: string, text: string, values: unknown[] = []) =>
      (await client.query<R>(name === '' ? { text, values } : { name, text, values })).rows,
    async *portions<R extends pg.QueryResultRow>(text: string, values: readonly unknown[], size: number) {
      const cursor = `aside_${++cursors}`;
      await client.query({ text: `declare ${cursor} no scroll cursor for ${text}`, values: [...values] });
      for (;;) {
        const { rows } = await client.query<R>(`fetch ${size} from ${cursor}`);
        if (rows.length > 0) yield rows;
        if (rows.length < size) break;
      }
      await client.query(`close ${cursor}`);
    },
  };
}

export function openAside(db: Db, { most, seconds }: { most: number; seconds: number }): Aside {
  // joins in the order written: just after much was taken in, the planner's counts are so old that it would multiply whole tables
  const begin = `begin transaction isolation level repeatable read read only; set local statement_timeout = '${seconds}s'; set local work_mem = '64MB';
    set local join_collapse_limit = 1; set local max_parallel_workers_per_gather = 0; set local jit = off; set local idle_in_transaction_session_timeout = '10min'`;
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  };
  const enter = async (): Promise<pg.PoolClient> => {
    if (taken < most) taken++;
    else await new Promise<void>((go) => waiting.push(go)); // the place is handed over as it is
    let client: pg.PoolClient | undefined;
    try {
      client = await db.pool.connect();
      await client.query(begin);
      return client;
    } catch (e) {
      client?.release(e as Error);
      leave();
      throw e;
    }
  };
  const end = async (client: pg.PoolClient): Promise<void> => {
    const broken = await client.query('rollback').then(
      () => undefined,
      (e: Error) => e,
    );
    client.release(broken);
    leave();
  };
  return {
    async ask(fn) {
      const client = await enter();
      try {
        return await fn(reading(client));
      } catch (e) {
        throw timed(e);
      } finally {
        await end(client);
      }
    },
    async *stream(fn) {
      const client = await enter();
      try {
        yield* fn(reading(client));
      } catch (e) {
        throw timed(e);
      } finally {
        await end(client);
      }
    },
  };
}
