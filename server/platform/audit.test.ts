import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { systemActor } from './actor.ts';
import { audit, auditTrail } from './audit.ts';
import type { Db } from './db.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db.close());

it('an act is in the trail when its transaction is, the newest first, found by who, what and on what', async () => {
  await db.inTx(systemActor('a'), (ctx) =>
    audit(ctx, 'account.created', 'account:1', { reason: 'new', details: { role: 'desk' }, address: '10.0.0.1' }),
  );
  await db.inTx(systemActor('b'), (ctx) => audit(ctx, 'unit.moved', 'unit:X'));
  await expect(
    db.inTx(systemActor('b'), async (ctx) => {
      await audit(ctx, 'unit.moved', 'unit:Y');
      throw new Error('undo');
    }),
  ).rejects.toThrow('undo');
  const all = await auditTrail(db, { limit: 10 });
  expect(all.map((a) => a.object)).toEqual(['unit:X', 'account:1']);
  expect(all[1]).toMatchObject({
    actor: { kind: 'system', id: 'a', name: 'a' },
    act: 'account.created',
    reason: 'new',
    details: { role: 'desk' },
    address: '10.0.0.1',
  });
  expect(await auditTrail(db, { limit: 10, actors: ['b'] })).toHaveLength(1);
  expect(await auditTrail(db, { limit: 10, act: 'account' })).toHaveLength(1);
  expect(await auditTrail(db, { limit: 10, object: 'unit:X' })).toHaveLength(1);
  expect(await auditTrail(db, { limit: 10, before: all[0]?.id })).toHaveLength(1);
});

it.each(['update platform.audit set act = $$x$$', 'delete from platform.audit', 'truncate platform.audit'])(
  'the store refuses "%s"',
  async (sql) => {
    await expect(db.query('', sql)).rejects.toThrow('only ever added to');
  },
);
