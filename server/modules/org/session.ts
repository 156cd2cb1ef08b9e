import { LRUCache } from 'lru-cache';
import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import { ACTORS_CHANGED } from '#platform/authenticate';
import type { Limits } from '#platform/limits';
import type { Authenticate, House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { isSessionToken, makeSessionToken, passwordFits } from './model.ts';
import { actorOf, areasOf, tokenHash } from './service.ts';
import type { Person } from './store.ts';
import * as store from './store.ts';

const TRIES_OF_ADDRESS = { points: 60, seconds: 600 };
/** Counted per login, known or not. */
export const MISSES_OF_LOGIN = { points: 10, seconds: 900 };
export const missesOf = (login: string): string => `sign-in-miss/${login}`;

const AREAS_BELIEVED_MS = 10_000; // the tree changes seldom, and whoever changes it says so

/**
 * A password becomes a session. An unknown login, a closed account and a wrong password take the same road: one look-up, one scrypt,
 * one count, one line in the trail, one answer (`sign-in.failed`); after 10 misses of a login in 15 minutes, or 60 tries of an
 * address in 10, `request.rate-limited`.
 */
export async function signIn(
  house: House,
  limits: Limits,
  { login, password, address }: { login: string; password: string; address: string },
): Promise<{ token: string; account: Person } | Refusal> {
  const name = login.normalize('NFKC').trim().toLowerCase();
  const tries = await limits.take(`sign-in/${address}`, TRIES_OF_ADDRESS);
  if (!tries.ok) return refuse('request.rate-limited', { retryAfter: tries.retryAfter });
  const misses = await limits.peek(missesOf(name), MISSES_OF_LOGIN);
  if (!misses.ok) return refuse('request.rate-limited', { retryAfter: misses.retryAfter });

  const account = await store.findAccount(house.db, { login: name });
  const fits = await passwordFits(password, account?.open ? account.password : null);
  if (!account || !fits) {
    await limits.penalise(missesOf(name), MISSES_OF_LOGIN);
    const nobody: Actor = { kind: 'public', id: address, name: 'public', rights: new Set(), areas: [] };
    await house.db.inTx(nobody, (ctx) => audit(ctx, 'session.refused', `account:${account?.id ?? 'unknown'}`, { address }));
    return refuse('sign-in.failed');
  }
  await limits.pardon(missesOf(name), MISSES_OF_LOGIN);
  return { token: await openSession(house, { account, address, by: 'password' }), account };
}

/** Answers the token, which is nowhere kept: the caller's cookie is its only copy. */
export async function openSession(
  house: House,
  { account, address, by }: { account: Person; address: string; by: string },
): Promise<string> {
  const token = makeSessionToken();
  await house.db.inTx(actorOf(account, []), async (ctx) => {
    await store.insertSession(ctx.tx, { token: tokenHash(token), account: account.id, address });
    await store.noteSignIn(ctx.tx, account.id);
    await audit(ctx, 'session.opened', `account:${account.id}`, { address, details: { by } });
  });
  return token;
}

/** Ends one session, or (`everywhere`) all of its account. */
export async function signOut(
  house: House,
  { actor, token, everywhere, address }: { actor: Actor; token: string; everywhere: boolean; address: string },
) {
  await house.db.inTx(actor, async (ctx) => {
    if (everywhere) await store.deleteSessions(ctx.tx, actor.id);
    else await store.deleteSession(ctx.tx, tokenHash(token));
    await audit(ctx, everywhere ? 'session.closed-everywhere' : 'session.closed', `account:${actor.id}`, { address });
  });
  house.live.announce(ACTORS_CHANGED, null);
}

/** Knows sessions by their token, as cookie or as bearer; role and unit are read anew each time, areas every 10 s. */
export function sessions(house: House): Authenticate {
  const areas = new LRUCache<string, Promise<Actor['areas']>>({ max: 5_000, ttl: AREAS_BELIEVED_MS });
  house.live.on(ACTORS_CHANGED, () => areas.clear());
  const areasBelow = (unit: string): Promise<Actor['areas']> => {
    const known = areas.get(unit);
    if (known) return known;
    const asked = areasOf(house.db, unit);
    areas.set(unit, asked);
    asked.catch(() => areas.delete(unit));
    return asked;
  };
  return async (token) => {
    if (!isSessionToken(token)) return undefined;
    const hash = tokenHash(token);
    const found = await store.findSession(house.db, hash);
    if (!found) return undefined;
    if (found.stale) await store.touchSession(house.db, hash);
    return actorOf(found.person, await areasBelow(found.person.unit));
  };
}
