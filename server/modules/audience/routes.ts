import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '#platform/db';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, Refused, refuse } from '#platform/result';
import * as contract from './contract.ts';
import * as people from './people.ts';
import { portrait } from './portrait.ts';
import { viewerOf } from './saved.ts';
import * as service from './service.ts';

/** The engine may still be opening when the first request comes. */
export type DeskNow = () => service.Desk | undefined;

export const atDesk = (desk: DeskNow): service.Desk => {
  const now = desk();
  if (now === undefined) throw new Refused(refuse('server.not-ready', { reason: 'the audience engine is starting' }));
  return now;
};

export const callerOf = async ({ db }: House, { actor, lang }: FastifyRequest): Promise<service.Caller> => ({
  actor,
  viewer: await viewerOf(db, actor),
  lang,
});

/** Aborted when the caller hangs up before he is answered. Fastify's own signal is aborted as soon as a body is read. */
function hangingUp({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) gone.abort();
  });
  return gone.signal;
}

/** The doors that the builder asks while somebody builds. Definitions travel in bodies alone. */
export function routes(app: App, house: House, desk: DeskNow, customers: people.Customers): void {
  const tags = ['audiences'];
  const see = { right: 'audience:see' as const };
  const shown = { right: 'customer:see' as const };
  const inTx = <T>(req: FastifyRequest, act: (ctx: Ctx) => Promise<T>) => house.db.inTx(req.actor, act);

  app.post(
    '/api/audiences/count',
    { config: see, schema: { tags, body: contract.CountAsked, response: { 200: contract.Counted } } },
    async (req, reply) => {
      const gone = hangingUp(reply);
      return orThrow(await service.count(atDesk(desk), { ...(await callerOf(house, req)), gone }, req.body));
    },
  );

  app.post(
    '/api/audiences/reach',
    { config: see, schema: { tags, body: contract.ReachAsked, response: { 200: contract.Reach } } },
    async (req) => orThrow(await service.reach(atDesk(desk), await callerOf(house, req), req.body)),
  );

  app.post(
    '/api/audiences/portrait',
    { config: see, schema: { tags, body: contract.PortraitAsked, response: { 200: contract.Portrait } } },
    async (req) => orThrow(await portrait(atDesk(desk), await callerOf(house, req), req.body)),
  );

  app.post(
    '/api/audiences/overlap',
    { config: see, schema: { tags, body: contract.OverlapAsked, response: { 200: contract.Overlap } } },
    async (req) => orThrow(await service.overlap(atDesk(desk), await callerOf(house, req), req.body)),
  );

  app.post(
    '/api/audiences/examples',
    { config: shown, schema: { tags, body: contract.ExamplesAsked, response: { 200: contract.Examples } } },
    async (req) => {
      const caller = await callerOf(house, req);
      return inTx(req, (ctx) => people.examples(ctx, atDesk(desk), caller, { ...req.body, customers }));
    },
  );

  app.post(
    '/api/audiences/why',
    { config: shown, schema: { tags, body: contract.WhyAsked, response: { 200: contract.Why } } },
    async (req) => {
      const caller = await callerOf(house, req);
      return inTx(req, (ctx) => people.why(ctx, atDesk(desk), caller, { ...req.body, customers }));
    },
  );

  app.get('/api/audiences/readiness', { config: see, schema: { tags, response: { 200: contract.Readiness } } }, async () =>
    atDesk(desk).engine.readiness(),
  );
}
