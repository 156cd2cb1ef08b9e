import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { normal } from '#platform/personal';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { eraseCustomers } from './erase.ts';
import { MODULES, someCustomers } from './fixtures.ts';

const vault = openVault(randomBytes(32));
const ref = (kind: string, value: string) => vault.hash(kind, normal(kind, value));
let db: Db;
let ids: Map<string, string>;

beforeAll(async () => {
  db = await freshDb(MODULES);
  const [id1, id2] = ['990001199001010011', '990001199001010029'];
  ids = await someCustomers(db, vault, [
    { ordinal: 0, source: 'crm', key: 'A', person: { name: '霭一', phone: '12000000001', idNumber: id1 } },
    { ordinal: 1, source: 'crm', key: 'B', person: { name: '霭一', phone: '12000000002', idNumber: id1 } },
    { ordinal: 2, source: 'crm', key: 'C', person: { name: '岚二', phone: '12000000001', idNumber: id2 } },
    { ordinal: 3, source: 'crm', key: 'D', person: { phone: '12000000009' } },
  ]);
});
afterAll(() => db?.close());

const erase = async (who: { idNumber?: string; phone?: string }) =>
  (await db.inTx(systemActor('test'), (ctx) => eraseCustomers(ctx, vault, who, { reason: 'asked for', by: 'care' }))).customers;
const secretsOf = async (key: string) => (await db.query('', 'select 1 from vault.secret where subject = $1', [ids.get(key)])).length;

test('a phone that several people have erases nobody', async () => {
  expect(await erase({ phone: ref('phone', '12000000001') })).toEqual([]);
  expect(await secretsOf('A')).toBe(3);
});

test('by the ID number all that are his lose their person, and no hash leads to them; they still count', async () => {
  expect(await erase({ idNumber: ref('idNumber', '990001199001010011'), phone: ref('phone', '12000000001') })).toEqual([0, 1]);
  expect(await Promise.all(['A', 'B', 'C', 'D'].map(secretsOf))).toEqual([0, 0, 3, 1]);
  const left = await db.query<{ ordinal: number }>('', 'select distinct ordinal from customer.personal order by ordinal');
  expect(left.map((r) => r.ordinal)).toEqual([2, 3]);
  const keys = await db.query<{ known: boolean }>('', `select key <> '' known from customer.customer order by ordinal`);
  expect(
    keys.map((r) => r.known),
    'their numbers in the source',
  ).toEqual([false, false, true, true]);
});

test('by a phone that is one person’s alone', async () => {
  expect(await erase({ phone: ref('phone', '12000000009') })).toEqual([3]);
  expect(await erase({ phone: ref('phone', '12000000009') })).toEqual([]);
  expect(await secretsOf('D')).toBe(0);
});
