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

const bearerOf = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : /^Bearer +([\x21-\x7e]{1,4096}) *$/i.exec(header)?.[1];

interface Belief {
  readonly actor: Promise<Actor | undefined>;
  readonly until: number;
}

/** Who spoke last over a connection: a program says the same header with every request, and to digest it again would take longer than to compare it. */
interface Heard {
  readonly header: string;
  readonly until: number;
  readonly actor: Actor;
}

/** A cookie of the request, read when it is asked for: most requests of programs have none. */
export const cookieOf = (req: FastifyRequest, name: string): string | undefined =>
  req.headers.cookie === undefined ? undefined : req.server.parseCookie(req.headers.cookie)[name];

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
  const believed = new LRUCache<string, Belief>({ max: 10_000, ttl: BELIEVED_MS });
  let heard = new WeakMap<object, Heard>();
  house.live.on(ACTORS_CHANGED, () => {
    believed.clear();
    heard = new WeakMap();
  });

  const ask = async (token: string, by: 'bearer' | 'cookie'): Promise<Actor | undefined> => {
    for (const authenticate of known) {
      const actor = await authenticate(token, by);
      if (actor) return actor;
    }
    return undefined;
  };

  const byBearer = (token: string): Belief => {
    const d = digest(token);
    if (adminToken && timingSafeEqual(d, adminToken)) return { actor: Promise.resolve(admin), until: Number.POSITIVE_INFINITY };
    const name = d.toString('base64');
    const before = believed.get(name);
    if (before) return before;
    const belief = { actor: ask(token, 'bearer'), until: performance.now() + BELIEVED_MS };
    believed.set(name, belief);
    const forget = () => believed.get(name) === belief && believed.delete(name);
    belief.actor.then((actor) => actor ?? forget(), forget); // only somebody is worth remembering
    return belief;
  };

  const overWire = async (socket: object, header: string, token: string): Promise<Actor | undefined> => {
    const before = heard.get(socket);
    if (before !== undefined && before.header === header && performance.now() < before.until) return before.actor;
    const here = heard; // another one when something changes while we ask
    const { actor: asked, until } = byBearer(token);
    const actor = await asked;
    if (actor !== undefined) here.set(socket, { header, until, actor });
    return actor;
  };

  return async function admit(req: FastifyRequest, right: Exclude<Right, 'public'>): Promise<Actor | Refusal> {
    const { authorization } = req.headers;
    const bearer = bearerOf(authorization);
    const cookie = bearer === undefined ? cookieOf(req, SESSION_COOKIE) : undefined;
    if (cookie !== undefined && isCrossSite(req)) return refuse('request.cross-site');
    const actor =
      bearer !== undefined && authorization !== undefined
        ? await overWire(req.raw.socket, authorization, bearer)
        : cookie
          ? await ask(cookie, 'cookie')
          : undefined;
    if (!actor) return refuse('auth.required');
    return right === 'signed-in' || may(actor, right) ? actor : refuse('auth.forbidden', { right });
  };
}
