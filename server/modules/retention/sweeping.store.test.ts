import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import type { House } from '#platform/module';
import { dayOf } from '#rule';
import { freshDb } from '../../../test/database.ts';
import { aHouse } from '../org/fixtures.ts';
import { aSupply, type Known } from './fixtures.ts';
import { makeRetention } from './module.ts';
import { periodOf, precisions } from './precision.ts';
import { ensureStandardRules } from './rules.ts';
import { sweepOn } from './sweeping.ts';

const DAY = dayOf('2026-11-22');
const nobody = aSupply(new Map());
let db: Db;
let house: House;
beforeAll(async () => {
  db = await freshDb([makeRetention(nobody)]);
  house = await aHouse(db, { zone: 'Asia/Shanghai' });
});
afterAll(async () => {
  await house.live.close();
  await db.close();
});
beforeEach(async () => {
  await db.query('', 'truncate retention.rule, retention.run, retention.case, retention.looked, retention.departure cascade');
  await ensureStandardRules(db, 0);
});

interface Case {
  id: number;
  ordinal: number;
  state: string;
  because: string | null;
  priority: number;
  rules: string[];
  opened: number;
  last: number;
}
const cases = () =>
  db.query<Case & Record<string, never>>(
    '',
    'select id, ordinal, state, because, priority, rules, opened, last from retention.case order by id',
  );
const hits = () =>
  db.query<Record<string, never>>(
    '',
    'select ordinal, rule, version, first, last, days, evidence, latest from retention.hit order by ordinal, rule, version',
  );
const sweep = (people: Map<number, Known>, day = DAY) => sweepOn(house, aSupply(people), day, 'again');
const own: Known = { 'days.current': 21 };

