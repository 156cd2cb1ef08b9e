import { Worker } from 'node:worker_threads';
import type { Log } from '#platform/log';
import type { Answer, Ask, Failure } from './worker.ts';
import type { Share } from './worker-memories.ts';

/** The threads of an engine, each with its share of the blocks. When one of them dies, all end: whoever holds the crew starts another. */
export interface Crew {
  readonly size: number;
  /** The answers of all threads, in their order. Throws Unanswered when one of them cannot or `gone` is aborted, Gone when one died. */
  all<T>(ask: Ask, gone?: AbortSignal): Promise<T[]>;
  /** Bytes of memory in use, by their latest answers. */
  used(): number;
  /** Resolves when the crew is no more. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

export class Gone extends Error {}

/** A thread said why it has no answer. */
export class Unanswered extends Error {
  readonly why: Failure['why'];
  constructor({ why, message }: Failure) {
    super(message);
    this.why = why;
  }
}

interface Waiting {
  readonly done: (value: never) => void;
  readonly fail: (e: Error) => void;
}

const CLOSING_MS = 2_000;

export function startCrew(url: string, shares: readonly Share[], log: Log): Crew {
  const used = shares.map(() => 0);
  const waiting = new Map<number, Waiting>();
  let n = 0;
  let over: ((value: undefined) => void) | undefined;
  let ended = false;
  const gone = new Promise<void>((done) => {
    over = done as () => void;
  });
  const end = (why: string): void => {
    if (ended) return;
    ended = true;
    for (const { fail } of waiting.values()) fail(new Gone(why));
    waiting.clear();
    for (const worker of workers) void worker.terminate();
    over?.(undefined);
  };
  const hear = (i: number, a: Answer): void => {
    const asked = waiting.get(a.n);
    waiting.delete(a.n);
    if ('failed' in a) asked?.fail(new Unanswered(a.failed));
    else {
      used[i] = a.used;
      asked?.done(a.value as never);
    }
  };
  const workers = shares.map((share, i) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { url, share }, name: `audience ${i}` });
    worker.on('message', (a: Answer) => hear(i, a));
    worker.on('error', (e: Error) => {
      if (!ended) log.error({ fault: e.stack, worker: i }, 'a thread of the audience engine failed');
      end(e.message);
    });
    worker.on('exit', () => end('a thread of the audience engine ended'));
    return worker;
  });
  const ask = <T>(worker: Worker, a: Ask, gone?: AbortSignal): Promise<T> =>
    new Promise((done, fail) => {
      if (gone?.aborted) {
        fail(new Unanswered({ why: 'given-up', message: 'nobody waits for it' }));
        return;
      }
      if (ended) {
        fail(new Gone('the audience engine is starting again'));
        return;
      }
      const id = ++n;
      waiting.set(id, { done, fail });
      worker.postMessage({ n: id, ask: a });
      const stop = (): void => {
        if (waiting.has(id)) worker.postMessage({ n: ++n, ask: { ask: 'stop', of: id } satisfies Ask });
      };
      gone?.addEventListener('abort', stop, { once: true });
    });

  return {
    size: workers.length,
    /** Every thread is waited for, so that none is still at work when the answer is given. */
    async all<T>(a: Ask, gone?: AbortSignal) {
      const answers = await Promise.allSettled(workers.map((w) => ask<T>(w, a, gone)));
      return answers.map((x) => {
        if (x.status === 'rejected') throw x.reason;
        return x.value;
      });
    },
    used: () => used.reduce((a, b) => a + b, 0),
    gone,
    async close() {
      if (ended) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((done) => {
        timer = setTimeout(done, CLOSING_MS);
      });
      await Promise.race([Promise.allSettled(workers.map((w) => ask(w, { ask: 'close' }))), late]);
      clearTimeout(timer);
      ended = true;
      for (const { fail } of waiting.values()) fail(new Gone('the audience engine is closed'));
      await Promise.all(workers.map((w) => w.terminate()));
      over?.(undefined);
    },
  };
}
