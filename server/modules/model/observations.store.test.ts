import { afterAll, beforeAll, expect, test } from 'vitest';
import { audience } from '#audience/module';
import { type Actor, systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import { type Jobs, startJobs } from '#platform/jobs';
import type { House, Module } from '#platform/module';
import { retention } from '#retention/module';
import { changeTags, readTags } from '#tag';
import { freshDb } from '../../../test/database.ts';
import { MODULES } from '../customer/fixtures.ts';
import { aHouse } from '../org/fixtures.ts';
import { letCount } from '../tag/fixtures.ts';
import type { Column } from './column.ts';
import type { ModelPage } from './contract.ts';
import { dateOf, todayIn } from './days.ts';
import { aColumn, aPopulation, asStored, storeColumns } from './fixtures.ts';
import { forgetObserved } from './forgetting.ts';
import { model } from './module.ts';
import * as kept from './observationStore.ts';
import { packPlaces } from './observed.ts';
import { observeDaily, observeNext } from './observing.ts';
import { recallRows } from './recalling.ts';
import { trainNext } from './training.ts';

/** People in two blocks; nobody has left on the day but the last twenty. */
const COUNT = 1_150;
const STAYING = COUNT - 20;
const ordinals = Array.from({ length: COUNT }, (_, i) => (i < COUNT / 2 ? i : 65_536 + i));
const { columns, label } = aPopulation(COUNT, { seed: 4 });
const stood = asStored(columns);
const DAY = 86_400_000;
const now = Date.now();
const today = dateOf(todayIn('Asia/Shanghai', now));
const in30 = dateOf(todayIn('Asia/Shanghai', now) + 30);

const ADMIN = 'an-admin-token-of-size';
const reader: Actor = { kind: 'staff', id: 'reader', name: 'reader', rights: new Set(['model:read']), areas: 'all' };
const people: Module = {
  name: 'people',
  migrations: [],
  authenticate: () => async (token) => (token === 'reader' ? reader : undefined),
};
const never = new AbortController().signal;

let db: Db;
let house: House;
let app: App;
let jobs: Jobs;
beforeAll(async () => {
  db = await freshDb([...MODULES, audience, retention, model]);
  house = await aHouse(db, { zone: 'Asia/Shanghai', adminToken: ADMIN });
  jobs = await startJobs(house, []); // for the queue alone: what waits is worked off by the tests
  const left = Array.from({ length: COUNT }, (_, i) => Number(i >= STAYING));
  await storeColumns(db, [...stood, aColumn('flag', left, 'left')], ordinals);
  await letCount(db, ordinals);
  app = await buildApp(house, [people, audience, model]);
  await ask('POST', '', aModel('leaving'));
});
afterAll(async () => {
  await jobs.stop();
  await app.close();
  await house.live.close();
  await db.close();
});

type Page = ReturnType<typeof ModelPage.parse>;
const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, token = ADMIN) => {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' };
  const res = await app.inject({ method, url: `/api/models${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() as Page & { code: string; message: string; problem: { code: string } | null } };
};
const aModel = (id: string, over: object = {}) => ({
  id,
  kind: 'trained',
  names: { zh: '离网', en: 'Leaving' },
  scene: 'other',
  purpose: 'analysis',
  owner: 'li',
  label: 'left',
  score: `score.${id}`,
  horizonDays: 30,
  ...over,
});
const observations = async () => (await ask('GET', '/leaving')).body.observations;
const change = (changes: { ordinal: number; tags: Record<string, number | boolean> }[]) =>
  db.inTx(systemActor('test'), (ctx) => changeTags(ctx, { source: 'crm', changes: changes.map((one) => ({ place: 0, ...one })) }));
const forget = (customers: readonly number[]) => db.inTx(systemActor('test'), (ctx) => forgetObserved(ctx, customers));
const train = async (body: object) => {
  const asked = await ask('POST', '/leaving/versions', body);
  await trainNext(house, never);
  return { asked, version: (await ask('GET', '/leaving')).body.versions[0]! };
};

test('an observation of today is begun once, by those who train', async () => {
  expect((await ask('POST', '/leaving/observations', undefined, 'reader')).status).toBe(403);
  await ask('POST', '', aModel('bought', { kind: 'outside', score: 'noise', label: undefined }));
  expect((await ask('POST', '/bought/observations')).body.code).toBe('model.from-outside');
  expect((await ask('PUT', '/bought/observations', { every: 'month' })).body.code).toBe('model.from-outside');
  const begun = await ask('POST', '/leaving/observations');
  expect(begun).toMatchObject({
    status: 202,
    body: { observations: { every: 'never', items: [{ day: today, due: in30, state: 'keeping' }] } },
  });
  expect((await ask('POST', '/leaving/observations')).body.code).toBe('model.observed-today');
});

test('an erasure while people are being kept begins it anew, and what the first attempt says no longer counts', async () => {
  const first = (await kept.claimObservation(db, now, now)) as kept.ObservationRow;
  await forget([3]);
  const some = { people: 1, places: packPlaces([3]), cells: Buffer.alloc(0) };
  await expect(kept.keepPeople(db, first, 0, some)).rejects.toThrow('overtaken');
  await expect(kept.wasKept(db, first, { eligible: 1, tags: [] })).rejects.toThrow('overtaken');
});

test('everybody of the population who is not a yes yet is kept, and waits for his outcome', async () => {
  expect(await observeNext(house, never)).toBe(true);
  expect(await observations()).toMatchObject({
    items: [{ state: 'waiting', people: STAYING, eligible: STAYING, tags: stood.length, readOn: null, problem: null }],
  });
  await observeDaily(house, now + 29 * DAY);
  expect(await observeNext(house, never)).toBe(false);
  expect((await train({ observations: [today] })).asked.body).toMatchObject({
    code: 'model.not-ripe',
    message: expect.stringContaining(today),
  });
});

test('a version learns from what was known on the day, and nothing of what the outcome left behind', async () => {
  // whoever leaves has his fee set to nothing on the way out: today the fee gives the outcome away
  const leavers = ordinals.flatMap((ordinal, i) => (label[i] === 1 && i < STAYING ? [{ ordinal, tags: { left: true, fee: 1 } }] : []));
  await change(leavers);
  await observeDaily(house, now + 30 * DAY);
  expect((await observations()).items[0]).toMatchObject({ state: 'reading' });
  await observeNext(house, never);
  expect((await observations()).items[0]).toMatchObject({
    state: 'ripe',
    readOn: today,
    yes: leavers.length,
    no: STAYING - leavers.length,
  });
  const { version } = await train({ observations: [today] });
  expect(version).toMatchObject({ state: 'trained', observations: [today], warnings: [] });
  expect(version.figures).toMatchObject({ n: STAYING, positives: leavers.length });
  expect(version.figures!.auc).toBeLessThan(0.9);
  const leaked = (await train({ inputs: ['fee'] })).version;
  expect(leaked).toMatchObject({ observations: null, warnings: expect.arrayContaining([expect.objectContaining({ kind: 'too-good' })]) });
});

test('of several observations each person is learned from once, about as often in each', async () => {
  const [one] = await kept.observationsOf(db, 'leaving');
  const later = { ...one!, day: one!.day + 1 };
  await db.query('', `insert into model.observation select model, day + 1, due, state, made_at, made_by from model.observation`);
  await db.query(
    '',
    `insert into model.observed select model, day + 1, block, people, places, cells, outcome, yes, no from model.observed`,
  );
  await db.query('', `update model.observed set outcome = set_byte(outcome, 0, 255) where block = 0 and day = $1`, [later.day]);
  const inputs = await readTags(
    db,
    stood.map(({ name }) => name),
  );
  const asked = {
    model: 'leaving',
    observations: [one!, later].map(({ day, tags }) => ({ day, tags: tags! })),
    inputs,
    most: COUNT,
  };
  const recall = (most: number) => db.inTx(systemActor('test'), ({ tx }) => recallRows(tx, { ...asked, most }, () => undefined));
  const { columns, label: came, eligible } = await recall(COUNT);
  expect([eligible, came.length]).toEqual([STAYING, STAYING]);
  const told = (c: Column) => [...c.values].map((v) => (c.kind === 'oneOf' ? (c.levels[v] ?? null) : v));
  expect(columns.map(told)).toEqual(inputs.map(({ name }) => told(stood.find((c) => c.name === name)!).slice(0, STAYING)));
  expect(came).toEqual(label.slice(0, STAYING));
  const fewer = await recall(500);
  expect(fewer.label.length).toBeLessThan(600);
  expect(fewer).toEqual(await recall(500));
  await kept.dropObservation(db, 'leaving', later.day);
});

test('an input that was not kept then is left out, or refused where it was the only one', async () => {
  await db.query('', `update model.observation set tags = replace(tags::text, '"noise"', '"noise.then"')::json`);
  const { version } = await train({ observations: [today], inputs: ['noise'] });
  expect(version).toMatchObject({ state: 'failed', problem: { code: 'model.no-inputs' } });
  await db.query('', `update model.observation set tags = replace(tags::text, '"noise.then"', '"noise"')::json`);
});

test('who is erased leaves every observation; those who stay keep their outcome', async () => {
  const [before] = (await observations()).items;
  const gone = [0, 1, 2].map((i) => ordinals[i]!);
  await forget([...gone, 400_000]);
  const yes = [0, 1, 2].filter((i) => label[i] === 1).length;
  expect((await observations()).items[0]).toMatchObject({ people: STAYING - 3, yes: before!.yes - yes, no: before!.no - (3 - yes) });
  await forget(ordinals.filter((ordinal) => ordinal < 65_536));
  expect((await observations()).items[0]?.people).toBe(STAYING - COUNT / 2);
});

test('one begins each month where that is wanted, and the oldest ripe one makes room', async () => {
  expect((await ask('PUT', '/leaving/observations', { every: 'month' })).body.observations.every).toBe('month');
  expect((await ask('PUT', '/leaving/observations', { every: 'day' })).status).toBe(400);
  await observeDaily(house, now);
  expect((await observations()).items).toHaveLength(1);
  await db.query(
    '',
    `insert into model.observation (model, day, due, state, made_at, made_by)
     select 'leaving', day - n, due - n, 'kept', 0, 'li' from model.observation, generate_series(40, 44) n`,
  );
  expect((await ask('POST', '/leaving/observations')).body.code).toBe('model.observed-today');
  await db.query('', `delete from model.observed; update model.observation set day = day - 45 where state = 'ripe'`);
  await observeDaily(house, now);
  expect((await observations()).items.map(({ state }) => state)).toEqual(['keeping', ...Array(5).fill('reading')]);
  await db.query('', `update model.observation set state = 'kept', due = due + 400`);
  await db.query('', `update model.observation set day = day - 1 where day = (select max(day) from model.observation)`);
  expect((await ask('POST', '/leaving/observations')).body.code).toBe('model.observations-full');
});

test('one is thrown away by those who train, if it is there', async () => {
  const [latest] = (await observations()).items;
  const url = `/leaving/observations/${latest!.day}`;
  expect((await ask('DELETE', url, undefined, 'reader')).status).toBe(403);
  expect((await ask('DELETE', url)).body.observations.items).toHaveLength(5);
  expect((await ask('DELETE', url)).status).toBe(404);
});
