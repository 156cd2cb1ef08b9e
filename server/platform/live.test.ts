import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freshDb } from '../../test/database.ts';
import type { Db } from './db.ts';
import { type Live, openLive } from './live.ts';

const log = pino({ level: 'silent' });
let db: Db;
const opened: Live[] = [];
const live = async () => {
  const l = await openLive(db.url, log);
  opened.push(l);
  return l;
};

beforeAll(async () => {
  db = await freshDb();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((l) => l.close()));
});
afterAll(() => db.close());

it('what is announced is heard here at once, by the other copies soon, by nobody twice', async () => {
  const [a, b] = [await live(), await live()];
  const heard = { a: [] as unknown[], b: [] as unknown[] };
  a.on('t', (p) => heard.a.push(p));
  b.on('t', (p) => heard.b.push(p));
  a.announce('t', { n: 1 });
  expect(heard.a).toEqual([{ n: 1 }]);
  await expect.poll(() => heard.b).toEqual([{ n: 1 }]);
  await sleep(50);
  expect(heard).toEqual({ a: [{ n: 1 }], b: [{ n: 1 }] });
});

it('a thousand hints in a moment are a few NOTIFY, equal ones one hint', async () => {
  const [a, b] = [await live(), await live()];
  const heard: unknown[] = [];
  b.on('t', (p) => heard.push(p));
  for (let i = 0; i < 1000; i++) a.announce('t', { i, 全: '玻璃房' });
  for (let i = 0; i < 1000; i++) a.announce('t', 'same');
  await expect.poll(() => heard).toHaveLength(1001);
  expect(heard[999]).toEqual({ i: 999, 全: '玻璃房' });
});

it('a listener that fails does not keep the others from hearing; who stopped listening hears nothing', async () => {
  const a = await live();
  const heard: unknown[] = [];
  a.on('t', () => {
    throw new Error('x');
  });
  const stop = a.on('t', (p) => heard.push(p));
  a.announce('t', 1);
  stop();
  a.announce('t', 2);
  expect(heard).toEqual([1]);
});

it('a hint above 7 kB stays in this process', async () => {
  const [a, b] = [await live(), await live()];
  const heard: unknown[] = [];
  b.on('t', (p) => heard.push(p));
  a.announce('t', 'x'.repeat(7_000));
  a.announce('t', 'small');
  await expect.poll(() => heard).toEqual(['small']);
});

it('comes back by itself after its connection was cut', async () => {
  const [a, b] = [await live(), await live()];
  const heard: unknown[] = [];
  b.on('t', (p) => heard.push(p));
  await db.query(
    '',
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'glasshouse live' and datname = current_database()`,
  );
  const again = () => {
    a.announce('t', 'again');
    return heard;
  };
  await expect.poll(again).toContain('again');
});
