import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '#platform/config';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { type Changing, changeTags } from './change.ts';
import type { TagView } from './contract.ts';
import { inTx, letCount, someTags } from './fixtures.ts';
import { tag } from './module.ts';
import { recount } from './tally.ts';

const TOKEN = 'an-admin-token-of-size';
let db: Db;
let app: App;

beforeAll(async () => {
  db = await freshDb([tag]);
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const config = { zone: 'Asia/Shanghai', repo: '/nowhere', adminToken: TOKEN } as Config;
  const house: House = { config, db, log: pino({ level: 'silent' }), vault: openVault(Buffer.alloc(32, 7)), live };
  app = await buildApp(house, [tag]);
  await letCount(db, [1, 2, 3]);
  await someTags(db, { tariff: 'oneOf', fee: 'number' });
  const facts: Changing['tags'][] = [{ tariff: 'A', fee: 9.5 }, { tariff: 'B', fee: 20 }, { tariff: 'B' }];
  const changes = facts.map((tags, i) => ({ place: i, ordinal: i + 1, tags }));
  await inTx(db, (ctx) => changeTags(ctx, { source: 'crm', changes, speaksOf: '2026-10' }));
  await recount(db);
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

async function call<T = { code: string; details: object }>(method: 'GET' | 'PUT', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${TOKEN}`, 'accept-language': 'en' };
  const res = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() as T };
}

test('a tag is found by its name, its words or its owner, with how many it is known of', async () => {
  await call('PUT', '/api/tags/tariff', { names: { zh: '套餐', en: 'Tariff' }, owner: '市场部 王芳', purposes: ['marketing'] });
  for (const q of ['tarif', '套餐', '王芳', 'TARIFF']) {
    const { body } = await call<{ items: TagView[]; total: number; everyone: number }>('GET', `/api/tags?q=${encodeURIComponent(q)}`);
    expect(body.items.map((t) => t.name)).toEqual(['tariff']);
    expect(body).toMatchObject({ total: 1, everyone: 3 });
    expect(body.items[0]).toMatchObject({ known: 3, source: 'crm', speaksOf: '2026-10', counting: false });
    expect(body.items[0]?.values.map((v) => [v.value, v.count])).toEqual([['B', 2], ['A', 1]]); // biome-ignore format: one line
  }
  const numbers = await call<{ items: TagView[] }>('GET', '/api/tags?kind=number');
  expect(numbers.body.items).toMatchObject([{ name: 'fee', known: 2, from: 9.5, to: 20, scale: 1 }]);
  expect((await call<{ items: TagView[] }>('GET', '/api/tags?source=billing')).body.items).toEqual([]);
});

test('what is said of it is kept, and who said it stands in the trail', async () => {
  const { body } = await call<TagView>('PUT', '/api/tags/tariff', { confidence: 80, values: [{ value: 'A', zh: '甲', en: 'First' }] });
  expect(body).toMatchObject({ owner: '市场部 王芳', confidence: 80, names: { zh: '套餐' } });
  expect(body.values).toContainEqual({ value: 'A', zh: '甲', en: 'First', count: 1 });
  const acts = await db.query<{ details: object }>(
    '',
    `select details from platform.audit where act = 'tag.described' and object = 'tag:tariff' order by id`,
  );
  expect(acts.at(-1)?.details).toMatchObject({ confidence: 80 });
});

test('a new tag is made with its kind, which stays', async () => {
  expect((await call('PUT', '/api/tags/新标签', {})).body).toMatchObject({ code: 'tag.kind-needed' });
  expect((await call<TagView>('PUT', '/api/tags/新标签', { kind: 'flag' })).body).toMatchObject({ kind: 'flag', known: 0 });
  expect((await call('PUT', '/api/tags/新标签', { kind: 'date' })).body).toMatchObject({ code: 'tag.kind-stays' });
  expect((await call('PUT', '/api/tags/everyone', { hidden: true })).body).toMatchObject({ code: 'tag.kept-by-us' });
  expect((await call('PUT', '/api/tags/tariff', { values: [{ value: 'Z', zh: '', en: '' }] })).body).toMatchObject({
    code: 'tag.unknown-values',
    details: { values: ['Z'] },
  });
  expect((await call('PUT', '/api/tags/tariff', { colour: 'red' })).body).toMatchObject({ code: 'request.unknown-field' });
  expect((await call('PUT', '/api/tags/9bad', { kind: 'flag' })).status).toBe(400);
});

test('what moved a tag, the latest first, page by page', async () => {
  await inTx(db, (ctx) => changeTags(ctx, { source: 'crm', changes: [{ place: 0, ordinal: 1, tags: { tariff: 'C' } }] }));
  type Page = { items: { id: number; customers: number; source: string }[]; next: number | null };
  const first = await call<Page>('GET', '/api/tags/tariff/batches?limit=1');
  expect(first.body).toMatchObject({ items: [{ customers: 1, source: 'crm' }], next: expect.any(Number) });
  const second = await call<Page>('GET', `/api/tags/tariff/batches?limit=1&before=${first.body.next}`);
  expect(second.body).toMatchObject({ items: [{ customers: 3 }], next: null });
  expect((await call('GET', '/api/tags/nowhere/batches')).status).toBe(404);
});
