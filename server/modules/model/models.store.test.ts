import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audience } from '#audience/module';
import { type Actor, systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import { type Jobs, startJobs } from '#platform/jobs';
import type { House, Module } from '#platform/module';
import { openVault } from '#platform/vault';
import { retention } from '#retention/module';
import { changeTags, describeTag, readCatalogue } from '#tag';
import { freshDb } from '../../../test/database.ts';
import { MODULES, someCustomers } from '../customer/fixtures.ts';
import { aHouse } from '../org/fixtures.ts';
import { fromTags } from '../retention/fromTags.ts';
import { sweepOn } from '../retention/sweeping.ts';
import { letCount, someTags, valuesIn } from '../tag/fixtures.ts';
import type { ExplainedView, ModelPage, Monitor } from './contract.ts';
import { stepOf } from './counts.ts';
import { evaluate } from './crew.ts';
import { dateOf, todayIn } from './days.ts';
import { trialOf } from './evaluate.ts';
import { aColumn, allRows, aPopulation, asStored, storeColumns } from './fixtures.ts';
import { model } from './module.ts';
import { unpack } from './packed.ts';
import { refreshDaily, refreshNext } from './refreshing.ts';
import * as store from './store.ts';
import { matrixOf, probabilitiesOf } from './trained.ts';
import { trainNext } from './training.ts';
import * as watch from './watchStore.ts';

/** Half of the people in the first block, half in the second; the last hundred are with another operator, the last fifty of unknown outcome. */
const COUNT = 1_150;
const ordinals = Array.from({ length: COUNT }, (_, i) => (i < COUNT / 2 ? i : 65_536 + i));
const { columns, label } = aPopulation(COUNT, { seed: 4 });
const inputs = asStored(columns);
const own = Array.from({ length: COUNT }, (_, i) => Number(i < COUNT - 100));
const left = Array.from(label, (one, i) => (i < COUNT - 50 ? one : undefined));

const ADMIN = 'an-admin-token-of-size';
const staff = (id: string, rights: string[], areas: Actor['areas'] = 'all'): Actor => ({ kind: 'staff', id, name: id, rights: new Set(rights), areas }); // biome-ignore format: one line
const STAFF: Readonly<Record<string, Actor>> = {
  reader: staff('reader', ['model:read', 'customer:see']),
  east: staff('east', ['model:read', 'customer:see'], ['east']),
  blind: staff('blind', ['model:read']),
  trainer: staff('trainer', ['model:read', 'model:train']),
};
const people: Module = { name: 'people', migrations: [], authenticate: () => async (token) => STAFF[token] };
const never = new AbortController().signal;

let db: Db;
let house: House;
let app: App;
let jobs: Jobs;
let ids: Map<string, string>;
beforeAll(async () => {
  db = await freshDb([...MODULES, audience, retention, model]);
  house = await aHouse(db, { zone: 'Asia/Shanghai', adminToken: ADMIN });
  jobs = await startJobs(house, []); // for the queue alone: what waits is worked off by the tests
  await storeColumns(db, [...inputs, aColumn('flag', own, 'ours'), aColumn('flag', left, 'left')], ordinals);
  const cards = [0, 1, COUNT - 1].map((i) => ({ ordinal: ordinals[i]!, source: 'crm', key: `K${i}`, area: i === 1 ? 'east' : 'west' }));
  ids = await someCustomers(db, openVault(randomBytes(32)), cards);
  await letCount(db, ordinals);
  app = await buildApp(house, [people, audience, model]);
});
afterAll(async () => {
  await jobs.stop();
  await app.close();
  await house.live.close();
  await db.close();
});

const ask = async <T>(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, token = ADMIN) => {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' };
  const res = await app.inject({ method, url: `/api/models${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() as T & { code: string; message: string } };
};
type Page = ReturnType<typeof ModelPage.parse>;

const aModel = (id: string, over: object = {}) => ({
  id,
  kind: 'trained',
  names: { zh: '离网', en: 'Leaving' },
  scene: 'churn',
  purpose: 'analysis',
  owner: 'li',
  label: 'left',
  score: `score.${id}`,
  ...over,
});
const page = async (id: string) => (await ask<Page>('GET', `/${id}`)).body;
const train = async (id: string) => {
  await ask('POST', `/${id}/versions`, {});
  await trainNext(house, never);
  return (await page(id)).versions[0]!;
};
const publish = async (id: string, n = 1) => {
  await ask('POST', `/${id}/versions/${n}/publish`, {});
  await refreshNext(house, never);
  return page(id);
};
const scoresOf = (tag: string) => valuesIn(db, tag, ordinals);
const batches = () => db.query('', 'select blocks, customers, source from tag.batch order by id desc limit 1');

describe('what cannot be registered', () => {
  test.each([
    [{ label: 'nobody' }, 422, 'model.no-tag'],
    [{ label: 'fee' }, 422, 'model.label-not-flag'],
    [{ label: undefined }, 422, 'model.label-missing'],
    [{ score: 'fee' }, 409, 'model.score-taken'],
    [{ kind: 'outside', score: 'nobody' }, 422, 'model.no-tag'],
    [{ kind: 'outside', score: 'plan' }, 422, 'model.score-not-number'],
    [{ population: { tag: 'ours' } }, 400, 'audience.asks-nothing'],
    [{ id: 'Bad id' }, 400, 'request.malformed'],
    [{ horizon: 1 }, 400, 'request.unknown-field'],
  ])('%j', async (over, status, code) => {
    const answer = await ask('POST', '', aModel('leaving', over));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('what nobody may who has not the right', async () => {
    expect((await ask('POST', '', aModel('leaving'), 'reader')).status).toBe(403);
    expect((await ask('GET', '', undefined, 'nobody')).status).toBe(401);
  });
});

describe('a model', () => {
  test('is registered once', async () => {
    const made = await ask<Page>('POST', '', aModel('leaving', { population: { tag: 'ours', is: true } }));
    expect(made).toMatchObject({
      status: 201,
      body: { id: 'leaving', published: null, versions: [], population: { sentence: expect.any(String) } },
    });
    expect((await ask('POST', '', aModel('leaving'))).body.code).toBe('model.exists');
    expect((await ask('POST', '', aModel('other', { score: 'score.leaving' }))).body.code).toBe('model.score-taken');
  });

  test('is not trained on its label, nor on what is no tag', async () => {
    const refused = await ask('POST', '/leaving/versions', { inputs: ['fee', 'left'] });
    expect([refused.status, refused.body.code]).toEqual([422, 'model.input-not-allowed']);
    expect((await ask('POST', '/leaving/versions', { inputs: ['nothing'] })).body.code).toBe('model.no-tag');
    expect((await ask('POST', '/nobody/versions', {})).status).toBe(404);
  });

  test('trained in the store has the figures of the same rows in a file', async () => {
    const version = await train('leaving');
    expect(version).toMatchObject({ n: 1, state: 'trained', inputs: 5, problem: null });
    const rows = own.flatMap((one, i) => (one === 1 && left[i] !== undefined ? [i] : []));
    const picked = [...inputs, aColumn('flag', own, 'ours')].map((c) => ({ ...c, values: rows.map((i) => c.values[i]) }));
    const texts = picked.map(
      (c) =>
      aColumn(c.kind, c.values.map((v) => (v === undefined || Number.isNaN(v) || (c.kind !== 'number' && c.kind !== 'date' && v < 0) ? undefined : c.kind === 'oneOf' ? c.levels[v] : v)), c.name), // biome-ignore format: one line
    );
    const told = await evaluate(
      trialOf(
        texts,
        Uint8Array.from(rows, (i) => left[i]!),
      ),
    );
    const figures = (await ask<Record<string, unknown>>('GET', '/leaving/versions/1/figures')).body;
    expect(figures).toMatchObject({ auc: told.auc, ece: told.ece, n: told.n, brier: told.brier, lift: told.lift, eligible: rows.length });
    expect(figures.leftOut).toContainEqual(expect.objectContaining({ tag: 'left', because: 'label' }));
    expect(figures.leftOut).toContainEqual(expect.objectContaining({ tag: 'ours', because: 'same-for-all' }));
  });

  test('is published: its scores are those of each row, and unknown of whom it is not for', async () => {
    const published = await publish('leaving');
    expect(published).toMatchObject({ published: { n: 1, state: 'published' }, refresh: { state: 'done', scored: COUNT - 100 }, health: { state: 'good' } }); // biome-ignore format: one line
    const trained = unpack((await store.trainedOf(db, 'leaving', 1)) as string);
    const each = probabilitiesOf(trained, matrixOf(trained.coders, inputs, allRows(COUNT)));
    expect(await scoresOf('score.leaving')).toEqual([...each].map((p, i) => (own[i] === 1 ? stepOf(p) : null)));
    expect((await readCatalogue(db, ['score.leaving']))[0]).toMatchObject({ source: 'model:leaving', purposes: ['analysis'], zh: '离网' });
  });

  test('of scene churn gives the retention desk a rule of its own, which calls about a hundredth of all', async () => {
    const [row] = await db.query<{ body: { when: string; parameters: { value: number }[] } }>(
      '',
      `select body from retention.rule where id = 'model-leaving'`,
    );
    expect(row?.body.when).toBe('score.leaving >= least');
    await sweepOn(house, fromTags, todayIn('Asia/Shanghai', Date.now()), 'once');
    const least = row?.body.parameters[0]?.value as number;
    const called = ((await scoresOf('score.leaving')) as (number | null)[]).filter((s) => s !== null && s >= least).length;
    expect(called).toBeGreaterThan(0);
    expect(await db.query('', `select hits, trouble from retention.spoken where rule = 'model-leaving'`)).toEqual([
      { hits: called, trouble: null },
    ]);
  });

  test('renewed without a change moves nothing; a change in one block moves that block alone', async () => {
    const before = await batches();
    await watch.askRefresh(db, 'leaving', Date.now());
    await refreshNext(house, never);
    expect(await batches()).toEqual(before);
    const changes = [{ place: 0, ordinal: ordinals[700]!, tags: { fee: 160, plan: null } }];
    await db.inTx(systemActor('test'), (ctx) => changeTags(ctx, { source: 'crm', changes }));
    await watch.askRefresh(db, 'leaving', Date.now());
    await refreshNext(house, never);
    expect(await batches()).toEqual([{ blocks: [1], customers: 1, source: 'model:leaving' }]);
  });

  test('says why a customer has his score, to whom the customer is shown', async () => {
    const url = `/leaving/customers/${ids.get('K1')}`;
    const why = (await ask<ExplainedView>('GET', url, undefined, 'east')).body;
    const [score] = await valuesIn(db, 'score.leaving', [1]);
    const all = ((await scoresOf('score.leaving')) as (number | null)[]).filter((s) => s !== null);
    expect(why).toMatchObject({ score, now: { score }, of: all.length, rank: 1 + all.filter((s) => s > (score as number)).length });
    const sum = [...why.up, ...why.down].reduce((total, { part }) => total + part, why.rest);
    const logit = (step: number) => Math.log(step / (1_000 - step));
    expect(logit(why.now!.base) + sum).toBeCloseTo(logit(why.now!.score), 1);
    expect(why.up.every(({ part }, i) => part > 0 && part <= (why.up[i - 1]?.part ?? Number.POSITIVE_INFINITY))).toBe(true);
    expect((await ask('GET', `/leaving/customers/${ids.get('K0')}`, undefined, 'east')).status).toBe(404);
    expect((await ask('GET', url, undefined, 'blind')).status).toBe(403);
    expect((await ask('GET', `/leaving/customers/${randomUUID()}`)).status).toBe(404);
    const other = (await ask<ExplainedView>('GET', `/leaving/customers/${ids.get(`K${COUNT - 1}`)}`)).body;
    expect(other).toMatchObject({ score: null, now: null, because: expect.stringContaining('not among those') });
  });
});

describe('a training', () => {
  test('whose worker was lost is begun again, and what the lost one says no longer counts', async () => {
    await ask('POST', '/leaving/versions', { inputs: ['plan'] });
    const lost = (await store.claimVersion(db, 1_000, 1)) as store.VersionRow;
    expect((await ask('POST', '/leaving/versions', {})).body.code).toBe('model.training');
    expect(await trainNext(house, never)).toBe(true);
    const [again] = (await page('leaving')).versions;
    expect(again).toMatchObject({ n: 2, state: 'trained' });
    const first = (await store.versionOf(db, 'leaving', 1))?.summary as store.Summary;
    expect(again?.figures?.n).toBe(first.n);
    const figures = (await store.figuresOf(db, 'leaving', 1)) as store.KeptFigures;
    expect(await store.finishVersion(db, lost, { now: 5, summary: first, figures, trained: '' })).toBe(false);
    expect(await store.beatVersion(db, lost, { now: 5, step: 'reading', done: 0, total: 0 })).toBe(false);
  });

  test('that the program’s end broke off waits for the next program; one that broke off too often is given up', async () => {
    await ask('POST', '/leaving/versions', {});
    const ending = AbortSignal.abort(new Error('the program ends'));
    await trainNext(house, ending);
    expect((await page('leaving')).versions[0]).toMatchObject({ n: 3, state: 'training' });
    await db.query('', 'update model.version set tries = 3 where n = 3');
    await trainNext(house, never);
    expect((await page('leaving')).versions[0]).toMatchObject({ state: 'failed', problem: { code: 'model.interrupted' } });
  });

  test('is cancelled while it waits, and not once it is over', async () => {
    await ask('POST', '/leaving/versions', { inputs: ['fee'] });
    const cancelled = await ask<Page>('POST', '/leaving/versions/4/cancel', {}, 'trainer');
    expect(cancelled.body.versions[0]).toMatchObject({ state: 'failed', problem: { code: 'model.cancelled' } });
    expect((await ask('POST', '/leaving/versions/4/cancel', {})).body.code).toBe('model.not-now');
    expect(await trainNext(house, never)).toBe(false);
    expect((await ask('POST', '/leaving/versions/4/publish', {})).body.code).toBe('model.not-now');
    expect((await ask('POST', '/leaving/versions/2/publish', {}, 'trainer')).status).toBe(403);
  });

  test('of too few is refused with how many there are', async () => {
    await ask('POST', '', aModel('few', { population: { tag: 'fee', from: 130 } }));
    expect(await train('few')).toMatchObject({ state: 'failed', problem: { code: 'model.too-few', message: expect.stringMatching(/\d/) } });
  });
});

describe('watching', () => {
  test('a renewal whose worker was lost is done again, and what it left is gone', async () => {
    await watch.askRefresh(db, 'leaving', Date.now());
    await watch.claimRefresh(db, 1_000, 1);
    const load = randomUUID();
    await watch.noteLoad(db, 'leaving', load);
    await db.query('', `insert into tag.staged (load, tag, block, base, width, scale) values ($1, 1, 0, 0, 1, 0)`, [load]);
    await refreshNext(house, never);
    expect(await db.query('', 'select from tag.staged')).toEqual([]);
    expect((await page('leaving')).refresh).toMatchObject({ state: 'done', changed: 0 });
  });

  test('scores that were kept are held against what came since, but for whom it was so already', async () => {
    await db.query('', `update model.kept set day = day - 90 where model = 'leaving'`);
    const fallen = [3, 5, 8].map((i) => ({ place: 0, ordinal: i, tags: { left: true } }));
    await db.inTx(systemActor('test'), (ctx) => changeTags(ctx, { source: 'crm', changes: fallen }));
    await watch.askRefresh(db, 'leaving', Date.now());
    await refreshNext(house, never);
    const { items, waiting } = (await ask<ReturnType<typeof Monitor.parse>>('GET', '/leaving/monitor')).body;
    const stayed = left.flatMap((one, i) => (one === 0 && own[i] === 1 ? [i] : []));
    const came = [3, 5, 8].filter((i) => left[i] === 0).length;
    expect(items[0]?.judged).toMatchObject({ n: stayed.length, positives: came });
    expect(items[0]).toMatchObject({ psi: expect.closeTo(0, 2), scored: COUNT - 100, unknown: 0 });
    expect(waiting).toHaveLength(1);
  });

  test('scores from outside are watched, and nothing is made up about their reasons', async () => {
    const made = await ask<Page>('POST', '', aModel('bought', { kind: 'outside', score: 'noise', full: 1 }));
    expect(made.status).toBe(201);
    await refreshNext(house, never);
    const known = (await scoresOf('noise')).filter((v) => v !== null).length;
    expect(await page('bought')).toMatchObject({ refresh: { state: 'done', scored: known, changed: 0 }, health: { state: 'good' } });
    expect((await ask('POST', '/bought/versions', {})).body.code).toBe('model.from-outside');
    const why = (await ask<ExplainedView>('GET', `/bought/customers/${ids.get('K0')}`)).body;
    expect(why).toMatchObject({ now: null, because: expect.stringContaining('outside'), of: known });
  });

  test('each model is looked at once a day', async () => {
    const asked = async () => (await watch.refreshes(db)).filter((r) => r.asked_at > r.served_at).map((r) => r.model);
    await refreshDaily(house, Date.now());
    expect(await asked()).toEqual([]);
    await refreshDaily(house, Date.now() + 86_400_000);
    expect((await asked()).sort()).toEqual(['bought', 'leaving']);
  });

  test('the list says the state of each', async () => {
    const { items } = (await ask<{ items: Page[] }>('GET', '', undefined, 'reader')).body;
    expect(items.map((m) => [m.id, m.published?.n ?? null, m.health?.state ?? null])).toEqual([
      ['leaving', 1, expect.any(String)],
      ['few', null, null],
      ['bought', 1, 'good'],
    ]);
  });
});

describe('a registered model', () => {
  test('is for the best by a number, of equal ones the first', async () => {
    await someTags(db, { grade: 'number' });
    const changes = ordinals.map((ordinal, i) => ({ place: 0, ordinal, tags: { grade: i % 5 } }));
    await db.inTx(systemActor('test'), (ctx) => changeTags(ctx, { source: 'crm', changes }));
    const population = { top: { n: 300, by: 'grade', of: { tag: 'ours', is: true } } };
    await ask('POST', '', aModel('best', { kind: 'outside', score: 'grade', full: 10, population }));
    await refreshNext(house, never);
    const [day] = (await ask<ReturnType<typeof Monitor.parse>>('GET', '/best/monitor')).body.items;
    expect(day).toMatchObject({ scored: 300, unknown: 0, mean: expect.closeTo((210 * 4 + 90 * 3) / 300 / 10, 9) });
  });

  test('is called otherwise, and the catalogue follows where nobody said otherwise there', async () => {
    const words = (en: string) => ({ names: { zh: '要走的', en }, meaning: { zh: '', en: '' }, owner: 'wang' });
    expect((await ask<Page>('PUT', '/leaving', words('Going'), 'trainer')).body).toMatchObject({ names: { en: 'Going' }, owner: 'wang' });
    const said = async () => (await readCatalogue(db, ['score.leaving']))[0];
    expect(await said()).toMatchObject({ en: 'Going', owner: 'wang', meaning_en: '0 to 1000: how likely, per mille. Going. ' });
    await db.inTx(systemActor('test'), (ctx) => describeTag(ctx, 'score.leaving', { names: { zh: '分', en: 'Mine' } }));
    await ask('PUT', '/leaving', words('Gone'));
    expect(await said()).toMatchObject({ en: 'Mine', meaning_en: '0 to 1000: how likely, per mille. Gone. ' });
    expect((await ask('PUT', '/leaving', words('x'), 'reader')).status).toBe(403);
  });

  test('is withdrawn: its scores are unknown until a version is published again', async () => {
    const before = await scoresOf('score.leaving');
    expect((await ask('POST', '/leaving/withdraw', { reason: 'r' }, 'trainer')).status).toBe(403);
    const withdrawn = (await ask<Page>('POST', '/leaving/withdraw', { reason: '数据有误' })).body;
    expect(withdrawn).toMatchObject({ published: null, refresh: { state: 'waiting' } });
    expect(withdrawn.versions.map((v) => v.state)).not.toContain('published');
    while (await refreshNext(house, never)); // others wait from the day before
    expect(new Set(await scoresOf('score.leaving'))).toEqual(new Set([null]));
    expect((await page('leaving')).refresh).toMatchObject({ state: 'done', scored: 0, changed: COUNT - 100 });
    expect((await ask('POST', '/leaving/withdraw', { reason: 'r' })).body.code).toBe('model.no-version');
    await publish('leaving');
    expect(await scoresOf('score.leaving')).toEqual(before);
    await ask('POST', '/best/withdraw', { reason: 'r' });
    await refreshNext(house, never);
    expect((await valuesIn(db, 'grade', [ordinals[4]!]))[0]).toBe(4); // another’s numbers stay
    expect(await publish('best')).toMatchObject({ published: { n: 1 }, refresh: { scored: 300 } });
  });

  test('from outside learns of the days before it was watched, by counts alone', async () => {
    const day = (back: number) => dateOf(todayIn('Asia/Shanghai', Date.now()) - back);
    const scores = [{ score: 0.2, people: 60 }, { score: 0.8, people: 40 }]; // biome-ignore format: one line
    const outcome = { of: day(9), scores: [{ score: 0.8, yes: 30, no: 10 }, { score: 0.2, yes: 5, no: 55 }] }; // biome-ignore format: one line
    const hand = (days: object[], id = 'bought') => ask('POST', `/${id}/days`, { days });
    const past = { day: day(3), unknown: 5, scores };
    const wrong = [
      [{ ...past, day: day(0) }],
      [{ ...past, day: day(401) }],
      [past, past],
      [{ ...past, scores: [{ score: 2, people: 1 }] }],
      [{ ...past, judged: { ...outcome, of: day(2) } }], // biome-ignore format: one line
    ];
    const codes = ['impossible-day', 'impossible-day', 'day-twice', 'score-beyond', 'impossible-day'];
    for (const [i, days] of wrong.entries()) expect((await hand(days)).body.code).toBe(`model.${codes[i]}`);
    expect((await hand([past], 'leaving')).body.code).toBe('model.trained-here');
    expect((await hand([{ ...past, day: day(2), judged: outcome }, past])).status).toBe(200);
    await refreshNext(house, never);
    const { items } = (await ask<ReturnType<typeof Monitor.parse>>('GET', '/bought/monitor')).body;
    expect(items.map((d) => [d.day, d.handed])).toEqual([[day(0), false], [day(2), true], [day(3), true]]); // biome-ignore format: one line
    expect(items[1]).toMatchObject({ scored: 100, psi: 0, mean: expect.closeTo(0.44, 9), judged: { of: day(9), n: 100, positives: 35, auc: expect.closeTo(0.8516, 4) } }); // biome-ignore format: one line
    expect(items[2]).toMatchObject({ psi: 0, judged: null });
    expect(items[0]?.psi).toBeGreaterThan(0.1);
    await db.query('', `update model.day set day = day - 1 where model = 'bought' and not handed`);
    expect((await hand([{ ...past, day: day(1) }])).body.code).toBe('model.watched-here');
  });
});
