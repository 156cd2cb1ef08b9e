import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HouseholdRecord } from './contract.ts';
import { dayOf, dayText, holdsAt, lasting, monthOf, monthText, type Ownership } from './model.ts';
import { mistakeIn } from './records.ts';

const says = (party: string, since: number, until: number | null = null): Ownership => ({ party, since, until, byAct: null });
const act = (id: string, party: string, since: number): Ownership => ({ party, since, until: null, byAct: id });
const periods = (rows: readonly Ownership[]) => lasting(rows).map((r) => [r.party, r.since, r.until]);

test('months and days are counted from 1970 and read back', () => {
  expect([monthOf('1970-01'), monthOf('1969-12'), monthOf('2026-11')]).toEqual([0, -1, 682]);
  fc.assert(fc.property(fc.integer({ min: -500, max: 1_500 }), (n) => monthOf(monthText(n)) === n));
  fc.assert(fc.property(fc.integer({ min: -20_000, max: 60_000 }), (n) => dayOf(dayText(n)) === n));
});

describe('whose a service is', () => {
  test('two at a time, where a source says so', () => {
    expect(periods([says('a', 1), says('b', 2, 9)])).toEqual([['a', 1, null], ['b', 2, 9]]); // biome-ignore format: one line
  });

  test('a transfer ends what was before it, whatever the source goes on saying', () => {
    expect(periods([says('a', 1), says('b', 2, 3), act('x', 'c', 5)])).toEqual([['a', 1, 5], ['b', 2, 3], ['c', 5, null]]); // biome-ignore format: one line
  });

  test('what the source says began later stands above the transfer', () => {
    expect(periods([says('a', 1), act('x', 'c', 5), says('c', 6), says('d', 7)])).toEqual([['a', 1, 5], ['c', 5, 6], ['c', 6, null], ['d', 7, null]]); // biome-ignore format: one line
  });

  const party = fc.constantFrom('a', 'b', 'c');
  const since = fc.integer({ min: 0, max: 9 });
  const someone = fc.oneof(
    fc.tuple(party, since, fc.option(fc.integer({ min: 5, max: 12 }))).map(([p, from, until]) => says(p, from, until)),
    fc.tuple(party, since, fc.constantFrom('u', 'v', 'w', 'x')).map(([p, from, id]) => act(id, p, from)),
  );
  const rows = fc.uniqueArray(someone, { maxLength: 7, selector: (o) => o.byAct ?? `${o.party} ${o.since}` });

  test('does not depend on the order in which it was written down', () => {
    const sorted = (some: readonly Ownership[]) => lasting(some).map((o) => JSON.stringify(o)).sort(); // biome-ignore format: one line
    fc.assert(
      fc.property(rows, (some) => {
        expect(sorted([...some].reverse())).toEqual(sorted(some));
      }),
    );
  });

  test('from a transfer until something later begins it is one party’s alone', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 12 }), (some, at) => {
        const begun = some.filter((o) => o.since <= at);
        const last = Math.max(...begun.map((o) => o.since));
        const acts = begun.filter((o) => o.byAct !== null && o.since === last).map((o) => o.byAct as string);
        fc.pre(acts.length > 0);
        expect(lasting(some).flatMap((o) => (holdsAt(o, at) ? [o.byAct] : []))).toEqual([acts.sort().at(-1)]);
      }),
    );
  });
});

describe('a record', () => {
  const NOW = Date.UTC(2026, 10, 22);
  const said = { source: 'crm', at: '2026-11-20T08:00:00+08:00' };
  const since = '2026-01-01T00:00:00+08:00';
  const code = (record: object): string | undefined => mistakeIn(HouseholdRecord.parse({ ...said, ...record }), NOW)?.code;

  test.each<[what: string, record: object, expected: string | undefined]>([
    ['of today', { kind: 'party', key: 'P1', is: 'person' }, undefined],
    ['from the day after tomorrow', { kind: 'party', key: 'P1', is: 'person', at: '2026-11-24T00:00:00Z' }, 'record.impossible-time'],
    ['that ends before it begins', { kind: 'owner', service: 'S', party: 'P', since, until: '2025-12-31T00:00:00Z' }, 'record.ends-first'],
    ['of a service that ended before it began', { kind: 'service', key: 'S', is: 'mobile', since, ended: '2025-12-31T00:00:00Z' }, 'record.ends-first'], // biome-ignore format: one line
    ['of a contract that ends before it starts', { kind: 'contract', service: 'S', is: '租机', starts: '2026-02-01', ends: '2026-01-31' }, 'record.ends-first'], // biome-ignore format: one line
    ['that never held', { kind: 'owner', service: 'S', party: 'P', since, until: since }, undefined],
    ['between its own and another’s', { kind: 'owner', service: { source: 'billing', key: 'S' }, party: 'P', since }, undefined],
    ['between two of others', { kind: 'payer', account: { source: 'billing', key: 'A' }, party: { source: 'billing', key: 'P' }, since }, 'record.foreign-link'], // biome-ignore format: one line
    ['of another’s bill', { kind: 'bill', account: { source: 'billing', key: 'A' }, month: '2026-10', amount: 5_900 }, 'record.foreign-account'], // biome-ignore format: one line
  ])('%s', (_, record, expected) => {
    expect(code(record)).toBe(expected);
  });

  test.each<[what: string, record: object]>([
    ['unknown kind', { kind: 'pet', key: 'X' }],
    ['unknown field', { kind: 'party', key: 'P', is: 'person', age: 3 }],
    ['time without offset', { kind: 'party', key: 'P', is: 'person', at: '2026-11-20T08:00:00' }],
    ['half a sign', { kind: 'party', key: '\ud800', is: 'person' }],
    ['a NUL', { kind: 'home', key: 'H', estate: 'a\u0000b' }],
    ['money with a fraction', { kind: 'bill', account: 'A', month: '2026-10', amount: 59.5 }],
    ['a thirteenth month', { kind: 'bill', account: 'A', month: '2026-13', amount: 1 }],
    ['an endless key', { kind: 'party', key: 'x'.repeat(129), is: 'person' }],
  ])('is refused with %s', (_, record) => {
    expect(HouseholdRecord.safeParse({ ...said, ...record }).success).toBe(false);
  });
});
