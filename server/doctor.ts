import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { version } from './command.ts';
import { type Flags, REPO, readSettings } from './platform/config.ts';
import { checkServer, clusterVersion, visitPostgres, whoUses } from './platform/postgres.ts';
import { type Binaries, embeddedBinaries, runner, runToEnd } from './platform/postmaster.ts';
import { proofOf } from './platform/vault.ts';

const GB = 1024 ** 3;
const HOUR = 3_600_000;

/** One look at one thing: what is well, or (thrown) what is not and what to do. */
type Look = readonly [what: string, look: () => Promise<string> | string];

/** Nothing that keeps the server from working, but somebody should see to it. */
class Doubt extends Error {}

/** What is looked at: settings as far as they can be read, the folder, and the store when it can be asked. */
interface Patient {
  readonly env: NodeJS.ProcessEnv;
  readonly host: string;
  readonly port: number;
  readonly zone: string;
  readonly data: string;
  readonly databaseUrl?: string;
  /** The process that works with the data folder. */
  readonly user?: number;
  /** Where the store answers; absent: it is at rest, or has a line of its own. */
  readonly store?: string;
}

/** Prints a line per thing looked at: ✓ well, ! worth seeing to, ✗ in the way. Answers 1 when something is in the way. Changes nothing. */
export async function runDoctor(flags: Flags, env: NodeJS.ProcessEnv): Promise<number> {
  let ill = 0;
  let doubts = 0;
  for (const [what, look] of [...looksAtItself(flags, env), ...looks(await patientOf(flags, env))]) {
    try {
      console.log(`✓ ${what}: ${await look()}`);
    } catch (e) {
      const isDoubt = e instanceof Doubt;
      if (isDoubt) doubts++;
      else ill++;
      console.log(`${isDoubt ? '!' : '✗'} ${what}: ${(e as Error).message}`);
    }
  }
  const also = doubts === 0 ? '' : ` ${doubts} marked ! should be seen to.`;
  console.log(ill === 0 ? `All is well.${also}` : `${ill} marked ✗ would keep the server from starting or working.${also}`);
  return ill === 0 ? 0 : 1;
}

/** A bad setting has its own line; the rest is looked at all the same. */
async function patientOf(flags: Flags, env: NodeJS.ProcessEnv): Promise<Patient> {
  let set = readSettings({}, {});
  try {
    set = readSettings(flags, env);
  } catch {}
  const data = flags.data === undefined ? path.resolve(REPO, set.GLASSHOUSE_DATA) : path.resolve(flags.data);
  const user = whoUses(data);
  const databaseUrl = set.DATABASE_URL;
  const url =
    databaseUrl ??
    (user === undefined
      ? undefined
      : await visitPostgres(data).then(
          (s) => s.url,
          () => undefined,
        ));
  const store =
    url !== undefined &&
    (await checkServer(url).then(
      () => true,
      () => false,
    ))
      ? url
      : undefined;
  return { env, host: set.HOST, port: set.PORT, zone: set.GLASSHOUSE_ZONE, data, databaseUrl, user, store };
}

const looksAtItself = (flags: Flags, env: NodeJS.ProcessEnv): Look[] => [
  ['Glasshouse', () => `version ${version} in ${REPO}`],
  [
    'settings',
    () => {
      readSettings(flags, env);
      return 'every one is known and well formed';
    },
  ],
  ['Node', nodeVersion],
];

function looks(p: Patient): Look[] {
  const embedded: Look[] = [
    ['PostgreSQL', () => `version ${binaries().major}, runs here${asWhom(p.data)}`],
    ['data folder', () => dataFolder(p.data, binaries().major)],
    ['key', () => keyFile(p.data, p.env)],
  ];
  const foreign: Look[] = [
    ['database', () => database(p.databaseUrl ?? '')],
    ['key', () => keyGiven(p.env)],
  ];
  const asked: Look[] =
    p.store === undefined
      ? []
      : [
          ['store', () => asking(p, wholeness)],
          ['key of the store', () => asking(p, (sql) => keyOfStore(sql, p))],
          ['clock of the store', () => asking(p, clockOfStore)],
          ['backup', () => asking(p, lastBackup)],
        ];
  return [
    ...(p.databaseUrl === undefined ? embedded : foreign),
    ['list of erasures', () => erasures(p.data)],
    ['disk', () => freeSpace(p.data)],
    ['memory', memory],
    ['clock', () => clock(p)],
    ['server', () => server(p)],
    ['port', () => freePort(p)],
    ['web apps', () => (fs.existsSync(path.join(REPO, 'dist/web/.built')) ? 'built' : 'not built yet; the first start does it')],
    ...asked,
  ];
}

const nodeVersion = (): string => {
  if (Number.parseInt(process.versions.node, 10) < 24)
    throw new Error(`${process.versions.node} is too old; run "npm ci", which brings version 24.`);
  return process.versions.node;
};

