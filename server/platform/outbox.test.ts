import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { systemActor } from './actor.ts';
import { auditTrail } from './audit.ts';
import type { Ctx, Db } from './db.ts';
import { type Live, openLive } from './live.ts';
import { emit, type Listener, migrations, NEWS, type News, type Outbox, openOutbox, parked, retry, skip } from './outbox.ts';
import { isRefusal, refuse } from './result.ts';

const log = pino({ level: 'silent' });
const me = systemActor('test');
let db: Db;
let live: Live;
const opened: Outbox[] = [];

interface Placed extends News {
  n: number;
}
const place = (key: string, n: number, options = {}) => db.inTx(me, (ctx) => emit<Placed>(ctx, key, { type: 'order.placed', n }, options));
const keep = (ctx: Ctx, line: string) => ctx.tx.query('', 'insert into heard values ($1)', [line]);
const heard = async () => (await db.query<{ line: string }>('', 'select line from heard order by id')).map((r) => r.line);
const listening = (name: string, hear: Listener<Placed>['hear']): Listener => ({
  name,
  types: ['order.placed'],
  hear: hear as Listener['hear'],
});
const recording = (name: string) => listening(name, async (ctx, news, { key }) => void (await keep(ctx, `${name} ${key} ${news.n}`)));
const open = async (...listeners: Listener[]) => {
  const outbox = await openOutbox({ db, live, log }, listeners);
  opened.push(outbox);
  return outbox;
};
const dueNow = () => db.query('', 'update platform.delivery set due_at = now() where done_at is null');

beforeAll(async () => {
  db = await freshDb([{ name: 'outbox', migrations }]);
  live = await openLive(db.url, log);
  await db.query('', 'create table heard (line text, id bigint generated always as identity)');
});
beforeEach(() => db.query('', 'truncate platform.news, platform.delivery, platform.subscription, heard'));
afterEach(() => Promise.all(opened.splice(0).map((o) => o.stop())));
afterAll(async () => {
  await live.close();
  await db.close();
});

it('every listener hears each news once, in the order of its key, though several copies deliver', async () => {
  await Promise.all([open(recording('a'), recording('b')), open(recording('a'), recording('b')), open(recording('a'), recording('b'))]);
  for (let n = 0; n < 20; n++) await Promise.all(['o1', 'o2', 'o3'].map((key) => place(key, n)));
  await expect.poll(heard).toHaveLength(120);
  for (const name of ['a', 'b'])
    for (const key of ['o1', 'o2', 'o3'])
      expect((await heard()).filter((l) => l.startsWith(`${name} ${key} `))).toEqual(
        Array.from({ length: 20 }, (_, n) => `${name} ${key} ${n}`),
      );
});

it('news of a transaction that was undone are nobody’s', async () => {
  const outbox = await open(recording('a'));
  const undone = db.inTx(me, async (ctx) => {
    await emit<Placed>(ctx, 'o1', { type: 'order.placed', n: 1 });
    return refuse('order.refused');
  });
  await expect(undone).rejects.toThrow();
  await outbox.drain();
  expect(await heard()).toEqual([]);
});

it('a fact is told once', async () => {
  const outbox = await open(recording('a'));
  expect([await place('o1', 1, { once: 'fact' }), await place('o1', 2, { once: 'fact' }), await place('o1', 3)]).toEqual([
    true,
    false,
    true,
  ]);
  await outbox.drain();
  await expect.poll(heard).toEqual(['a o1 1', 'a o1 3']);
});

it('a listener that fails leaves nothing behind, holds its key and nobody else, and hears again', async () => {
  let ill = true;
  const outbox = await open(
    recording('well'),
    listening('ill', async (ctx, news, { key }) => {
      await keep(ctx, `ill ${key} ${news.n}`);
      if (key === 'o1' && ill) await ctx.tx.query('', 'select 1 / 0');
    }),
  );
  await outbox.stop();
  for (const n of [1, 2]) for (const key of ['o1', 'o2']) await place(key, n);
  await outbox.drain();
  expect((await heard()).sort()).toEqual(['ill o2 1', 'ill o2 2', 'well o1 1', 'well o1 2', 'well o2 1', 'well o2 2']);
  ill = false;
  expect(await outbox.drain()).toBe(0); // not yet due again
  await dueNow();
  await outbox.drain();
  expect((await heard()).slice(-2)).toEqual(['ill o1 1', 'ill o1 2']);
});

it('is parked after eight attempts, shown with its reason, and goes on by retry or skip; both stand in the trail', async () => {
  let ill = true;
  const outbox = await open(
    listening('strict', async (ctx, news, { key }) => {
      if (ill && news.n === 1) return refuse('claim.unclear');
      await keep(ctx, `${key} ${news.n}`);
    }),
  );
  await outbox.stop();
  for (const key of ['o1', 'o2']) for (const n of [1, 2]) await place(key, n);
  for (let i = 0; i < 8; i++) {
    await outbox.drain();
    await dueNow();
  }
  expect(await outbox.drain()).toBe(0);
  const waiting = await parked(db, { limit: 10 });
  expect(waiting).toMatchObject([
    { key: 'o1', attempts: 8, fault: 'claim.unclear', blocked: 1, type: 'order.placed', listener: 'strict' },
    { key: 'o2', attempts: 8, fault: 'claim.unclear', blocked: 1 },
  ]);
  ill = false;
  await db.inTx(me, async (ctx) => {
    expect(await retry(ctx, { news: waiting[0]?.news ?? 0, listener: 'strict' })).toBeUndefined();
    expect(await skip(ctx, { news: waiting[1]?.news ?? 0, listener: 'strict', reason: 'paid by hand' })).toBeUndefined();
    expect(isRefusal(await skip(ctx, { news: waiting[1]?.news ?? 0, listener: 'strict', reason: 'again' }))).toBe(true);
  });
  await outbox.drain();
  expect((await heard()).sort()).toEqual(['o1 1', 'o1 2', 'o2 2']);
  expect((await auditTrail(db, { limit: 5, act: 'news' })).map((a) => [a.act, a.reason])).toEqual([
    ['news.skipped', 'paid by hand'],
    ['news.retried', null],
  ]);
});

it('a new listener hears from now on, one that is gone hears nothing and holds up nobody', async () => {
  const before = await open(recording('old'));
  await before.stop();
  await place('o1', 1);
  const after = await open(recording('new'));
  await place('o1', 2);
  live.announce(NEWS, null);
  await expect.poll(heard).toEqual(['new o1 2']);
  await after.drain();
  expect(await heard()).toEqual(['new o1 2']);
});

it('two listeners of one name are refused', async () => {
  await expect(openOutbox({ db, live, log }, [recording('a'), recording('a')])).rejects.toThrow('one name');
});

it('delivers a thousand decisions in some thirty transactions, not each in one of its own', async () => {
  let transactions = 0;
  const inTx = ((...of: Parameters<Db['inTx']>) => {
    transactions++;
    return db.inTx(...of);
  }) as Db['inTx'];
  const outbox = await openOutbox({ db: { ...db, inTx }, live, log }, [listening('quick', async () => undefined)]);
  await outbox.stop();
  await db.inTx(me, async (ctx) => {
    for (let n = 0; n < 1000; n++) await emit<Placed>(ctx, `o${n % 300}`, { type: 'order.placed', n });
  });
  transactions = 0;
  expect(await outbox.drain()).toBe(1000);
  expect(transactions).toBeLessThan(40);
});
