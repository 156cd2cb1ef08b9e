import { z } from 'zod';
import { systemActor } from '#platform/actor';
import { cookieOf } from '#platform/authenticate';
import type { App } from '#platform/http';
import { openLimits } from '#platform/limits';
import type { House } from '#platform/module';
import { orThrow, Refused, refuse } from '#platform/result';
import { Names, OidcSetting, OidcShown } from './contract.ts';
import { giveCookie } from './cookie.ts';
import { accountOf, dropOidc, findOidc, provider, putOidc, type Trip } from './oidc.ts';
import { openSession } from './session.ts';

const TRIP_COOKIE = 'glasshouse-oidc';
const BACK = '/api/sign-in/oidc/callback';

/** Only our own pages: "//evil.example" and "/\evil.example" lead elsewhere. */
const ownPage = (next: string | undefined): string => (next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/console');

/** Sign-in by an OpenID Connect provider: a browser goes there and comes back with a session, or to the sign-in page with `?refused=`. */
export function oidcRoutes(app: App, house: House): void {
  const { db, vault, log } = house;
  const limits = openLimits(house);
  const idp = provider();
  const tags = ['people'];
  const hidden = { hide: true };

  const Ways = z.object({ password: z.boolean(), oidc: z.object({ names: Names, start: z.string() }).nullable() });
  app.get('/api/sign-in', { config: { right: 'public' }, schema: { tags, response: { 200: Ways } } }, async () => {
    const setting = await findOidc(db, vault);
    return { password: true, oidc: setting ? { names: setting.names, start: '/api/sign-in/oidc/start' } : null };
  });

  app.get('/api/sign-in/oidc', { config: { right: 'org:manage' }, schema: { tags, response: { 200: OidcShown } } }, async () => {
    const setting = await findOidc(db, vault);
    if (!setting) throw new Refused(refuse('thing.not-found'));
    const { clientSecret, ...shown } = setting;
    return { ...shown, hasSecret: clientSecret !== undefined };
  });

  app.put(
    '/api/sign-in/oidc',
    { config: { right: 'org:manage' }, schema: { tags, body: OidcSetting, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => putOidc(ctx, vault, req.body, { address: req.ip }));
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/sign-in/oidc',
    { config: { right: 'org:manage' }, schema: { tags, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => dropOidc(ctx, { address: req.ip }));
      return reply.code(204).send(null);
    },
  );

  const Start = z.object({ next: z.string().max(2_000).optional() });
  app.get('/api/sign-in/oidc/start', { config: { right: 'public' }, schema: { ...hidden, querystring: Start } }, async (req, reply) => {
    const tries = await limits.take(`sign-in/${req.ip}`, { points: 60, seconds: 600 });
    if (!tries.ok) throw new Refused(refuse('request.rate-limited', { retryAfter: tries.retryAfter }));
    const setting = await findOidc(db, vault);
    if (!setting) throw new Refused(refuse('thing.not-found'));
    const redirectUri = `${setting.origin ?? `${req.protocol}://${req.host}`}${BACK}`;
    const { url, trip } = await idp.depart(setting, { redirectUri, next: ownPage(req.query.next), now: Date.now() });
    reply.setCookie(TRIP_COOKIE, vault.seal(JSON.stringify(trip)).toString('base64url'), {
      path: '/api/sign-in/oidc',
      httpOnly: true,
      sameSite: 'lax',
      secure: req.protocol === 'https',
      maxAge: 600,
    });
    return reply.redirect(url.href);
  });

  const tripOf = (cookie: string | undefined): Trip | undefined => {
    try {
      const trip = JSON.parse(vault.open(Buffer.from(cookie ?? '', 'base64url'))) as Trip;
      return trip.until > Date.now() ? trip : undefined;
    } catch {
      return undefined;
    }
  };

  app.get(BACK, { config: { right: 'public' }, schema: hidden }, async (req, reply) => {
    reply.clearCookie(TRIP_COOKIE, { path: '/api/sign-in/oidc' });
    const [trip, setting] = [tripOf(cookieOf(req, TRIP_COOKIE)), await findOidc(db, vault)];
    const refusedWith = (code: string) => reply.redirect(`/console?refused=${code}`);
    if (!trip || !setting) return refusedWith('sign-in.failed');
    try {
      const who = await idp.arrive(setting, trip, req.url.split('?')[1] ?? '');
      const account = await db.inTx(systemActor('oidc'), (ctx) => accountOf(ctx, setting, who));
      giveCookie(req, reply, await openSession(house, { account: orThrow(account), address: req.ip, by: 'oidc' }));
      return reply.redirect(trip.next);
    } catch (e) {
      if (e instanceof Refused) return refusedWith(e.refusal.code);
      log.warn({ reason: (e as Error).message, code: (e as { code?: string }).code }, 'a sign-in by OpenID Connect failed');
      return refusedWith('sign-in.failed');
    }
  });
}
