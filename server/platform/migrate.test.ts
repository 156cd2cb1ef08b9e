import { afterAll, expect, test } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { migrate, type SchemaOwner } from './migrate.ts';

const db = await freshDb();
afterAll(() => db.close());

const parcel = (sql = 'create table parcel.box (id int primary key)'): SchemaOwner => ({
  name: 'parcel',
  migrations: [{ name: '001-box', sql }],
});

test('each migration runs once, in the schema of its owner', async () => {
  expect(await migrate(db, [parcel()])).toBe(1);
  expect(await migrate(db, [parcel()])).toBe(0);
  expect(await db.query('', 'select * from parcel.box')).toEqual([]);
});

test('two copies of the program migrate at the same time and each migration still runs once', async () => {
  const slow: SchemaOwner = { name: 'slow', migrations: [{ name: '001', sql: 'select pg_sleep(0.2); create table slow.once (id int)' }] };
  const counts = await Promise.all([migrate(db, [slow]), migrate(db, [slow]), migrate(db, [slow])]);
  expect(counts.reduce((a, b) => a + b)).toBe(1);
});

test('a migration that fails leaves nothing of itself and is named', async () => {
  const bad: SchemaOwner = { name: 'bad', migrations: [{ name: '002-broken', sql: 'create table bad.half (id int); select 1/0' }] };
  await expect(migrate(db, [bad])).rejects.toThrow('Migration bad/002-broken failed: division by zero');
  expect(await db.query('', `select to_regclass('bad.half') as half`)).toEqual([{ half: null }]);
});

test('a migration changed after it was applied is not run again', async () => {
  expect(await migrate(db, [parcel('drop table parcel.box')])).toBe(0);
  expect(await db.query('', 'select * from parcel.box')).toEqual([]);
});
