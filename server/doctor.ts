import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { BadSetting, type Flags, readSettings } from './platform/config.ts';
import { checkServer, clusterVersion } from './platform/postgres.ts';
import { type Binaries, embeddedBinaries, runner, runToEnd } from './platform/postmaster.ts';

const REPO = path.resolve(import.meta.dirname, '..');
const GB = 1024 ** 3;

/** One look at one thing: what is well, or (thrown) what is not and what to do. */
type Look = readonly [what: string, look: () => Promise<string> | string];

/** Prints a line per thing looked at, ✓ or ✗; answers 0 when all is well, 1 otherwise. Changes nothing. */
export async function runDoctor(flags: Flags, env: NodeJS.ProcessEnv): Promise<number> {
  let ill = 0;
  for (const [what, look] of looks(flags, env)) {
    try {
      console.log(`✓ ${what}: ${await look()}`);
    } catch (e) {
      ill++;
      console.log(`✗ ${what}: ${(e as Error).message}`);
    }
  }
  console.log(ill === 0 ? 'All is well.' : `${ill} of these would keep the server from starting or working.`);
  return ill === 0 ? 0 : 1;
}

function looks(flags: Flags, env: NodeJS.ProcessEnv): Look[] {
  let settings: ReturnType<typeof readSettings> | undefined;
  const set = () => settings ?? readSettings({}, {}); // a bad setting has its own line; the rest is looked at all the same
  const data = () => (flags.data === undefined ? path.resolve(REPO, set().GLASSHOUSE_DATA) : path.resolve(flags.data));
  const store: Look[] = env.DATABASE_URL
    ? [['database', async () => `PostgreSQL ${await checkServer(set().DATABASE_URL ?? '')}, UTF8`]]
    : [
        ['PostgreSQL', () => `version ${binaries().major}, runs here${asWhom(data())}`],
        ['data folder', () => dataFolder(data(), binaries().major)],
        ['key', () => keyFile(data(), env)],
      ];
  return [
    [
      'settings',
      () => {
        settings = readSettings(flags, env);
        return 'every one is known and well formed';
      },
    ],
    ['Node', nodeVersion],
    ...store,
    ['disk', () => freeSpace(data())],
    ['port', () => freePort(set().HOST, set().PORT)],
    ['web apps', () => (fs.existsSync(path.join(REPO, 'dist/web/.built')) ? 'built' : 'not built yet; the first start does it')],
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

function dataFolder(data: string, major: number): string {
  const version = clusterVersion(path.join(data, 'postgres'));
  if (version === undefined) {
    let at = data;
    while (!fs.existsSync(at)) at = path.dirname(at);
    fs.accessSync(at, fs.constants.W_OK);
    return `${data} will be made on the first start`;
  }
  if (version !== major)
    throw new Error(
      `${data} was made by PostgreSQL ${version}, this Glasshouse carries ${major}; start the Glasshouse that made it, or use another folder with --data.`,
    );
  return `${data}, PostgreSQL ${version}`;
}

function keyFile(data: string, env: NodeJS.ProcessEnv): string {
  if (env.GLASSHOUSE_KEY) return 'from GLASSHOUSE_KEY';
  const file = path.join(data, 'key');
  if (!fs.existsSync(file)) {
    if (fs.existsSync(path.join(data, 'postgres')))
      throw new Error(`${file} is missing: personal data in this folder cannot be read without it. Put it back, or set GLASSHOUSE_KEY.`);
    return 'will be made on the first start';
  }
  if ((fs.statSync(file).mode & 0o077) !== 0) throw new Error(`${file} can be read by others: chmod 600 ${file}`);
  return file;
}

function freeSpace(data: string): string {
  let at = data;
  while (!fs.existsSync(at)) at = path.dirname(at);
  const { bavail, bsize } = fs.statfsSync(at);
  const free = (bavail * bsize) / GB;
  if (free < 2) throw new Error(`only ${free.toFixed(1)} GiB free in ${at}; 2 GiB are needed to begin with.`);
  return `${free.toFixed(0)} GiB free`;
}

const freePort = (host: string, port: number): Promise<string> =>
  new Promise((well, ill) => {
    const probe = net.createServer();
    probe.once('error', (e: NodeJS.ErrnoException) =>
      ill(
        new BadSetting(
          e.code === 'EADDRINUSE' ? `${port} on ${host} is in use; choose another with --port.` : `${host}:${port}: ${e.message}`,
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(() => well(port === 0 ? 'any free one' : `${port} on ${host} is free`)));
  });
