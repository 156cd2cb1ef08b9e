import { afterAll, beforeAll, expect, test } from 'vitest';
import { org } from '#org/module';
import type { Actor } from '#platform/actor';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House, Module } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { customer } from '../customer/module.ts';
import { aHouse, JIANGNAN } from '../org/fixtures.ts';
import { createUnits } from '../org/service.ts';
import { tag } from '../tag/module.ts';
import type { Audience, Counted } from './contract.ts';
import { aPopulation, store, TAGS } from './fixtures.ts';
import { makeAudience } from './module.ts';
import type { Population } from './naive.fixture.ts';
import { referenceEngine } from './reference.fixture.ts';

const ADMIN = 'an-admin-token-of-size';
const RIGHTS = ['audience:see', 'audience:edit', 'customer:see'];
const staff = (id: string, areas: Actor['areas'], over: Partial<Actor> = {}): Actor => ({
  kind: 'staff',
  id,
  name: id,
  rights: new Set(RIGHTS),
  areas,
  ...over,
});
/** Who signs in with which token. */
const people: Record<string, Actor> = {
  li: staff('li', 'all'),
  east: staff('east', ['east', 'g-1']),
  grid: staff('grid', ['g-1']),
  west: staff('west', ['west']),
  partner: staff('partner', 'all', { partner: { kind: 'partner', value: 'P-1' } }),
  reader: staff('reader', 'all', { rights: new Set(['audience:see']) }),
};

const population: Population = aPopulation(
  {
    area: ['east', 'east', 'g-1', 'g-1', 'west', 'west', 'west', null],
    fiveG: [true, false, true, null, true, true, null, true],
    plan: ['a', 'b', 'a', 'c', 'a', null, 'b', 'a'],
    months: [3, 14, 20, 24, null, 12, 36, 13],
    balance: [1050, 20, -300, 0, 99, 100, 101, null],
    churn: [100, 900, 800, 700, 600, 500, null, 900],
    joined: [20_700, 20_440, 20_200, 20_050, 20_778, 20_400, 19_700, 20_380],
    doNotDisturb: [true, false, null, false, false, false, false, false],
    'consent.sms': [true, true, true, false, null, true, true, false],
    'consent.research.sms': [null, null, null, null, null, null, true, null],
  },
  [0, 5],
);

const ids = population.people.map((o) => `00000000-0000-4000-8000-00000000000${o}`);
const audience = makeAudience({
  engineOf: () => referenceEngine(() => population, new Map(TAGS.map((t) => [t.id, t.kind]))),
  customers: () => ({
    cardsOf: async (_ctx, ordinals) => ordinals.map((o) => ({ id: ids[o], name: '张**' })),
    ordinalOf: async (_ctx, id) => (ids.includes(id) ? ids.indexOf(id) : undefined),
  }),
});
const signIn: Module = { name: 'test', migrations: [], authenticate: () => async (token) => people[token] };

let db: Db;
let house: House;
let app: App;

beforeAll(async () => {
  db = await freshDb([org, tag, customer, audience]);
  house = await aHouse(db, { adminToken: ADMIN, zone: 'Asia/Shanghai' });
  app = await buildApp(house, [signIn, org, tag, customer, audience]);
  await audience.start?.(house);
  await db.inTx(people.li as Actor, (ctx) => createUnits(ctx, JIANGNAN));
  await store(db, population);
});
afterAll(async () => {
  await audience.stop?.();
  await app?.close();
  await house?.live.close();
  await db?.close();
});

async function call<T = Record<string, unknown>>(who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${who}`, 'accept-language': 'en' };
  const res = await app.inject({ method, url: `/api/audiences${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() as T };
}
const count = async (who: string, where: unknown) => (await call<Counted>(who, 'POST', '/count', { where })).body.count;
const acts = async (object: string) =>
  (await db.query<{ act: string }>('', 'select act from platform.audit where object = $1 order by id', [object])).map((r) => r.act);

test('people left are counted after each line, and who is lost because nothing is known of him', async () => {
  const where = { and: [{ tag: 'months', from: 12 }, { tag: 'fiveG', is: true }, { not: { tag: 'plan', is: 'b' } }] };
  const { status, body } = await call<Counted>(ADMIN, 'POST', '/count', { where, unknown: true });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    count: 2,
    base: 8,
    funnel: [
      { path: 'where.and[0]', count: 6, unknown: 1, sentence: 'months with us at least 12' },
      { path: 'where.and[1]', count: 3, unknown: 2, sentence: '5G customer' },
      { path: 'where.and[2]', count: 2, unknown: 1, sentence: 'plan is not B' },
    ],
    ms: expect.any(Number),
  });
  expect((await call<Counted>(ADMIN, 'POST', '/count', { where: { or: [where] } })).body.funnel).toMatchObject([
    { path: 'where', count: 2 },
  ]);
  expect((await call<Counted>(ADMIN, 'POST', '/count', { where: { and: [] } })).body).toMatchObject({ count: 8, base: 8, funnel: [] });
});

