import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { systemActor } from './actor.ts';
import type { Db } from './db.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db?.close());

test('a connection lost between two statements of a transaction fails the transaction, not the program', async () => {
  const lost = db.inTx(systemActor('test'), async ({ tx }) => {
    const [me] = await tx.query<{ pid: number }>('', 'select pg_backend_pid() pid');
    await db.query('', 'select pg_terminate_backend($1)', [me?.pid]);
    await new Promise((done) => setTimeout(done, 200)); // the end arrives while nobody asks anything
    return tx.query('', 'select 1');
  });
  await expect(lost).rejects.toThrow();
  expect(await db.query('', 'select 1 one')).toEqual([{ one: 1 }]);
});
