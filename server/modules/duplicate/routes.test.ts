import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import { type Jobs, startJobs } from '#platform/jobs';
import type { House, Module } from '#platform/module';
import { normal } from '#platform/personal';
import { freshDb } from '../../../test/database.ts';
import { MODULES, someCustomers } from '../customer/fixtures.ts';
import { keyHash } from '../customer/keys.ts';
import { household } from '../household/module.ts';
import { aHouse } from '../org/fixtures.ts';
import { valuesIn } from '../tag/fixtures.ts';
import type { Duplicate, DuplicateDetail, MergedMany } from './contract.ts';
import { findRound } from './finding.ts';
import { aService, someParties } from './fixtures.ts';
import { duplicate } from './module.ts';

const ID = '990001199003074512';
const staff = (id: string, rights: string[], areas: 'all' | string[]) => ({
  kind: 'staff' as const,
  id,
  name: id,
  rights: new Set(rights),
  areas,
});
const STAFF = {
  li: staff('li', ['duplicate:see', 'duplicate:merge'], 'all'),
  east: staff('east', ['duplicate:see', 'duplicate:merge'], ['east']),
  eye: staff('eye', ['duplicate:see'], 'all'),
  nobody: staff('nobody', [], 'all'),
};
const desk: Module = { name: 'staff', migrations: [], authenticate: () => async (token) => STAFF[token as keyof typeof STAFF] };

let db: Db;
let house: House;
let app: App;
let jobs: Jobs;
beforeAll(async () => {
  const modules = [...MODULES, household, duplicate];
  db = await freshDb(modules);
  house = await aHouse(db, { zone: 'Asia/Shanghai' });
  app = await buildApp(house, [...modules, desk]);
  jobs = await startJobs(house, [duplicate]);
  const { vault } = house;
  const ids = await someParties(db, vault, [
    { key: '1', name: '王小明', idNumber: ID, phone: '13900000001' },
    { key: '2', name: '王小明', idNumber: ID, address: '琉璃市听雨路1号' },
    { key: '3', name: '李小红', phone: '13900000003', area: 'west' },
    { key: '4', name: '李晓红', phone: '13900000003' },
    { key: '5', name: '赵一', idNumber: '990001198511230214', area: 'west' },
    { key: '6', name: '赵一', idNumber: '990001198511230214', area: 'west' },
  ]);
  await someCustomers(db, vault, [
    { ordinal: 1, source: 'crm', key: 'A-1', area: 'east', own: true },
    { ordinal: 2, source: 'market', key: '139 0000 0008', area: 'east', own: false },
    { ordinal: 3, source: 'survey', key: '+8613900000009', area: 'east', own: false },
    { ordinal: 4, source: 'market', key: '13900000009', area: 'east', own: false },
    { ordinal: 5, source: 'market', key: 'M-77', area: 'east', own: false },
  ]);
  await aService(db, {
    id: '00000000-0000-4000-8000-000000000001',
    party: ids.get('2') as string,
    since: 1_000,
    number: vault.hash('serviceNumber', normal('serviceNumber', '13900000008')),
    customer: { source: 'crm', hash: keyHash(vault, 'A-1') },
  });
  await findRound(house, 'asked');
});
afterAll(async () => {
  await jobs.stop();
  await app.close();
  await house.live.close();
  await db.close();
});

const call = async <T>(method: 'GET' | 'POST', url: string, payload?: object, token: keyof typeof STAFF = 'li', lang = 'en') => {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': lang };
  const res = await app.inject({ method, url: `/api/duplicates${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() as T, text: res.body };
};
interface List {
  items: Duplicate[];
  total: number;
  nextCursor: string | null;
}
const list = async (query = '', token: keyof typeof STAFF = 'li') => (await call<List>('GET', query, undefined, token)).body;
const reason = 'asked at the counter';
const pairOf = async (grade: string, kind = 'party') => (await list(`?kind=${kind}&grade=${grade}`)).items[0] as Duplicate;

describe('the list', () => {
  test('has the surest first, page by page, with what speaks for each', async () => {
    const all = await list();
    expect(all.total).toBe(5);
    expect(all.items.map((d) => d.grade)).toEqual(['certain', 'certain', 'certain', 'certain', 'possible']);
    expect(all.items.at(-1)?.evidence).toMatchObject([
      { id: 'same-phone', weight: 35, names: { zh: '联系电话相同' } },
      { id: 'name-one-sign', weight: 20 },
    ]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: List = await list(`?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((d) => d.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map((d) => d.id));
  });

  test('shows nobody in full', async () => {
    const { text } = await call('GET', '');
    expect(text).not.toMatch(/小明|990001199003074512|13900000001/);
    expect(text).toContain('王**');
  });

  test('has a pair only for whoever may see both of it; elsewhere it is as if there were none', async () => {
    const east = await list('', 'east');
    expect(east.items.every((d) => d.a.area === 'east' && d.b.area === 'east')).toBe(true);
    expect(east.total).toBe(3);
    const mixed = await pairOf('possible');
    for (const [method, url, body] of [
      ['GET', '', undefined],
      ['POST', '/merge', { reason }],
      ['POST', '/different', { reason }],
    ] as const)
      expect((await call<{ code: string }>(method, `/${mixed.id}${url}`, body, 'east')).body.code).toBe('thing.not-found');
    const batch = await call<MergedMany>('POST', '/merge', { ids: [mixed.id], reason }, 'east');
    expect(batch.body).toMatchObject({ merged: 0, refused: [{ id: mixed.id, code: 'thing.not-found' }] });
  });

  test('needs the right, and its acts another', async () => {
    expect((await call('GET', '', undefined, 'nobody')).status).toBe(403);
    const one = await pairOf('certain');
    expect((await call('POST', `/${one.id}/merge`, { reason }, 'eye')).status).toBe(403);
    const { body } = await call<DuplicateDetail>('GET', `/${one.id}`, undefined, 'eye');
    expect(body.actions).toEqual(
      ['merge', 'different', 'undo', 'reopen'].map((name) => ({ name, allowed: false, because: 'auth.forbidden' })),
    );
  });
});

