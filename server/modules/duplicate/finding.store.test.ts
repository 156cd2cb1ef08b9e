import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import type { House } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { MODULES } from '../customer/fixtures.ts';
import { household } from '../household/module.ts';
import { aHouse } from '../org/fixtures.ts';
import { findRound } from './finding.ts';
import { aCrowd, type Somebody, someParties } from './fixtures.ts';
import { forgetCompared, holdComparing } from './forgetting.ts';
import { MOST_ON_A_KEY } from './model.ts';
import { duplicate } from './module.ts';
import { FINDER } from './settling.ts';

const ID = '990001199003074512';
let db: Db;
let house: House;
let counted: Db;
const statements: string[] = [];
beforeAll(async () => {
  db = await freshDb([...MODULES, household, duplicate]);
  house = await aHouse(db);
  const noted =
    <T extends { query: Db['query'] }>(sql: T): Db['query'] =>
    (name, text, values) => {
      statements.push(name);
      return sql.query(name, text, values);
    };
  counted = {
    ...db,
    query: noted(db),
    inTx: (actor, fn) => db.inTx(actor, (ctx) => fn({ ...ctx, tx: { ...ctx.tx, query: noted(ctx.tx) } })),
  };
});
afterAll(async () => {
  await house.live.close();
  await db.close();
});
beforeEach(async () => {
  await db.query(
    '',
    'truncate household.party, household.personal, duplicate.print, duplicate.key, duplicate.crowded, duplicate.pair, duplicate.decision',
  );
  await db.query('', `update duplicate.finding set phase = 'resting', ended = null`);
  statements.length = 0;
});

const find = () => findRound({ ...house, db: counted }, 'asked');
const pairs = () =>
  db.query<{ a: string; b: string; grade: string; evidence: string[]; state: string }>(
    '',
    'select a, b, grade, evidence, state from duplicate.pair order by id',
  );
const person = (key: string, over: Partial<Somebody> = {}): Somebody => ({ key, name: `王${key}`, ...over });