test('a count for a purpose is refused at the first tag that lacks it; without one it says what the whole may be used for', async () => {
  const where = { and: [{ tag: 'fiveG', is: true }, { not: { tag: 'plan', is: 'b' } }] };
  expect((await call<Counted>(ADMIN, 'POST', '/count', { where, purpose: 'analysis' })).body).toMatchObject({ purposes: ['analysis'] });
  expect(await call(ADMIN, 'POST', '/count', { where: { and: [] } })).toMatchObject({
    body: { purposes: ['service', 'marketing', 'analysis', 'risk'] },
  });
  expect(await call(ADMIN, 'POST', '/count', { where, purpose: 'marketing' })).toMatchObject({
    status: 422,
    body: { code: 'audience.purpose-not-allowed', details: { path: 'where.and[0].tag', tag: 'fiveG' } },
  });
  expect((await call(ADMIN, 'POST', '/count', { where, purpose: 'fun' })).status).toBe(400);
});

test('a mistake is answered with its path, an unknown field by name, a body without a definition too', async () => {
  const where = { and: [{ tag: 'fiveG', is: true }, { and: [] }, { tag: 'fiveGG', is: true }] };
  expect(await call(ADMIN, 'POST', '/count', { where })).toMatchObject({
    status: 400,
    body: {
      code: 'audience.unknown-tag',
      message: 'where.and[2].tag: there is no tag fiveGG (fiveG?)',
      details: { path: 'where.and[2].tag', nearest: ['fiveG'] },
    },
  });
  expect(await call(ADMIN, 'POST', '/count', {})).toMatchObject({ status: 400, body: { details: { path: 'where' } } });
  expect(await call(ADMIN, 'POST', '/count', { where: { and: [] }, limit: 3 })).toMatchObject({
    status: 400,
    body: { code: 'request.unknown-field', details: { path: 'limit' } },
  });
  expect(await call(ADMIN, 'POST', '/overlap', { where: [{ and: [] }, { or: [{ tag: 'x' }] }] })).toMatchObject({
    status: 400,
    body: { details: { path: 'where[1].or[0].tag' } },
  });
  expect(await call(ADMIN, 'POST', '/portrait', { where: { and: [] }, tags: ['plan', 'plans'] })).toMatchObject({
    status: 400,
    body: { code: 'audience.unknown-tag', details: { path: 'tags[1]' } },
  });
});

test('a caller counts the customers of his areas alone; whose nobody knows, only who sees all', async () => {
  const all = { and: [] };
  expect(await Promise.all(['li', 'east', 'grid', 'west', 'partner'].map((who) => count(who, all)))).toEqual([8, 4, 2, 3, 0]);
  expect((await call('east', 'POST', '/count', { where: { not: { tag: 'fiveG', is: true } } })).body).toMatchObject({ count: 1, base: 4 });
  expect((await call('nobody', 'POST', '/count', { where: all })).status).toBe(401);
  expect((await call('reader', 'POST', '/examples', { where: all })).status).toBe(403);
  expect((await call('reader', 'POST', '', { name: 'x', where: all })).status).toBe(403);
});

test('reach: the do-not-disturb list comes off first, then who refused and who was never asked', async () => {
  const { body } = await call(ADMIN, 'POST', '/reach', { where: { and: [] } });
  expect(body).toMatchObject({ count: 8, doNotDisturb: 1, touchpoints: [{ tag: 'consent.sms', left: 4, refused: 2, unknown: 1 }] });
  const research = await call(ADMIN, 'POST', '/reach', { where: { and: [] }, purpose: 'research' });
  expect(research.body).toMatchObject({ touchpoints: [{ tag: 'consent.research.sms', left: 1, refused: 0, unknown: 6 }] });
});

test('a portrait shows the audience beside everybody', async () => {
  const { body } = await call<{ tags: object[] }>(ADMIN, 'POST', '/portrait', {
    where: { tag: 'fiveG', is: true },
    tags: ['fiveG', 'plan', 'balance', 'joined'],
  });
  expect(body.tags).toMatchObject([
    {
      tag: 'fiveG',
      bars: [
        { value: true, count: 5, base: 5 },
        { value: false, count: 0, base: 1 },
      ],
      unknown: { count: 0, base: 2 },
    },
    {
      tag: 'plan',
      bars: [
        { value: 'a', names: { zh: 'A', en: 'A' }, count: 4, base: 4 },
        { value: 'b', count: 0, base: 2 },
        { value: 'c', count: 0, base: 1 },
        { value: 'd', count: 0, base: 0 },
      ],
      unknown: { count: 1, base: 1 },
    },
    {
      tag: 'balance',
      bars: expect.arrayContaining([
        { from: -3, to: -3, count: 1, base: 1 },
        { from: 0.2, to: 0.2, count: 0, base: 1 },
      ]),
    },
    { tag: 'joined', piece: 'month', bars: expect.arrayContaining([{ from: '2026-11-01', to: '2026-11-30', count: 1, base: 1 }]) },
  ]);
});

