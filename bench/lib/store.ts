import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { modules } from '../../server/main.ts';
import { makePartitions } from '../../server/modules/tracking/partitions.ts';
import { type Db, openDb } from '../../server/platform/db.ts';
import { makeLog } from '../../server/platform/log.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { startPostgres } from '../../server/platform/postgres.ts';
import { embeddedBinaries, runner, runToEnd } from '../../server/platform/postmaster.ts';
import { familyCpuMs } from './cpu.ts';

/** The embedded PostgreSQL with the settings it always has, in a temporary folder, and what it says about itself. Server and baseline share it. */
export interface Store {
  readonly folder: string;
  /** GLASSHOUSE_KEY of every server on it. */
  readonly key: Buffer;
  /** A new, empty database; answers its address. */
  database(name: string): Promise<string>;
  /** A new database with every table of the program and the partitions of now. */
  tables(name: string): Promise<Db>;
  /** Ends what would else end in the middle of a measurement. */
  settle(): Promise<void>;
  counters(): Promise<Counters>;
  /** Where a database's time went since the last `forget`, the dearest statements first; empty without pg_stat_statements. */
  statements(database: string, most: number): Promise<Statement[]>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** Running sums: subtract two. */
export interface Counters {
  readonly walBytes: number;
  readonly statements: number;
  readonly cpuMs: number;
}

export interface Statement {
  readonly text: string;
  readonly calls: number;
  readonly ms: number;
}

const STATISTICS = `create extension if not exists pg_stat_statements;
grant execute on function pg_stat_statements_reset(oid, oid, bigint, boolean) to glasshouse;
`;

/** The statistics need one superuser's word, and the superuser speaks in single-user mode alone: so the new cluster is stopped once for it. */
async function withStatistics(folder: string): Promise<void> {
  const log = makeLog('silent');
  await (await startPostgres(folder, log)).stop();
  const { bin } = embeddedBinaries();
  const cluster = path.join(folder, 'postgres');
  const as = runner([bin, folder], fs.statSync(cluster).uid);
  runToEnd(as, path.join(bin, 'postgres'), ['--single', '-D', cluster, '-c', 'log_min_messages=fatal', 'glasshouse'], STATISTICS);
}

function removeFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // PostgreSQL is just writing its last words there
  }
}

export async function openStore(): Promise<Store> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-bench-'));
  fs.chmodSync(folder, 0o711);
  process.once('exit', () => removeFolder(folder)); // also when the bench is broken off
  await withStatistics(folder);
  const postgres = await startPostgres(folder, makeLog('silent'), { settings: { shared_preload_libraries: 'pg_stat_statements' } });
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  const pid = Number(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'latin1').split('\n')[0]);
  const counted = await sql.query('select count(*) from pg_stat_statements').then(
    () => true,
    () => false,
  );
  const urlOf = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  const open: Db[] = [];
  const one = async (text: string): Promise<number> => Number((await sql.query<{ n: unknown }>(text)).rows[0]?.n ?? 0);
  const database = async (name: string): Promise<string> => {
    await sql.query(`create database ${name} template template0`);
    return urlOf(name);
  };
  return {
    folder,
    key: randomBytes(32),
    database,
    async tables(name) {
      const db = openDb(await database(name), 4);
      open.push(db);
      await migrate(db, modules);
      await makePartitions(db, Date.now());
      return db;
    },
    settle: async () => void (await sql.query('checkpoint')),
    counters: async () => ({
      walBytes: await one(`select pg_current_wal_lsn() - '0/0' n`),
      statements: await one(
        counted ? 'select coalesce(sum(calls), 0) n from pg_stat_statements' : 'select sum(xact_commit) n from pg_stat_database',
      ),
      cpuMs: familyCpuMs(pid),
    }),
    statements: async (name, most) =>
      !counted
        ? []
        : (
            await sql.query<Statement>(
              `select regexp_replace(query, '\\s+', ' ', 'g') as text, calls::float8 as calls, total_exec_time as ms from pg_stat_statements s
               join pg_database d on d.oid = s.dbid where d.datname = $1 order by total_exec_time desc limit $2`,
              [name, most],
            )
          ).rows,
    forget: async () => void (counted && (await sql.query('select pg_stat_statements_reset()').catch(() => undefined))),
    async stop() {
      for (const db of open) await db.close().catch(() => undefined);
      await sql.end();
      await postgres.stop();
      removeFolder(folder);
    },
  };
}

/** What was used between two readings, per unit of work. */
export const used = (before: Counters, after: Counters, units: number) => ({
  walBytes: (after.walBytes - before.walBytes) / units,
  statements: (after.statements - before.statements) / units,
  postgresCpuMs: (after.cpuMs - before.cpuMs) / units,
});