describe('one pair', () => {
  test('says which values agree, what merging would do, and by which rule', async () => {
    const one = (await list('?grade=certain&kind=party')).items.find((d) => d.a.area === 'east') as Duplicate;
    const { body } = await call<DuplicateDetail>('GET', `/${one.id}`);
    expect(Object.fromEntries(body.fields.map((f) => [f.kind, f.same]))).toEqual({
      name: true,
      phone: null,
      idNumber: true,
      address: null,
    });
    expect(body.would).toMatchObject({ rule: { id: 'oldest-service' }, services: 0, accounts: 0, fewer: 0 });
    expect(body.actions.filter((a) => a.allowed).map((a) => a.name)).toEqual(['merge', 'different']);
  });

  test('is merged and made two again, each with who, when and why', async () => {
    const one = (await list('?grade=certain&kind=party')).items.find((d) => d.a.area === 'west') as Duplicate;
    const merged = await call<DuplicateDetail>('POST', `/${one.id}/merge`, { reason });
    expect(merged.body).toMatchObject({
      state: 'merged',
      history: [{ act: 'merge', by: 'li', reason, rule: { en: 'Has the first number' } }],
    });
    expect((await list('?state=merged')).total).toBe(1);
    const again = await call<{ code: string; message: string }>('POST', `/${one.id}/merge`, { reason }, 'li', 'zh');
    expect([again.status, again.body]).toMatchObject([409, { code: 'duplicate.merged', message: '这一对已经合并' }]);
    const undone = await call<DuplicateDetail>('POST', `/${one.id}/undo`, { reason });
    expect(undone.body).toMatchObject({ state: 'open', survivor: null, history: [{ act: 'undo' }, { act: 'merge' }] });
  });

  test('without a reason, or with a field nobody knows, is refused by name', async () => {
    const one = await pairOf('certain');
    expect((await call<{ code: string }>('POST', `/${one.id}/merge`, {})).body.code).toBe('request.malformed');
    expect(await call('POST', `/${one.id}/undo`, { reason, force: true })).toMatchObject({
      status: 400,
      body: { details: { path: 'force' } },
    });
  });
});

describe('who is counted twice', () => {
  test('is found by the number: a service of ours has it, or two sources bring it', async () => {
    const found = (await list('?kind=counted')).items;
    expect(found.map((d) => [d.evidence[0]?.id, [d.a.source, d.b.source].toSorted()])).toEqual(
      expect.arrayContaining([
        ['ported-in', ['crm', 'market']],
        ['number-in-two-sources', ['market', 'survey']],
      ]),
    );
    expect(found).toHaveLength(2);
  });

  test('is counted once when they are merged, ours standing for him, and twice again when that is undone', async () => {
    const ported = (await list('?kind=counted')).items.find((d) => d.evidence[0]?.id === 'ported-in') as Duplicate;
    const own = [ported.a, ported.b].find((s) => s.own === true);
    expect((await call<DuplicateDetail>('GET', `/${ported.id}`)).body.would).toMatchObject({ survivor: own?.id, fewer: 1 });
    const done = await call<MergedMany>('POST', '/merge', { ids: [ported.id], reason });
    expect(done.body).toEqual({ merged: 1, refused: [] });
    expect(await valuesIn(db, 'everyone', [1, 2])).toEqual([true, null]);
    await call('POST', `/${ported.id}/undo`, { reason });
    expect(await valuesIn(db, 'everyone', [1, 2])).toEqual([true, true]);
    expect((await list('?kind=counted')).total).toBe(2);
  });
});

test('an off-net customer is found by a phone too, and no longer once it was taken away', async () => {
  await someCustomers(db, house.vault, [
    { ordinal: 6, source: 'market', key: 'M-78', area: 'east', own: false, person: { phone: '139-0000-0008' } },
  ]);
  await findRound(house, 'asked');
  expect((await list('?kind=counted')).total).toBe(3);
  await db.query('', 'delete from customer.personal where ordinal = 6');
  await findRound(house, 'asked');
  expect((await list('?kind=counted')).total).toBe(2);
  expect(await db.query('', 'select from duplicate.number where customer = 6')).toEqual([]);
});

test('many at once are merged only where they are certain', async () => {
  const [sure, unsure] = [await pairOf('certain'), await pairOf('possible')];
  const { body } = await call<MergedMany>('POST', '/merge', { ids: [sure.id, unsure.id, sure.id], reason });
  expect(body).toMatchObject({ merged: 1, refused: [{ id: unsure.id, code: 'duplicate.not-certain' }] });
  await call('POST', `/${sure.id}/undo`, { reason });
});

test('the published tables and the finder’s progress can be read, and a round be asked for', async () => {
  const rules = (await call<{ evidence: object[]; grades: object[]; survivor: object[] }>('GET', '/rules')).body;
  expect([rules.evidence.length, rules.grades.length, rules.survivor.length]).toEqual([13, 3, 5]);
  expect((await call('GET', '/finding')).body).toMatchObject({ running: false, done: 1, parties: 6, mostOnValue: 32 });
  expect((await call('POST', '/finding')).status).toBe(202);
});
