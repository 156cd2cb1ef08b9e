import { afterAll, beforeAll, expect, test } from 'vitest';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { orThrow } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { tag } from '../tag/module.ts';
import { aPopulation, store, TAGS } from './fixtures.ts';
import { makeAudience } from './module.ts';
import type { Population } from './naive.fixture.ts';
import { referenceEngine } from './reference.fixture.ts';
import * as saved from './saved.ts';
import type { Caller, Desk } from './service.ts';
import { openShelf } from './shelf.ts';
import { uncounted } from './store.ts';

const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
const engine = referenceEngine(() => population, new Map(TAGS.map((t) => [t.id, t.kind])));
const audience = makeAudience({
  engineOf: () => engine,
  customers: () => ({ cardsOf: async () => [], ordinalOf: async () => undefined }),
});
const actor = systemActor('analyst');
const caller: Caller = { actor, viewer: { id: actor.id, units: null, all: true }, lang: 'en' };
let population: Population = aPopulation({ fiveG: [true, true, false], months: [1, 2, 3] });
let db: Db;
let desk: Desk;

beforeAll(async () => {
  db = await freshDb([org, tag, audience]);
  await store(db, population);
  desk = { sql: db, engine, shelf: openShelf(live), zone: 'Asia/Shanghai', count: engine.count, size: engine.size };
});
afterAll(() => db.close());

/** What was counted today was counted yesterday. */
const sleep = () => db.query('', 'update audience.day set day = day - 1');
const addBatch = async (tags: number[]) =>
  (
    await db.query<{ id: number }>(
      '',
      `insert into tag.batch (at, source, actor, customers, tags, blocks) values (0, 'warehouse', 'x', 1, $1, '{0}') returning id`,
      [tags],
    )
  )[0]?.id;
const save = (where: object) => db.inTx(actor, (ctx) => saved.save(ctx, desk, caller, { name: 'A', note: '', share: 'private', where }));

test('each audience is counted once a day; what changed since yesterday has its cause: an edit, tags that moved, the calendar', async () => {
  const id = await save({ tag: 'fiveG', is: true });
  const broken = await save({ tag: 'churn', known: true });
  await db.query('', `delete from tag.tag where name = 'churn'`);
  desk.shelf.close();
  desk = { ...desk, shelf: openShelf(live) };
  const shown = async () => orThrow(await saved.days(desk, caller, id)).items;

  await saved.countToday(desk, actor);
  await saved.countToday(desk, actor);
  expect(await shown()).toMatchObject([{ count: 2, version: 1, change: null, causes: [] }]);
  expect(orThrow(await saved.days(desk, caller, broken)).items).toEqual([]);

  await sleep();
  await addBatch([5005]); // of a tag that it does not look at
  const batch = await addBatch([5001, 5005]);
  population = aPopulation({ fiveG: [true, true, true], months: [1, 2, 3] });
  await saved.countToday(desk, actor);
  expect(await shown()).toMatchObject([
    { count: 3, change: 1, causes: [{ kind: 'moved', batches: [{ id: batch, source: 'warehouse', tags: ['fiveG'] }] }] },
    { count: 2 },
  ]);

  await sleep();
  await db.inTx(actor, (ctx) => saved.change(ctx, desk, caller, { id, version: 1, where: { tag: 'months', from: 3 } }));
  await saved.countToday(desk, actor);
  expect((await shown())[0]).toMatchObject({ count: 1, version: 2, change: -2, causes: [{ kind: 'edited', from: 1, to: 2 }] });

  await sleep();
  population = aPopulation({ fiveG: [true, true, true], months: [1, 3, 3] });
  await saved.countToday(desk, actor);
  expect((await shown())[0]).toMatchObject({ change: 1, causes: [{ kind: 'calendar' }] });
  expect((await shown()).length).toBe(4);

  const elsewhere: Caller = { ...caller, actor: { ...actor, areas: ['east'] } };
  expect(orThrow(await saved.days(desk, elsewhere, id)).items).toEqual([]);
  const rows = await saved.views(desk, caller, await uncounted(db, 0), (r) => r.code);
  expect(rows.map((r) => [r.problem?.code ?? null, r.counted?.count ?? null])).toEqual(
    expect.arrayContaining([
      [null, 2],
      ['audience.unknown-tag', null],
    ]),
  );
});

test('an audience that is archived is counted no more', async () => {
  const id = await save({ tag: 'fiveG', is: true });
  await db.inTx(actor, (ctx) => saved.archive(ctx, caller, { id, archived: true }));
  await saved.countToday(desk, actor);
  expect(orThrow(await saved.days(desk, caller, id)).items).toEqual([]);
});
