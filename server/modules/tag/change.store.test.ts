import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { Refused } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { type Changing, changeTags } from './change.ts';
import type { TagKind, TagValue } from './contract.ts';
import { inTx, letCount, someTags, valuesIn } from './fixtures.ts';
import { BLOCK, MOST_UNITS } from './model.ts';
import { tag } from './module.ts';
import * as store from './store.ts';
import { peopleByCode, recount, sumsOf } from './tally.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb([tag]);
});
afterAll(() => db.close());

const change = (changes: readonly Omit<Changing, 'place'>[], source = 'warehouse') =>
  inTx(db, (ctx) => changeTags(ctx, { source, changes: changes.map((c, place) => ({ place, ...c })) }));

const refused = async (changes: readonly Omit<Changing, 'place'>[], source?: string) => {
  const e = await change(changes, source).then(
    () => undefined,
    (x: unknown) => x,
  );
  if (!(e instanceof Refused)) throw e ?? new Error('it was taken');
  return e.refusal;
};

test('values of every kind are kept exactly, and null makes them unknown', async () => {
  await someTags(db, { vip: 'flag', tariff: 'oneOf', fee: 'number', joined: 'date' });
  const [a, b] = [5, BLOCK * 2 + 9];
  const first = await change([
    { ordinal: a, tags: { vip: true, tariff: '冰淇淋 199', fee: 18.85, joined: '2026-02-28' } },
    { ordinal: b, tags: { vip: false, fee: -3 } },
  ]);
  expect(first).toEqual({ batch: expect.any(Number), customers: 2 });
  expect(await valuesIn(db, 'vip', [a, b, 6])).toEqual([true, false, null]);
  expect(await valuesIn(db, 'tariff', [a, b])).toEqual(['冰淇淋 199', null]);
  expect(await valuesIn(db, 'fee', [a, b])).toEqual([18.85, -3]);
  expect(await valuesIn(db, 'joined', [a, b])).toEqual(['2026-02-28', null]);
  await change([{ ordinal: a, tags: { vip: null, fee: null, tariff: null, joined: null } }]);
  expect(await valuesIn(db, 'fee', [a, b])).toEqual([null, -3]);
  const left = await db.query<{ name: string }>('', 'select t.name from tag.block b join tag.tag t on t.id = b.tag order by 1');
  expect(left.map((r) => r.name)).toEqual(['fee', 'vip']);
});

test('a batch that changes nothing leaves no trace', async () => {
  await someTags(db, { calm: 'flag' });
  await change([{ ordinal: 1, tags: { calm: true } }]);
  expect(await change([{ ordinal: 1, tags: { calm: true } }, { ordinal: 2, tags: { calm: null } }])).toEqual({ batch: null, customers: 0 }); // biome-ignore format: one line
});

test('more decimals make the whole tag finer, and no value moves', async () => {
  await someTags(db, { score: 'number' });
  const far = BLOCK * 3 + 1;
  await change([{ ordinal: 0, tags: { score: 2 } }, { ordinal: far, tags: { score: 7.5 } }]); // biome-ignore format: one line
  await change([{ ordinal: 1, tags: { score: 0.125 } }]);
  expect(await valuesIn(db, 'score', [0, 1, far])).toEqual([2, 0.125, 7.5]);
  expect((await store.tagByName(db, 'score'))?.scale).toBe(3);
  const [batch] = await store.batchesOf(db, (await store.tagByName(db, 'score'))?.id as number, null, 1);
  expect(batch?.blocks).toBe(2); // also the block that only its units changed
});

