import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Evaluation, evaluationOf, foldCount, type Judged, judgeFold, type Trial } from './evaluate.ts';

/** Cells below which a thread costs more than it saves. */
const worthThreads = 10_000;

/**
 * Judges all folds, several at a time where there are cores, and answers the figures. A fold is the same whoever works it, so the answer does not
 * depend on the machine. `tell` hears of each fold as it is done. The values of the columns are shared with the threads, never copied.
 */
export async function evaluate(trial: Trial, tell: (judged: Judged) => void = () => undefined): Promise<Evaluation> {
  const isSmall = trial.label.length * trial.columns.length < worthThreads;
  const hands = isSmall ? 1 : Math.min(foldCount, os.availableParallelism());
  const waiting = Array.from({ length: foldCount }, (_, fold) => fold);
  const done: Judged[] = [];
  const work = async (judge: (fold: number) => Promise<Judged>): Promise<void> => {
    for (let fold = waiting.shift(); fold !== undefined; fold = waiting.shift()) {
      const judged = await judge(fold);
      done.push(judged);
      tell(judged);
    }
  };
  if (hands === 1) await work(async (fold) => judgeFold(trial, fold));
  else await Promise.all(Array.from({ length: hands }, () => withHand(trial, work)));
  return evaluationOf(
    trial,
    done.sort((a, b) => a.fold - b.fold),
  );
}

async function withHand(trial: Trial, work: (judge: (fold: number) => Promise<Judged>) => Promise<void>): Promise<void> {
  const hand = new Worker(new URL('./hand.ts', import.meta.url), { workerData: trial });
  try {
    await work(
      (fold) =>
        new Promise((done, fail) => {
          hand.removeAllListeners();
          hand.once('message', done).once('error', fail);
          hand.postMessage(fold);
        }),
    );
  } finally {
    await hand.terminate();
  }
}
