import pg from 'pg';
import type { Actor } from './actor.ts';
import type { Message } from './message.ts';
import { isRefusal, type Refusal, Refused } from './result.ts';
import { type Answered, sendOver, sendOverPool } from './sending.ts';

/** One named, prepared statement; int8 arrive as numbers (ours stay below 2^53), timestamptz as Date, uuid as text. */
export interface Sql {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(name: string, text: string, values?: unknown[]): Promise<R[]>;
}

/** Who keeps rows: what travels as a message does not pass through the driver's texts. */
export interface Sender extends Sql {
  /** Statements that travel together and, where no transaction is open, are one. Answers their rows in order, values as PostgreSQL prints them. */
  send(message: Message): Promise<readonly Answered[]>;
  /** The number of a composite type in this database, for arrays of it in a message; asked once. */
  typeOf(name: string): Promise<number>;
}

export interface Tx extends Sender {
  readonly inTransaction: true;
}

/** The only ambient thing, and always handed over. `now`: epoch milliseconds, one instant for the whole use-case. */
export interface Ctx {
  readonly tx: Tx;
  readonly now: number;
  readonly actor: Actor;
}

export interface Db extends Sender {
  readonly pool: pg.Pool;
  readonly url: string;
  inTx<T>(actor: Actor, fn: (ctx: Ctx) => Promise<T>): Promise<Exclude<T, Refusal>>;
  /**
   * The same store over a few connections of its own that plan each statement once, whatever its values are: for hot statements over sets, where
   * planning anew takes longer than the work. Never for lists with filters, whose best plan depends on them.
   */
  steady(): Db;
  close(): Promise<void>;
}

/**
 * An array parameter of values that need no quoting (uuids, integers): the driver's own way looks at every sign of every value, which
 * at a thousand rows a statement costs more than the statement.
 */
export const list = (values: readonly (string | number | null)[]): string => `{${values.map((v) => v ?? 'null').join(',')}}`;

pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

/** Two cores serve many small statements: none of them is worth a second process, nor a compilation. */
const SETTINGS = '-c max_parallel_workers_per_gather=0 -c jit=off';
const STEADY = `${SETTINGS} -c plan_cache_mode=force_generic_plan`;
const STEADY_CONNECTIONS = 4;

const RETRY = new Set(['40001', '40P01', '55P03']);

function statements(client: pg.Pool | pg.PoolClient, types: Map<string, number>): Sender {
  const query = async <R extends pg.QueryResultRow>(name: string, text: string, values: unknown[] = []): Promise<R[]> =>
    (await client.query<R>(name === '' ? { text, values } : { name, text, values })).rows;
  return {
    query,
    async send(message) {
      try {
        return await (client instanceof pg.Pool ? sendOverPool(client, message) : sendOver(client, message));
      } catch (e) {
        types.clear(); // a store that was restored numbers its types anew
        throw e;
      }
    },
    async typeOf(name) {
      const known = types.get(name);
      if (known !== undefined) return known;
      const [row] = await query<{ n: number }>('platform-type', 'select $1::regtype::oid::int8 n', [name]);
      types.set(name, row?.n ?? 0);
      return row?.n ?? 0;
    },
  };
}

/**
 * Opens the pool. `inTx` alone begins transactions: it retries serialization failures and deadlocks (5 times), and rolls back and
 * throws `Refused` when `fn` answers a refusal.
 */
export function openDb(url: string, max = 12, options = SETTINGS): Db {
  const pool = new pg.Pool({ connectionString: url, max, application_name: 'glasshouse', idleTimeoutMillis: 60_000, options });
  pool.on('connect', (client) => client.on('error', () => undefined)); // lost while in use: its query fails, and that is told there
  pool.on('error', () => undefined); // a lost idle connection: the next query takes a new one
  const types = new Map<string, number>();
  const inTx = async <T>(actor: Actor, fn: (ctx: Ctx) => Promise<T>): Promise<Exclude<T, Refusal>> => {
    for (let attempt = 1; ; attempt++) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const tx: Tx = { ...statements(client, types), inTransaction: true };
        const out = await fn({ tx, now: Date.now(), actor });
        if (isRefusal(out)) throw new Refused(out);
        await client.query('commit');
        return out as Exclude<T, Refusal>;
      } catch (e) {
        await client.query('rollback').catch((x: Error) => {
          broken = x;
        });
        if (attempt < 5 && RETRY.has((e as { code?: string }).code ?? '')) continue;
        throw e;
      } finally {
        client.release(broken);
      }
    }
  };
  let steady: Db | undefined;
  return {
    ...statements(pool, types),
    pool,
    url,
    inTx,
    steady() {
      steady ??= openDb(url, STEADY_CONNECTIONS, STEADY);
      return steady;
    },
    async close() {
      await steady?.close();
      await pool.end();
    },
  };
}
