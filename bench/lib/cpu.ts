import fs from 'node:fs';

/** CPU time and memory of other processes, from /proc; 0 where there is none. */

const MS_PER_TICK = 10; // Linux counts in hundredths of a second for everybody

interface Stat {
  readonly parent: number;
  /** Its own threads, and its children that ended and were waited for. */
  readonly own: number;
  readonly ended: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [, parent, ...f] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (i: number) => (f[i] ?? 0) * MS_PER_TICK;
    return { parent: parent ?? 0, own: ticks(9) + ticks(10), ended: ticks(11) + ticks(12) };
  } catch {
    return undefined; // gone, or no /proc
  }
}

/** CPU-ms of a process with all its threads. */
export const cpuMs = (pid: number): number => statOf(pid)?.own ?? 0;

/** CPU-ms of a process and all its children, living and ended. */
export function familyCpuMs(pid: number): number {
  const own = statOf(pid);
  if (own === undefined) return 0;
  let sum = own.own + own.ended;
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const child = statOf(Number(name));
    if (child?.parent === pid) sum += child.own + child.ended;
  }
  return sum;
}

/** The most memory a process ever held (VmHWM), MB; 0 when it is gone. */
export function peakMb(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
