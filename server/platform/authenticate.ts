import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type Actor, may } from './actor.ts';
import type { House, Module } from './module.ts';
import { type Refusal, refuse } from './result.ts';

/** `public`: anybody; `signed-in`: anybody who is somebody; else the right the caller must have. */
export type Right = 'public' | 'signed-in' | `${string}:${string}`;

/** The cookie that carries a staff session. */
export const SESSION_COOKIE = 'glasshouse';

/** Live topic: announce it when a token, account or role was changed or taken away, so that no copy goes on believing the old. */
export const ACTORS_CHANGED = 'platform.actors-changed';

const BELIEVED_MS = 3_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const bearerOf = (req: FastifyRequest): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,4096}) *$/i.exec(req.headers.authorization ?? '')?.[1];

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Is this a browser's request from another site that would change something? Browsers name the site of origin by themselves
 * (Sec-Fetch-Site, or Origin in old ones); who sends neither is no browser and has no cookie that he did not put there.
 */
export function isCrossSite(req: FastifyRequest): boolean {
  if (READS.has(req.method)) return false;
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = req.headers.origin;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== req.host.replace(/:(80|443)$/, ''); // an origin never names its usual port
}

const NONE: Pick<Actor, 'kind' | 'name' | 'rights' | 'areas'> = { kind: 'public', name: 'public', rights: new Set(), areas: [] };

export const nobody = (req: FastifyRequest): Actor => ({ ...NONE, id: req.ip });

/**
 * Who calls: asks the modules in their order; the admin token first, in constant time. Bearer tokens are believed for 3 s (or until
 * `ACTORS_CHANGED`), so that a hot door asks the store once and not per request; sessions are asked for each time.
 */
export function authentication(house: House, modules: readonly Module[]) {
  const known = modules.flatMap((m) => m.authenticate?.(house) ?? []);
  const adminToken = house.config.adminToken === undefined ? undefined : digest(house.config.adminToken);
  const admin: Actor = { kind: 'admin', id: 'admin', name: 'admin', rights: 'all', areas: 'all' };
  const believed = new LRUCache<string, Promise<Actor | undefined>>({ max: 10_000, ttl: BELIEVED_MS });
  house.live.on(ACTORS_CHANGED, () => believed.clear());

  const ask = async (token: string, by: 'bearer' | 'cookie'): Promise<Actor | undefined> => {
    for (const authenticate of known) {
      const actor = await authenticate(token, by);
      if (actor) return actor;
    }
    return undefined;
  };

  const byBearer = (token: string): Promise<Actor | undefined> => {
    const d = digest(token);
    if (adminToken && timingSafeEqual(d, adminToken)) return Promise.resolve(admin);
    const name = d.toString('base64');
    const before = believed.get(name);
    if (before) return before;
    const asked = ask(token, 'bearer');
    believed.set(name, asked);
    const forget = () => believed.get(name) === asked && believed.delete(name);
    asked.then((actor) => actor ?? forget(), forget); // only somebody is worth remembering
    return asked;
  };

  return async function admit(req: FastifyRequest, right: Exclude<Right, 'public'>): Promise<Actor | Refusal> {
    const bearer = bearerOf(req);
    const cookie = bearer === undefined ? req.cookies[SESSION_COOKIE] : undefined;
    if (cookie !== undefined && isCrossSite(req)) return refuse('request.cross-site');
    const actor = bearer !== undefined ? await byBearer(bearer) : cookie ? await ask(cookie, 'cookie') : undefined;
    if (!actor) return refuse('auth.required');
    return right === 'signed-in' || may(actor, right) ? actor : refuse('auth.forbidden', { right });
  };
}