describe('a morning', () => {
  test('opens one case for a customer however many rules spoke, with what they saw', async () => {
    await sweep(
      new Map<number, Known>([
        [7, { ...own, 'bill.current': 4_000, 'bill.previous': 9_000, 'days.previous': 31, 'balance.amount': -20 }],
        [8, { ...own, 'bill.current': 6_100, 'bill.previous': 9_000, 'days.previous': 31, 'balance.amount': 500 }],
        [70_000, { ...own, 'stop.requested': DAY - 1 }],
      ]),
    );
    expect(await cases()).toMatchObject([
      { ordinal: 7, state: 'open', priority: 3, rules: ['daily-bill-down', 'low-balance'], opened: DAY },
      { ordinal: 70_000, state: 'open', priority: 1, rules: ['stop-requested'] },
    ]);
    expect(await hits()).toMatchObject([
      {
        ordinal: 7,
        rule: 'daily-bill-down',
        evidence: { 'bill.current': 4_000, 'days.current': 21, 'bill.previous': 9_000, 'days.previous': 31 },
      },
      { ordinal: 7, rule: 'low-balance', evidence: { 'balance.amount': -20 } },
      { ordinal: 70_000, rule: 'stop-requested', version: 1, days: 1, evidence: { 'stop.requested': '2026-11-21' } },
    ]);
    expect(await db.query('', 'select state, customers, cases, suppressed, departed, trouble from retention.run')).toEqual([
      { state: 'done', customers: 3, cases: 2, suppressed: 0, departed: 0, trouble: null },
    ]);
  });

  test('goes by the day, not by the month: 28 days against 31', async () => {
    const bills = (current: number): Known => ({
      'days.current': 28,
      'days.previous': 31,
      'bill.previous': 31_000,
      'bill.current': current,
    });
    await sweep(new Map([[1, bills(19_600)], [2, bills(19_601)]])); // biome-ignore format: a line a pair
    expect((await cases()).map((c) => c.ordinal)).toEqual([1]);
  });

  test('looks only at own customers who still count, and does not take unknown for no', async () => {
    await sweep(
      new Map<number, Known>([
        [1, { 'voice.silentDays': 9 }],
        [2, { ...own, everyone: false, 'voice.silentDays': 9 }],
        [3, { ...own }],
        [4, { ...own, 'voice.silentDays': 3 }],
      ]),
    );
    expect((await cases()).map((c) => c.ordinal)).toEqual([4]);
    expect(await db.query('', `select hits, known from retention.spoken where rule = 'no-outgoing-voice'`)).toEqual([
      { hits: 1, known: 1 },
    ]);
  });

  test('twice is as good as once, and the next day goes on with the same case', async () => {
    const people = new Map<number, Known>([[5, { ...own, 'voice.silentDays': 3 }]]);
    await sweep(people);
    const first = [await cases(), await hits()];
    await sweep(people);
    expect([await cases(), await hits()]).toEqual(first);
    people.set(5, { ...own, 'voice.silentDays': 4, 'balance.amount': 3 });
    await sweep(people, DAY + 1);
    expect(await cases()).toMatchObject([{ ordinal: 5, rules: ['low-balance', 'no-outgoing-voice'], opened: DAY, last: DAY + 1 }]);
    expect(await hits()).toMatchObject([
      { rule: 'low-balance', first: DAY + 1, days: 1 },
      {
        rule: 'no-outgoing-voice',
        first: DAY,
        last: DAY + 1,
        days: 2,
        evidence: { 'voice.silentDays': 3 },
        latest: { 'voice.silentDays': 4 },
      },
    ]);
  });

  test('is done by one copy at a time, and once unless it is asked for again', async () => {
    const supply = aSupply(new Map([[1, own]]));
    expect(await Promise.all([sweepOn(house, supply, DAY, 'once'), sweepOn(house, supply, DAY, 'once')])).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect(await sweepOn(house, supply, DAY, 'once')).toBe(false);
    expect(await sweepOn(house, supply, DAY, 'again')).toBe(true);
  });

  test('over nobody is not done: who comes later that day is looked at', async () => {
    expect(await sweepOn(house, aSupply(new Map()), DAY, 'once')).toBe(true);
    const supply = aSupply(new Map([[1, { ...own, 'voice.silentDays': 5 }]]));
    expect(await sweepOn(house, supply, DAY, 'once')).toBe(true);
    expect(await cases()).toHaveLength(1);
    expect(await sweepOn(house, supply, DAY, 'once')).toBe(false);
  });

  test('that breaks off says so, and can be done again', async () => {
    const broken = { ...aSupply(new Map([[1, { ...own, 'voice.silentDays': 5 }]])), people: () => Promise.reject(new Error('no')) };
    await expect(sweepOn(house, broken, DAY, 'once')).rejects.toThrow('no');
    expect(await db.query('', 'select state, trouble from retention.run')).toEqual([{ state: 'failed', trouble: 'fault' }]);
    expect(await sweepOn(house, aSupply(new Map([[1, { ...own, 'voice.silentDays': 5 }]])), DAY, 'once')).toBe(true);
    expect(await cases()).toHaveLength(1);
  });
});

describe('a case is held back', () => {
  const silent: Known = { ...own, 'voice.silentDays': 5 };

  test('while a fault is open, and given out after the repair', async () => {
    const people = new Map<number, Known>([[1, { ...silent, 'fault.open': true }]]);
    await sweep(people);
    expect(await cases()).toMatchObject([{ state: 'suppressed', because: 'open-fault', rules: ['no-outgoing-voice'] }]);
    people.set(1, { ...silent, 'fault.open': false });
    await sweep(people, DAY + 1);
    expect(await cases()).toMatchObject([{ state: 'open', because: null }]);
  });

  test('not when somebody is talking to him already', async () => {
    const people = new Map<number, Known>([[1, silent]]);
    await sweep(people);
    await db.query('', `update retention.case set state = 'taken', holder = 'me'`);
    people.set(1, { ...silent, 'fault.open': true });
    await sweep(people, DAY + 1);
    expect(await cases()).toMatchObject([{ state: 'taken', because: null, last: DAY + 1 }]);
  });

  test('after a talk until its quiet days are over', async () => {
    const people = new Map<number, Known>([[1, silent]]);
    await sweep(people);
    await db.query('', `update retention.case set state = 'closed', outcome = 'not-reached', quiet_until = $1`, [DAY + 3]);
    await sweep(people, DAY + 3);
    expect((await cases()).map((c) => [c.state, c.because])).toEqual([
      ['closed', null],
      ['suppressed', 'recently-closed'],
    ]);
    await sweep(people, DAY + 4);
    expect((await cases()).at(-1)).toMatchObject({ state: 'open', because: null, opened: DAY + 3 });
  });

  test('and ends by itself when nobody took it and no rule speaks for it any more', async () => {
    const people = new Map<number, Known>([[1, silent]]);
    await sweep(people);
    people.set(1, own);
    await sweep(people, DAY + 30);
    expect((await cases())[0]?.state).toBe('open');
    await sweep(people, DAY + 31);
    expect(await db.query('', 'select state, outcome, closed_by from retention.case')).toEqual([
      { state: 'closed', outcome: 'passed', closed_by: 'glasshouse' },
    ]);
  });
});

