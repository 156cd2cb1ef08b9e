import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDb } from '../../test/database.ts';
import type { Actor } from './actor.ts';
import { systemActor } from './actor.ts';
import type { Db } from './db.ts';
import { Message, TYPE } from './message.ts';

const COLUMNS = 'id uuid, n bigint, i int, s smallint, t text, j json, b bytea, l text[]';
const KEEP = { name: 'test-keep', text: 'copy kept from stdin (format binary)' };
const COUNT = { name: 'test-count', text: 'select count(*), $1::bigint from kept' };
const DIVIDE = { name: 'test-divide', text: 'select 1 / (count(*) - $1::bigint) from kept' };
const RECORDS = { name: 'test-records', text: 'insert into kept select * from unnest($1::kept[])' };
const XIDS = { name: 'test-xids', text: 'select x::text from unnest($1::xid[]) x' };

let db: Db;
const actor: Actor = systemActor('test');
beforeAll(async () => {
  db = await freshDb([]);
  await db.query('', `create table kept (${COLUMNS})`);
});
beforeEach(() => db.query('', 'truncate kept'));
afterAll(() => db?.close());

const text = fc.string({ unit: 'binary', maxLength: 90, size: 'max' }).filter((s) => s.isWellFormed() && !s.includes('\0'));
const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const row = fc.record({
  id: some(fc.uuid()),
  n: some(fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })),
  i: some(fc.integer()),
  s: some(fc.integer({ min: -32_768, max: 32_767 })),
  t: some(text),
  j: some(fc.record({ text, n: fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }) })),
  b: some(fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b))),
  l: fc.array(text, { maxLength: 3 }),
});
type Row = Parameters<Parameters<typeof fc.property<[typeof row extends fc.Arbitrary<infer R> ? R : never]>>[1]>[0];

/** The JSON either as a text that was there, or written where it travels. */
function cells(m: Message, r: Row): Message {
  m.uuid(r.id).bigint(r.n).int(r.i).smallint(r.s).text(r.t);
  if (r.j === null || r.l.length === 0) m.json(r.j && JSON.stringify(r.j));
  else m.jsonOf((out, { text, n }) => out.put('{"text":').quoted(text).put(',"n":').digits(n).put('}'), r.j);
  return m.bytea(r.b).texts(r.l);
}

/** A table has no order: a short row may find room on an earlier page. */
const inOrder = <T>(rows: readonly T[]): T[] => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

test('rows come back as they were, by COPY and as records', async () => {
  const type = await db.typeOf('kept');
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      await db.query('', 'truncate kept');
      const m = new Message();
      m.copy(KEEP);
      for (const r of rows) cells(m.row(8), r);
      m.ask(RECORDS, 1).array(type, rows.length);
      for (const r of rows) cells(m.record(8), r).close();
      m.close().ask(COUNT, 1).bigint(7);
      expect(await db.send(m)).toEqual([[String(rows.length * 2), '7']]);
      expect(inOrder(await db.query('', 'select * from kept'))).toEqual(inOrder([...rows, ...rows]));
    }),
    { numRuns: 100 },
  );
});

const one = (m: Message, t: string) => cells(m.row(8), { id: null, n: 1, i: 1, s: 1, t, j: null, b: null, l: [] });
const kept = async () => (await db.query<{ t: string }>('', 'select t from kept order by t')).map((r) => r.t);

test('of a message all is kept or nothing, and the next one goes on over the same connections', async () => {
  const wrong = () => {
    const m = new Message();
    one(m.copy(KEEP), 'no');
    m.ask(DIVIDE, 1).bigint(1);
    return m;
  };
  for (let i = 0; i < 20; i++) await expect(db.send(wrong())).rejects.toMatchObject({ code: '22012' });
  expect(await kept()).toEqual([]);
  expect(db.pool.totalCount).toBeLessThanOrEqual(2);
  const right = new Message();
  one(right.copy(KEEP), 'yes');
  right.ask(DIVIDE, 1).bigint(0);
  expect(await db.send(right)).toEqual([['1']]);
  expect(await kept()).toEqual(['yes']);
});

test('what cannot be prepared or read is said, and prepared anew the next time', async () => {
  const odd = new Message();
  odd.ask({ name: 'test-odd', text: 'select nothing from nowhere' }, 0);
  await expect(db.send(odd)).rejects.toMatchObject({ code: '42P01' });
  const mended = new Message();
  mended.ask({ name: 'test-odd', text: 'select 1' }, 0);
  expect(await db.send(mended)).toEqual([['1']]);
  const short = new Message();
  short.copy(KEEP).row(1).int(1);
  await expect(db.send(short)).rejects.toMatchObject({ code: '22P04' });
});

test('within a transaction it is a part of it', async () => {
  const outcome = db.inTx(actor, async ({ tx }) => {
    const m = new Message();
    one(m.copy(KEEP), 'gone');
    await tx.send(m);
    expect(await tx.query('', 'select t from kept')).toEqual([{ t: 'gone' }]);
    throw new Error('undo');
  });
  await expect(outcome).rejects.toThrow('undo');
  expect(await kept()).toEqual([]);
});

test('rows of many megabytes travel in parts, and numbers of transactions as PostgreSQL prints them', async () => {
  const m = new Message();
  m.copy(KEEP);
  for (let i = 0; i < 40; i++) one(m, `${i}${'中'.repeat(50_000)}`);
  m.ask(XIDS, 1).array(TYPE.xid, 2).xid('7').xid('4294967295').close();
  expect(await db.send(m)).toEqual([['7'], ['4294967295']]);
  expect(await kept()).toHaveLength(40);
});
