import { parentPort, workerData } from 'node:worker_threads';
import { systemActor } from '#platform/actor';
import { type Db, openDb, type Tx } from '#platform/db';
import { shareSnapshot } from '#tag';
import { type Keeping, keepEverybody, type OutcomeAsked, readOutcomes } from './keepingPeople.ts';
import { type Reading, readRows } from './reading.ts';
import { type Recalling, recallRows } from './recalling.ts';
import { type Look, look } from './scoring.ts';

/** A thread that reads everybody, over connections of its own, in one snapshot: for a training, an observation, or a look at the scores. */
export type Job =
  | { readonly what: 'read'; readonly asked: Reading }
  | { readonly what: 'recall'; readonly asked: Recalling }
  | { readonly what: 'keep'; readonly asked: Keeping }
  | { readonly what: 'outcomes'; readonly asked: OutcomeAsked }
  | { readonly what: 'look'; readonly asked: Look };
export type Told =
  | { readonly done: number; readonly total: number }
  | { readonly found: unknown }
  | { readonly fault: string; readonly stack: string | undefined };

function work(tx: Tx, db: Db, job: Job, tell: (done: number, total: number) => void): Promise<unknown> {
  switch (job.what) {
    case 'read':
      return readRows(tx, job.asked, tell);
    case 'recall':
      return recallRows(tx, job.asked, tell);
    case 'keep':
      return keepEverybody(tx, db, job.asked, tell);
    case 'outcomes':
      return readOutcomes(tx, db, job.asked, tell);
    case 'look':
      return look(tx, db, job.asked, tell);
  }
}

const port = parentPort;
if (port) {
  const { url, job } = workerData as { url: string; job: Job };
  const say = (told: Told) => port.postMessage(told);
  const tell = (done: number, total: number) => say({ done, total });
  const db = openDb(url, 2);
  db.inTx(systemActor('model'), async ({ tx }) => {
    await shareSnapshot(tx);
    return { found: await work(tx, db, job, tell) };
  })
    .then(say, (e: Error) => say({ fault: e.message, stack: e.stack }))
    .finally(() => db.close());
}
