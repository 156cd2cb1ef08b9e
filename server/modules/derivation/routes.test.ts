import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import { type App, buildApp } from '#platform/http';
import type { House, Module } from '#platform/module';
import { BLOCK, changeTags } from '#tag';
import { tag } from '#tag/module';
import { freshDb } from '../../../test/database.ts';
import { aHouse } from '../org/fixtures.ts';
import { letCount, someTags, valuesIn } from '../tag/fixtures.ts';
import { makeDerivation } from './module.ts';

const ADMIN = 'an-admin-token-of-size';
const actor = (id: string, rights: string[]) => ({ kind: 'staff' as const, id, name: id, rights: new Set(rights), areas: 'all' as const });
const STAFF = { eye: actor('eye', ['tag:see']), blind: actor('blind', []) };
const staff: Module = { name: 'staff', migrations: [], authenticate: () => async (token) => STAFF[token as keyof typeof STAFF] };
const derivation = makeDerivation();

let house: House;
let app: App;
beforeAll(async () => {
  house = await aHouse(await freshDb([tag, derivation]), { zone: 'Asia/Shanghai', adminToken: ADMIN });
  await someTags(house.db, { spend: 'number', city: 'oneOf' });
  await letCount(house.db, [0, 1, 2, BLOCK]);
  await house.db.inTx(systemActor('test'), (ctx) =>
    changeTags(ctx, {
      source: 'warehouse',
      changes: [[0, 100, '云上'], [1, 5, '云下'], [BLOCK, 300, '云上']].map(([ordinal, spend, city]) => ({ place: 0, ordinal: Number(ordinal), tags: { spend: spend as number, city: city as string } })), // biome-ignore format: one line
    }),
  );
  await derivation.start?.(house);
  app = await buildApp(house, [staff, tag, derivation]);
});
afterAll(async () => {
  await derivation.stop?.();
  await app.close();
  await house.live.close();
  await house.db.close();
});

