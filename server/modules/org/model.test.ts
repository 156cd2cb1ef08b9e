import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from './contract.ts';
import {
  covers,
  fitsBelow,
  hashPassword,
  isSessionToken,
  isWeak,
  makePassword,
  makeSessionToken,
  mayGrant,
  passwordFits,
  RIGHTS,
  ROLES,
  roleOf,
} from './model.ts';

describe('roles', () => {
  it('the administrator has every right, nobody has one that does not exist, no two share a name', () => {
    expect(roleOf('administrator')?.rights).toEqual([...RIGHTS]);
    for (const role of ROLES) expect(role.rights.filter((r) => !(RIGHTS as readonly string[]).includes(r))).toEqual([]);
    expect(new Set(ROLES.map((r) => r.id)).size).toBe(ROLES.length);
    expect(new Set(ROLES.map((r) => r.names.zh)).size).toBe(ROLES.length);
  });

  it('only the administrator manages people; analysts and partners see nobody unmasked', () => {
    expect(ROLES.filter((r) => r.rights.includes('org:manage')).map((r) => r.id)).toEqual(['administrator']);
    for (const id of ['analyst', 'partner', 'auditor', 'integrator']) expect(roleOf(id)?.rights).not.toContain('journey:reveal');
  });

  it('nobody gives away what he does not have', () => {
    for (const giver of ROLES)
      for (const given of ROLES)
        expect(mayGrant({ rights: new Set(giver.rights) }, given)).toBe(given.rights.every((r) => giver.rights.includes(r)));
    expect(ROLES.every((r) => mayGrant({ rights: 'all' }, r))).toBe(true);
  });
});

describe('the tree', () => {
  it('every pair of levels fits or does not', () => {
    const fits = LEVELS.map((below) => LEVELS.map((above) => fitsBelow(below, above)));
    expect(fits).toEqual(LEVELS.map((_, b) => LEVELS.map((__, a) => b >= a)));
  });
  it('areas cover their units', () => {
    expect([covers({ areas: 'all' }, 'x'), covers({ areas: ['x'] }, 'x'), covers({ areas: ['y'] }, 'x')]).toEqual([true, true, false]);
  });
});

describe('passwords', () => {
  it('fit their own hash alone, in whatever form of Unicode they are typed', async () => {
    const hash = await hashPassword('ｐässword-玻璃房');
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await hashPassword('ｐässword-玻璃房')).not.toBe(hash);
    expect([
      await passwordFits('pässword-玻璃房', hash),
      await passwordFits('x', hash),
      await passwordFits('x', null),
      await passwordFits('', undefined),
    ]).toEqual([true, false, false, false]);
  });
  it.each([
    ['password-1', 'li', true],
    ['aaaaaaaaaaab', 'li', true],
    ['my-zhangsan-x9', 'zhangsan', true],
    ['1234567890', 'li', true],
    ['brilliant-h7kd', 'li', false],
    ['h7kd-m2pq-x9wz', 'admin', false],
  ])('"%s" of %s is weak: %s', (password, login, weak) => expect(isWeak(password, login)).toBe(weak));
  it('made ones are strong, long enough and never twice the same', () => {
    const made = Array.from({ length: 200 }, makePassword);
    expect(new Set(made).size).toBe(200);
    expect(made.every((p) => /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/.test(p) && !isWeak(p, 'admin'))).toBe(true);
  });
});

it('only session tokens look like session tokens', () => {
  expect(isSessionToken(makeSessionToken())).toBe(true);
  fc.assert(fc.property(fc.string(), (s) => !isSessionToken(s)));
});