describe('a batch with a bad item does nothing at all', () => {
  test('and every bad item is named by its place', async () => {
    await someTags(db, { loyal: 'flag', level: 'oneOf', spend: 'number' });
    const refusal = await refused([
      { ordinal: 1, tags: { loyal: true } },
      { ordinal: 2, tags: { loyal: 'perhaps', spend: '1x9' } },
      { ordinal: 3, tags: { nowhere: 1 } },
    ]);
    expect(refusal).toMatchObject({ code: 'changes.refused', details: { total: 3 } });
    expect((refusal.details.items as { place: number; code: string }[]).map((i) => [i.place, i.code])).toEqual([
      [1, 'tag.bad-value'],
      [1, 'tag.bad-value'],
      [2, 'tag.unknown'],
    ]);
    expect(await valuesIn(db, 'loyal', [1])).toEqual([null]);
  });

  test('a tag is written by the source it comes from', async () => {
    await someTags(db, { theirs: 'flag' });
    await change([{ ordinal: 1, tags: { theirs: true } }], 'crm');
    expect(await refused([{ ordinal: 1, tags: { theirs: false } }], 'billing')).toMatchObject({
      details: { items: [{ code: 'tag.foreign-source' }] },
    });
    expect(await refused([{ ordinal: 1, tags: { everyone: true } }])).toMatchObject({
      details: { items: [{ code: 'tag.foreign-source' }] },
    });
  });

  test('what would not be exact any more', async () => {
    await someTags(db, { huge: 'number' });
    await change([{ ordinal: 1, tags: { huge: MOST_UNITS } }]);
    expect(await refused([{ ordinal: 2, tags: { huge: 0.5 } }])).toMatchObject({
      details: { items: [{ place: 0, code: 'tag.too-fine' }] },
    });
    expect(await valuesIn(db, 'huge', [1, 2])).toEqual([MOST_UNITS, null]);
  });

  test('what only shows when it is fitted in is named beside what shows at once, and whoever is not to blame is not named', async () => {
    await someTags(db, { vast: 'number', mood: 'oneOf', plain: 'flag' });
    await change([{ ordinal: 1, tags: { vast: MOST_UNITS } }]);
    const refusal = await refused([
      { ordinal: 2, tags: { vast: 7, mood: 'glad' } },
      { ordinal: 3, tags: { vast: 0.5 } },
      { ordinal: 4, tags: { plain: 'perhaps' } },
    ]);
    expect((refusal.details.items as { place: number; code: string }[]).map((i) => [i.place, i.code])).toEqual([
      [1, 'tag.too-fine'],
      [2, 'tag.bad-value'],
    ]);
    expect(await db.query('', `select v.value from tag.value v join tag.tag t on t.id = v.tag where t.name = 'mood'`)).toEqual([]);
  });
});

const KINDS: Readonly<Record<string, TagKind>> = { f: 'flag', o: 'oneOf', n: 'number', d: 'date' };
const VALUES: Readonly<Record<string, readonly TagValue[]>> = {
  f: [true, false, null],
  o: ['red', 'green', 'blue', '蓝', null],
  n: [0, 1, -7, 1.5, 0.25, 1_000_000, null],
  d: ['2026-01-01', '1999-12-31', null],
};
const PLACES = [0, 1, 2, BLOCK - 1, BLOCK, BLOCK * 5 + 77];

test('batches at the same time leave what some order of them leaves, and a tag’s figures are right', async () => {
  const one = fc.record(Object.fromEntries(Object.keys(KINDS).map((k) => [k, fc.constantFrom(...(VALUES[k] as TagValue[]))])), {
    requiredKeys: [],
  });
  const item = fc.record({ ordinal: fc.constantFrom(...PLACES), tags: one });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(item, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }), async (batches) => {
      await db.query('', 'delete from tag.tag where id > 4');
      await db.query('', 'delete from tag.block');
      await someTags(db, KINDS);
      await letCount(db, PLACES.slice(0, -1));
      await Promise.all(batches.map((changes) => change(changes as Changing[])));
      await eachTag(async (name, kind) => {
        const got = await valuesIn(db, name, PLACES);
        for (const [i, place] of PLACES.entries()) {
          const last = batches.map((b) => b.filter((c) => c.ordinal === place && name in c.tags).at(-1)?.tags[name]);
          const possible = last.filter((v) => v !== undefined);
          expect(possible.length === 0 ? [null] : possible).toContainEqual(got[i]);
        }
        const tagId = (await store.tagByName(db, name))?.id as number;
        const before = [await sumsOf(db, [tagId]), await peopleByCode(db, [tagId])];
        await db.query('', 'delete from tag.tally');
        await recount(db);
        expect([await sumsOf(db, [tagId]), await peopleByCode(db, [tagId])]).toEqual(before);
        const known = got.slice(0, -1).filter((v) => v !== null).length;
        expect(before[0]?.[0] === undefined ? 0 : (before[0][0] as { known: number }).known, kind).toBe(known);
      });
    }),
    { numRuns: 10 },
  );
});

async function eachTag(look: (name: string, kind: TagKind) => Promise<void>): Promise<void> {
  for (const [name, kind] of Object.entries(KINDS)) await look(name, kind);
}
