import { afterAll, expect, test } from 'vitest';
import { modules } from '../server/main.ts';
import { freshDb } from '../test/database.ts';
import { goldens, stale } from './golden.ts';

const db = await freshDb(modules);
afterAll(() => db.close());

test('what is generated from the code is fresh (npm run golden writes it)', async () => {
  const texts = await goldens(db);
  expect(stale(texts)).toEqual([]);
});

test('a changed table, path or call makes it stale', async () => {
  const texts = await goldens(db);
  expect(stale(new Map([...texts].map(([file, text]) => [file, `${text} `])))).toEqual([...texts.keys()]);
  await db.query('', 'create table platform.stray (id int)');
  expect(stale(await goldens(db))).toEqual(['server/schema.sql']);
});
