import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Evaluation, evaluationOf, foldCount, type Judged, judgeFold, type Trial } from './evaluate.ts';
import type { Learned } from './hand.ts';

/** Cells below which a thread costs more than it saves. */
const worthThreads = 10_000;

/** What a thread is told: a fold to judge, or to learn from all rows. */
export type Task = number | 'whole';
type Work = (task: Task) => Promise<Judged | Learned>;

const allFolds = (): Task[] => Array.from({ length: foldCount }, (_, fold) => fold);

/**
 * Judges all folds, several at a time where there are cores, and answers the figures. A fold is the same whoever works it, so the answer does not
 * depend on the machine. `tell` hears of each fold as it is done. The values of the columns are shared with the threads, never copied.
 */
export async function evaluate(trial: Trial, tell: (judged: Judged) => void = () => undefined): Promise<Evaluation> {
  const isSmall = trial.label.length * trial.columns.length < worthThreads;
  const done: Judged[] = [];
  const take = (judged: Judged | Learned): void => {
    done.push(judged as Judged);
    tell(judged as Judged);
  };
  const tasks = allFolds();
  if (isSmall) for (const fold of tasks) take(judgeFold(trial, fold as number));
  else await share(trial, tasks, take);
  return evaluationOf(trial, inOrder(done));
}

/**
 * Judges all folds and learns from all rows, in threads alone: whoever asks goes on serving. `tell` hears how many of all tasks are done. Throws what
 * `signal` was aborted with.
 */
export async function learn(
  trial: Trial,
  { tell, signal }: { tell: (done: number, total: number) => void; signal: AbortSignal },
): Promise<{ judged: readonly Judged[]; learned: Learned }> {
  const tasks: Task[] = ['whole', ...allFolds()];
  const total = tasks.length;
  const judged: Judged[] = [];
  let learned: Learned | undefined;
  let done = 0;
  const take = (one: Judged | Learned): void => {
    if ('fold' in one) judged.push(one);
    else learned = one;
    tell(++done, total);
  };
  tell(0, total);
  await share(trial, tasks, take, signal);
  return { judged: inOrder(judged), learned: learned as Learned };
}

const inOrder = (judged: readonly Judged[]): Judged[] => [...judged].sort((a, b) => a.fold - b.fold);

async function share(trial: Trial, tasks: Task[], take: (done: Judged | Learned) => void, signal?: AbortSignal): Promise<void> {
  const hands = Math.min(tasks.length, os.availableParallelism());
  const work = async (by: Work): Promise<void> => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) take(await by(task));
  };
  await Promise.all(Array.from({ length: hands }, () => withHand(trial, work, signal)));
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
