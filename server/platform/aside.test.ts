import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { openAside, TooLong } from './aside.ts';
import type { Db } from './db.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb();
  await db.query('', 'create table public.heap as select n from generate_series(1, 1000) n');
});
afterAll(() => db.close());

const MANY = 'select n from public.heap order by n';

test('rows come in portions, all of one snapshot, and other questions may be asked between', async () => {
  const aside = openAside(db, { most: 1, seconds: 10 });
  const sizes: number[] = [];
  for await (const size of aside.stream(async function* (sql) {
    for await (const rows of sql.portions<{ n: number }>(MANY, [], 400)) {
      if (sizes.length === 0) await db.query('', 'insert into public.heap values (1001)');
      const [{ n }] = (await sql.query<{ n: number }>('', 'select count(*) n from public.heap')) as [{ n: number }];
      expect(n).toBe(1000);
      yield rows.length;
    }
  }))
    sizes.push(size);
  expect(sizes).toEqual([400, 400, 200]);
  await db.query('', 'delete from public.heap where n > 1000');
});

test('nothing can be written', async () => {
  await expect(openAside(db, { most: 1, seconds: 10 }).ask((sql) => sql.query('', 'delete from public.heap'))).rejects.toThrow('read-only');
});

test('a question that takes too long ends as that', async () => {
  const aside = openAside(db, { most: 1, seconds: 1 });
  await expect(aside.ask((sql) => sql.query('', 'select pg_sleep(5)'))).rejects.toThrow(TooLong);
  expect(await aside.ask((sql) => sql.query('', 'select 1 one'))).toEqual([{ one: 1 }]);
});

test('who comes when all places are taken waits for one; a reader that turns away, or was never begun, leaves his', async () => {
  const aside = openAside(db, { most: 1, seconds: 10 });
  const order: string[] = [];
  const slow = aside.ask(async (sql) => {
    await sql.query('', 'select pg_sleep(0.2)');
    order.push('first');
  });
  const next = aside.ask(async () => order.push('second'));
  await Promise.all([slow, next]);
  expect(order).toEqual(['first', 'second']);
  const read = () => aside.stream((sql) => sql.portions<{ n: number }>(MANY, [], 10));
  for await (const rows of read()) if (rows.length > 0) break;
  await read().return(undefined);
  await expect(aside.ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await aside.ask((sql) => sql.query('', 'select 1 one'))).toEqual([{ one: 1 }]);
});
