import { z } from 'zod';
import { ACTORS_CHANGED, isCrossSite } from '#platform/authenticate';
import type { App } from '#platform/http';
import { openLimits } from '#platform/limits';
import type { House } from '#platform/module';
import { orThrow, Refused, refuse } from '#platform/result';
import { auditRoutes } from './auditRoutes.ts';
import { Account, AccountChange, Me, MeChange, NewAccount, PasswordChange, Role, SignIn, Unit, UnitChange } from './contract.ts';
import { giveCookie, takeCookie, tokenOf } from './cookie.ts';
import { directoryRoutes } from './directory.ts';
import { covers, ROLES } from './model.ts';
import { oidcRoutes } from './oidcRoutes.ts';
import { proxyRoutes } from './proxyRoutes.ts';
import * as service from './service.ts';
import { signIn, signOut } from './session.ts';
import * as store from './store.ts';

const MADE = z.object({ account: Account, password: z.string().optional() });
const ById = z.object({ id: z.uuid() });
const flag = z.stringbool().optional();
const limit = z.coerce.number().int().min(1).max(200).default(50);

const onWire = (p: store.Person): Account => ({
  id: p.id,
  login: p.login,
  name: p.name,
  role: p.role,
  unit: p.unit,
  partner: p.partner,
  language: p.language,
  open: p.open,
  hasPassword: p.password !== null,
  createdAt: p.createdAt.toISOString(),
  signedInAt: p.signedInAt?.toISOString() ?? null,
});

export function routes(app: App, house: House): void {
  const limits = openLimits(house);
  const { db, live } = house;
  const changed = () => live.announce(ACTORS_CHANGED, null);
  const tags = ['people'];
  directoryRoutes(app, house);
  oidcRoutes(app, house);
  proxyRoutes(app, house);
  auditRoutes(app, house);

  app.post('/api/session', { config: { right: 'public' }, schema: { tags, body: SignIn, response: { 200: Me } } }, async (req, reply) => {
    if (isCrossSite(req)) throw new Refused(refuse('request.cross-site'));
    const { token, account } = orThrow(await signIn(house, limits, { ...req.body, address: req.ip }));
    giveCookie(req, reply, token);
    return service.whoIs(db, service.actorOf(account, []));
  });

  app.delete(
    '/api/session',
    { config: { right: 'signed-in' }, schema: { tags, querystring: z.object({ everywhere: flag }), response: { 204: z.null() } } },
    async (req, reply) => {
      await signOut(house, { actor: req.actor, token: tokenOf(req), everywhere: req.query.everywhere ?? false, address: req.ip });
      return takeCookie(reply).code(204).send(null);
    },
  );

  app.get('/api/me', { config: { right: 'signed-in' }, schema: { tags, response: { 200: Me } } }, async (req) =>
    service.whoIs(db, req.actor),
  );

  app.patch('/api/me', { config: { right: 'signed-in' }, schema: { tags, body: MeChange, response: { 200: Me } } }, async (req) => {
    await db.inTx(req.actor, async ({ tx, actor }) => {
      const account = await store.lockAccount(tx, actor.id);
      return account ? store.updateAccount(tx, { ...account, ...req.body }) : refuse('thing.not-found');
    });
    return service.whoIs(db, req.actor);
  });

  app.post(
    '/api/me/password',
    { config: { right: 'signed-in' }, schema: { tags, body: PasswordChange, response: { 204: z.null() } } },
    async (req, reply) => {
      const tries = await limits.take(`password/${req.actor.id}`, { points: 10, seconds: 900 });
      if (!tries.ok) throw new Refused(refuse('request.rate-limited', { retryAfter: tries.retryAfter }));
      await db.inTx(req.actor, (ctx) =>
        service.changePassword(ctx, { ...req.body, session: service.tokenHash(tokenOf(req)) }, { address: req.ip }),
      );
      changed();
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/roles',
    { config: { right: 'org:read' }, schema: { tags, response: { 200: z.object({ items: z.array(Role) }) } } },
    async () => ({
      items: [...ROLES],
    }),
  );

  app.get(
    '/api/units',
    { config: { right: 'org:read' }, schema: { tags, response: { 200: z.object({ items: z.array(Unit) }) } } },
    async (req) => ({
      items: await store.listUnits(db, req.actor.areas === 'all' ? null : req.actor.areas),
    }),
  );

  app.post('/api/units', { config: { right: 'org:manage' }, schema: { tags, body: Unit, response: { 201: Unit } } }, async (req, reply) => {
    const unit = await db.inTx(req.actor, (ctx) => service.createUnit(ctx, req.body, { address: req.ip }));
    changed();
    return reply.code(201).send(unit);
  });

  app.patch(
    '/api/units/:code',
    {
      config: { right: 'org:manage' },
      schema: { tags, params: z.object({ code: z.string() }), body: UnitChange, response: { 200: Unit } },
    },
    async (req) => {
      const unit = await db.inTx(req.actor, (ctx) =>
        service.changeUnit(ctx, { code: req.params.code, change: req.body }, { address: req.ip }),
      );
      changed();
      return unit;
    },
  );

  const AccountQuery = z.object({
    q: z.string().max(100).optional(),
    unit: z.string().optional(),
    role: z.string().optional(),
    open: flag,
    limit,
    cursor: z.string().max(100).optional(),
  });
  const AccountPage = z.object({ items: z.array(Account), total: z.number(), nextCursor: z.string().nullable() });
  app.get(
    '/api/accounts',
    { config: { right: 'org:read' }, schema: { tags, querystring: AccountQuery, response: { 200: AccountPage } } },
    async (req) => {
      const { unit, cursor, ...filter } = req.query;
      const own = req.actor.areas === 'all' ? null : req.actor.areas;
      const units = unit === undefined ? own : covers(req.actor, unit) ? await store.unitsBelow(db, unit) : [];
      const { items, total } = await store.listAccounts(db, { ...filter, units, after: cursor });
      return { items: items.map(onWire), total, nextCursor: items.length === filter.limit ? (items.at(-1)?.login ?? null) : null };
    },
  );

  app.post(
    '/api/accounts',
    { config: { right: 'org:manage' }, schema: { tags, body: NewAccount, response: { 201: MADE } } },
    async (req, reply) => {
      const made = await db.inTx(req.actor, (ctx) => service.createAccount(ctx, req.body, { address: req.ip }));
      return reply.code(201).send({ ...made, account: onWire(made.account) });
    },
  );

  app.patch(
    '/api/accounts/:id',
    { config: { right: 'org:manage' }, schema: { tags, params: ById, body: AccountChange, response: { 200: MADE } } },
    async (req) => {
      const made = await db.inTx(req.actor, (ctx) =>
        service.changeAccount(ctx, { id: req.params.id, change: req.body }, { address: req.ip }),
      );
      changed();
      return { ...made, account: onWire(made.account) };
    },
  );
}
