import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Config } from '#platform/config';
import type { Ctx, Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { normal } from '#platform/personal';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { someCustomers } from '../customer/fixtures.ts';
import type { Household, PartyCard } from './contract.ts';
import { eraseParties } from './erase.ts';
import { everything, MODULES, PERSONAL_WORDS, SAID } from './fixtures.ts';
import { idOf, type Numbered } from './keys.ts';
import { mergeParties, unmergeParties } from './merging.ts';
import { takeBackTransfer, transferOwnership } from './transfers.ts';

const ADMIN = 'an-admin-token-of-size';
const vault = openVault(Buffer.alloc(32, 7));
let db: Db;
let app: App;
let customers: Map<string, string>;

beforeAll(async () => {
  db = await freshDb(MODULES);
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const house: House = { config: { zone: 'Asia/Shanghai', repo: '/nowhere', adminToken: ADMIN } as Config, db, log: pino({ level: 'silent' }), vault, live }; // biome-ignore format: one line
  app = await buildApp(house, MODULES);
  customers = await someCustomers(db, vault, [
    { ordinal: 1, source: 'crm', key: 'A-1', area: 'east-1', own: true },
    { ordinal: 2, source: 'crm', key: 'A-2', area: 'west', own: true },
  ]);
  expect((await push(SAID)).status).toBe(200);
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

async function call<
  T = {
    code: string;
    message: string;
    details: { total: number; items: { line: number; code: string; message: string; path?: string }[] };
  },
>(token: string, method: 'GET' | 'POST', url: string, payload?: object | string, type = 'application/json') {
  // biome-ignore format: one line
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en', ...(payload !== undefined && { 'content-type': type }) };
  const res = await app.inject({ method, url: `/api${url}`, headers, ...(payload !== undefined && { payload }) });
  return { status: res.statusCode, body: res.json() as T, text: res.body };
}
const push = (records: readonly unknown[], token = 'crm') => call(token, 'POST', '/households', [...records]);
const idFor = (what: Numbered, key: string, source = 'crm') => idOf(vault, what, { source, key });
const householdOf = (token: string, key = 'A-1') => call<Household>(token, 'GET', `/customers/${customers.get(key)}/household`);
const act = <T>(fn: (ctx: Ctx) => Promise<T>) => db.inTx(systemActor('test'), fn);
const numbersOf = (h: Household) => h.services.map((s) => s.number).sort(); // biome-ignore format: one line

describe('a push', () => {
  test('is taken whole or not at all, and every mistake is told by its line', async () => {
    const before = await everything(db);
    const lines = [
      JSON.stringify({ kind: 'party', source: 'crm', at: '2026-10-03T00:00:00Z', key: 'P9', is: 'person' }),
      '',
      '{"kind":"party"',
      JSON.stringify({ kind: 'party', source: 'billing', at: '2026-10-03T00:00:00Z', key: 'P9', is: 'person' }),
      JSON.stringify({ kind: 'party', source: 'crm', at: '2026-10-03T00:00:00Z', key: 'P9', is: 'person', hair: 'grey' }),
      JSON.stringify({ kind: 'bill', source: 'crm', at: '2026-10-03T00:00:00Z', account: 'A1', month: '2026-10', amount: 1.5 }),
      JSON.stringify({ kind: 'party', source: 'crm', at: '2099-10-03T00:00:00Z', key: 'P9', is: 'person' }),
    ];
    const { status, body } = await call('crm', 'POST', '/households', lines.join('\n'), 'application/x-ndjson');
    expect([status, body.code, body.details.total]).toEqual([422, 'household.refused', 5]);
    expect(body.details.items.map((i) => [i.line, i.code, i.path])).toEqual([
      [3, 'record.not-json', undefined],
      [4, 'customer.foreign-source', undefined],
      [5, 'request.unknown-field', 'hair'],
      [6, 'request.malformed', 'amount'],
      [7, 'record.impossible-time', 'at'],
    ]);
    expect(body.details.items[4]?.message).toBe('at is more than a day ahead of now');
    expect(await everything(db)).toEqual(before);
  });

  test('of anything but a list of records is refused', async () => {
    expect((await call('crm', 'POST', '/households', { kind: 'party' })).status).toBe(400);
    expect((await call('crm', 'POST', '/households', '\xff\xfe', 'application/x-ndjson')).status).toBe(422);
    expect((await push(Array.from({ length: 10_001 }, () => ({})))).status).toBe(413);
    expect((await push(SAID, 'care')).status).toBe(403);
    expect((await push([])).body).toEqual({ records: 0, changed: 0, erased: 0 });
  });
});

describe('the three households of a customer', () => {
  test('are his services, whose they are, who pays, where they end and what belongs together; masked', async () => {
    const { body, text } = await householdOf('looker');
    const [s1, s2, s3, s4] = ['S1', 'S2', 'S3', 'S4'].map((k) => idFor('service', k));
    expect(new Set(body.services.map((s) => s.id))).toEqual(new Set([s1, s2, s3, s4]));
    expect(body.services.find((s) => s.id === s1)).toMatchObject({ is: 'mobile', number: '120****0001', customer: customers.get('A-1'), contracts: [{ is: '租机', starts: '2025-06-01', ends: '2027-05-31' }] }); // biome-ignore format: one line
    expect(body.services.find((s) => s.id === s3)).toMatchObject({ number: 'gh******01', home: idFor('home', 'H1'), devices: [{ is: '光猫', serial: expect.stringMatching(/^on\*+34$/), until: null }] }); // biome-ignore format: one line
    expect(body.parties.map((p) => [p.is, p.person.name]).sort()).toEqual([['organisation', expect.stringMatching(/^琉\*+$/)], ['person', '霭**']]); // biome-ignore format: one line
    expect(body.charges.map((c) => [c.service, c.account, c.what])).toEqual(expect.arrayContaining([[s1, idFor('account', 'A1'), 'all'], [s3, idFor('account', 'A2'), '月租']])); // biome-ignore format: one line
    expect(body.payers.find((p) => p.account === idFor('account', 'A1'))?.party).toBe(idFor('party', 'P2'));
    expect(body.accounts.find((a) => a.id === idFor('account', 'A1'))?.bills).toEqual([{ month: '2026-09', amount: 6_120, paid: 6_120 }, { month: '2026-10', amount: 5_980, paid: 0 }]); // biome-ignore format: one line
    expect(body.bundles).toEqual([{ id: idFor('bundle', 'B1'), is: 'main-secondary', name: null, members: [{ service: s1, role: 'main' }, { service: s2, role: 'secondary' }] }]); // biome-ignore format: one line
    for (const word of PERSONAL_WORDS) expect(text, word).not.toContain(word);
  });

  test('are cut to the caller’s areas, and a customer outside them is nobody', async () => {
    const { body } = await householdOf('care');
    expect(numbersOf(body)).toEqual(['120****0001', '120****0002', 'gh******01']);
    expect(body.accounts.map((a) => a.area)).toEqual(['east-1']);
    expect(body.charges).toHaveLength(1);
    expect((await householdOf('care', 'A-2')).status).toBe(404);
    expect((await householdOf('crm')).status).toBe(403);
    await push([{ kind: 'party', source: 'crm', at: '2026-10-01T00:00:00Z', key: 'PW', is: 'person', area: 'west' }]);
    expect((await call('care', 'GET', `/households/parties/${idFor('party', 'PW')}`)).status).toBe(404);
    expect((await call('care', 'POST', `/households/parties/${idFor('party', 'PW')}/reveal`, { fields: ['name'], reason: 'to call' })).status).toBe(404); // biome-ignore format: one line
    expect((await call('care', 'POST', `/households/services/${idFor('service', 'S4')}/reveal`, { fields: ['number'], reason: 'to call' })).status).toBe(404); // biome-ignore format: one line
  });

  test('are found by number, in the body alone, and shown in full to who says why', async () => {
    const find = async (asked: object) => (await call<{ items: PartyCard[] }>('looker', 'POST', '/households/parties/search', asked)).body.items.map((p) => p.id); // biome-ignore format: one line
    const p1 = idFor('party', 'P1');
    expect(await find({ number: 'GH10000001' })).toEqual([p1]);
    expect(await find({ phone: '+86 120-0000-0001', idNumber: '990001199001010011' })).toEqual([p1]);
    expect(await find({ phone: '12000000001', number: '13900000000' })).toEqual([]);
    const shown = await call('care', 'POST', `/households/services/${idFor('service', 'S3')}/reveal`, { fields: ['number', 'key'], reason: 'he asked' }); // biome-ignore format: one line
    expect(shown.body).toEqual({ number: 'gh10000001', key: 'S3' });
    expect((await call('care', 'POST', `/households/parties/${p1}/reveal`, { fields: ['name', 'key'], reason: 'he asked' })).body).toEqual({ name: '霭一山', key: 'P1' }); // biome-ignore format: one line
    expect((await call('looker', 'POST', `/households/homes/${idFor('home', 'H1')}/reveal`, { fields: ['address'], reason: 'he asked' })).status).toBe(403); // biome-ignore format: one line
    const device = (await householdOf('care')).body.services.flatMap((s) => s.devices)[0];
    expect(device?.serial).toMatch(/\*/);
    const serial = (service: string, who = 'care') => call(who, 'POST', `/households/services/${service}/devices/${device?.id}/reveal`, { fields: ['serial'], reason: 'he asked' }); // biome-ignore format: one line
    expect((await serial(idFor('service', 'S3'))).body).toEqual({ serial: 'ONT-77881234' });
    expect([(await serial(idFor('service', 'S1'))).status, (await serial(idFor('service', 'S3'), 'looker')).status]).toEqual([404, 403]);
    const trail = await db.query(
      '',
      `select act, object, reason from platform.audit where act in ('service.revealed', 'party.revealed', 'device.revealed') order by id`,
    );
    expect(trail).toEqual([
      { act: 'service.revealed', object: `service:${idFor('service', 'S3')}`, reason: 'he asked' },
      { act: 'party.revealed', object: `party:${p1}`, reason: 'he asked' },
      { act: 'device.revealed', object: `device:${idFor('service', 'S3')}/${device?.id}`, reason: 'he asked' },
    ]);
  });
});

describe('a merge', () => {
  const pair = () => ({ from: idFor('party', 'K7', 'counter'), into: idFor('party', 'P1') });

  test('joins what is known under two numbers, and its undoing leaves everything as it was', async () => {
    const counter = { source: 'counter', at: '2026-10-01T00:00:00Z' };
    await push([
      { ...counter, kind: 'party', key: 'K7', is: 'person', area: 'east-1', person: { name: '霭一出', idNumber: '990001199001010011' } },
      { ...counter, kind: 'service', key: 'L1', is: 'iptv', number: 'tv10000009', area: 'east-1' },
      { ...counter, kind: 'owner', service: 'L1', party: 'K7', since: '2025-06-01T00:00:00Z' },
    ], ADMIN); // biome-ignore format: one line
    const before = await everything(db);
    expect(numbersOf((await householdOf('care')).body)).not.toContain('tv******09');
    await act((ctx) => mergeParties(ctx, pair()));
    const { body } = await householdOf('care');
    expect(numbersOf(body)).toContain('tv******09');
    expect(body.parties.find((p) => p.is === 'person')).toMatchObject({ id: pair().into, numbers: 2 });
    const seen = await call<{ party: PartyCard; household: Household }>('care', 'GET', `/households/parties/${pair().from}`);
    expect([seen.body.party.mergedInto, seen.body.household.owners.every((o) => o.party === pair().into)]).toEqual([pair().into, true]);
    const refused = async (p: { from: string; into: string }) => act((ctx) => mergeParties(ctx, p)).catch((e) => e.refusal.code); // biome-ignore format: one line
    expect(await refused(pair())).toBe('party.merged-already');
    expect(await refused({ from: pair().into, into: pair().from })).toBe('party.merged-already');
    expect(await refused({ from: pair().into, into: pair().into })).toBe('party.same');
    await act((ctx) => unmergeParties(ctx, pair()));
    expect(await everything(db)).toEqual(before);
    await expect(act((ctx) => unmergeParties(ctx, pair()))).rejects.toMatchObject({ refusal: { code: 'party.not-merged' } });
  });
});

describe('a transfer', () => {
  const ACT = '0190aaaa-0000-7000-8000-000000000001';
  const move = (to: string, at: string, id = ACT) => act((ctx) => transferOwnership(ctx, { act: id, service: idFor('service', 'S2'), to: idFor('party', to), at: Date.parse(at) })); // biome-ignore format: one line
  const ownerOfS2 = async () => (await householdOf('looker')).body.owners.find((o) => o.service === idFor('service', 'S2'));

  test('gives a service to another, stands against what its source repeats, and is taken back without a trace', async () => {
    const before = await everything(db);
    expect(await move('P2', '2026-03-01T00:00:00Z')).toEqual({ from: [idFor('party', 'P1')] });
    await push(SAID);
    expect(await ownerOfS2()).toMatchObject({ party: idFor('party', 'P2'), since: '2026-03-01T00:00:00.000Z', transferred: true });
    await act((ctx) => takeBackTransfer(ctx, { act: ACT }));
    expect(await everything(db)).toEqual(before);
    expect(await ownerOfS2()).toMatchObject({ party: idFor('party', 'P1'), transferred: false });
  });

  test.each([
    ['to whom it belongs', 'P1', '2026-03-01T00:00:00Z', 'transfer.same-owner'],
    ['before it became his', 'P2', '2025-01-01T00:00:00Z', 'transfer.too-early'],
    ['in the future', 'P2', '2099-01-01T00:00:00Z', 'transfer.future'],
    ['to nobody', 'NOBODY', '2026-03-01T00:00:00Z', 'thing.not-found'],
  ])('%s is refused', async (_, to, at, code) => {
    await expect(move(to, at)).rejects.toMatchObject({ refusal: { code } });
  });
});

test('an erasure takes what leads to the person, and leaves that there were services, accounts and bills', async () => {
  const ref = (kind: string, value: string) => vault.hash(kind, normal(kind, value));
  const family = { source: 'crm', at: '2026-10-01T00:00:00Z' };
  await push([
    { ...family, kind: 'party', key: 'P5', is: 'person', area: 'east-1', person: { name: '岚二', phone: '12000000001', idNumber: '990001199001010029' } },
    { ...family, kind: 'service', key: 'S5', is: 'iptv', number: 'tv5', home: 'H1', area: 'east-1' },
    { ...family, kind: 'owner', service: 'S5', party: 'P5', since: '2025-01-01T00:00:00Z' },
  ]); // biome-ignore format: one line
  const erase = async (who: { idNumber?: string; phone?: string }) =>
    (await act((ctx) => eraseParties(ctx, vault, who, { reason: 'asked for', by: 'care' }))).parties;
  expect(await erase({ phone: ref('phone', '12000000001') }), 'a phone of two people').toEqual([]);
  expect(await erase({ idNumber: ref('idNumber', '990001199001010011') })).toHaveLength(2);
  const { body } = await householdOf('looker');
  expect(body.services.filter((s) => s.number !== null).map((s) => s.id)).toEqual([]);
  expect(body.parties.find((p) => p.is === 'person')?.person).toEqual({});
  expect(body.services.flatMap((s) => s.devices).map((d) => d.serial)).toEqual([null]);
  expect([body.accounts.length, body.accounts.flatMap((a) => a.bills).length]).toEqual([2, 2]);
  expect(body.homes[0]?.address, 'another lives there').not.toBeNull();
  const left = await everything(db);
  expect(left.personal?.map((p) => (p as { party: string }).party)).not.toContain(idFor('party', 'P1'));
  const secrets = await db.query<{ subject: string }>('', 'select subject from vault.secret');
  for (const gone of [idFor('party', 'P1'), idFor('party', 'K7', 'counter')]) expect(secrets.map((s) => s.subject)).not.toContain(gone); // biome-ignore format: one line
  expect(secrets.map((s) => s.subject)).toContain(idFor('party', 'P5'));
});
