import { parentPort, workerData } from 'node:worker_threads';
import { judgeFold, type Trial } from './evaluate.ts';

/** One thread of `crew.ts`: is told folds, answers each judged. */
parentPort?.on('message', (fold: number) => parentPort?.postMessage(judgeFold(workerData as Trial, fold)));
