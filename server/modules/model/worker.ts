import { parentPort, workerData } from 'node:worker_threads';
import { systemActor } from '#platform/actor';
import { openDb } from '#platform/db';
import { shareSnapshot } from '#tag';
import { type Reading, readRows } from './reading.ts';
import { type Look, look } from './scoring.ts';

/** A thread that reads everybody, over connections of its own, in one snapshot: for a training, or for a look at the scores. */
export type Job = { readonly what: 'read'; readonly asked: Reading } | { readonly what: 'look'; readonly asked: Look };
export type Told =
  | { readonly done: number; readonly total: number }
  | { readonly found: unknown }
  | { readonly fault: string; readonly stack: string | undefined };

const port = parentPort;
if (port) {
  const { url, job } = workerData as { url: string; job: Job };
  const say = (told: Told) => port.postMessage(told);
  const tell = (done: number, total: number) => say({ done, total });
  const db = openDb(url, 2);
  db.inTx(systemActor('model'), async ({ tx }) => {
    await shareSnapshot(tx);
    return { found: job.what === 'read' ? await readRows(tx, job.asked, tell) : await look(tx, db, job.asked, tell) };
  })
    .then(say, (e: Error) => say({ fault: e.message, stack: e.stack }))
    .finally(() => db.close());
}
