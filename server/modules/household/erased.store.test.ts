import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { normal } from '#platform/personal';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { someCustomers } from '../customer/fixtures.ts';
import { HouseholdRecord } from './contract.ts';
import { erasePerson, keptOf } from './erase.ts';
import { asText, emptyTables, everything, MODULES, SAID } from './fixtures.ts';
import { idOf, type Numbered } from './keys.ts';
import { readmit } from './readmitting.ts';
import { takeRecords } from './take.ts';

/** Of a person who was erased no later push brings anything back that leads to him. */

const vault = openVault(randomBytes(32));
const care = systemActor('care');
const HIS = '990001199001010011';
const HERS = '990001199001010029';
let db: Db;

beforeAll(async () => {
  db = await freshDb(MODULES);
});
afterAll(() => db?.close());
beforeEach(async () => {
  await emptyTables(db);
  await db.query('', 'truncate customer.erased, vault.secret, vault.subject');
  await take(SAID);
});

const LATER = '2026-10-05T00:00:00Z';
const take = (records: readonly object[]) => {
  const read = records.map((r) => HouseholdRecord.parse({ source: 'crm', at: LATER, ...r }));
  return db.inTx(care, (ctx) => takeRecords(ctx, vault, read));
};
const hash = (kind: string, value: string) => vault.hash(kind, normal(kind, value));
const erase = (who: { idNumber?: string; phone?: string }) =>
  db.inTx(care, (ctx) => erasePerson(ctx, vault, who, { reason: 'asked for', by: 'care' }));
const id = (what: Numbered, key: string) => idOf(vault, what, { source: 'crm', key });
const kindsOf = async (party: string) =>
  ((await everything(db)).personal as { party: string; kind: string }[])
    .flatMap((p) => (p.party === id('party', party) ? [p.kind] : []))
    .sort();
const numberOf = async (service: string) =>
  ((await everything(db)).service as { id: string; number: string | null }[]).find((s) => s.id === id('service', service))?.number ?? null;
const said = (kind: string, key: string) => SAID.find((r) => 'key' in r && r.key === key && 'kind' in r && r.kind === kind) as object; // biome-ignore format: one line

test('what an erasure would take is counted as it takes it, and counting changes nothing; who has the phone too is counted beside', async () => {
  await take([{ kind: 'party', key: 'P7', is: 'person', person: { name: '岚二', phone: '12000000001', idNumber: HERS } }]);
  const before = await everything(db);
  const who = { idNumber: hash('idNumber', HIS), phone: hash('phone', '12000000001') };
  expect(await keptOf(db, who)).toEqual({ customers: 0, parties: 1, services: 4, homes: 1, others: 1 });
  expect(await keptOf(db, { phone: who.phone }), 'a phone of two people').toEqual({ customers: 0, parties: 0, services: 0, homes: 0, others: 2 }); // biome-ignore format: one line
  expect(await everything(db)).toEqual(before);
  expect((await erase(who)).parties).toHaveLength(1);
  expect(await keptOf(db, who)).toEqual({ customers: 0, parties: 0, services: 0, homes: 0, others: 1 });
});

test('what was pushed before is pushed again: facts stay, no value and no device comes back, and that is counted', async () => {
  await erase({ idNumber: hash('idNumber', HIS) });
  const gone = await everything(db);
  const again = await take(SAID);
  expect(again).toMatchObject({ records: SAID.length, erased: 7 }); // he, his four services, his home, his device
  expect(await everything(db)).toEqual(gone);
  expect((await take([said('service', 'S1'), said('home', 'H1')])).erased, 'named alone').toBe(2);
  expect(await everything(db)).toEqual(gone);
  await take(SAID.map((r) => ({ ...r, at: LATER, ...('kind' in r && r.kind === 'device' && { serial: 'ONT-99990000' }) })));
  const text = await asText(db);
  for (const what of [hash('phone', '12000000001'), hash('serviceNumber', '12000000001'), vault.hash('household.device', 'ONT-99990000')])
    expect(text).not.toContain(what);
  expect([(await everything(db)).device?.length, (await everything(db)).bill?.length]).toEqual([1, 2]);
});

test('nor does he come back under another number of another source, nor what he has there', async () => {
  await erase({ idNumber: hash('idNumber', HIS) });
  const { erased } = await take([
    { kind: 'owner', service: 'N1', party: 'P9', since: '2026-01-01T00:00:00Z' },
    { kind: 'service', key: 'N1', is: 'mobile', number: '12000000077', home: 'H9', area: 'east-1' },
    { kind: 'home', key: 'H9', area: 'east-1', address: '琉璃市檐雨区听雨路9号' },
  ]);
  expect([erased, await numberOf('N1')]).toEqual([0, hash('serviceNumber', '12000000077')]);
  await take([{ kind: 'party', key: 'P9', is: 'person', person: { name: '霭一山', phone: '12000000099', idNumber: HIS } }]);
  expect([await kindsOf('P9'), await numberOf('N1')]).toEqual([[], null]);
  expect((await everything(db)).home?.every((h) => (h as { address: string | null }).address === null)).toBe(true);
  expect((await take([{ kind: 'party', key: 'P9', is: 'person', person: { name: '霭一山' } }])).erased).toBe(1);
});