test('over a real connection, who waits is answered', async () => {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const asked = await fetch(`${url}/api/audiences/count`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ where: { tag: 'months', from: 12 } }),
  });
  expect([asked.status, await asked.json()]).toMatchObject([200, { count: 6 }]);
});

test('audiences are laid over one another', async () => {
  const where = [{ tag: 'fiveG', is: true }, { tag: 'months', from: 13 }, { list: 'none' }].slice(0, 2);
  expect((await call(ADMIN, 'POST', '/overlap', { where })).body).toMatchObject({
    counts: [5, 5],
    pairs: [{ a: 0, b: 1, count: 2 }],
    all: 2,
    any: 8,
  });
});

test('examples are members, masked, and written down', async () => {
  const { body } = await call<{ items: { id: string }[]; count: number }>('east', 'POST', '/examples', {
    where: { tag: 'plan', is: 'a' },
    limit: 5,
  });
  expect(body).toMatchObject({ count: 2, items: [{ id: ids[0], name: '张**' }, { id: ids[2] }] });
  expect(await acts('audience:examples')).toEqual(['audience.examples-shown']);
  expect((await call('east', 'POST', '/examples', { where: { and: [] }, limit: 21 })).status).toBe(400);
});

test('why: each line with its value and verdict, and which of them decided', async () => {
  const where = {
    and: [
      { tag: 'months', from: 12, to: 24 },
      {
        or: [
          { tag: 'plan', oneOf: ['a', 'b'] },
          { tag: 'balance', from: 0.5 },
        ],
      },
      { not: { tag: 'fiveG', is: false } },
    ],
  };
  const out = await call(ADMIN, 'POST', '/why', { where, customer: ids[3] });
  expect(out.body).toMatchObject({
    inside: false,
    verdict: 'false',
    lines: [
      { path: 'where.and[0]', verdict: 'true', decides: false, value: 24 },
      { path: 'where.and[1].or[0]', verdict: 'false', decides: true, value: 'c', label: { en: 'C' } },
      { path: 'where.and[1].or[1]', verdict: 'false', decides: true, value: 0 },
      { path: 'where.and[2]', sentence: '5G customer', verdict: 'unknown', decides: false, value: null },
    ],
  });
  expect(await acts(`customer:${ids[3]}`)).toEqual(['audience.why-asked']);
  expect((await call('west', 'POST', '/why', { where, customer: ids[3] })).status).toBe(404);
  expect((await call(ADMIN, 'POST', '/why', { where, customer: ids[7]?.replace(/7$/, '9') })).status).toBe(404);
  const top = { top: { n: 2, by: 'churn', of: { not: { tag: 'plan', is: 'b' } } } };
  const places = await Promise.all(
    [7, 2, 3, 6, 5].map(
      async (o) => (await call<{ lines: object[] }>(ADMIN, 'POST', '/why', { where: top, customer: ids[o] })).body.lines[0],
    ),
  );
  expect(places).toMatchObject([
    { path: 'where', verdict: 'true', value: 0.9, rank: 1 },
    { verdict: 'true', value: 0.8, rank: 2 },
    { verdict: 'false', value: 0.7, rank: 3 },
    { verdict: 'false', value: null, rank: null },
    { verdict: 'false', value: 0.5, rank: null },
  ]);
});

