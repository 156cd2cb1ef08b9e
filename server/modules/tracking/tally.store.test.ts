import { afterAll, beforeAll, expect, test } from 'vitest';
import { scenario } from '#scenario/module';
import { source } from '#source/module';
import { freshDb } from '../../../test/database.ts';
import type { Db } from '../../platform/db.ts';
import { tracking } from './module.ts';
import { sourceCounts } from './read-store.ts';
import { rollUp } from './tally.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb([scenario, source, tracking]);
});
afterAll(() => db?.close());

const SAVE = `insert into tracking.batch (at, journeys, counts) values (1000, '{}', '{"field":[2,1,0,0]}')`;
const accepted = async () => (await sourceCounts(db)).find((c) => c.source === 'field')?.accepted ?? 0;
const rolled = async () => (await db.query<{ n: number }>('', 'select coalesce(sum(accepted), 0) n from tracking.tally'))[0]?.n;

test('a batch that commits late, behind later ones already rolled up, is counted once as well', async () => {
  const slow = await db.pool.connect();
  await slow.query('begin');
  await slow.query(SAVE);
  await db.query('', SAVE);
  await rollUp(db, Date.now());
  expect(await rolled(), 'nothing behind the open transaction is passed').toBe(0);
  expect(await accepted()).toBe(2);
  await slow.query('commit');
  slow.release();
  expect(await accepted()).toBe(4);
  // A transaction of any database of this server holds it back, another test's as well.
  await expect.poll(() => rollUp(db, 1000).then(rolled), { timeout: 60_000 }).toBe(4);
  await rollUp(db, Date.now());
  expect(await accepted()).toBe(4);
});
