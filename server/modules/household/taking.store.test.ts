import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { HouseholdRecord } from './contract.ts';
import { asText, emptyTables, everything, MODULES, PERSONAL_WORDS, SAID } from './fixtures.ts';
import { takeRecords } from './take.ts';

const vault = openVault(randomBytes(32));
let db: Db;

beforeAll(async () => {
  db = await freshDb(MODULES);
});
afterAll(() => db?.close());
beforeEach(() => emptyTables(db));

const take = (records: readonly object[]) => {
  const read = records.map((r) => HouseholdRecord.parse(r));
  return db.inTx(systemActor('test'), (ctx) => takeRecords(ctx, vault, read));
};

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();
const small = fc.integer({ min: 0, max: 2 });
const at = fc.integer({ min: 0, max: 3 }).map(day);
const period = { since: fc.constantFrom(day(0), day(5)), until: fc.option(fc.constantFrom(day(7), day(9))) };
const said = { source: fc.constantFrom('crm', 'counter'), at };
const key = small.map((n) => `K${n}`);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one);

/** Records about few things, so that they meet. */
const record: fc.Arbitrary<object> = fc.oneof(
  fc.record({ kind: fc.constant('party'), ...said, key, is: fc.constantFrom('person', 'organisation'), area: maybe(fc.constantFrom('east', 'west')), person: fc.record({ name: fc.constantFrom('霭一', '霭 一', '岚二'), phone: fc.constantFrom('12000000001', '12000000002') }, { requiredKeys: [] }) }), // biome-ignore format: one line
  fc.record({ kind: fc.constant('account'), ...said, key, mode: fc.constantFrom('prepaid', 'postpaid'), area: maybe(fc.constant('east')) }),
  fc.record({ kind: fc.constant('service'), ...said, key, is: fc.constantFrom('mobile', 'broadband'), number: maybe(fc.constantFrom('1', '2')), plan: maybe(fc.constantFrom('', '轻享')).map((p) => p || null), home: maybe(key) }), // biome-ignore format: one line
  fc.record({ kind: fc.constant('home'), ...said, key, estate: maybe(fc.constantFrom('听雨轩', '(,)"')), address: maybe(fc.constantFrom('甲路', '乙路')) }), // biome-ignore format: one line
  fc.record({ kind: fc.constant('owner'), ...said, service: key, party: key, ...period }),
  fc.record({ kind: fc.constant('charge'), ...said, service: key, account: key, ...period }),
  fc.record({ kind: fc.constant('tie'), ...said, bundle: key, service: key, role: fc.constantFrom('main', 'member'), ...period }),
  fc.record({ kind: fc.constant('device'), ...said, service: key, serial: key, is: fc.constantFrom('光猫', '机顶盒'), ...period }),
  fc.record({ kind: fc.constant('contract'), ...said, service: key, is: fc.constant('租机'), starts: fc.constant('2026-01-01'), ends: maybe(fc.constantFrom('2027-01-01', '2028-01-01')) }), // biome-ignore format: one line
  fc.record({ kind: fc.constant('bill'), ...said, account: key, month: fc.constant('2026-10'), amount: small, paid: small }),
);

test('any order, any cut into pushes and any repetition of records give the same tables', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(record, { minLength: 1, maxLength: 40 })
        .chain((records) =>
          fc.tuple(
            fc.constant(records),
            fc.shuffledSubarray(records, { minLength: records.length }),
            fc.shuffledSubarray(records),
            fc.integer({ min: 1, max: records.length }),
          ),
        ),
      async ([records, shuffled, again, size]) => {
        await emptyTables(db);
        await take(records);
        const once = await everything(db);
        await emptyTables(db);
        for (let i = 0; i < shuffled.length; i += size) await take(shuffled.slice(i, i + size));
        if (again.length > 0) expect((await take(again)).changed).toBe(0);
        expect(await everything(db)).toEqual(once);
      },
    ),
    { numRuns: 12 * Number(process.env.RUNS ?? 1) },
  );
});

test('a repeated push changes nothing, a later word stands, an earlier one does not', async () => {
  expect(await take(SAID)).toEqual({ records: SAID.length, changed: SAID.length, erased: 0 });
  expect(await take(SAID)).toEqual({ records: SAID.length, changed: 0, erased: 0 });
  const mode = async () => (await everything(db)).account?.map((a) => (a as { mode: string }).mode).sort();
  const account = { kind: 'account', source: 'crm', key: 'A1' };
  await take([{ ...account, mode: 'prepaid', at: '2026-10-02T00:00:00Z' }]);
  expect(await mode()).toEqual(['prepaid', 'prepaid']);
  await take([{ ...account, mode: 'postpaid', at: '2026-10-01T12:00:00Z' }]);
  expect(await mode()).toEqual(['prepaid', 'prepaid']);
});

test('nothing personal stands in any table in clear', async () => {
  await take(SAID);
  const text = await asText(db);
  const hex = (word: string) => Buffer.from(word).toString('hex');
  for (const word of [...PERSONAL_WORDS, 'A-1']) {
    expect(text, word).not.toContain(hex(word));
    expect(text, word).not.toContain(word);
  }
});
