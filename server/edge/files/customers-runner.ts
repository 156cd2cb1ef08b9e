import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { beginImport, failImport, forgetArrivals, type ImportRow, openImports } from '#customer';
import type { House } from '#platform/module';
import { announceBatch, forgetStaged } from '#tag';
import type { Task, Told } from './customers-worker.ts';

/** Works off the imports whose files lie with this copy of the program, one after the other, and goes on with what an earlier one left. */
export interface Runner {
  /** There may be something to do. */
  wake(): void;
  /** Ends what is at work; the next start goes on with it. */
  stop(): Promise<void>;
}

/** Rows live for a moment only: with little room for what is young, many would be taken for old. */
const YOUNG_MB = 96;

const WORKER = new URL('./customers-worker.ts', import.meta.url);

export function openRunner(house: House, folderOf: (house: House, id: string) => string): Runner {
  const { db, log } = house;
  let stopped = false;
  let again = false;
  let working: Promise<void> | undefined;
  let worker: Worker | undefined;

  const work = async (row: ImportRow): Promise<void> => {
    const folder = folderOf(house, row.id);
    if (!(await stat(folder).catch(() => undefined))) return; // another copy's
    await beginImport(db, row.id);
    const task: Task = { url: db.url, key: house.config.key, folder, id: row.id, by: { id: row.actor, name: row.actor_name ?? row.actor } };
    const told = await new Promise<Told>((done) => {
      worker = new Worker(WORKER, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
      worker.once('message', done);
      worker.once('error', (e) => done({ fault: e instanceof Error ? (e.stack ?? e.message) : String(e) }));
      worker.once('exit', (code) => done({ fault: `its thread ended with ${code}` }));
    });
    await worker?.terminate();
    worker = undefined;
    if (stopped) return;
    if ('batch' in told) announceBatch(house, told.batch);
    else {
      const { code, details } = 'fault' in told ? { code: 'customer-import.fault', details: {} } : told;
      if ('fault' in told) log.error({ import: row.id, fault: told.fault }, 'an import of customers met a fault');
      await failImport(db, row.id, code, details, Date.now());
      await forgetStaged(db, row.id);
      await forgetArrivals(db, row.id);
    }
    for (let i = 0; i < row.files.length; i++) await rm(path.join(folder, String(i)), { force: true });
  };

  const run = async () => {
    while (again && !stopped) {
      again = false;
      for (const row of await openImports(db)) if (!stopped) await work(row);
    }
  };

  return {
    wake() {
      again = true;
      working ??= run()
        .catch((e: Error) => log.error({ reason: e.message }, 'imports of customers could not be worked off'))
        .finally(() => {
          working = undefined;
        });
    },
    async stop() {
      stopped = true;
      await worker?.terminate();
      await working;
    },
  };
}
