import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/actor';
import { auditTrail } from '#platform/audit';
import type { Ctx, Db } from '#platform/db';
import { Refused } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { LEVELS, type Unit } from './contract.ts';
import { anAccount, aUnit, JIANGNAN } from './fixtures.ts';
import { org } from './module.ts';
import * as service from './service.ts';
import * as store from './store.ts';

let db: Db;
const opened: Db[] = [];
const root = systemActor('test');
const as = <T>(actor: Actor, fn: (ctx: Ctx) => Promise<T>) =>
  db.inTx(actor, fn).catch((e: unknown) => {
    if (e instanceof Refused) return e.refusal.code;
    throw e;
  });

beforeEach(async () => {
  db = await freshDb([org]);
  opened.push(db);
  await db.inTx(root, (ctx) => service.createUnits(ctx, JIANGNAN));
});
afterAll(() => Promise.all(opened.map((d) => d.close())));

const ofEast: Actor = { kind: 'staff', id: '00000000-0000-0000-0000-000000000001', name: 'e', rights: 'all', areas: ['east', 'g-1'] };

describe('units', () => {
  it.each<[string, Actor, Unit, string | undefined]>([
    ['a new one', root, aUnit('g-2', 'west', 'grid'), undefined],
    ['one below the caller', ofEast, aUnit('g-2', 'east', 'grid'), undefined],
    ['one outside the area', ofEast, aUnit('g-2', 'west', 'grid'), 'unit.unknown-parent'],
    ['no such parent', root, aUnit('g-2', 'none', 'grid'), 'unit.unknown-parent'],
    ['a taken code', root, aUnit('g-1', 'west', 'grid'), 'unit.code-taken'],
    ['a second root', root, aUnit('root-2', null), 'unit.second-root'],
    ['a city below a county', root, aUnit('c', 'east', 'city'), 'unit.level-above-parent'],
  ])('%s', async (_what, actor, unit, code) => {
    const out = await as(actor, (ctx) => service.createUnit(ctx, unit));
    expect(out).toEqual(code ?? unit);
    expect((await auditTrail(db, { limit: 9, object: `unit:${unit.code}` })).length).toBe(code ? 0 : 1);
  });

  it.each<[string, Actor, string, Parameters<typeof service.changeUnit>[1]['change'], string | undefined]>([
    ['a new name', root, 'g-1', { names: { zh: '一格', en: 'One' } }, undefined],
    ['a move', root, 'g-1', { parent: 'west' }, undefined],
    ['a move below itself', root, 'yun', { parent: 'g-1' }, 'unit.ring'],
    ['a move onto itself', root, 'east', { parent: 'east' }, 'unit.ring'],
    ['a move of the root', root, 'root', { parent: 'yun' }, 'unit.ring'],
    ['a level above its parent', root, 'east', { level: 'province' }, 'unit.level-above-parent'],
    ['a level below its child', root, 'east', { level: 'ceo' }, 'unit.level-above-parent'],
    ['outside the area', ofEast, 'west', { names: { zh: 'x', en: 'x' } }, 'thing.not-found'],
    ['out of the area', ofEast, 'g-1', { parent: 'west' }, 'unit.unknown-parent'],
    ['no such unit', root, 'none', {}, 'thing.not-found'],
  ])('change: %s', async (_what, actor, code, change, refused) => {
    const out = await as(actor, (ctx) => service.changeUnit(ctx, { code, change }));
    if (refused) expect(out).toBe(refused);
    else expect(await store.findUnit(db, code)).toMatchObject(change);
  });

  it('two moves at once never make a ring', async () => {
    const moves = [
      as(root, (ctx) => service.changeUnit(ctx, { code: 'east', change: { parent: 'west' } })),
      as(root, (ctx) => service.changeUnit(ctx, { code: 'west', change: { parent: 'east' } })),
    ];
    expect((await Promise.all(moves)).filter((m) => m === 'unit.ring')).toHaveLength(1);
    expect((await store.listUnits(db, null)).length).toBe(JIANGNAN.length);
  });

  it('first data leaves what is there', async () => {
    await as(root, (ctx) => service.changeUnit(ctx, { code: 'g-1', change: { names: { zh: '改', en: 'Changed' } } }));
    expect(await as(root, (ctx) => service.createUnits(ctx, [...JIANGNAN, aUnit('g-2', 'east', 'grid')]))).toEqual(['g-2']);
    expect((await store.findUnit(db, 'g-1'))?.names.zh).toBe('改');
  });

  it("over any tree and any moves, an account's areas are exactly its subtree", async () => {
    const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 30 });
    const moves = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 10 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(parents, moves, async (picks, moved) => {
        const prefix = `p${run++}-`;
        const units = picks.map((pick, i) => aUnit(`${prefix}${i}`, i === 0 ? 'root' : `${prefix}${pick % i}`, LEVELS[1]));
        await db.inTx(root, (ctx) => service.createUnits(ctx, [...units].reverse()));
        for (const [a, b] of moved) {
          const [unit, parent] = [units[a % units.length] as Unit, units[b % units.length] as Unit];
          await as(root, (ctx) => service.changeUnit(ctx, { code: unit.code, change: { parent: parent.code } }));
        }
        const now = (await store.listUnits(db, null)).filter((u) => u.code.startsWith(prefix));
        expect(now).toHaveLength(units.length);
        const isBelow = (code: string | null, top: string): boolean =>
          code !== null && (code === top || isBelow(now.find((u) => u.code === code)?.parent ?? null, top));
        for (const top of now) {
          const areas = await service.areasOf(db, top.code);
          expect([...areas].sort()).toEqual(
            now
              .map((u) => u.code)
              .filter((c) => isBelow(c, top.code))
              .sort(),
          );
          expect((await store.pathTo(db, top.code)).at(-1)).toBe(top.code);
        }
      }),
      { numRuns: 15 },
    );
    expect(await service.areasOf(db, 'root')).toBe('all');
  });
});

