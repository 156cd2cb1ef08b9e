import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freshDb } from '../../test/database.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import { openLimits } from './limits.ts';
import { openVault } from './vault.ts';

const vault = openVault(randomBytes(32));
let db: Db;
const open = (limits: 'on' | 'off' = 'on') => openLimits({ config: { limits } as Config, db, vault });
const rule = { points: 3, seconds: 60 };

beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db.close());

describe('counting', () => {
  it('allows as many as the rule says, over all copies, then says when again', async () => {
    const [a, b, key] = [open(), open(), randomUUID()];
    const got = [
      await a.take(key, rule),
      await b.take(key, rule),
      await a.take(key, rule),
      await b.take(key, rule),
      await a.take(key, rule),
    ];
    expect(got.map((v) => v.ok)).toEqual([true, true, true, false, false]);
    expect(got[3]).toEqual({ ok: false, retryAfter: expect.toSatisfy((s: number) => s > 30 && s <= 60) });
  });

  it('counts at once from many places exactly', async () => {
    const [a, key] = [open(), randomUUID()];
    const got = await Promise.all(Array.from({ length: 40 }, () => a.take(key, { points: 10, seconds: 60 })));
    expect(got.filter((v) => v.ok)).toHaveLength(10);
  });

  it('tells each of many at once his own place, whatever else he counts', async () => {
    const [a, shared] = [open(), randomUUID()];
    const own = Array.from({ length: 12 }, () => randomUUID());
    const got = await Promise.all(own.map((key, i) => a.take(i % 2 === 0 ? [key, shared] : key, rule)));
    expect(got.map((v) => v.ok)).toEqual([true, true, true, true, true, true, false, true, false, true, false, true]);
  });

  it('counts one key and looks at others in one step; a count that is over comes first', async () => {
    const [a, key, others] = [open(), randomUUID(), [randomUUID(), randomUUID()]];
    const step = () => a.takeAndPeek([key, rule], [others, { points: 1, seconds: 3600 }]);
    expect(await step()).toEqual({ ok: true });
    await a.take(others[1] as string, { points: 1, seconds: 3600 });
    expect(await step()).toEqual({ ok: false, retryAfter: expect.toSatisfy((s: number) => s > 3_500) });
    await step();
    expect(await step()).toEqual({ ok: false, retryAfter: expect.toSatisfy((s: number) => s <= 60) });
  });

  it('begins anew when the window is over', async () => {
    const [a, key] = [open(), randomUUID()];
    const one = { points: 1, seconds: 60 };
    await a.take(key, one);
    expect((await a.take(key, one)).ok).toBe(false);
    // A minute passes: by the store's clock, and by that of the program.
    await db.query('', `update platform."limit" set ends = ends - interval '60 seconds'`);
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    expect(await a.take(key, one)).toEqual({ ok: true });
    expect((await a.take(key, one)).ok).toBe(false);
    clock.mockRestore();
  });

  it('one of several keys over is all over', async () => {
    const [a, x, y] = [open(), randomUUID(), randomUUID()];
    for (let i = 0; i < 3; i++) await a.take(x, rule);
    expect((await a.take([y, x], rule)).ok).toBe(false);
    expect((await open().take([x, y], rule)).ok).toBe(false);
  });
});

describe('misses', () => {
  it('are counted afterwards, and looked at before; looking counts nothing', async () => {
    const [a, keys] = [open(), [randomUUID(), randomUUID()]];
    for (let i = 0; i < 5; i++) expect((await a.peek(keys, rule)).ok).toBe(true);
    for (let i = 0; i < 3; i++) expect((await a.penalise(keys, rule)).ok).toBe(true);
    expect((await a.peek(keys[0] as string, rule)).ok).toBe(false);
    expect((await open().peek(keys[1] as string, rule)).ok).toBe(false);
    expect((await a.penalise(keys, rule)).ok).toBe(false);
  });

  it('are forgiven', async () => {
    const [a, key] = [open(), randomUUID()];
    for (let i = 0; i < 4; i++) await a.penalise(key, rule);
    await a.pardon(key, rule);
    expect((await a.peek(key, rule)).ok).toBe(true);
  });
});

it('the table holds no key in clear, and is unlogged', async () => {
  await open().take('subject 13800000001', rule);
  const [row] = await db.query<{ text: string }>('', `select string_agg(l::text, '') text from platform."limit" l`);
  expect(row?.text).not.toContain('13800000001');
  expect(await db.query('', `select relpersistence p from pg_class where oid = 'platform."limit"'::regclass`)).toEqual([{ p: 'u' }]);
});

it('off means off', async () => {
  const free = open('off');
  for (let i = 0; i < 10; i++) expect(await free.take('k', { points: 1, seconds: 60 })).toEqual({ ok: true });
});
