import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import type { Live } from '#platform/live';
import { makeLog } from '#platform/log';
import { isRefusal, orThrow } from '#platform/result';
import { CHANGED, changeTags } from '#tag';
import { freshDb } from '../../../test/database.ts';
import { tag } from '../tag/module.ts';
import { changeSince } from './change.ts';
import { openEngine } from './engine.ts';
import { aPopulation, store } from './fixtures.ts';
import { rememberToday } from './members.ts';
import { makeAudience } from './module.ts';
import type { Engine } from './plan.ts';
import * as saved from './saved.ts';
import type { Caller, Desk } from './service.ts';
import { openShelf } from './shelf.ts';

const heard = new Set<(payload: unknown) => void>();
const live: Live = {
  announce(topic, payload) {
    if (topic === CHANGED) for (const hear of heard) hear(payload);
  },
  on(topic, hear) {
    if (topic === CHANGED) heard.add(hear);
    return () => heard.delete(hear);
  },
  close: async () => undefined,
};
const actor = systemActor('analyst');
const caller: Caller = { actor, viewer: { id: actor.id, units: null, all: true }, lang: 'en' };
const SIZE = 12;
let db: Db;
let engine: Engine;
let desk: Desk;

beforeAll(async () => {
  db = await freshDb([org, tag, makeAudience()]);
  const none = Array.from({ length: SIZE }, () => null);
  await store(db, aPopulation({ fiveG: none, months: none }));
  engine = openEngine({ db, log: makeLog('silent'), live, workers: 1, budgetMb: 64 });
  desk = { sql: db, engine, shelf: openShelf(live), zone: 'Asia/Shanghai', count: engine.count };
});
afterAll(async () => {
  desk.shelf.close();
  await engine.close();
  await db.close();
});

type Facts = readonly { readonly fiveG: boolean | null; readonly months: number | null }[];
const push = async (facts: Facts) => {
  const changes = facts.map((tags, ordinal) => ({ place: ordinal, ordinal, tags: { ...tags } }));
  const { batch } = orThrow(await db.inTx(actor, (ctx) => changeTags(ctx, { source: 'warehouse', changes })));
  live.announce(CHANGED, { batch });
};
const save = (where: object) => db.inTx(actor, (ctx) => saved.save(ctx, desk, caller, { name: 'A', note: '', share: 'private', where }));
const remember = async () => {
  await db.query('', 'update audience.remembered set day = day - 1');
  await rememberToday(db, desk, (batch) => live.announce(CHANGED, { batch }));
};
const WHERE = {
  and: [
    { tag: 'fiveG', is: true },
    { tag: 'months', from: 12 },
  ],
};
const first = (f: Facts[number]) => f.fiveG === true;
const second = (f: Facts[number]) => f.months !== null && f.months >= 12;

test('who joined and who left is told to the last one, with the line that he fell at', async () => {
  const id = await save(WHERE);
  const one = fc.record({ fiveG: fc.constantFrom(true, false, null), months: fc.constantFrom(3, 12, 30, null) });
  const facts = fc.array(one, { minLength: SIZE, maxLength: SIZE });
  await fc.assert(
    fc.asyncProperty(facts, facts, async (then, now) => {
      await push(then);
      await remember();
      await push(now);
      const told = orThrow(await changeSince(desk, caller, { id }));
      const [was, is] = [then, now].map((all) => all.map((f) => first(f) && second(f))) as [boolean[], boolean[]];
      const count = (of: (i: number) => boolean) => now.filter((_, i) => of(i)).length;
      expect(told).toMatchObject({
        before: count((i) => was[i] === true),
        now: count((i) => is[i] === true),
        people: { joined: count((i) => !was[i] && is[i] === true), left: count((i) => was[i] === true && !is[i]) },
        gone: 0,
        edited: null,
      });
      expect((told.before ?? 0) - told.gone - (told.people?.left ?? 0) + (told.people?.joined ?? 0)).toBe(told.now);
      expect(told.lines.map((l) => l.left)).toEqual([
        count((i) => was[i] === true && !first(now[i] as Facts[number])),
        count((i) => was[i] === true && first(now[i] as Facts[number]) && !second(now[i] as Facts[number])),
      ]);
    }),
    { numRuns: Number(process.env.RUNS ?? 6), interruptAfterTimeLimit: 100_000 },
  );
});

test('an edit’s part stands apart from what the facts did, and a line that alone moved let them in', async () => {
  const facts = (n: number, months: number): Facts => Array.from({ length: SIZE }, (_, i) => ({ fiveG: i < n, months }));
  await push(facts(4, 20));
  const id = await save(WHERE);
  await remember();
  expect(orThrow(await changeSince(desk, caller, { id })).lines.map((l) => l.causes)).toEqual([[], []]);
  await push(facts(6, 20));
  expect(orThrow(await changeSince(desk, caller, { id }))).toMatchObject({
    people: { joined: 2, left: 0 },
    lines: [
      { joined: 2, causes: [{ kind: 'moved', batches: [{ tags: ['fiveG'] }] }], before: 4, now: 6 },
      { joined: 0, causes: [] },
    ],
  });
  await db.inTx(actor, (ctx) => saved.change(ctx, desk, caller, { id, version: 1, where: { tag: 'fiveG', is: false } }));
  expect(orThrow(await changeSince(desk, caller, { id }))).toMatchObject({
    before: 4,
    now: 6,
    people: { joined: 6, left: 4 },
    edited: { from: 1, to: 2, joined: 6, left: 4 },
    lines: [{ left: 0 }, { left: 0 }],
  });
});

test('before its members were noted only the present is told, and of another day nothing', async () => {
  const id = await save(WHERE);
  expect(orThrow(await changeSince(desk, caller, { id }))).toMatchObject({ since: null, before: null, now: 6, people: null, lines: [] });
  expect(await changeSince(desk, caller, { id, since: '2020-01-01' }).then((r) => isRefusal(r) && r.code)).toBe('audience.not-remembered');
});
