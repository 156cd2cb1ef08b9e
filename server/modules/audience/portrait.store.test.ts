import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { makeLog } from '#platform/log';
import { orThrow } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { tag } from '../tag/module.ts';
import { dateOf } from './bounds.ts';
import { openEngine } from './engine.ts';
import { aPopulation, store } from './fixtures.ts';
import type { Engine } from './plan.ts';
import { portrait } from './portrait.ts';
import { piecesOver } from './portrait-dates.ts';
import type { Caller, Desk } from './service.ts';
import { openShelf } from './shelf.ts';

const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
const actor = systemActor('li');
const caller: Caller = { actor, viewer: { id: 'li', units: null, all: true }, lang: 'en' };
const SIZE = 400;
const churn = Array.from({ length: SIZE }, (_, o) => (o % 50 === 7 ? null : (o * 37) % 1_009));
const days = churn.map((_, o) => (o % 40 === 3 ? null : 20_000 + ((o * o) % 900)));
let db: Db;
let engine: Engine;
let desk: Desk;

beforeAll(async () => {
  db = await freshDb([tag]);
  await store(db, aPopulation({ churn, months: churn.map((_, o) => o), joined: days }));
  engine = openEngine({ db, log: makeLog('silent'), workers: 2, budgetMb: 64 });
  const noLists = {
    ...openShelf(live),
    catalogueFor: async () => ({ tags: await openShelf(live).tags(db), audiences: new Map(), lists: new Map(), today: 0 }),
  };
  desk = { sql: db, engine, shelf: noLists, zone: 'Asia/Shanghai', count: engine.count, size: engine.size };
});
afterAll(async () => {
  await engine.close();
  await db.close();
});

test('an audience is drawn over the bars of everybody, however narrow its own would be', async () => {
  const ends = fc.tuple(fc.nat({ max: SIZE }), fc.nat({ max: SIZE })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  await fc.assert(
    fc.asyncProperty(ends, async ([from, to]) => {
      const { tags } = orThrow(await portrait(desk, caller, { where: { tag: 'months', from, to }, tags: ['churn'] }));
      const [drawn] = tags;
      const inside = churn.slice(from, to + 1);
      for (const bar of drawn?.bars ?? []) {
        const fits = (v: number | null) => v !== null && v / 1_000 >= (bar.from as number) && v / 1_000 <= (bar.to as number);
        expect([bar.count, bar.base]).toEqual([inside.filter(fits).length, churn.filter(fits).length]);
      }
      expect(drawn?.bars.reduce((n, b) => n + b.count, 0)).toBe(inside.filter((v) => v !== null).length);
      expect(drawn?.unknown).toEqual({ count: inside.filter((v) => v === null).length, base: churn.filter((v) => v === null).length });
    }),
    { numRuns: Number(process.env.RUNS ?? 40), interruptAfterTimeLimit: 100_000 },
  );
});

test('dates are drawn by the calendar’s pieces, each counted exactly, and nobody is left out', async () => {
  const ends = fc.tuple(fc.nat({ max: SIZE }), fc.nat({ max: SIZE })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  await fc.assert(
    fc.asyncProperty(ends, async ([from, to]) => {
      const { tags } = orThrow(await portrait(desk, caller, { where: { tag: 'months', from, to }, tags: ['joined'] }));
      const [drawn] = tags;
      const inside = days.slice(from, to + 1);
      expect(drawn?.piece).toBe('month');
      for (const bar of drawn?.bars ?? []) {
        expect(String(bar.from)).toMatch(/-01$/);
        const fits = (v: number | null) => v !== null && dateOf(v) >= (bar.from as string) && dateOf(v) <= (bar.to as string);
        expect([bar.count, bar.base]).toEqual([inside.filter(fits).length, days.filter(fits).length]);
      }
      expect(drawn?.bars.reduce((n, b) => n + b.base, 0)).toBe(days.filter((v) => v !== null).length);
      expect(drawn?.unknown.count).toBe(inside.filter((v) => v === null).length);
    }),
    { numRuns: Number(process.env.RUNS ?? 10), interruptAfterTimeLimit: 100_000 },
  );
});

test('days counted in one pass are the people whom a range of that day has, however many days there are', async () => {
  const [tag] = (await db.query<{ id: number }>('', `select id from tag.tag where name = 'joined'`)).map(({ id }) => id);
  const plan = { op: 'range', tag: tag as number, from: 20_000, to: null, side: 'in' } as const;
  const between = { from: 19_990 - 70_000, to: 20_905 };
  const counted = await engine.days(plan, tag as number, between);
  expect(counted.length).toBe(between.to - between.from + 1);
  const byDay = Map.groupBy(days, (day) => day);
  expect(counted).toEqual(Uint32Array.from(counted, (_, i) => byDay.get(between.from + i)?.length ?? 0));
  for (const day of [20_000, 20_441, 20_899]) {
    const one = await engine.size({ op: 'range', tag: tag as number, from: day, to: day, side: 'in' });
    expect(counted[day - between.from]).toBe(one);
  }
});

test.each([
  [0, 30, 'day', 31],
  [20_000, 20_140, 'week', 21],
  [20_000, 20_900, 'month', 30],
  [18_000, 20_900, 'quarter', 32],
  [10_000, 20_900, 'year', 31],
  [-30_000, 20_900, 'decade', 15],
  [20_000, 20_000, 'day', 1],
] as const)('from %d to %d: by the %s', (low, high, piece, count) => {
  const drawn = piecesOver(low, high);
  expect([drawn.piece, drawn.starts.length]).toEqual([piece, count]);
  expect(drawn.starts[0]).toBeLessThanOrEqual(low);
  expect(drawn.end).toBeGreaterThanOrEqual(high);
});