test('an audience is saved, changed by version, compared in words and people, and taken away with a way back', async () => {
  const first = {
    and: [
      { tag: 'fiveG', is: true },
      { tag: 'months', from: 12 },
    ],
  };
  const made = await call<Audience>('li', 'POST', '', { name: '5G 老客户', where: first });
  expect(made).toMatchObject({
    status: 201,
    body: { version: 1, share: 'private', owner: { id: 'li' }, sentence: '5G customer, and months with us at least 12', where: first },
  });
  const { id } = made.body;
  const second = {
    and: [
      { tag: 'fiveG', is: true },
      { tag: 'months', from: 20 },
    ],
  };
  expect((await call<Audience>('li', 'PUT', `/${id}`, { version: 1, where: second, note: '更老' })).body).toMatchObject({
    version: 2,
    note: '更老',
  });
  expect(await call('li', 'PUT', `/${id}`, { version: 1, where: first })).toMatchObject({
    status: 409,
    body: { code: 'audience.changed-since' },
  });
  expect((await call<Audience>('li', 'PUT', `/${id}`, { version: 2, name: '5G 老用户', where: second })).body).toMatchObject({
    version: 2,
    name: '5G 老用户',
  });
  expect((await call('li', 'GET', `/${id}/versions`)).body).toMatchObject({ items: [{ version: 2, by: { id: 'li' } }, { version: 1 }] });
  expect((await call('li', 'GET', `/${id}/difference?from=1&to=2`)).body).toMatchObject({
    from: { count: 3 },
    to: { count: 1 },
    words: { gone: ['months with us at least 12'], come: ['months with us at least 20'] },
    people: { stayed: 1, entered: 0, left: 2 },
  });
  expect((await call('li', 'GET', `/${id}/difference?from=1&to=9`)).status).toBe(404);
  expect(await call('li', 'PUT', `/${id}`, { version: 2, where: { not: { audience: id } } })).toMatchObject({
    status: 400,
    body: { code: 'audience.circle', details: { path: 'where.not.audience' } },
  });
  expect((await call<Audience>('li', 'POST', `/${id}/archive`, {})).body.archivedAt).not.toBeNull();
  expect((await call('li', 'GET', '')).body).toMatchObject({ total: 0, items: [] });
  expect((await call<Audience>('li', 'POST', `/${id}/restore`, {})).body).toMatchObject({ archivedAt: null });
  expect(await acts(`audience:${id}`)).toEqual([
    'audience.saved',
    'audience.changed',
    'audience.changed',
    'audience.archived',
    'audience.restored',
  ]);
});

test('who may see and change: private to the owner, a unit’s to those at, above and below it; what builds on it says so', async () => {
  const save = async (who: string, over: object) =>
    (await call<Audience>(who, 'POST', '', { name: 'A', where: { tag: 'plan', is: 'a' }, ...over })).body.id;
  const own = await save('east', {});
  const units = await save('east', { share: 'unit' });
  const everybodys = await save('west', { share: 'everybody' });
  const sees = async (who: string) => Promise.all([own, units, everybodys].map(async (id) => (await call(who, 'GET', `/${id}`)).status));
  expect(await Promise.all(['east', 'grid', 'west', 'li', ADMIN].map(sees))).toEqual([
    [200, 200, 200],
    [404, 200, 200],
    [404, 404, 200],
    [404, 200, 200],
    [200, 200, 200],
  ]);
  const change = async (who: string, id: string) => (await call(who, 'PUT', `/${id}`, { version: 1, name: 'B' })).status;
  expect([await change('grid', units), await change('li', units), await change('li', everybodys)]).toEqual([403, 200, 403]);
  expect((await call<Audience>('grid', 'GET', `/${units}`)).body.actions[0]).toMatchObject({ name: 'change', allowed: false });

  const built = await save('east', {
    share: 'everybody',
    name: '由私有客群构成',
    where: { and: [{ audience: own }, { tag: 'plan', known: true }] },
  });
  expect((await call('west', 'GET', `?uses=${own}`)).body).toMatchObject({ total: 1, items: [{ id: built, problem: null }] });
  expect((await call('west', 'GET', '?tag=plan')).body).toMatchObject({ total: 2 });
  expect(await count('west', { audience: built })).toBe(1);
  const direct = { or: [{ audience: built }, { audience: own }] };
  expect(await call('west', 'POST', '/count', { where: direct })).toMatchObject({
    status: 400,
    body: { details: { path: 'where.or[1].audience' } },
  });
  const why = await call<{ lines: object[] }>('west', 'POST', '/why', { where: { audience: built }, customer: ids[4] });
  expect(why.body.lines.map((l) => (l as { path: string }).path)).toEqual(['where', 'where.audience.and[0]', 'where.audience.and[1]']);
  expect(await call('east', 'PUT', `/${own}`, { version: 1, where: { audience: built } })).toMatchObject({
    body: { code: 'audience.circle' },
  });
});

test('lists are paged by name', async () => {
  const page = await call<{ items: Audience[]; nextCursor: string }>(ADMIN, 'GET', '?limit=2');
  const next = await call<{ items: Audience[] }>(ADMIN, 'GET', `?limit=200&cursor=${page.body.nextCursor}`);
  const all = await call<{ items: Audience[]; total: number }>(ADMIN, 'GET', '?limit=200');
  expect([...page.body.items, ...next.body.items].map((a) => a.id)).toEqual(all.body.items.map((a) => a.id));
  expect(all.body.total).toBe(all.body.items.length);
  expect((await call(ADMIN, 'GET', '?cursor=zzz')).status).toBe(400);
});
