import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * Other processes of this machine: whether they live, and whether a process id still means the process that was meant. Numbers are given
 * again, in containers at once, so a bare id proves nothing: the moment of birth goes with it.
 */

/** True while the process lives, also when it belongs to somebody else. A zombie is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true; // no /proc here, or gone this instant
  }
}

/** A text that differs between two processes that had the same id; undefined when the process is gone. */
export function birthOf(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return ps(pid, 'lstart=');
  }
}

/** The command line, arguments separated by NUL or spaces; undefined when the process is gone. */
export function commandOf(pid: number): string | undefined {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ps(pid, 'command=');
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return (
      execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock file for the life of this process and answers how to give it back. A lock whose holder died is taken over.
 * Throws when a living process holds it.
 */
export function takeLock(file: string, held: (pid: number) => Error): () => void {
  const mine = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) });
  for (;;) {
    try {
      fs.writeFileSync(file, mine, { flag: 'wx', mode: 0o644 });
      return () => fs.rmSync(file, { force: true });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    }
    const holder = lockHolder(file);
    if (holder !== undefined) throw held(holder);
    fs.rmSync(file, { force: true });
  }
}

/** The living process that holds a lock file. */
export function lockHolder(file: string): number | undefined {
  const holder = readLock(file);
  return holder !== undefined && isAlive(holder.pid) && birthOf(holder.pid) === holder.birth ? holder.pid : undefined;
}

function readLock(file: string): { pid: number; birth?: string } | undefined {
  try {
    const { pid, birth } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number; birth?: string };
    return { pid, birth };
  } catch {
    return undefined; // half written by a process that was killed
  }
}
