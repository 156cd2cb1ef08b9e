import { Worker } from 'node:worker_threads';
import type { Column } from './column.ts';
import type { Program } from './program.ts';
import type { Swept } from './sweep.ts';

/** Threads that sweep blocks beside the one that serves. */
export interface Sweepers {
  /** Sweeps one block when its turn has come. Columns over shared memory are read where they are, others are copied. */
  sweep(columns: readonly (Column | null)[]): Promise<Swept>;
  /** How many blocks are worth being under way at once. */
  readonly width: number;
  close(): Promise<void>;
}

/** Blocks that a thread is given ahead, so that it never waits for this one. */
const AHEAD = 2;

export interface Order {
  readonly program: Program;
  /** Bits of the rules whose hits are told. */
  readonly wanted: number;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: { readonly done: (s: Swept) => void; readonly failed: (e: Error) => void }[];
  /** Why it is no more. */
  lost: Error | undefined;
}

export function openSweepers(order: Order, threads: number): Sweepers {
  const all = Array.from({ length: threads }, () => openThread(order));
  return {
    width: threads * AHEAD,
    sweep(columns) {
      const thread = all.reduce((least, t) => (t.waiting.length < least.waiting.length ? t : least));
      const own = columns.map((c) => c && { ...c, body: ownBytes(c.body), known: c.known && ownBytes(c.known) });
      const moved = own.flatMap((c) => (c === null ? [] : [c.body, c.known ?? []].flat())).map((b) => (b as Uint8Array).buffer);
      return new Promise((done, failed) => {
        if (thread.lost) return failed(thread.lost);
        thread.waiting.push({ done, failed });
        thread.worker.postMessage(
          own,
          moved.filter((b) => b instanceof ArrayBuffer),
        );
      });
    },
    close: async () => void (await Promise.all(all.map((t) => t.worker.terminate()))),
  };
}

/** Bytes that may be given away: a driver's buffers are parts of larger ones. */
const ownBytes = (bytes: Uint8Array): Uint8Array => (bytes.buffer instanceof SharedArrayBuffer ? bytes : new Uint8Array(bytes));

function openThread(order: Order): Thread {
  const worker = new Worker(new URL('./sweepWorker.ts', import.meta.url), { workerData: order });
  const thread: Thread = { worker, waiting: [], lost: undefined };
  worker.on('message', (swept: Swept) => thread.waiting.shift()?.done(swept));
  worker.on('error', (e: Error) => {
    thread.lost = e;
    for (const w of thread.waiting.splice(0)) w.failed(e);
  });
  return thread;
}
