import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { freshDb } from '../../../test/database.ts';
import { changeTags } from './change.ts';
import { type Cells, closeBlock, merge, noCells, openBlock, putCode, setBit } from './codes.ts';
import type { TagKind } from './contract.ts';
import { inTx, letCount, someTags, valuesIn } from './fixtures.ts';
import { bringInForce, putColumns, stage, versionsOf } from './load.ts';
import { BITMAP_BYTES, BLOCK, EVERYONE } from './model.ts';
import { tag } from './module.ts';
import * as store from './store.ts';
import { recount, sumsOf } from './tally.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb([tag]);
});
afterAll(() => db.close());

const idOf = async (name: string) => (await store.tagByName(db, name))?.id as number;

/** Stages what a file says of some customers of one block. */
async function staging(load: string, name: string, kind: TagKind, block: number, rows: Readonly<Record<number, number>>, scale = 0) {
  const id = await idOf(name);
  const [was] = await versionsOf(db, [id], [block]);
  const into = openBlock(kind, was);
  const from = noCells(kind);
  const [mask, changed] = [Buffer.alloc(BITMAP_BYTES), Buffer.alloc(BITMAP_BYTES)];
  for (const [at, code] of Object.entries(rows)) {
    putCode(from, Number(at), code);
    setBit(mask, Number(at));
  }
  merge(into, from, mask, changed);
  const made = closeBlock(id, block, into);
  const base = {
    tag: id,
    block,
    base: 0,
    width: 1 as const,
    known: null,
    body: null,
    scale,
    mask: was ? changed : null,
    was: was?.was ?? null,
  };
  await stage(db, load, [{ ...base, ...made }]);
}

const bits = (...at: number[]): Buffer => {
  const out = Buffer.alloc(BITMAP_BYTES);
  for (const i of at) setBit(out, i);
  return out;
};
const inForce = (load: string, names: string[], moves: { block: number; joined: Buffer; left: Buffer }[] = []) =>
  inTx(db, (ctx) => bringInForce(ctx, { id: load, source: 'warehouse', customers: 3, names, moves, speaksOf: '2026-10' }));

test('a load is in force as a whole, with those who join and leave, and leaves nothing behind', async () => {
  await someTags(db, { fee: 'number', tariff: 'oneOf' });
  await letCount(db, [0, 1]);
  const load = randomUUID();
  await staging(load, 'fee', 'number', 0, { 0: 5, 2: 7 });
  await staging(load, 'tariff', 'oneOf', 0, { 0: 1 });
  expect(await valuesIn(db, 'fee', [0, 2])).toEqual([null, null]);
  const batch = await inForce(load, ['fee', 'tariff'], [{ block: 0, joined: bits(2), left: bits(1) }]);
  expect(await valuesIn(db, 'fee', [0, 1, 2])).toEqual([5, null, 7]);
  expect(await valuesIn(db, 'everyone', [0, 1, 2])).toEqual([true, null, true]);
  expect((await store.tagByName(db, 'fee'))?.speaks_of).toBe('2026-10');
  const [row] = await db.query('', 'select customers, tags, blocks from tag.batch where id = $1', [batch]);
  expect(row).toEqual({ customers: 3, tags: [EVERYONE, await idOf('fee'), await idOf('tariff')], blocks: [0] });
  expect(await db.query('', 'select from tag.staged')).toEqual([]);
  await recount(db);
  expect(await sumsOf(db, [await idOf('fee')])).toMatchObject([{ known: 2, low: 5, high: 7, counting: false }]);
});

test('what was pushed while a file was read stays, but for what the file itself changed', async () => {
  await someTags(db, { points: 'number' });
  const load = randomUUID();
  await inTx(db, (ctx) => changeTags(ctx, { source: 'warehouse', changes: [1, 2, 3].map((n) => ({ place: 0, ordinal: n, tags: { points: n } })) })); // biome-ignore format: one line
  await staging(load, 'points', 'number', 0, { 1: 1, 2: 22 }); // 1 as it was, 2 changed
  await inTx(db, (ctx) => changeTags(ctx, { source: 'warehouse', changes: [1, 2, 3, 4].map((n) => ({ place: 0, ordinal: n, tags: { points: n + 0.5 } })) })); // biome-ignore format: one line
  await inForce(load, ['points']);
  expect(await valuesIn(db, 'points', [1, 2, 3, 4])).toEqual([1.5, 22, 3.5, 4.5]);
});

test('a file with more decimals makes the blocks it does not touch finer too', async () => {
  await someTags(db, { debt: 'number' });
  const load = randomUUID();
  await inTx(db, (ctx) => changeTags(ctx, { source: 'warehouse', changes: [{ place: 0, ordinal: BLOCK + 1, tags: { debt: 3 } }] }));
  await staging(load, 'debt', 'number', 0, { 4: 125 }, 2);
  await inForce(load, ['debt']);
  expect(await valuesIn(db, 'debt', [4, BLOCK + 1])).toEqual([1.25, 3]);
});

test('what nobody has any more loses its block', async () => {
  await someTags(db, { trial: 'flag' });
  await inTx(db, (ctx) => changeTags(ctx, { source: 'warehouse', changes: [{ place: 0, ordinal: 3, tags: { trial: true } }] }));
  const load = randomUUID();
  await staging(load, 'trial', 'flag', 0, { 3: Number.NaN });
  await inForce(load, ['trial']);
  expect(await store.blocksOfTag(db, await idOf('trial'))).toEqual([]);
});

test('whole columns are put from memory in one batch', async () => {
  await someTags(db, { risk: 'number' });
  const id = await idOf('risk');
  const column = (code: number): Cells => {
    const cells = noCells('number');
    for (let i = 0; i < BLOCK; i++) putCode(cells, i, code + (i % 100));
    return cells;
  };
  await letCount(db, [0, BLOCK]);
  const blocks = [0, 1].flatMap((n) => closeBlock(id, n, column(n * 1_000)) ?? []);
  await inTx(db, (ctx) => putColumns(ctx, { source: 'model', customers: 2 * BLOCK, names: ['risk'], blocks }));
  expect(await valuesIn(db, 'risk', [0, 99, BLOCK + 1])).toEqual([0, 99, 1_001]);
  await recount(db);
  expect(await sumsOf(db, [id])).toMatchObject([{ known: 3, low: 0, high: 1_000 }]);
});
