import { parentPort, workerData } from 'node:worker_threads';
import { judgeFold, seed, type Trial } from './evaluate.ts';
import { weighed } from './figures.ts';
import { train } from './train.ts';

/** One thread of `crew.ts`: is told folds, answers each judged; or learns from all rows. */
const learnAll = (trial: Trial) => {
  const rows = Uint32Array.from(trial.label.keys());
  const { trained, choice } = train(trial.columns, rows, trial.label, seed);
  return { trained, choice, ...weighed(trial, trained, seed) };
};
export type Learned = ReturnType<typeof learnAll>;

parentPort?.on('message', (task: number | 'whole') =>
  parentPort?.postMessage(task === 'whole' ? learnAll(workerData as Trial) : judgeFold(workerData as Trial, task)),
);
