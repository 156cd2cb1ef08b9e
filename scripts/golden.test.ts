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

test('a text of another content is stale, and a new table makes another text', async () => {
  const texts = await goldens(db);
  expect(stale(new Map([...texts].map(([file, text]) => [file, `${text} `])))).toEqual([...texts.keys()]);
  await db.query('', 'create table platform.stray (id int)');
  const [before, after] = [texts, await goldens(db)].map((t) => t.get('server/schema.sql'));
  expect(after).not.toBe(before);
});
