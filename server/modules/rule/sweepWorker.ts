import { parentPort, workerData } from 'node:worker_threads';
import type { Column } from './column.ts';
import { type AnyOrder, openHere } from './sweepers.ts';

/** A thread of `sweepers.ts`: a block's columns in, what they gave out, in the order in which they came. */
const answer = openHere(workerData as AnyOrder);
parentPort?.on('message', (columns: readonly (Column | null)[]) => {
  const found = answer(columns);
  const moved = Object.values(found)
    .flat()
    .flatMap((part) => (ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : []));
  parentPort?.postMessage(found, moved);
});
