import { createHash } from 'node:crypto';
import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { type AccountChange, LEVELS, type Me, type NewAccount, type Unit, type UnitChange } from './contract.ts';
import { covers, fitsBelow, HEAD_OFFICE, hashPassword, isWeak, makePassword, mayGrant, passwordFits, rightsOf, roleOf } from './model.ts';
import type { Person } from './store.ts';
import * as store from './store.ts';

/** What a caller tells about himself for the trail. */
export interface From {
  readonly address?: string;
}

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/* ── units ── */

/** `unit.code-taken`, `unit.unknown-parent`, `unit.second-root`, `unit.level-above-parent`. */
export async function createUnit(ctx: Ctx, unit: Unit, from: From = {}): Promise<Unit | Refusal> {
  await store.lockTree(ctx.tx);
  if (unit.parent === null && (await store.findRoot(ctx.tx))) return refuse('unit.second-root');
  if (unit.parent !== null) {
    const parent = covers(ctx.actor, unit.parent) ? await store.findUnit(ctx.tx, unit.parent) : undefined;
    if (!parent) return refuse('unit.unknown-parent', { parent: unit.parent });
    if (!fitsBelow(unit.level, parent.level)) return refuse('unit.level-above-parent');
  }
  const made = await store.insertUnits(ctx.tx, [unit]);
  if (made.length === 0) return refuse('unit.code-taken', { code: unit.code });
  await audit(ctx, 'unit.created', `unit:${unit.code}`, { details: { ...unit }, ...from });
  return unit;
}

/** Moves or renames; a moved unit takes all below it along. `thing.not-found` also for a unit outside the caller's area. */
export async function changeUnit(
  ctx: Ctx,
  { code, change }: { code: string; change: UnitChange },
  from: From = {},
): Promise<Unit | Refusal> {
  await store.lockTree(ctx.tx);
  const before = covers(ctx.actor, code) ? await store.findUnit(ctx.tx, code) : undefined;
  if (!before) return refuse('thing.not-found');
  const after: Unit = { ...before, ...change };
  if (after.parent !== null) {
    if (before.parent === null) return refuse('unit.ring');
    if (after.parent !== before.parent) {
      if (!covers(ctx.actor, after.parent)) return refuse('unit.unknown-parent', { parent: after.parent });
      if ((await store.unitsBelow(ctx.tx, code)).includes(after.parent)) return refuse('unit.ring');
    }
    const parent = await store.findUnit(ctx.tx, after.parent);
    if (!parent) return refuse('unit.unknown-parent', { parent: after.parent });
    if (!fitsBelow(after.level, parent.level)) return refuse('unit.level-above-parent');
  }
  const children = await store.childLevels(ctx.tx, code);
  if (!children.every((level) => fitsBelow(level, after.level))) return refuse('unit.level-above-parent');
  await store.updateUnit(ctx.tx, after);
  await audit(ctx, 'unit.changed', `unit:${code}`, { details: { before, after }, ...from });
  return after;
}

/** First data: makes those that are not there yet, in one statement, and leaves the rest as they are. Answers the new codes. */
export async function createUnits(ctx: Ctx, units: readonly Unit[]): Promise<string[]> {
  if (units.length === 0) return [];
  await store.lockTree(ctx.tx);
  const made = await store.insertUnits(
    ctx.tx,
    [...units].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)),
  );
  if (made.length > 0) await audit(ctx, 'unit.created', 'unit:many', { details: { count: made.length } });
  return made;
}

/* ── accounts ── */

/** Guards for what an account is given: role and unit exist, and are the caller's to give. */
export async function checkPlace(ctx: Ctx, place: { role: string; unit: string }): Promise<Refusal | undefined> {
  const role = roleOf(place.role);
  if (!role) return refuse('account.unknown-role', { role: place.role });
  if (!mayGrant(ctx.actor, role)) return refuse('account.beyond-own-rights');
  if (!covers(ctx.actor, place.unit) || !(await store.findUnit(ctx.tx, place.unit)))
    return refuse('account.unknown-unit', { unit: place.unit });
  return undefined;
}

/** `password` is answered when it was made here: the only time it is seen. */
export async function createAccount(
  ctx: Ctx,
  input: NewAccount,
  from: From = {},
): Promise<{ account: Person; password?: string } | Refusal> {
  const refused = await checkPlace(ctx, input);
  if (refused) return refused;
  if (input.password !== undefined && isWeak(input.password, input.login)) return refuse('account.weak-password');
  const password = input.password ?? makePassword();
  const { partner = null, language = null } = input;
  const [account] = await store.insertAccounts(ctx.tx, [{ ...input, partner, language, password: await hashPassword(password) }]);
  if (!account) return refuse('account.login-taken', { login: input.login });
  await audit(ctx, 'account.created', `account:${account.id}`, {
    details: { login: account.login, role: account.role, unit: account.unit },
    ...from,
  });
  return input.password === undefined ? { account, password } : { account };
}

