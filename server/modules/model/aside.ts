import { Worker } from 'node:worker_threads';
import type { Keeping, OutcomeAsked } from './keepingPeople.ts';
import type { Reading, Rows } from './reading.ts';
import type { Recalling } from './recalling.ts';
import type { Look, Seen } from './scoring.ts';
import type { Job, Told } from './worker.ts';

/** Work over everybody, in a thread of its own. `tell` hears how far it is. Throws its fault, and what `signal` was aborted with. */

interface Around {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly tell: (done: number, total: number) => void;
}

export const readAside = (around: Around, asked: Reading): Promise<Rows> => run(around, { what: 'read', asked });
export const recallAside = (around: Around, asked: Recalling): Promise<Rows> => run(around, { what: 'recall', asked });
/** Answers how many there are to be kept of. */
export const keepAside = (around: Around, asked: Keeping): Promise<number> => run(around, { what: 'keep', asked });
export const outcomesAside = (around: Around, asked: OutcomeAsked): Promise<void> => run(around, { what: 'outcomes', asked });
export const lookAside = (around: Around, asked: Look): Promise<Seen> => run(around, { what: 'look', asked });

async function run<T>({ url, signal, tell }: Around, job: Job): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { url, job } });
  const stop = new AbortController();
  try {
    return await new Promise<T>((done, fail) => {
      worker.on('message', (told: Told) => {
        if ('found' in told) done(told.found as T);
        else if ('fault' in told) fail(Object.assign(new Error(told.fault), { stack: told.stack }));
        else tell(told.done, told.total);
      });
      worker.once('error', fail);
      signal.addEventListener('abort', () => fail(signal.reason), { signal: stop.signal });
    });
  } finally {
    stop.abort();
    await worker.terminate();
  }
}
