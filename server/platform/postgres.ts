import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeDataDir } from './config.ts';
import type { Log } from './log.ts';
import { type Binaries, embeddedBinaries, endOrphan, endServer, launch, type Runner, runner, runToEnd } from './postmaster.ts';
import { lockHolder, takeLock } from './process.ts';

/**
 * The embedded store: one PostgreSQL server as a child of this process, its data in `<data>/postgres`. It listens on 127.0.0.1 alone; the
 * one role that can sign in owns the database `glasshouse` and is no superuser; its password and the port lie in `<data>/postgres.json`
 * (0600). The superuser has no password and no way in: repairs are made in single-user mode, with the server stopped.
 */
export interface Postgres {
  readonly url: string;
  /** Fast shutdown; after 4 s without its last checkpoint, which the next start makes up for. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Other binaries than those of the package (the store tests run on Debian's too). */
  readonly binaries?: Binaries;
  readonly settings?: Readonly<Record<string, string>>;
  /** The server ended by itself and could not be brought back. */
  readonly onLost?: (why: Error) => void;
}

interface Access {
  readonly port: number;
  readonly password: string;
}

const MB = 1024 ** 2;
const ROLE = 'glasshouse';

/** Durable by default; modest enough to share two cores and one disk with the program itself. */
const settings = (memory: number): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: `${Math.round(Math.min(2048, Math.max(128, memory / MB / 8)))}MB`,
  effective_cache_size: `${Math.round(memory / MB / 2)}MB`,
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  synchronous_commit: 'on',
  fsync: 'on',
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  client_connection_check_interval: '2s', // a statement whose program was killed ends, and its locks with it
  log_min_messages: 'log', // a refused statement's message may carry a person's value
  log_min_error_statement: 'panic',
  log_line_prefix: '',
  log_checkpoints: 'off',
});

/**
 * Starts the store of a data folder, making it on the first start. Safe after `kill -9`: what the last process left is ended first.
 * Throws one sentence with the way out: a folder in use, of another major version, of another user.
 */
export async function startPostgres(dataDir: string, log: Log, options: PostgresOptions = {}): Promise<Postgres> {
  makeDataDir(dataDir);
  const data = fs.realpathSync(dataDir);
  const release = takeLock(
    path.join(data, 'lock'),
    (pid) =>
      new Error(
        `The data folder ${data} is in use by process ${pid}. Stop that one first, or give this one a folder of its own with --data.`,
      ),
  );
  try {
    const binaries = options.binaries ?? embeddedBinaries();
    const cluster = path.join(data, 'postgres');
    checkVersion(cluster, binaries);
    const as = runner([binaries.bin, data], fs.existsSync(cluster) ? fs.statSync(cluster).uid : (process.getuid?.() ?? 0));
    if ((await endOrphan(cluster)) === 'ended') log.warn('ended the PostgreSQL server that a killed process had left behind');
    if (!fs.existsSync(cluster)) makeCluster(cluster, binaries, as);
    const access = readAccess(data) ?? openAccess(data, cluster, binaries, as);
    const server = await serve(data, cluster, access, binaries, as, log, options);
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        release();
      },
    };
  } catch (e) {
    release();
    throw e;
  }
}

/** The process that works with a data folder now. */
export const whoUses = (dataDir: string): number | undefined => lockHolder(path.join(dataDir, 'lock'));

/** The store of a data folder that a process works with now, while it runs; throws when it does not answer. */
export async function visitPostgres(dataDir: string): Promise<{ url: string }> {
  let access: Access | undefined;
  try {
    access = readAccess(dataDir);
  } catch {
    throw new Error(`This user may not read ${accessFile(dataDir)}: do it as the user who runs the server, or as root.`);
  }
  if (access === undefined) throw new Error(`The server of ${dataDir} is just starting. Try again in a moment.`);
  const url = urlOf(access);
  await checkServer(url).catch((e: Error) => {
    throw new Error(`The store of ${dataDir} does not answer (${e.message}): its server is starting or stopping. Try again in a moment.`);
  });
  return { url };
}

const urlOf = ({ password, port }: Access): string => `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${ROLE}`;

/** The major version of a data folder, or undefined when there is none yet. */
export function clusterVersion(cluster: string): number | undefined {
  const file = path.join(cluster, 'PG_VERSION');
  return fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) : undefined;
}

function checkVersion(cluster: string, { major }: Binaries): void {
  const found = clusterVersion(cluster);
  if (found === undefined || found === major) return;
  throw new Error(
    `The data folder ${cluster} was made by PostgreSQL ${found}; this Glasshouse carries PostgreSQL ${major}. Nothing was changed. ` +
      `Start the Glasshouse that made it, or a PostgreSQL ${found} server with DATABASE_URL, or begin a new folder with --data.`,
  );
}

