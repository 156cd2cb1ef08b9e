import { parentPort, workerData } from 'node:worker_threads';
import { evaluationOf, type Judged, judgeFold, seed, type Trial } from './evaluate.ts';
import { curvesOf, keptOf, weighed } from './figures.ts';
import { train } from './train.ts';

/** One thread of `crew.ts`: is told folds, answers each judged; or learns from all rows; or sums up what was judged. */
export type Task = number | 'whole' | { readonly judged: readonly Judged[] };

const learnAll = (trial: Trial) => {
  const rows = Uint32Array.from(trial.label.keys());
  const { trained, choice } = train(trial.columns, rows, trial.label, seed);
  return { trained, choice, ...weighed(trial, trained, seed) };
};
export type Learned = ReturnType<typeof learnAll>;

const summed = (trial: Trial, judged: readonly Judged[]) => ({ ...keptOf(evaluationOf(trial, judged)), ...curvesOf(trial, judged) });
export type Summed = ReturnType<typeof summed>;

const answer = (trial: Trial, task: Task): Judged | Learned | Summed =>
  task === 'whole' ? learnAll(trial) : typeof task === 'number' ? judgeFold(trial, task) : summed(trial, task.judged);

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(workerData as Trial, task)));