test('a service that is another’s since is taken in full again, and so is a home where another’s service stands', async () => {
  await erase({ idNumber: hash('idNumber', HIS) });
  await take([
    { kind: 'party', key: 'P7', is: 'person', person: { name: '岚二', phone: '12000000001', idNumber: HERS } },
    { kind: 'owner', service: 'S1', party: 'P1', since: '2025-06-01T00:00:00Z', until: '2026-10-04T00:00:00Z' },
    { kind: 'owner', service: 'S1', party: 'P7', since: '2026-10-04T00:00:00Z' },
    { ...said('service', 'S1'), at: LATER },
    { kind: 'service', key: 'S9', is: 'iptv', number: 'tv9', home: 'H1' },
    { ...said('home', 'H1'), at: LATER },
  ]);
  expect([await kindsOf('P7'), await numberOf('S1'), await numberOf('S2')]).toEqual([['idNumber', 'name', 'phone'], hash('serviceNumber', '12000000001'), null]); // biome-ignore format: one line
  expect((await everything(db)).home).toMatchObject([{ address: hash('address', '琉璃市檐雨区听雨路3号听雨轩3幢101室') }]);
});

test('a slip that gives somebody known the ID number of an erased one is not taken, and takes nothing of what is known', async () => {
  await take([{ kind: 'party', key: 'P7', is: 'person', person: { name: '岚二', idNumber: HERS } }]);
  await erase({ idNumber: hash('idNumber', HIS) });
  expect((await take([{ kind: 'party', key: 'P7', is: 'person', person: { idNumber: HIS } }])).erased).toBe(1);
  expect(await kindsOf('P7')).toEqual(['idNumber', 'name']);
  expect((await take([{ kind: 'party', key: 'P7', is: 'person', person: { phone: '12000000055' } }])).erased).toBe(0);
});

test('who is a customer again is readmitted by a person, with a reason that the trail keeps without his values', async () => {
  await erase({ idNumber: hash('idNumber', HIS) });
  const asked = { idNumber: HIS, reason: `new contract of ${HIS}` };
  const found = [{ kind: 'idNumber', at: expect.any(String) }];
  expect(await db.inTx(care, (ctx) => readmit(ctx, vault, { ...asked, trial: true }))).toEqual({ trial: true, readmitted: 0, found });
  expect((await take(SAID)).erased, 'a trial changes nothing').toBe(7);
  expect(await db.inTx(care, (ctx) => readmit(ctx, vault, asked))).toEqual({ trial: false, readmitted: 1, found });
  expect(await kindsOf('P1'), 'what was taken does not come back by it').toEqual([]);
  expect((await take(SAID)).erased).toBe(0);
  expect(await kindsOf('P1')).toEqual(['address', 'idNumber', 'name', 'phone']);
  expect(await numberOf('S1')).toBe(hash('serviceNumber', '12000000001'));
  const trail = await db.query('', `select act, reason from platform.audit where act = 'person.readmitted'`);
  expect(trail).toEqual([{ act: 'person.readmitted', reason: 'new contract of ***' }]);
  await expect(db.inTx(care, (ctx) => readmit(ctx, vault, asked))).rejects.toMatchObject({ refusal: { code: 'person.not-erased' } });
  const partly = { ...care, areas: ['east-1'] };
  await expect(db.inTx(partly, (ctx) => readmit(ctx, vault, asked))).rejects.toMatchObject({ refusal: { code: 'auth.forbidden' } });
});

test('of whom nobody knew the ID number, the record is readmitted', async () => {
  await take([{ kind: 'party', key: 'P8', is: 'person', person: { name: '雾三', phone: '12000000088' } }]);
  await erase({ phone: hash('phone', '12000000088') });
  const named = [{ kind: 'party', key: 'P8', is: 'person', person: { name: '雾三', idNumber: HERS } }];
  expect((await take(named)).erased).toBe(1);
  await db.inTx(care, (ctx) => readmit(ctx, vault, { record: { source: 'crm', key: 'P8' }, reason: 'new contract' }));
  expect([(await take(named)).erased, await kindsOf('P8')]).toEqual([0, ['idNumber', 'name']]);
});

test('by our id of a customer his record and his party are readmitted; where two own what is counted as him, the record alone', async () => {
  const [phones, since] = [['12000000081', '12000000082'], '2025-06-01T00:00:00Z'];
  const customers = await someCustomers(db, vault, [{ ordinal: 81, source: 'crm', key: 'A-81', own: true, person: { phone: '12000000081' } }]); // biome-ignore format: one line
  const parties = phones.map((phone, i) => ({ kind: 'party', key: `Q${i}`, is: 'person', person: { name: '雾三', phone } }));
  await take([...parties, { kind: 'service', key: 'T1', is: 'mobile', number: '12000000081', customer: 'A-81' }, { kind: 'owner', service: 'T1', party: 'Q0', since }]); // biome-ignore format: one line
  for (const phone of phones) await erase({ phone: hash('phone', phone) });
  const customer = customers.get('A-81') as string;
  const ask = async () => (await db.inTx(care, (ctx) => readmit(ctx, vault, { customer, reason: 'new contract', trial: true }))) as { found: { kind: string }[] }; // biome-ignore format: one line
  expect((await ask()).found.map((f) => f.kind)).toEqual(['customer', 'party', 'service']);
  await take([{ kind: 'owner', service: 'T1', party: 'Q1', since }]);
  expect((await ask()).found.map((f) => f.kind)).toEqual(['customer']);
  const [trail] = await db.query('', `select count(*)::int from platform.audit where object = 'customer:${customer}'`);
  await db.inTx(care, (ctx) => readmit(ctx, vault, { customer, reason: 'new contract' }));
  expect([trail, (await db.query('', `select act from platform.audit where object = 'customer:${customer}'`)).length]).toEqual([{ count: 0 }, 1]); // biome-ignore format: one line
  await expect(db.inTx(care, (ctx) => readmit(ctx, vault, { customer: id('party', 'Q0'), reason: 'no customer' }))).rejects.toMatchObject({
    refusal: { code: 'person.not-erased' },
  });
});
