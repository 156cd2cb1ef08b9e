import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { AT, openKernel } from '../server/modules/audience/kernel.ts';

/** How fast this machine reads memory that no cache holds: as many threads as the engine has, each reading a stretch of its own, all at once. */

const STRETCH = 1 << 30;
const MS = 400;

/** Bytes per second of all threads together. */
export async function memorySpeed(threads: number): Promise<number> {
  const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url)));
  await Promise.all(workers.map((w) => once(w, 'message')));
  const speeds = await Promise.all(
    workers.map(async (w) => {
      w.postMessage('read');
      return (await once(w, 'message'))[0] as number;
    }),
  );
  await Promise.all(workers.map((w) => w.terminate()));
  return speeds.reduce((a, b) => a + b, 0);
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const kernel = openKernel(AT.heap + STRETCH);
  kernel.bytes.fill(1, AT.heap);
  kernel.readThrough(AT.heap, STRETCH); // compiles
  port.on('message', () => {
    const begin = performance.now();
    let bytes = 0;
    for (; performance.now() - begin < MS; bytes += STRETCH / 8) kernel.readThrough(AT.heap + (bytes % STRETCH), STRETCH / 8);
    port.postMessage((bytes * 1_000) / (performance.now() - begin));
  });
  port.postMessage('ready');
}
