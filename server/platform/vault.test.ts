import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { systemActor } from './actor.ts';
import type { Db } from './db.ts';
import { checkVaultKey, openVault } from './vault.ts';

const key = randomBytes(32);
const vault = openVault(key);
const actor = systemActor('test');
let db: Db;

beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db.close());

const aRow = (value: string, subject: string = randomUUID(), kind = 'phone') => ({ subject, kind, id: vault.hash(kind, value), value });
const remember = (rows: Parameters<typeof vault.remember>[1], by = vault) => db.inTx(actor, ({ tx }) => by.remember(tx, rows));

describe('hashes', () => {
  it('are the same for the same key, kind and value, and differ in any', () => {
    expect(vault.hash('phone', '1')).toBe(openVault(key).hash('phone', '1'));
    expect(vault.hash('phone', '1')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(
      new Set([vault.hash('phone', '1'), vault.hash('name', '1'), vault.hash('phone', '2'), openVault(randomBytes(32)).hash('phone', '1')])
        .size,
    ).toBe(4);
  });
});

describe('sealed bytes', () => {
  it('open to what was sealed, here and in another process', () => {
    const sealed = vault.seal('{"电话":"13800000001"}');
    expect(vault.open(sealed)).toBe('{"电话":"13800000001"}');
    expect(openVault(key).open(sealed)).toBe('{"电话":"13800000001"}');
    expect(vault.open(vault.seal(''))).toBe('');
  });
  it('differ each time, and do not open when changed or with another key', () => {
    const sealed = vault.seal('a');
    expect(sealed.equals(vault.seal('a'))).toBe(false);
    sealed[20] = (sealed[20] as number) ^ 1;
    expect(() => vault.open(sealed)).toThrow();
    expect(() => openVault(randomBytes(32)).open(vault.seal('a'))).toThrow();
  });
});

describe('values', () => {
  it('are revealed as they were remembered, and lie in the store unreadable', async () => {
    const row = aRow('13800000001');
    await remember([row, row, aRow('张三', row.subject, 'name')]);
    expect(await vault.reveal(db, [row, row])).toEqual(new Map([[`${row.subject}/${row.id}`, { kind: 'phone', value: '13800000001' }]]));
    const [kept] = await db.query<{ sealed: Buffer }>('', 'select sealed from vault.secret where subject = $1 and kind = $2', [
      row.subject,
      'phone',
    ]);
    expect(kept?.sealed.includes('13800000001')).toBe(false);
  });

  it('of one subject remembered by two at once, in any order, are all revealed', async () => {
    const subjects = Array.from({ length: 20 }, () => randomUUID());
    const other = openVault(key);
    const rows = subjects.flatMap((s, i) => [aRow(`1380000${i}`, s), aRow(`name ${i}`, s, 'name')]);
    const batches = Array.from({ length: 8 }, (_, i) =>
      remember([...rows].sort(() => Math.random() - 0.5).slice(0, 30 + i), i % 2 ? other : vault),
    );
    await Promise.all(batches);
    await remember(rows);
    const found = await openVault(key).reveal(db, rows);
    expect(rows.every((r) => found.get(`${r.subject}/${r.id}`)?.value === r.value)).toBe(true);
  });

  it('that a rolled-back transaction remembered are not there, and the key it made is forgotten', async () => {
    const row = aRow('13900000001');
    const undo = db.inTx(actor, async ({ tx }) => {
      await vault.remember(tx, [row]);
      throw new Error('undo');
    });
    await expect(undo).rejects.toThrow('undo');
    expect((await vault.reveal(db, [row])).size).toBe(0);
    await remember([row]);
    expect((await openVault(key).reveal(db, [row])).size).toBe(1);
  });

  it('moved to another person do not open', async () => {
    const [mine, yours] = [aRow('13700000001'), aRow('13700000002')];
    await remember([mine, yours]);
    await db.query('', 'update vault.secret set subject = $1 where subject = $2', [yours.subject, mine.subject]);
    await expect(vault.reveal(db, [{ subject: yours.subject, id: mine.id }])).rejects.toThrow();
  });
});

describe('erasure', () => {
  it('leaves no key, no value and no hash, and is written down', async () => {
    const row = aRow('13600000001');
    const stays = aRow('13600000002');
    await remember([row, stays]);
    await db.inTx(actor, ({ tx }) => vault.forget(tx, [row.subject], 'asked for by the customer', 'li'));
    expect([...(await vault.reveal(db, [row, stays])).keys()]).toEqual([`${stays.subject}/${stays.id}`]);
    const left = await db.query('', 'select 1 from vault.secret where id = $1 union all select 1 from vault.subject where id = $2', [
      row.id,
      row.subject,
    ]);
    expect(left).toHaveLength(0);
    const [written] = await db.query('', 'select reason, by from vault.erasure where subject = $1', [row.subject]);
    expect(written).toEqual({ reason: 'asked for by the customer', by: 'li' });
  });

  it('waits for who is just remembering, and destroys that too; a copy with the old key in memory makes a new one', async () => {
    const row = aRow('13500000001');
    await remember([row]);
    let erased: Promise<unknown> = Promise.resolve();
    await db.inTx(actor, async ({ tx }) => {
      await vault.remember(tx, [aRow('13500000002', row.subject)]);
      erased = db.inTx(actor, (c) => openVault(key).forget(c.tx, [row.subject], 'r', 'b'));
      await new Promise((r) => setTimeout(r, 50));
    });
    await erased;
    expect(await db.query('', 'select 1 from vault.secret where subject = $1', [row.subject])).toHaveLength(0);
    await remember([row]);
    expect((await openVault(key).reveal(db, [row])).size).toBe(1);
  });
});

it('a wrong GLASSHOUSE_KEY is named at start', async () => {
  await checkVaultKey(db, key);
  await checkVaultKey(db, key);
  await expect(checkVaultKey(db, randomBytes(32))).rejects.toThrow('GLASSHOUSE_KEY');
});