/** Made beside its place and moved there whole, so that a start that was killed half-way leaves no half cluster. */
function makeCluster(cluster: string, { bin }: Binaries, as: Runner): void {
  const making = `${cluster}.making`;
  fs.rmSync(making, { recursive: true, force: true });
  fs.mkdirSync(making, { mode: 0o700 });
  if (as.uid !== undefined) fs.chownSync(making, as.uid, as.gid ?? as.uid);
  runToEnd(as, path.join(bin, 'initdb'), [
    '-D',
    path.join(making, 'new'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  fs.writeFileSync(path.join(making, 'new', 'pg_hba.conf'), `# Written by Glasshouse.\nhost all ${ROLE} 127.0.0.1/32 scram-sha-256\n`);
  fs.renameSync(path.join(making, 'new'), cluster);
  fs.rmSync(making, { recursive: true, force: true });
}

const accessFile = (data: string): string => path.join(data, 'postgres.json');

function readAccess(data: string): Access | undefined {
  try {
    const { port, password } = JSON.parse(fs.readFileSync(accessFile(data), 'utf8')) as Access;
    return typeof port === 'number' && typeof password === 'string' ? { port, password } : undefined;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EACCES') throw e;
    return undefined;
  }
}

function keepAccess(data: string, access: Access): Access {
  fs.writeFileSync(`${accessFile(data)}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  fs.renameSync(`${accessFile(data)}.new`, accessFile(data));
  return access;
}

/** Gives the role a new password in single-user mode, making role and database where they are missing: on the first start, or when the file was lost. */
function openAccess(data: string, cluster: string, { bin }: Binaries, as: Runner): Access {
  const password = randomBytes(24).toString('base64url');
  const statements = [
    `do $$ begin if not exists (select 1 from pg_roles where rolname = '${ROLE}') then create role ${ROLE} login nosuperuser createdb; end if; end $$;`,
    `alter role ${ROLE} password '${password}';`,
    `grant pg_monitor, pg_checkpoint to ${ROLE};`,
    `create database ${ROLE} owner ${ROLE} template template0;`, // says so and goes on when it exists
  ];
  runToEnd(
    as,
    path.join(bin, 'postgres'),
    ['--single', '-D', cluster, '-c', 'log_min_messages=fatal', 'postgres'],
    `${statements.join('\n')}\n`,
  );
  return keepAccess(data, { port: somePort(), password });
}

/** Outside the range from which systems take ports for outgoing connections. */
const somePort = (): number => randomInt(20_000, 30_000);

const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const probe = net.createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });

async function serve(data: string, cluster: string, known: Access, binaries: Binaries, as: Runner, log: Log, options: PostgresOptions) {
  let access = known;
  while (!(await isFree(access.port))) access = keepAccess(data, { ...access, port: somePort() });
  const url = urlOf(access);
  const given = {
    ...settings(Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)),
    ...options.settings,
    port: String(access.port),
  };
  const args = ['-D', cluster, ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  let child: ChildProcess;
  let stopping = false;
  const start = async (): Promise<void> => {
    child = await launchAgain(() => launch(as, path.join(binaries.bin, 'postgres'), args, (line) => hear(log, line)));
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ code, signal }, 'PostgreSQL ended by itself; starting it again');
      start().catch((e: Error) => options.onLost?.(e));
    });
  };
  await start();
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.pid !== undefined) await endServer(child.pid, 4_000);
  };
  try {
    const version = await checkServer(url);
    if (version !== binaries.major)
      throw new Error(`PostgreSQL ${binaries.major} was started, but version ${version} answers on its port.`);
  } catch (e) {
    await stop();
    throw e;
  }
  return { url, stop };
}

/** The memory of a server that was killed goes with its last backend, a moment after it. */
async function launchAgain(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  for (const until = Date.now() + 10_000; ; await sleep(100)) {
    try {
      return await start();
    } catch (e) {
      if (Date.now() > until || !/still in use|lock file .* already exists/.test((e as Error).message)) throw e;
    }
  }
}

function hear(log: Log, line: string): void {
  if (
    /^(FATAL|PANIC|WARNING):/.test(line) &&
    !/terminating connection|the database system is (starting|shutting)|already exists|still in use/.test(line)
  )
    log.warn({ postgres: line }, 'PostgreSQL says');
  else log.debug({ postgres: line }, 'PostgreSQL says');
}

/** The major version of the server behind `url`. Throws one sentence when it is too old (below 15) or its encoding is not UTF8. */
export async function checkServer(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // said by the call that fails
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    );
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    if (version < 15) throw new Error(`PostgreSQL ${version} is too old; Glasshouse needs 15 or newer.`);
    if (rows[0]?.encoding !== 'UTF8') throw new Error(`The database is in ${rows[0]?.encoding}; Glasshouse needs UTF8.`);
    return version;
  } finally {
    await client.end();
  }
}
