import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUnits } from '#org';
import { systemActor } from '#platform/actor';
import type { Config } from '#platform/config';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { aUnit } from '../org/fixtures.ts';
import { someTags, valuesIn } from '../tag/fixtures.ts';
import type { CustomerCard, CustomerLine } from './contract.ts';
import { MODULES, someCustomers } from './fixtures.ts';

const ADMIN = 'an-admin-token-of-size';
let db: Db;
let app: App;
let ids: Map<string, string>;
const vault = openVault(Buffer.alloc(32, 7));

beforeAll(async () => {
  db = await freshDb(MODULES);
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const house: House = { config: { zone: 'Asia/Shanghai', repo: '/nowhere', adminToken: ADMIN } as Config, db, log: pino({ level: 'silent' }), vault, live }; // biome-ignore format: one line
  app = await buildApp(house, MODULES);
  await db.inTx(systemActor('test'), (ctx) => createUnits(ctx, [aUnit('city', null, 'city'), aUnit('east', 'city', 'county'), aUnit('east-1', 'east', 'grid')])); // biome-ignore format: one line
  ids = await someCustomers(db, vault, [
    { ordinal: 1, source: 'crm', key: 'A-1', area: 'east-1', own: true, person: { name: '张三丰', phone: '138 0000 0001', idNumber: '99010119700101001X' } }, // biome-ignore format: one line
    { ordinal: 2, source: 'crm', key: 'A-2', area: 'west', own: false, person: { phone: '13800000001' } },
    { ordinal: 3, source: 'billing', key: 'A-1', own: true },
  ]);
  await someTags(db, { vip: 'flag', tariff: 'oneOf', fee: 'number' });
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

async function call<
  T = {
    code: string;
    message: string;
    details: { items: { place: number; code: string; path: string; message: string }[]; total: number };
  },
>(token: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' };
  const res = await app.inject({ method, url: `/api/customers${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() as T, text: res.body };
}
const idOf = (key: string) => ids.get(key) as string;
const push = (changes: object[], source = 'crm', token = 'crm') => call(token, 'POST', '/changes', { source, changes });

describe('a push of changes', () => {
  test('is in force when it is answered, and a second time changes nothing', async () => {
    const changes = [{ key: 'A-1', tags: { vip: true, tariff: '冰淇淋', fee: 18.85 } }, { key: 'A-2', tags: { vip: false } }]; // biome-ignore format: one line
    expect((await push(changes)).body).toEqual({ changed: 2, batch: expect.any(Number) });
    expect(await valuesIn(db, 'vip', [1, 2, 3])).toEqual([true, false, null]);
    expect((await push(changes)).body).toEqual({ changed: 0, batch: null });
  });

  test('with one bad item does nothing, and names each of them', async () => {
    const { status, body } = await push([{ key: 'A-1', tags: { vip: false } }, { key: 'A-1', tags: { fee: 'much', nowhere: 1 } }]); // biome-ignore format: one line
    expect([status, body.code]).toEqual([422, 'changes.refused']);
    expect(body.details.items.map((i) => [i.place, i.code, i.message])).toEqual([
      [1, 'tag.bad-value', 'The value of fee does not fit its kind (number)'],
      [1, 'tag.unknown', 'There is no tag nowhere'],
    ]);
    expect(await valuesIn(db, 'vip', [1])).toEqual([true]);
    const unknown = await push([{ key: 'A-1', tags: { vip: false } }, { key: 'A-9', tags: { vip: 'perhaps' } }, { key: 'A-2', tags: { nowhere: 1 } }]); // biome-ignore format: one line
    expect([unknown.body.details.total, unknown.body.details.items.map((i) => [i.path, i.code])], 'faults of every sort at once').toEqual([
      3,
      [
        ['changes[1].key', 'customer.unknown'],
        ['changes[1].tags.vip', 'tag.bad-value'],
        ['changes[2].tags.nowhere', 'tag.unknown'],
      ],
    ]);
    expect(unknown.text).not.toContain('A-9');
  });

  test('speaks for its own source alone, and never for us', async () => {
    expect((await push([{ key: 'A-1', tags: { vip: false } }], 'billing')).body).toMatchObject({ code: 'customer.foreign-source' });
    expect((await push([{ key: 'A-1', tags: { vip: false } }], 'billing', ADMIN)).body.details.items).toMatchObject([
      { code: 'tag.foreign-source' },
    ]);
    for (const ours of ['glasshouse', 'rule', 'Rule', 'model', 'model:churn'])
      expect((await push([{ key: 'A-1', tags: { own: false } }], ours, ADMIN)).body, ours).toMatchObject({ code: 'customer.reserved-source' }); // biome-ignore format: one line
    expect((await push([{ key: 'A-1', tags: { doNotDisturb: true } }])).body.details.items).toMatchObject([{ code: 'tag.foreign-source' }]);
    expect((await push([{ key: 'A-1', tags: { vip: false } }], 'crm', 'looker')).status).toBe(403);
  });
});

describe('one customer', () => {
  test('is shown masked, with what is known of him and where it comes from', async () => {
    const { body, text } = await call<CustomerCard>('care', 'GET', `/${await byKey('A-1', 'crm')}`);
    expect(body).toMatchObject({ source: 'crm', area: 'east-1', own: true, person: { name: '张**', phone: '138****0001' } });
    expect(body.tags).toContainEqual({ name: 'fee', names: { zh: '', en: '' }, value: 18.85, label: null, source: 'crm', speaksOf: null, loadedAt: expect.any(String), confidence: null }); // biome-ignore format: one line
    expect(body.tags).toContainEqual(expect.objectContaining({ name: 'tariff', value: '冰淇淋' }));
    expect(text).not.toMatch(/13800000001|张三丰|A-1/);
  });

  test('says how sure a guess is of off-net people alone', async () => {
    await call(ADMIN, 'PUT', '/../tags/fee', { confidence: 80 });
    await push([{ key: 'A-2', tags: { fee: 30 } }]);
    const sure = async (key: string) =>
      (await call<CustomerCard>('looker', 'GET', `/${idOf(key)}`)).body.tags.find(({ name }) => name === 'fee');
    expect(await sure('A-2')).toMatchObject({ value: 30, confidence: 80 });
    await push([{ key: 'A-1', tags: { fee: 18.85 } }]);
    const { body } = await call<CustomerCard>('care', 'GET', `/${await byKey('A-1', 'crm')}`);
    expect(body.tags.find(({ name }) => name === 'fee')).toMatchObject({ value: 18.85, confidence: null });
  });

  test('outside the caller’s areas is nobody', async () => {
    expect((await call('care', 'GET', `/${idOf('A-2')}`)).status).toBe(404);
    expect((await call('care', 'POST', `/${idOf('A-2')}/reveal`, { fields: ['phone'], reason: 'to call' })).status).toBe(404);
    expect((await call('care', 'PUT', `/${idOf('A-2')}/consents`, { doNotDisturb: true, reason: 'he asked' })).status).toBe(404);
    const list = async (token: string, query = '') => (await call<{ items: CustomerLine[] }>(token, 'GET', query)).body.items.map((c) => [c.source, c.area]); // biome-ignore format: one line
    expect(await list('care')).toEqual([['crm', 'east-1']]);
    expect(await list('care', '?area=west')).toEqual([]);
    expect(await list('looker')).toEqual([['crm', 'east-1'], ['crm', 'west'], ['billing', null]]); // biome-ignore format: one line
    expect(await list('looker', '?area=west,east-1&own=true')).toEqual([['crm', 'east-1']]);
    expect(await list('looker', '?area=city'), 'an area with all below it').toEqual([['crm', 'east-1']]);
    expect(await list('care', '?area=city'), 'of the caller’s own areas alone').toEqual([['crm', 'east-1']]);
    expect(await list('looker', '?limit=1&after=1')).toEqual([['crm', 'west']]);
    expect((await call('crm', 'GET', '')).status).toBe(403);
  });

  test('is found by his number or by what is personal, in the body alone', async () => {
    const find = async (token: string, asked: object) => (await call<{ items: CustomerLine[] }>(token, 'POST', '/search', asked)).body.items.map((c) => c.source); // biome-ignore format: one line
    expect(await find('looker', { key: 'A-1' })).toEqual(['crm', 'billing']);
    expect(await find('looker', { key: 'A-1', source: 'billing' })).toEqual(['billing']);
    expect(await find('looker', { phone: '+86 138-0000-0001' })).toEqual(['crm', 'crm']);
    expect(await find('care', { phone: '13800000001' })).toEqual(['crm']);
    expect(await find('looker', { phone: '13800000001', idNumber: '99010119700101001x' })).toEqual(['crm']);
    expect(await find('looker', { phone: '13900000000' })).toEqual([]);
    expect((await call('looker', 'POST', '/search', { source: 'crm' })).status).toBe(400);
  });

  test('is shown in full to who says why, and that is written down', async () => {
    const id = await byKey('A-1', 'crm');
    const full = await call('care', 'POST', `/${id}/reveal`, {
      fields: ['name', 'phone', 'address', 'key'],
      reason: 'he asked for a call',
    });
    expect(full.body).toEqual({ name: '张三丰', phone: '138 0000 0001', address: null, key: 'A-1' });
    const trail = await db.query('', `select reason, details from platform.audit where act = 'customer.revealed' and object = $1`, [
      `customer:${id}`,
    ]);
    expect(trail).toEqual([{ reason: 'he asked for a call', details: { fields: ['name', 'phone', 'address', 'key'] } }]);
    expect((await call('looker', 'POST', `/${id}/reveal`, { fields: ['name'], reason: 'curious' })).status).toBe(403);
  });

  test('says what he agrees to; the flags hold at once and the history stays', async () => {
    const id = await byKey('A-1', 'crm');
    const said = (consents: object[], more: object = {}) => call<CustomerCard>('care', 'PUT', `/${id}/consents`, { consents, reason: '10010 call', ...more }); // biome-ignore format: one line
    await said([{ purpose: 'marketing', touchpoint: 'sms', given: true }, { purpose: 'research', touchpoint: 'call', given: false }]); // biome-ignore format: one line
    const { body } = await said([{ purpose: 'marketing', touchpoint: 'sms', given: false }], { doNotDisturb: true });
    expect(await valuesIn(db, 'consent.sms', [1])).toEqual([false]);
    expect(await valuesIn(db, 'consent.research.call', [1])).toEqual([false]);
    expect(await valuesIn(db, 'doNotDisturb', [1, 2])).toEqual([true, null]);
    expect(body.consents.map((c) => [c.flag, c.given, c.by])).toEqual([
      ['doNotDisturb', true, 'care'],
      ['consent.sms', false, 'care'],
      ['consent.research.call', false, 'care'],
      ['consent.sms', true, 'care'],
    ]);
    await said([], { doNotDisturb: null });
    expect(await valuesIn(db, 'doNotDisturb', [1])).toEqual([null]);
    await someTags(db, { 'consent.visit': 'flag' });
    expect((await said([{ purpose: 'marketing', touchpoint: 'visit', given: false }])).status, 'kept by a source').toBe(200);
    expect(await valuesIn(db, 'consent.visit', [1])).toEqual([false]);
    expect((await call('looker', 'PUT', `/${id}/consents`, { consents: [], reason: 'no right' })).status).toBe(403);
  });
});

const byKey = async (key: string, source: string): Promise<string> =>
  (await call<{ items: CustomerLine[] }>('looker', 'POST', '/search', { key, source })).body.items[0]?.id as string;
