import { parentPort, workerData } from 'node:worker_threads';
import type { Column } from './column.ts';
import { openSweep } from './sweep.ts';
import type { Order } from './sweepers.ts';

/** A thread of `sweepers.ts`: a block's columns in, what they gave out, in the order in which they came. */
const { program, wanted } = workerData as Order;
const sweep = openSweep(program, wanted);
parentPort?.on('message', (columns: readonly (Column | null)[]) => {
  const s = sweep(columns);
  const moved = [s.yes, s.known, s.doubtful, s.hits, s.masks, s.looked, ...s.evidence].map((a) => a.buffer as ArrayBuffer);
  parentPort?.postMessage(s, moved);
});
