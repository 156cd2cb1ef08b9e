import { setTimeout as sleep } from 'node:timers/promises';
import { type Histogram, makeHistogram } from './histogram.ts';

/**
 * An open-loop generator: request i is due at i/rate, whatever became of the ones before. Its latency counts from that moment, not from when it
 * was really sent, so a server (or generator) that stands still pays for every request it kept waiting (no coordinated omission).
 */

/** How many requests are due by `elapsed` ms at `rate` a second, of `total` in all; the first is due at 0. */
export const dueBy = (elapsed: number, rate: number, total: number): number =>
  elapsed < 0 ? 0 : Math.min(total, Math.floor((elapsed * rate) / 1_000 + 1e-9) + 1);

/** When request `i` is due, ms after the begin. */
export const dueAt = (i: number, rate: number): number => (i * 1_000) / rate;

export interface OpenLoop {
  /** Requests a second. */
  readonly rate: number;
  readonly total: number;
  /** Sends request `i`, which was due at `due` (ms, by `now`), and waits for its answer. */
  send(i: number, due: number): Promise<unknown>;
  /** For tests: the clock (ms) and the pause. */
  readonly now?: () => number;
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface OpenLoopAnswer {
  readonly latency: Histogram;
  /** Requests that failed. */
  readonly failed: number;
  /** First failure, if any. */
  readonly why: string | undefined;
  /** From the begin to the last answer. */
  readonly ms: number;
}

/** Sends all requests when they are due and waits for every answer. */
export async function openLoop({ rate, total, send, now = () => performance.now(), pause = sleep }: OpenLoop): Promise<OpenLoopAnswer> {
  const latency = makeHistogram();
  const open = new Set<Promise<void>>();
  let failed = 0;
  let why: string | undefined;
  const begin = now();
  const one = (i: number): void => {
    const due = begin + dueAt(i, rate);
    const done: Promise<void> = send(i, due)
      .then(
        () => latency.record(now() - due),
        (e: Error) => {
          failed++;
          why ??= e.message;
        },
      )
      .then(() => void open.delete(done));
    open.add(done);
  };
  for (let sent = 0; sent < total; ) {
    for (const due = dueBy(now() - begin, rate, total); sent < due; ) one(sent++);
    if (sent < total) await pause(Math.max(1, Math.floor(begin + dueAt(sent, rate) - now())));
  }
  await Promise.all(open);
  return { latency, failed, why, ms: now() - begin };
}

/** `connections` callers, each sending its next request as soon as the last is answered, for so many ms; for what a server can do at most. */
export async function closedLoop(connections: number, ms: number, send: (i: number, connection: number) => Promise<unknown>) {
  const latency = makeHistogram();
  const begin = performance.now();
  let sent = 0;
  const caller = async (connection: number) => {
    for (let from = performance.now(); from - begin < ms; ) {
      await send(sent++, connection);
      const to = performance.now();
      latency.record(to - from);
      from = to;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, c) => caller(c)));
  const took = performance.now() - begin;
  return { latency, ms: took, perSecond: (latency.count * 1_000) / took };
}
