import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '#platform/actor';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { NEWS } from '#platform/outbox';
import { orThrow, type Refusal, refuse } from '#platform/result';
import { Erasure, ErasureAsk, Erasures, ErasureTrial } from './contract.ts';
import { findPerson } from './erase.ts';
import { askErasure, noteErasure, retryErasure, showErasure, showErasures, whomAsked } from './erasures.ts';
import { makeFolding } from './folding.ts';
import { CHANGED } from './intake.ts';

const PATIENCE_MS = 5_000;
const LOOK_MS = 50;
const ById = z.object({ id: z.guid() });
const Page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}\.[0-9a-f-]{36}$/)
    .refine((c) => z.guid().safeParse(c.split('.')[1]).success)
    .optional(),
});

/** A person is erased everywhere: whoever oversees a part only cannot. */
const overseesAll = (actor: Actor): true | Refusal =>
  actor.areas === 'all' && !actor.partner ? true : refuse('auth.forbidden', { right: 'person:erase' });

/** Erasing a person, and the list of it. */
export function erasureRoutes(app: App, house: House): void {
  const { db } = house;
  const config = { right: 'person:erase' } as const;
  const tags = ['erasures'];
  const schema = { tags, body: ErasureAsk, querystring: z.object({ trial: z.enum(['true', 'false']).optional() }) };

  app.post(
    '/api/erasures',
    { config, schema: { ...schema, response: { 200: z.union([Erasure, ErasureTrial]), 202: Erasure } } },
    async (req, reply) => {
      orThrow(overseesAll(req.actor));
      const { asked, reason } = orThrow(await whomAsked(house, req, req.body));
      const { counts, touched } = orThrow(await findPerson(db, makeFolding(house.config.zone), asked));
      if (req.query.trial === 'true') return { trial: true as const, counts };
      const line = await db.inTx(req.actor, (ctx) => askErasure(ctx, asked, reason));
      await noteErasure(house, line);
      house.live.announce(NEWS, {});
      const done = await outcome(house, line.id);
      for (let i = 0; i < touched.length; i += 150) house.live.announce(CHANGED, touched.slice(i, i + 150)); // open pages look again
      return reply.code(done.state === 'done' ? 200 : 202).send(done);
    },
  );

  app.get('/api/erasures', { config, schema: { tags, querystring: Page, response: { 200: Erasures } } }, async (req) =>
    showErasures(db, req.query),
  );

  app.get('/api/erasures/:id', { config, schema: { tags, params: ById, response: { 200: Erasure } } }, async (req) =>
    orThrow((await showErasure(db, req.params.id)) ?? refuse('thing.not-found')),
  );

  app.post('/api/erasures/:id/retry', { config, schema: { tags, params: ById, response: { 202: Erasure } } }, async (req, reply) => {
    orThrow(overseesAll(req.actor));
    const { id } = req.params;
    await db.inTx(req.actor, (ctx) => retryErasure(ctx, id));
    house.live.announce(NEWS, {});
    return reply.code(202).send((await showErasure(db, id)) as Erasure);
  });
}

/** What came of it, if that comes soon; else how it stands. */
async function outcome({ db }: House, id: string): Promise<Erasure> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const e = (await showErasure(db, id)) as Erasure;
    if (e.state !== 'asked' || Date.now() > until) return e;
  }
}
