import type pg from 'pg';
import type { Db, Sql } from './db.ts';

/**
 * Long questions beside the hot road: each in one read-only snapshot, on one core, with a time limit, and only a few at a time; who comes
 * when all places are taken waits for his turn.
 */
export interface Aside {
  /** Throws `TooLong` when a statement does not end in time. */
  ask<T>(fn: (sql: Sql) => Promise<T>): Promise<T>;
  /** The rows of one long query in portions, as the reader takes them; memory stays at one portion. Ends its work when the reader does. */
  portions<R extends pg.QueryResultRow>(text: string, values: readonly unknown[], size: number): AsyncGenerator<{ rows: R[]; sql: Sql }>;
}

/** The question was too large for the time that is allowed for it. */
export class TooLong extends Error {}

const TIMED_OUT = '57014';

export function openAside(db: Db, { most, seconds }: { most: number; seconds: number }): Aside {
  const begin = `begin transaction isolation level repeatable read read only; set local statement_timeout = '${seconds}s'; set local work_mem = '64MB';
    set local max_parallel_workers_per_gather = 0; set local jit = off; set local idle_in_transaction_session_timeout = '10min'`;
  const waiting: (() => void)[] = [];
  let taken = 0;

  const enter = async (): Promise<pg.PoolClient> => {
    if (taken < most) taken++;
    else await new Promise<void>((go) => waiting.push(go)); // the place is handed over as it is
    try {
      const client = await db.pool.connect();
      await client.query(begin);
      return client;
    } catch (e) {
      leave();
      throw e;
    }
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  };
  const end = async (client: pg.PoolClient): Promise<void> => {
    const broken = await client.query('rollback').then(
      () => undefined,
      (e: Error) => e,
    );
    client.release(broken);
    leave();
  };
  const onClient = (client: pg.PoolClient): Sql => ({
    query: async <R extends pg.QueryResultRow>(name: string, text: string, values: unknown[] = []) =>
      (await client.query<R>(name === '' ? { text, values } : { name, text, values })).rows,
  });
  const timed = (e: unknown): unknown => ((e as { code?: string }).code === TIMED_OUT ? new TooLong('the question took too long') : e);

  return {
    async ask(fn) {
      const client = await enter();
      try {
        return await fn(onClient(client));
      } catch (e) {
        throw timed(e);
      } finally {
        await end(client);
      }
    },
    async *portions<R extends pg.QueryResultRow>(text: string, values: readonly unknown[], size: number) {
      const client = await enter();
      const sql = onClient(client);
      try {
        await client.query({ text: `declare aside no scroll cursor for ${text}`, values: [...values] });
        for (;;) {
          const { rows } = await client.query<R>(`fetch ${size} from aside`);
          if (rows.length === 0) return;
          yield { rows, sql };
        }
      } catch (e) {
        throw timed(e);
      } finally {
        await end(client);
      }
    },
  };
}
