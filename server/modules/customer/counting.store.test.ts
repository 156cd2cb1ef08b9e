import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { valuesIn } from '../tag/fixtures.ts';
import { addArrivals, addCustomers, placeArrivals, placesFrom } from './arrivals.ts';
import { countAgain, countAs, countedByNumber } from './counting.ts';
import { MODULES } from './fixtures.ts';
import { addImport, importById } from './importStore.ts';
import { finishImport } from './inForce.ts';
import { keyHash, newId } from './keys.ts';

let db: Db;
const vault = openVault(Buffer.alloc(32, 7));
beforeAll(async () => {
  db = await freshDb(MODULES);
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.query('', 'truncate customer.customer, customer.import, tag.block cascade');
});

/** A whole file of a source, in force when this resolves; answers the ids of those it names. */
async function aFile(source: string, keys: readonly string[], own: boolean): Promise<Map<string, string>> {
  const load = randomUUID();
  const map = { source, key: 'k', own: 'own', tags: [], unknown: [], encoding: 'utf-8', delimiter: ',' };
  await addImport(db, { id: load, source, map, files: [], allow_loss: true, actor: 'test', actor_name: null, made_at: 1 });
  const rows = keys.map((key, row) => ({
    row,
    line: row,
    keyHash: keyHash(vault, key),
    area: 'east',
    own,
    key: vault.seal(key),
    id: newId(1),
  }));
  await addArrivals(db, load, rows);
  await db.inTx(systemActor('test'), async (ctx) => {
    const { customers } = await placeArrivals(ctx.tx, load, source);
    const places = await placesFrom(ctx.tx, load, 0, 100);
    await addCustomers(ctx.tx, load, source, 1, rows.map((r) => ({ ...r, ordinal: places[r.row]?.ordinal as number }))); // biome-ignore format: one line
    const row = await importById(ctx.tx, load);
    return row === undefined ? undefined : finishImport(ctx, { row, customers, rejected: 0 });
  });
  const found = await countedByNumber(db, rows.map((r) => ({ source, hash: r.keyHash }))); // biome-ignore format: one line
  return new Map(rows.map((r, i) => [keys[i] as string, found.find((c) => c.hash === r.keyHash)?.id as string]));
}

const ordinal = async (id: string): Promise<number> =>
  (await db.query<{ ordinal: number }>('', 'select ordinal from customer.customer where id = $1', [id]))[0]?.ordinal as number;
const isCounted = async (id: string): Promise<boolean> => (await valuesIn(db, 'everyone', [await ordinal(id)]))[0] === true;
const as = (actor: Partial<Actor>) => ({ ...systemActor('li'), ...actor });
const merge = (from: string, into: string, actor: Partial<Actor> = {}) => db.inTx(as(actor), (ctx) => countAs(ctx, { from, into }));
const undo = (from: string, into: string) => db.inTx(as({}), (ctx) => countAgain(ctx, { from, into }));
const why = (todo: Promise<unknown>): Promise<string> => todo.then(() => 'done', (e: { refusal: { code: string } }) => e.refusal.code); // biome-ignore format: one line

describe('an off-net customer who is counted as another one', () => {
  const there = async () => {
    const own = (await aFile('crm', ['A-1'], true)).get('A-1') as string;
    const other = (await aFile('market', ['13900000001', '13900000002'], false)).get('13900000001') as string;
    return { own, other };
  };

  test('does not count until it is undone, and then counts as before', async () => {
    const { own, other } = await there();
    expect(await isCounted(other)).toBe(true);
    const { batch } = await merge(other, own);
    expect(batch).toEqual(expect.any(Number));
    expect([await isCounted(other), await isCounted(own)]).toEqual([false, true]);
    await undo(other, own);
    expect([await isCounted(other), await isCounted(own)]).toEqual([true, true]);
  });

  test('is not brought back by later files, whether they name him, leave him out or name him again', async () => {
    const { own, other } = await there();
    await merge(other, own);
    for (const file of [['13900000001', '13900000002'], ['13900000002'], ['13900000001', '13900000002']]) {
      await aFile('market', file, false);
      expect(await isCounted(other)).toBe(false);
    }
    await undo(other, own);
    expect(await isCounted(other)).toBe(true);
  });

  test('whom his source let go meanwhile stays away when it is undone, and comes back with his source', async () => {
    const { own, other } = await there();
    await merge(other, own);
    await aFile('market', ['13900000002'], false);
    await undo(other, own);
    expect(await isCounted(other)).toBe(false);
    await aFile('market', ['13900000001', '13900000002'], false);
    expect(await isCounted(other)).toBe(true);
  });

  test('is refused where it cannot be', async () => {
    const { own, other } = await there();
    expect(await why(merge(own, other))).toBe('customer.own');
    expect(await why(merge(other, other))).toBe('thing.not-found');
    expect(await why(merge(other, own, { areas: ['west'] }))).toBe('thing.not-found');
    expect(await why(undo(other, own))).toBe('customer.not-merged');
    await merge(other, own);
    expect(await why(merge(other, own))).toBe('customer.merged-already');
    await undo(other, own);
    await aFile('crm', ['A-2'], true);
    expect(await why(merge(other, own))).toBe('customer.gone');
  });
});