const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, token: string = ADMIN) => {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'zh' };
  const res = await app.inject({ method, url: `/api/derivations${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.body === '' ? null : res.json() };
};
const until = async <T>(look: () => Promise<T>, is: (found: T) => boolean): Promise<T> => {
  let found: T | undefined;
  const isSo = async () => {
    found = await look();
    return is(found);
  };
  await expect.poll(isSo).toBe(true);
  return found as T;
};

const definition = {
  kind: 'oneOf',
  names: { zh: '等级', en: 'Grade' },
  values: [
    { value: 'big', zh: '大', en: 'Big' },
    { value: 'small', zh: '小', en: 'Small' },
  ],
  table: [{ when: 'spend >= 100 && city == "云上"', value: 'big' }],
  otherwise: 'small',
};

describe('from a draft to a tag', () => {
  test('what is written is checked while it is typed, row by row', async () => {
    const wrong = { ...definition, table: [...definition.table, { when: 'spend > ', value: 'big' }, { when: 'spnd > 3', value: 'top' }] };
    const { body } = await ask('POST', '/grade/check', { definition: wrong }, 'eye');
    expect(body.mistakes.map((m: { path: string; start: number }) => [m.path, m.start])).toEqual([
      ['table[1].when', 8],
      ['table[2].when', 0],
      ['table[2].value', 0],
    ]);
    const { body: well } = await ask('POST', '/grade/check', { definition }, 'eye');
    expect(well).toMatchObject({ mistakes: [], missing: [], ring: null, says: { zh: ['“spend”不低于 100，且“city”是“云上”的，为“大”。', '其余为“小”。', expect.any(String)] } }); // biome-ignore format: one line
  });

  test('it is tried, published, run, and shown with what it is made of', async () => {
    const { body: drafted } = await ask('POST', '', { tag: 'grade', basedOn: 0, definition });
    expect(drafted).toMatchObject({ state: 'draft', published: null, draft: { revision: 1, mistakes: [] } });
    const { status, body: begun } = await ask('POST', '/grade/try', { definition });
    expect(status).toBe(202);
    const tried = await until(async () => (await ask('GET', `/grade/try/${begun.id}`)).body, (t) => t.state !== 'running'); // biome-ignore format: one line
    expect(tried).toMatchObject({
      state: 'done',
      done: 2,
      blocks: 2,
      result: {
        customers: 4,
        changed: 3,
        values: [
          { value: 'big', before: 0, after: 2 },
          { value: 'small', before: 0, after: 1 },
          { value: null, before: 4, after: 1 },
        ],
      },
    });
    expect((await ask('POST', '/grade/publish', { revision: 1, reason: '试点' })).status).toBe(200);
    const shown = await until(async () => (await ask('GET', '/grade')).body, (d) => d.state === 'current'); // biome-ignore format: one line
    expect(shown).toMatchObject({
      version: 1,
      draft: null,
      published: { reason: '试点', by: expect.any(String) },
      lastRun: { changed: 3 },
    });
    expect(shown.inputs.map((i: { name: string }) => i.name)).toEqual(['spend', 'city']);
    expect(await valuesIn(house.db, 'grade', [0, 1, 2, BLOCK])).toEqual(['big', 'small', null, 'big']);
    expect((await ask('GET', '/grade/versions')).body.items).toMatchObject([{ version: 1, reason: '试点' }]);
    expect((await ask('GET', '/grade/runs')).body.items).toMatchObject([{ why: 'published', state: 'done', customers: 4 }]);
    expect((await ask('GET', '')).body.items.map((d: { tag: string }) => d.tag)).toContain('grade');
  });

  test('a push that the module hears of is followed at once', async () => {
    const out = await house.db.inTx(systemActor('test'), (ctx) =>
      changeTags(ctx, { source: 'warehouse', changes: [{ place: 0, ordinal: 2, tags: { spend: 1 } }] }),
    );
    house.live.announce('tag.changed', { batch: out.batch });
    expect(await until(() => valuesIn(house.db, 'grade', [2]), ([v]) => v !== null)).toEqual(['small']); // biome-ignore format: one line
  });

  test('facts are offered with their values, but none that would close a ring', async () => {
    const offered = async (of: string) => (await ask('GET', `/${of}/facts`)).body.items as { name: string; values?: string[] }[];
    const facts = await offered('other');
    expect(facts.find((f) => f.name === 'city')?.values).toEqual(['云上', '云下']);
    expect(facts.map((f) => f.name)).toContain('grade');
    expect((await offered('grade')).map((f) => f.name)).not.toContain('grade');
  });
});

test('an expression is tried by its bounds', async () => {
  const twice = { kind: 'number', names: definition.names, expression: 'spend * 2' };
  const { body } = await ask('POST', '/twice/try', { definition: twice });
  const tried = await until(async () => (await ask('GET', `/twice/try/${body.id}`)).body, (t) => t.state !== 'running'); // biome-ignore format: one line
  expect(tried.result).toMatchObject({ values: [], before: { known: 0, least: null }, after: { known: 4, least: 2, most: 600 } });
});

test.each([
  ['POST', '', { tag: 'spend', basedOn: 0, definition }, 422, 'tag.foreign-source'],
  ['POST', '', { tag: 'a b', basedOn: 0, definition }, 400, 'request.malformed'],
  ['POST', '', { tag: 'x', basedOn: 0, definition: { ...definition, table: [] } }, 400, 'request.malformed'],
  ['POST', '', { tag: 'x', basedOn: 3, definition }, 409, 'derivation.changed'],
  ['POST', '/grade/try', { definition: { ...definition, table: [{ when: 'nothing', value: 'big' }] } }, 422, 'derivation.mistaken'],
  ['POST', '/grade/try', { definition: { ...definition, table: [{ when: 'arpu > 3', value: 'big' }] } }, 422, 'derivation.missing-inputs'],
  ['POST', '/grade/publish', { revision: 1, reason: 'again' }, 404, 'thing.not-found'],
  ['DELETE', '/grade/draft', undefined, 404, 'thing.not-found'],
  ['GET', '/nowhere', undefined, 404, 'thing.not-found'],
] as const)('%s %s is refused with its reason', async (method, url, payload, status, code) => {
  const answer = await ask(method, url, payload);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('whoever may see tags reads, and only who may manage writes', async () => {
  expect((await ask('GET', '', undefined, 'eye')).status).toBe(200);
  expect((await ask('GET', '', undefined, 'blind')).status).toBe(403);
  expect((await ask('POST', '', { tag: 'x', basedOn: 0, definition }, 'eye')).status).toBe(403);
  expect((await ask('POST', '/grade/try', { definition }, 'eye')).status).toBe(403);
  expect((await ask('GET', '/grade', undefined, 'eye')).body.actions).toContainEqual({ name: 'edit', allowed: false, because: 'auth.forbidden' }); // biome-ignore format: one line
});
