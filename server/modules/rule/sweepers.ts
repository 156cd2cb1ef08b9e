import { Worker } from 'node:worker_threads';
import type { Column } from './column.ts';
import { type Decided, type Deciding, openDecision } from './decide.ts';
import type { Program } from './program.ts';
import { openSweep, type Swept } from './sweep.ts';

/** What is asked of every block: whom rules hit (`wanted`: bits of the rules whose hits are told), or what a table or an expression makes of everybody. */
export type Order<T extends Swept | Decided> = { readonly program: Program } & (T extends Swept
  ? { readonly wanted: number }
  : { readonly deciding: Deciding });
export type AnyOrder = Order<Swept> | Order<Decided>;

/** How an order is answered, in this thread. */
export const openHere = (order: AnyOrder): ((columns: readonly (Column | null)[]) => Swept | Decided) =>
  'deciding' in order ? openDecision(order.program, order.deciding) : openSweep(order.program, order.wanted);

/** Threads that go over blocks beside the one that serves. */
export interface Sweepers<T> {
  /** Goes over one block when its turn has come. Columns over shared memory are read where they are, others are copied. */
  sweep(columns: readonly (Column | null)[]): Promise<T>;
  /** How many blocks are worth being under way at once. */
  readonly width: number;
  close(): Promise<void>;
}

/** Blocks that a thread is given ahead, so that it never waits for this one. */
const AHEAD = 2;

interface Thread {
  readonly worker: Worker;
  readonly waiting: { readonly done: (found: never) => void; readonly failed: (e: Error) => void }[];
  /** Why it is no more. */
  lost: Error | undefined;
}

export function openSweepers<T extends Swept | Decided>(order: Order<T>, threads: number): Sweepers<T> {
  const all = Array.from({ length: threads }, () => openThread(order as AnyOrder));
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

function openThread(order: AnyOrder): Thread {
  const worker = new Worker(new URL('./sweepWorker.ts', import.meta.url), { workerData: order });
  const thread: Thread = { worker, waiting: [], lost: undefined };
  worker.on('message', (found) => thread.waiting.shift()?.done(found as never));
  worker.on('error', (e: Error) => {
    thread.lost = e;
    for (const w of thread.waiting.splice(0)) w.failed(e);
  });
  return thread;
}
