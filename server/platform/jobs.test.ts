import { afterAll, expect, test } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { startJobs } from './jobs.ts';
import { makeLog } from './log.ts';
import type { House, Module } from './module.ts';

const db = await freshDb();
afterAll(() => db.close());
const house = { db, log: makeLog('silent') } as House;
const aModule = (more: Partial<Module>): Module => ({ name: 'bell', migrations: [], ...more });

test('a job added with the data it belongs to is run once', async () => {
  const rung = Promise.withResolvers<unknown>();
  const bell = aModule({ jobs: () => ({ 'bell.ring': async (payload) => rung.resolve(payload) }), crontab: '0 3 * * * bell.ring' });
  const jobs = await startJobs(house, [bell]);
  await db.query('', `select graphile_worker.add_job('bell.ring', '{"times":3}')`);
  expect(await rung.promise).toEqual({ times: 3 });
  await jobs.stop();
});

test('a job carries the name of its module', async () => {
  await expect(startJobs(house, [aModule({ jobs: () => ({ 'door.ring': async () => undefined }) })])).rejects.toThrow(
    'must be named bell.',
  );
});
