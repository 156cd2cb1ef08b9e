import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import type { House } from '#platform/module';
import { openVault } from '#platform/vault';
import { dayOf, textOf } from '#rule';
import { addTags, changeTags } from '#tag';
import { freshDb } from '../../../test/database.ts';
import { MODULES, someCustomers } from '../customer/fixtures.ts';
import { aHouse } from '../org/fixtures.ts';
import { letCount } from '../tag/fixtures.ts';
import { fromTags } from './fromTags.ts';
import { retention } from './module.ts';
import { sweepOn } from './sweeping.ts';

const DAY = dayOf('2026-11-22');
const PEOPLE = [0, 7, 65_535, 65_536, 200_000];
let db: Db;
let house: House;
beforeAll(async () => {
  db = await freshDb([...MODULES, retention]);
  house = await aHouse(db, { zone: 'Asia/Shanghai' });
  await retention.start?.(house);
  const vault = openVault(randomBytes(32));
  await someCustomers(
    db,
    vault,
    PEOPLE.map((ordinal) => ({ ordinal, source: 'crm', key: `K${ordinal}`, area: ordinal < 65_536 ? 'east' : 'west' })),
  );
  await letCount(db, PEOPLE);
});
afterAll(async () => {
  await house.live.close();
  await db.close();
});

const know = (tags: Readonly<Record<number, Readonly<Record<string, number | string | boolean>>>>) =>
  db.inTx(systemActor('test'), (ctx) =>
    changeTags(ctx, {
      source: 'crm',
      changes: Object.entries(tags).map(([ordinal, t]) => ({ place: 0, ordinal: Number(ordinal), tags: t })),
    }),
  );

test('a sweep reads the tags’ own blocks, near and far ones, and finds whose they are', async () => {
  const kinds = { 'days.current': 'number', 'balance.amount': 'number', 'contract.ends': 'date', 'fault.open': 'flag' } as const;
  await addTags(
    db,
    Object.entries(kinds).map(([name, kind]) => ({ name, kind, source: 'crm' })),
    0,
  );
  await know({
    0: { 'days.current': 21, 'balance.amount': -5 },
    7: { 'days.current': 21, 'balance.amount': 100_000, 'contract.ends': textOf(DAY) },
    65535: { 'days.current': 21 },
    65536: { 'balance.amount': -5 },
    200000: { 'days.current': 3, 'balance.amount': 499, 'fault.open': true },
  });
  expect(await sweepOn(house, fromTags, DAY, 'once')).toBe(true);
  expect(await db.query('', 'select ordinal, area, state, because, rules from retention.case order by ordinal')).toEqual([
    { ordinal: 0, area: 'east', state: 'open', because: null, rules: ['low-balance'] },
    { ordinal: 7, area: 'east', state: 'open', because: null, rules: ['contract-ending'] },
    { ordinal: 200_000, area: 'west', state: 'suppressed', because: 'open-fault', rules: ['low-balance'] },
  ]);
  expect(await db.query('', 'select ordinal, evidence from retention.hit order by ordinal')).toEqual([
    { ordinal: 0, evidence: { 'balance.amount': -5 } },
    { ordinal: 7, evidence: { 'contract.ends': '2026-11-22' } },
    { ordinal: 200_000, evidence: { 'balance.amount': 499 } },
  ]);
  expect((await db.query('', 'select customers from retention.run'))[0]).toEqual({ customers: 4 });
});