describe('accounts', () => {
  const manager: Actor = { ...ofEast, rights: new Set(['org:manage', 'org:read', 'journey:read', 'scenario:read']) };
  it.each<[string, Actor, Parameters<typeof anAccount>[0], string | undefined]>([
    ['a new one', root, {}, undefined],
    ['a partner', root, { role: 'partner', partner: { kind: 'partner', value: 'P-7' } }, undefined],
    ['a role that is not there', root, { role: 'king' }, 'account.unknown-role'],
    ['a unit that is not there', root, { unit: 'none' }, 'account.unknown-unit'],
    ['a unit outside the area', ofEast, { unit: 'west' }, 'account.unknown-unit'],
    ['a unit in the area', ofEast, { unit: 'g-1' }, undefined],
    ['rights beyond the own', manager, { unit: 'g-1', role: 'care' }, 'account.beyond-own-rights'],
    ['rights within the own', manager, { unit: 'g-1', role: 'partner' }, undefined],
    ['a weak password', root, { password: 'password12' }, 'account.weak-password'],
  ])('%s', async (_what, actor, over, code) => {
    const out = await as(actor, (ctx) => service.createAccount(ctx, anAccount(over)));
    if (code) expect(out).toBe(code);
    else expect(out).toMatchObject({ account: anAccount(over), password: expect.stringMatching(/^[\w-]{19}$/) });
  });

  it('a login is taken once', async () => {
    await as(root, (ctx) => service.createAccount(ctx, anAccount()));
    expect(await as(root, (ctx) => service.createAccount(ctx, anAccount({ name: 'other' })))).toBe('account.login-taken');
  });

  it('nobody closes, moves or demotes himself; anybody else in the area can be', async () => {
    const [me, other] = await db.inTx(root, (ctx) =>
      service.createAccounts(ctx, [
        anAccount({ role: 'administrator' }),
        anAccount({ login: 'wang', role: 'administrator', unit: 'west' }),
      ]),
    );
    const self: Actor = { kind: 'staff', id: me?.id ?? '', name: 'li', rights: 'all', areas: 'all' };
    const change = (id: string | undefined, c: object, actor = self) =>
      as(actor, (ctx) => service.changeAccount(ctx, { id: id ?? '', change: c }));
    expect(await change(me?.id, { open: false })).toBe('account.own');
    expect(await change(me?.id, { role: 'care' })).toBe('account.own');
    expect(await change(me?.id, { unit: 'west' })).toBe('account.own');
    expect(await change(me?.id, { name: '李四' })).toMatchObject({ account: { name: '李四' } });
    expect(await change(other?.id, { open: false }, ofEast)).toBe('thing.not-found');
    expect(await change(other?.id, { role: 'care', open: false })).toMatchObject({ account: { role: 'care', open: false } });
    expect(await change('00000000-0000-0000-0000-00000000ffff', {})).toBe('thing.not-found');
  });

  it('the first administrator is made once, also by two at once', async () => {
    const empty = await freshDb([org]);
    opened.push(empty);
    const made = await Promise.all([empty.inTx(root, service.firstAdministrator), empty.inTx(root, service.firstAdministrator)]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(made.find(Boolean)).toEqual({ login: 'admin', password: expect.stringMatching(/^[\w-]{19}$/) });
    expect(await empty.inTx(root, service.firstAdministrator)).toBeUndefined();
    expect(await service.areasOf(empty, 'root')).toBe('all');
  });
});
