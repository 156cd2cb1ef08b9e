import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Evaluation, evaluationOf, foldCount, type Judged, judgeFold, type Trial } from './evaluate.ts';
import type { Learned, Summed, Task } from './hand.ts';

/** Cells below which a thread costs more than it saves. */
const worthThreads = 10_000;

type Done = Judged | Learned | Summed;
type Work = (task: Task) => Promise<Done>;

const allFolds = (): number[] => Array.from({ length: foldCount }, (_, fold) => fold);

/**
 * Judges all folds, several at a time where there are cores, and answers the figures. A fold is the same whoever works it, so the answer does not
 * depend on the machine. `tell` hears of each fold as it is done. The values of the columns are shared with the threads, never copied.
 */
export async function evaluate(trial: Trial, tell: (judged: Judged) => void = () => undefined): Promise<Evaluation> {
  const isSmall = trial.label.length * trial.columns.length < worthThreads;
  const done: Judged[] = [];
  const take = (judged: Done): void => {
    done.push(judged as Judged);
    tell(judged as Judged);
  };
  if (isSmall) for (const fold of allFolds()) take(judgeFold(trial, fold));
  else await share(trial, allFolds(), { take, hands: os.availableParallelism() });
  return evaluationOf(trial, inOrder(done));
}

/**
 * Judges all folds, learns from all rows and sums up, in threads alone, and leaves a core to whoever is served meanwhile. `tell` hears how many of all tasks are
 * done. Throws what `signal` was aborted with.
 */
export async function learn(
  trial: Trial,
  { tell, signal }: { tell: (done: number, total: number) => void; signal: AbortSignal },
): Promise<Learned & { readonly figures: Summed }> {
  const tasks: Task[] = ['whole', ...allFolds()];
  const total = tasks.length + 1;
  const done: Done[] = [];
  const take = (one: Done): void => {
    done.push(one);
    tell(done.length, total);
  };
  tell(0, total);
  await share(trial, tasks, { take, hands: Math.max(1, os.availableParallelism() - 1), signal });
  const judged = inOrder(done.filter((one) => 'fold' in one));
  await share(trial, [{ judged }], { take, hands: 1, signal });
  const learned = done.find((one) => 'trained' in one) as Learned;
  return { ...learned, figures: done.at(-1) as Summed };
}

const inOrder = (judged: readonly Judged[]): Judged[] => [...judged].sort((a, b) => a.fold - b.fold);

interface Sharing {
  readonly take: (done: Done) => void;
  readonly hands: number;
  readonly signal?: AbortSignal;
}

async function share(trial: Trial, tasks: readonly Task[], { take, hands, signal }: Sharing): Promise<void> {
  const waiting = [...tasks];
  const work = async (by: Work): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) take(await by(task));
  };
  await Promise.all(Array.from({ length: Math.min(tasks.length, hands) }, () => withHand(trial, work, signal)));
}

async function withHand(trial: Trial, work: (by: Work) => Promise<void>, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const hand = new Worker(new URL('./hand.ts', import.meta.url), { workerData: trial });
  let stop: (() => void) | undefined;
  try {
    await work(
      (task) =>
        new Promise((done, fail) => {
          hand.removeAllListeners();
          if (stop) signal?.removeEventListener('abort', stop);
          stop = () => fail(signal?.reason);
          signal?.addEventListener('abort', stop);
          if (signal?.aborted) return stop();
          hand.once('message', done).once('error', fail);
          hand.postMessage(task);
        }),
    );
  } finally {
    if (stop) signal?.removeEventListener('abort', stop);
    await hand.terminate();
  }
}
