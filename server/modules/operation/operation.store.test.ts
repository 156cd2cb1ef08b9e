import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import { auditTrail } from '#platform/audit';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import { type Jobs, startJobs } from '#platform/jobs';
import type { House, Module } from '#platform/module';
import { emit, type Outbox, openOutbox } from '#platform/outbox';
import { freshDb } from '../../../test/database.ts';
import { aHouse } from '../org/fixtures.ts';
import type { OperationView } from './contract.ts';
import { operation } from './module.ts';

const staff = (id: string, rights: string[]) => ({ kind: 'staff' as const, id, name: id, rights: new Set(rights), areas: 'all' as const });
const STAFF = { night: staff('night', ['operation:read', 'operation:manage']), eye: staff('eye', ['operation:read']) };
let works = false;
const desk: Module = {
  name: 'bell',
  migrations: [],
  authenticate: () => async (token) => STAFF[token as keyof typeof STAFF],
  jobs: () => ({
    'bell.ring': async () => {
      if (!works) throw new Error('no rope for 12900000001');
    },
  }),
  crontab: '0 3 * * * bell.ring',
};

let db: Db;
let house: House;
let app: App;
let jobs: Jobs;
let outbox: Outbox;
beforeAll(async () => {
  db = await freshDb([operation]);
  house = await aHouse(db);
  app = await buildApp(house, [desk, operation]);
  app.readiness(null);
  jobs = await startJobs(house, [desk]);
  outbox = await openOutbox(house, [
    {
      name: 'bell.hear',
      types: ['order.placed'],
      hear: async () => {
        if (!works) throw new Error('deaf');
      },
    },
  ]);
  await outbox.stop(); // it delivers when the test says so
});
afterAll(async () => {
  await jobs?.stop();
  await app?.close();
  await house?.live.close();
  await db?.close();
});

const ask = (url: string, body?: object, token = 'night') =>
  app.inject({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { payload: body }),
  });
const look = async (): Promise<OperationView> => (await ask('/api/operation')).json();

test('a failed job and news that nobody took are seen with their reason, and tried again or passed over', async () => {
  expect(await look()).toMatchObject({ backup: { state: 'none' }, parked: { total: 0 }, failed: { total: 0 } });
  await db.query('', `select graphile_worker.add_job('bell.ring', max_attempts => 1)`);
  for (const key of ['o1', 'o1', 'o2']) await db.inTx(systemActor('test'), (ctx) => emit(ctx, key, { type: 'order.placed' }));
  await db.query('', 'update platform.delivery set attempts = 7');
  await outbox.drain();
  const failing = async () => {
    const view = await look();
    return [view.failed.total, view.tasks[0]?.failing]; // they are asked side by side
  };
  await expect.poll(failing).toEqual([1, 1]);
  const seen = await look();
  expect(seen.failed.items[0]).toMatchObject({ task: 'bell.ring', state: 'given-up', fault: 'no rope for …', attempts: 1 });
  expect(seen.tasks).toMatchObject([{ task: 'bell.ring', byClock: true, failing: 1 }]);
  expect(seen.parked.items.map((n) => [n.key, n.fault, n.blocked])).toEqual([
    ['o1', 'deaf', 1],
    ['o2', 'deaf', 0],
  ]);

  expect((await ask('/api/operation/jobs/retry', { id: seen.failed.items[0]?.id }, 'eye')).statusCode).toBe(403);
  works = true;
  const [first, second] = seen.parked.items;
  expect((await ask('/api/operation/news/skip', { news: first?.news, listener: 'bell.hear' })).statusCode).toBe(400); // why?
  expect((await ask('/api/operation/news/skip', { news: first?.news, listener: 'bell.hear', reason: '重复' })).statusCode).toBe(200);
  expect((await ask('/api/operation/news/retry', { news: second?.news, listener: 'bell.hear' })).statusCode).toBe(200);
  expect((await ask('/api/operation/jobs/retry', { id: seen.failed.items[0]?.id })).statusCode).toBe(200);
  await outbox.drain();
  await expect.poll(look).toMatchObject({ parked: { total: 0 }, failed: { total: 0 } });
  expect((await ask('/api/operation/jobs/retry', { id: seen.failed.items[0]?.id })).json().code).toBe('operation.no-failed-job');
  const acts = (await auditTrail(db, { limit: 10 })).map((a) => a.act);
  expect(acts).toEqual(expect.arrayContaining(['job.retried', 'news.skipped', 'news.retried']));
});