describe('who left', () => {
  const everybody = () =>
    new Map<number, Known>(Array.from({ length: 4_000 }, (_, i) => [i * 20, { ...own, 'voice.silentDays': i < 100 ? 9 : 0 }]));
  const leave = (people: Map<number, Known>, from: number, n: number) => {
    for (let i = from; i < from + n; i++) people.set(i * 20, { ...own, everyone: false });
  };

  test('is found by the next sweep, and makes each rule’s precision and lift', async () => {
    const people = everybody();
    await sweep(people);
    leave(people, 0, 20);
    leave(people, 100, 20);
    await sweep(people, DAY + 1);
    expect((await db.query('', 'select departed from retention.run order by day')).map((r) => r.departed)).toEqual([0, 40]);
    const asked = { from: DAY, to: DAY + 1, within: 30, today: DAY + 31, by: 'month' as const };
    expect((await precisions(db, asked))[0]).toMatchObject({
      rule: 'no-outgoing-voice',
      period: null,
      hits: 100,
      left: 20,
      precision: 0.2,
      base: 0.01,
      lift: 20,
      undecided: 0,
    });
    expect((await precisions(db, { ...asked, today: DAY + 30 }))[0]).toMatchObject({ hits: 0, precision: null, undecided: 100 });
    expect((await precisions(db, asked)).map((p) => p.period)).toEqual([null, '2026-11']);
    expect((await precisions(db, { ...asked, by: 'week' })).map((p) => p.period)).toEqual([null, periodOf(DAY, 'week')]);
  });

  test('is not whoever’s facts are late for a day', async () => {
    const people = everybody();
    await sweep(people);
    for (const ordinal of people.keys()) people.set(ordinal, {});
    await sweep(people, DAY + 1);
    leave(people, 0, 1);
    await sweep(people, DAY + 2);
    expect((await db.query('', 'select departed from retention.run order by day')).map((r) => r.departed)).toEqual([0, 0, 1]);
  });

  test('is not believed when it is a twentieth of all in one night', async () => {
    const people = everybody();
    await sweep(people);
    leave(people, 0, 300);
    await sweep(people, DAY + 1);
    expect(await db.query('', 'select departed, trouble from retention.run order by day')).toEqual([
      { departed: 0, trouble: null },
      { departed: 0, trouble: 'too-many-left' },
    ]);
  });
});

test('a rule whose fact went says so, and the others speak on', async () => {
  await db.query(
    '',
    `update retention.rule set body = jsonb_set(body::jsonb, '{when}', '"no.such.fact > 1"')::json where id = 'low-balance'`,
  );
  await sweep(new Map<number, Known>([[1, { ...own, 'voice.silentDays': 5 }]]));
  expect(await cases()).toMatchObject([{ rules: ['no-outgoing-voice'] }]);
  expect(await db.query('', `select hits, trouble from retention.spoken where rule = 'low-balance'`)).toEqual([
    { hits: 0, trouble: 'There is no fact or parameter named “no.such.fact”.' },
  ]);
});