let found: Binaries | undefined;
const binaries = (): Binaries => {
  found ??= embeddedBinaries();
  return found;
};

/** Really runs a program of it as the user it would have. */
function asWhom(data: string): string {
  const cluster = path.join(data, 'postgres');
  const owner = fs.existsSync(cluster) ? fs.statSync(cluster).uid : (process.getuid?.() ?? 0);
  const as = runner([binaries().bin, ...(fs.existsSync(data) ? [data] : [])], owner);
  runToEnd(as, path.join(binaries().bin, 'postgres'), ['--version']);
  return as.uid === undefined ? '' : ` as user ${as.uid}`;
}

function existing(folder: string): string {
  let at = folder;
  while (!fs.existsSync(at)) at = path.dirname(at);
  return at;
}

function dataFolder(data: string, major: number): string {
  const cluster = path.join(data, 'postgres');
  const at = existing(data);
  try {
    fs.accessSync(at, fs.constants.W_OK);
  } catch {
    throw new Error(
      `this user may not write in ${at}. Start as its owner (user ${fs.statSync(at).uid}), or use another folder with --data.`,
    );
  }
  const found = clusterVersion(cluster);
  if (found === undefined) return `${data} will be made on the first start`;
  if (found !== major)
    throw new Error(
      `${data} was made by PostgreSQL ${found}, this Glasshouse carries ${major}; start the Glasshouse that made it, or use another folder with --data.`,
    );
  if ((fs.statSync(cluster).mode & 0o027) !== 0)
    throw new Error(`${cluster} is open to others, and PostgreSQL does not start on such a folder: chmod 700 ${cluster}`);
  return `${data}, PostgreSQL ${found}`;
}

async function database(url: string): Promise<string> {
  try {
    return `PostgreSQL ${await checkServer(url)}, UTF8`;
  } catch (e) {
    const { message, code } = e as NodeJS.ErrnoException;
    throw new Error(
      `${message || code} Look whether the database runs, whether DATABASE_URL names it rightly, and whether this machine may reach it.`,
    );
  }
}

const ANEW = 'Put it back, or set GLASSHOUSE_KEY.';

function keyFile(data: string, env: NodeJS.ProcessEnv): string {
  if (env.GLASSHOUSE_KEY) return 'from GLASSHOUSE_KEY';
  const file = path.join(data, 'key');
  if (!fs.existsSync(file)) {
    if (fs.existsSync(path.join(data, 'postgres')))
      throw new Error(`${file} is missing: personal data in this folder cannot be read without it. ${ANEW}`);
    return 'will be made on the first start';
  }
  if ((fs.statSync(file).mode & 0o077) !== 0) throw new Error(`${file} can be read by others: chmod 600 ${file}`);
  if (Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'base64').length !== 32)
    throw new Error(`${file} is not a key of 32 bytes in base64. Put the right one back: personal data cannot be read without it.`);
  return `${file}; keep a copy apart from this machine and from the backups`;
}

function keyGiven(env: NodeJS.ProcessEnv): string {
  if (!env.GLASSHOUSE_KEY) throw new Error('GLASSHOUSE_KEY is needed with DATABASE_URL (make one: openssl rand -base64 32).');
  return 'from GLASSHOUSE_KEY';
}

function erasures(data: string): string {
  const file = path.join(data, 'erasures.ndjson');
  if (!fs.existsSync(file)) return 'nobody was erased yet';
  if ((fs.statSync(file).mode & 0o077) !== 0) throw new Doubt(`${file} can be read by others: chmod 600 ${file}`);
  const lines = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((l) => l.endsWith('}')).length;
  return `${lines} in ${file}; keep a copy with the key: a restore needs it`;
}

function freeSpace(data: string): string {
  const at = existing(data);
  const { bavail, bsize } = fs.statfsSync(at);
  const free = (bavail * bsize) / GB;
  if (free < 2)
    throw new Error(
      `only ${free.toFixed(1)} GiB free in ${at}; 2 GiB are needed. Free some, or move ${data} to a larger disk while the server is stopped.`,
    );
  if (free < 10) throw new Doubt(`${free.toFixed(1)} GiB free in ${at}. The server stops taking events when the disk is full.`);
  return `${free.toFixed(0)} GiB free`;
}

function memory(): string {
  const bytes = Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const said = `${(bytes / GB).toFixed(1)} GiB for this process and PostgreSQL`;
  if (bytes < 1.5 * GB) throw new Doubt(`${said}; 2 GiB are a good beginning. Give the machine or the container more.`);
  return said;
}

/** A clock that runs behind what was written before sends events into the future, and promises too. */
function clock({ data, zone }: Patient): string {
  const now = Date.now();
  const said = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'medium' }).format(now);
  if (new Date(now).getUTCFullYear() < 2025) throw new Error(`it is ${said}, says this machine. Set its clock (timedatectl set-ntp true).`);
  const control = path.join(data, 'postgres', 'global', 'pg_control');
  const ahead = fs.existsSync(control) ? fs.statSync(control).mtimeMs - now : 0;
  if (ahead > 60_000)
    throw new Error(`it is ${said}, but the store was written ${Math.round(ahead / 60_000)} minutes later. Set the machine's clock.`);
  return `${said} in ${zone}`;
}