describe('the finder', () => {
  test('proposes whom the evidence makes one, and nobody else', async () => {
    const ids = await someParties(db, house.vault, [
      person('1', { name: '王小明', idNumber: ID, phone: '13900000001' }),
      person('2', { name: '王小明', idNumber: '990001900307451' }),
      person('3', { name: '王晓明', phone: '139-0000-0001' }),
      person('4', { name: '李红', phone: '13900000001' }),
      person('5', { name: '王小明', kind: 'organisation', idNumber: ID }),
    ]);
    await find();
    const named = (key: string) => [...ids].find(([, id]) => id === key)?.[0];
    const found = (await pairs()).map((p) => [[named(p.a), named(p.b)].toSorted().join(), p.grade, p.evidence] as const);
    expect(found.toSorted()).toEqual([
      ['1,2', 'certain', ['same-id-number', 'same-name']],
      ['1,3', 'possible', ['same-phone', 'name-one-sign']],
    ]);
  });

  test('looks again only at whom something changed, and takes back what nothing speaks for any more', async () => {
    const known = person('1', { name: '王小明', phone: '13900000001' });
    await someParties(db, house.vault, [known, person('2', { name: '王小明', phone: '13900000001' })]);
    await find();
    expect(await pairs()).toMatchObject([{ state: 'open', evidence: ['same-phone', 'same-name'] }]);
    statements.length = 0;
    await find();
    expect(statements).not.toContain('vault-reveal');
    await someParties(db, house.vault, [{ ...known, phone: '13900000009' }], 2);
    await find();
    expect(await pairs()).toMatchObject([{ state: 'lapsed' }]);
    await someParties(db, house.vault, [person('3', { name: '王小明', phone: '13900000009' })]);
    await find();
    expect((await pairs()).map((p) => p.state)).toEqual(['lapsed', 'open']);
  });

  test('stays linear where ten thousand have one phone: the phone is set aside, and that is said', async () => {
    await aCrowd(db, house.vault, { phone: '10010000000', size: 10_000 });
    await someParties(db, house.vault, [
      person('x', { name: '王小明', idNumber: ID, phone: '10010000000' }),
      person('y', { name: '王小明', idNumber: ID }),
    ]);
    await find();
    const [finding] = await db.query<{ parties: number; compared: number; crowded: object[] }>(
      '',
      'select parties, compared, crowded from duplicate.finding',
    );
    expect(finding?.parties).toBe(10_002);
    expect(finding?.compared).toBeLessThan(2 * MOST_ON_A_KEY ** 2);
    expect(finding?.crowded).toEqual([{ kind: 'phone', keys: 1, parties: 10_001 }]);
    expect(statements.length).toBeLessThan(11 * 30);
    expect((await pairs()).filter((p) => p.grade === 'certain')).toHaveLength(1);
  });

  test('compares those of a key again once it is no longer crowded', async () => {
    const some = Array.from({ length: MOST_ON_A_KEY + 1 }, (_, i) => ({ key: `c${i}`, phone: '13900000007', name: '王小明' }));
    await someParties(db, house.vault, some);
    await find();
    expect(await pairs()).toEqual([]);
    await someParties(db, house.vault, [{ key: 'c0', phone: '13900000008' }], 2);
    await find();
    expect(await pairs()).toHaveLength((MOST_ON_A_KEY * (MOST_ON_A_KEY - 1)) / 2);
  });

  test('forgets the keys of whose values were erased', async () => {
    await someParties(db, house.vault, [person('1', { idNumber: ID }), person('2', { idNumber: ID })]);
    await find();
    await db.query('', 'delete from household.personal');
    await find();
    expect(await db.query('', 'select from duplicate.key')).toEqual([]);
    expect(await pairs()).toMatchObject([{ state: 'lapsed' }]);
  });

  test('forgets whom an erasure takes with the erasure itself, and compares those whom he crowded out', async () => {
    const crowd = Array.from({ length: MOST_ON_A_KEY + 1 }, (_, i) => ({ key: `c${i}`, phone: '13900000007', name: '王小明' }));
    const ids = await someParties(db, house.vault, [person('1', { idNumber: ID }), person('2', { idNumber: ID }), ...crowd]);
    await find();
    expect(await pairs()).toMatchObject([{ state: 'open' }]);
    const gone = ['1', 'c0'].map((key) => ids.get(key) as string);
    await db.inTx(FINDER, async (ctx) => {
      await holdComparing(ctx);
      await ctx.tx.query('', 'delete from household.personal where party = any($1::uuid[])', [gone]);
      await forgetCompared(ctx, house.vault, { parties: gone, customers: [] });
    });
    const left = `select party from duplicate.key where party = any($1::uuid[]) union all select party from duplicate.print where party = any($1::uuid[])`;
    expect(await db.query('', left, [gone])).toEqual([]);
    const open = (await pairs()).filter((p) => p.state === 'open');
    expect(open).toHaveLength((MOST_ON_A_KEY * (MOST_ON_A_KEY - 1)) / 2);
    expect(open.filter((p) => gone.includes(p.a) || gone.includes(p.b))).toEqual([]);
  });

  test('forgets the numbers of off-net customers with them', async () => {
    await db.query(
      '',
      'insert into duplicate.number (customer, number, ref) values (3, gen_random_uuid(), null), (4, gen_random_uuid(), null)',
    );
    await db.inTx(FINDER, (ctx) => forgetCompared(ctx, house.vault, { parties: [], customers: [3] }));
    expect(await db.query('', 'select customer from duplicate.number')).toEqual([{ customer: 4 }]);
  });

  test('keeps what agrees, and no value of it', async () => {
    await someParties(db, house.vault, [person('1', { name: '王小明', idNumber: ID }), person('2', { name: '王小明', idNumber: ID })]);
    await find();
    const kept = JSON.stringify([
      await db.query('', 'select * from duplicate.pair'),
      await db.query('', 'select * from duplicate.key'),
      await db.query('', 'select * from duplicate.print'),
    ]);
    expect(kept).not.toMatch(/王|小明|990001/);
  });
});