/** Every change is effective with the account's next request; a closed account and a new password end its sessions. */
export async function changeAccount(
  ctx: Ctx,
  { id, change }: { id: string; change: AccountChange },
  from: From = {},
): Promise<{ account: Person; password?: string } | Refusal> {
  const before = await store.lockAccount(ctx.tx, id);
  if (!before || !covers(ctx.actor, before.unit)) return refuse('thing.not-found');
  const { password: wanted, ...rest } = change;
  const password = wanted === 'new' ? makePassword() : undefined;
  const after: Person = { ...before, ...rest, ...(password !== undefined && { password: await hashPassword(password) }) };
  const moved = after.role !== before.role || after.unit !== before.unit;
  if (id === ctx.actor.id && (!after.open || moved)) return refuse('account.own');
  const held = roleOf(before.role);
  if (held && !mayGrant(ctx.actor, held)) return refuse('account.beyond-own-rights');
  const refused = moved ? await checkPlace(ctx, after) : undefined;
  if (refused) return refused;
  await store.updateAccount(ctx.tx, after);
  if (!after.open || password !== undefined) await store.deleteSessions(ctx.tx, id);
  const details = {
    ...Object.fromEntries(Object.entries(rest).filter(([, v]) => v !== undefined)),
    ...(password !== undefined && { password: 'new' }),
  };
  await audit(ctx, 'account.changed', `account:${id}`, { details, ...from });
  return password === undefined ? { account: after } : { account: after, password };
}

/** First data, without guards: makes those whose login is free and answers them. No `password`: cannot sign in with one. */
export async function createAccounts(
  ctx: Ctx,
  people: readonly (Omit<NewAccount, 'password'> & { password?: string | null })[],
): Promise<Person[]> {
  const rows = await Promise.all(
    people.map(async (p) => ({
      ...p,
      partner: p.partner ?? null,
      language: p.language ?? null,
      password: p.password ? await hashPassword(p.password) : null,
    })),
  );
  const made = await store.insertAccounts(ctx.tx, rows);
  for (const p of made) await audit(ctx, 'account.created', `account:${p.id}`, { details: { login: p.login, role: p.role, unit: p.unit } });
  return made;
}

/** On a store without accounts: one administrator over everything, with a password that is seen only here; else undefined. */
export async function firstAdministrator(ctx: Ctx): Promise<{ login: string; password: string } | undefined> {
  await store.lockTree(ctx.tx); // two copies starting at once make one
  if (await store.anyAccount(ctx.tx)) return undefined;
  let unit = await store.findRoot(ctx.tx);
  if (unit === undefined) {
    await createUnits(ctx, [{ ...HEAD_OFFICE, parent: null }]);
    unit = HEAD_OFFICE.code;
  }
  const password = makePassword();
  await createAccounts(ctx, [{ login: 'admin', name: '管理员', role: 'administrator', unit, password }]);
  return { login: 'admin', password };
}

/* ── the caller ── */

/** Who the account is to every other module. `areas`: as `store.unitsBelow` gives them, or "all" for the root's. */
export const actorOf = (p: Person, areas: Actor['areas']): Actor => ({
  kind: 'staff',
  id: p.id,
  name: p.name,
  rights: new Set(roleOf(p.role)?.rights ?? []),
  areas,
  ...(p.partner && { partner: p.partner }),
});

/** "all" for the root of the tree: units made later are his at once. */
export async function areasOf(sql: Sql, unit: string): Promise<Actor['areas']> {
  return (await store.findRoot(sql)) === unit ? 'all' : store.unitsBelow(sql, unit);
}

/** What the caller may know of himself. Tokens that are nobody's account (the admin's, a source's) have no unit. */
export async function whoIs(sql: Sql, actor: Actor): Promise<Me> {
  const account = actor.kind === 'staff' ? await store.findAccount(sql, { id: actor.id }) : undefined;
  const base = { id: actor.id, kind: actor.kind, name: actor.name, rights: rightsOf(actor), partner: actor.partner ?? null };
  if (!account) return { ...base, login: actor.id, role: actor.kind, roleNames: null, unit: null, language: null };
  const [unit, path] = await Promise.all([store.findUnit(sql, account.unit), store.pathTo(sql, account.unit)]);
  return {
    ...base,
    login: account.login,
    role: account.role,
    roleNames: roleOf(account.role)?.names ?? null,
    unit: unit ? { code: unit.code, names: unit.names, level: unit.level, path } : null,
    language: account.language,
  };
}

/** Ends all other sessions of the caller. `account.wrong-password`, `account.weak-password`, `account.no-password`. */
export async function changePassword(
  ctx: Ctx,
  { old, next, session }: { old: string; next: string; session: Buffer | null },
  from: From = {},
): Promise<Person | Refusal> {
  const account = await store.lockAccount(ctx.tx, ctx.actor.id);
  if (!account) return refuse('thing.not-found');
  if (account.password === null) return refuse('account.no-password');
  if (!(await passwordFits(old, account.password))) return refuse('account.wrong-password');
  if (next === old || isWeak(next, account.login)) return refuse('account.weak-password');
  await store.updateAccount(ctx.tx, { ...account, password: await hashPassword(next) });
  await store.deleteSessions(ctx.tx, account.id, session);
  await audit(ctx, 'account.password-changed', `account:${account.id}`, from);
  return account;
}