async function server({ user, host, port }: Patient): Promise<string> {
  if (user === undefined) return 'none works with this folder';
  const ready = await answer(host, port, '/readyz');
  if (ready === 200) return `process ${user} works with this folder and is ready on port ${port}`;
  if (ready === 503) throw new Doubt(`process ${user} works with this folder but is not ready: ask /readyz for the reason`);
  return `process ${user} works with this folder; no Glasshouse answers on port ${port}, so it listens elsewhere or is a command`;
}

const answer = (host: string, port: number, at: string): Promise<number | undefined> =>
  fetch(`http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}${at}`, {
    signal: AbortSignal.timeout(3_000),
  }).then(
    (r) => r.status,
    () => undefined,
  );

const freePort = ({ host, port, user }: Patient): Promise<string> =>
  new Promise((well, ill) => {
    const probe = net.createServer();
    probe.once('error', async (e: NodeJS.ErrnoException) => {
      if (e.code !== 'EADDRINUSE')
        return ill(new Error(`${host}:${port}: ${e.message}. Choose another with --port or PORT, or another HOST.`));
      if (user !== undefined && (await answer(host, port, '/healthz')) === 200) return well(`${port} on ${host} is taken by a Glasshouse`);
      ill(new Error(`${port} on ${host} is in use by another program; stop it, or choose another port with --port or PORT.`));
    });
    probe.listen(port, host, () => probe.close(() => well(port === 0 ? 'any free one' : `${port} on ${host} is free`)));
  });

/* ── what only the store can tell ── */

async function asking(p: Patient, look: (sql: pg.Client) => Promise<string>): Promise<string> {
  const client = new pg.Client({ connectionString: p.store, connectionTimeoutMillis: 5_000, statement_timeout: 10_000 });
  client.on('error', () => undefined); // said by the call that fails
  try {
    await client.connect();
    return await look(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const isEmpty = async (sql: pg.Client): Promise<boolean> =>
  (await sql.query(`select to_regclass('platform.migration') is null empty`)).rows[0]?.empty as boolean;

async function wholeness(sql: pg.Client): Promise<string> {
  const { rows } = await sql.query(`select 1 from pg_namespace where nspname = 'glasshouse_restoring'`);
  if (rows.length > 0) throw new Error('a restore into it was not finished: run "glasshouse restore" again, it begins anew by itself.');
  if (await isEmpty(sql)) return 'empty; the first start makes its tables';
  const { rows: sizes } = await sql.query(`select pg_size_pretty(pg_database_size(current_database())) size`);
  return `${sizes[0]?.size}`;
}

async function keyOfStore(sql: pg.Client, { env, data }: Patient): Promise<string> {
  if (await isEmpty(sql)) return 'none yet';
  const { rows } = await sql.query<{ proof: Buffer }>('select proof from vault.key');
  const text =
    env.GLASSHOUSE_KEY || (fs.existsSync(path.join(data, 'key')) ? fs.readFileSync(path.join(data, 'key'), 'utf8').trim() : undefined);
  const [kept] = rows;
  if (kept === undefined || text === undefined) return 'nothing to compare with';
  if (!proofOf(Buffer.from(text, 'base64')).equals(kept.proof))
    throw new Error(`this is not the key that protects the personal data of this store. ${ANEW}`);
  return 'the right one';
}

async function clockOfStore(sql: pg.Client): Promise<string> {
  const asked = Date.now();
  const { rows } = await sql.query<{ now: string }>('select extract(epoch from clock_timestamp()) * 1000 now');
  const off = Math.round((Number(rows[0]?.now) - (asked + Date.now()) / 2) / 1000);
  if (Math.abs(off) > 5)
    throw new Error(
      `the database's clock is ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} this machine's. Let both follow one time server.`,
    );
  return 'the same as here';
}

async function lastBackup(sql: pg.Client): Promise<string> {
  if (await isEmpty(sql)) return 'nothing to back up yet';
  const { rows } = await sql.query<{ at: Date }>(`select at from platform.audit where act = 'store.backed-up' order by id desc limit 1`);
  const [last] = rows;
  const how = 'Make one with "glasshouse backup DIR", every night by cron, and keep it on another machine.';
  if (last === undefined) throw new Doubt(`none was ever made of this store. ${how}`);
  const hours = Math.round((Date.now() - last.at.getTime()) / HOUR);
  if (hours > 36) throw new Doubt(`the last one is ${Math.round(hours / 24)} days old. ${how}`);
  return hours < 1 ? 'made within the hour' : `the last one is ${hours} hours old`;
}
