import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { median, round } from './stats.ts';

/** How much of two cores this machine gives, asked before, between and after the rounds. */
export interface Cores {
  /** Asks once more: work of two busy threads ÷ work of one. Nothing of ours may run meanwhile. */
  ask(): Promise<void>;
  /** Median of what was asked so far, and each. */
  readonly value: number;
  readonly asked: readonly number[];
  close(): Promise<void>;
}

const MS = 150;

export async function openCores(): Promise<Cores> {
  const workers = [0, 1].map(() => new Worker(new URL('./busy.ts', import.meta.url)));
  const [first, second] = workers as [Worker, Worker];
  await Promise.all(workers.map((w) => once(w, 'online')));
  const work = async (w: Worker): Promise<number> => {
    w.postMessage(MS);
    return (await once(w, 'message'))[0] as number;
  };
  const asked: number[] = [];
  await Promise.all(workers.map(work)); // compiles
  return {
    async ask() {
      const before = await work(first);
      const both = (await Promise.all(workers.map(work))).reduce((a, b) => a + b);
      const after = await work(second);
      asked.push(round((2 * both) / (before + after)));
    },
    get value() {
      return round(median(asked));
    },
    asked,
    close: async () => void (await Promise.all(workers.map((w) => w.terminate()))),
  };
}
