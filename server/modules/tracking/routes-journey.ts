import { z } from 'zod';
import { audit } from '#platform/audit';
import { type App, plainJson } from '#platform/http';
import { orThrow, refuse } from '#platform/result';
import { frame, sse } from '#platform/sse';
import { EventsPage, JourneyDetail } from './contract.ts';
import { isPersonal } from './folding.ts';
import { eventPage, findByKey, findJourney, lensOf, planFor, showJourney } from './journeys.ts';
import type { Doors } from './listing.ts';
import { makeTicket } from './lookup.ts';

const Id = z.object({ id: z.string().max(64) });

/** One journey: its page, events and news, the customer's link, the person behind it. */
export function journeyRoute(app: App, { house, health, watch, zoned }: Doors): void {
  const { db } = house;

  app.get(
    '/api/journeys/by-key/:kind/:value',
    {
      config: { right: 'journey:read' },
      schema: {
        tags: ['journeys'],
        params: z.object({ kind: z.string().max(64), value: z.string().max(128) }),
        response: { 200: JourneyDetail },
      },
    },
    async (req) => {
      const { kind, value } = req.params;
      if (isPersonal(kind)) orThrow(refuse('journey.personal-key', { kind }));
      const { journey, alsoIn } = orThrow(await findByKey(house, req.actor, kind, value));
      return { ...(await showJourney(house, health, req.actor, req.lang, journey, zoned)), alsoIn };
    },
  );

  app.get(
    '/api/journeys/:id',
    {
      config: { right: 'journey:read' },
      serializerCompiler: plainJson,
      schema: { tags: ['journeys'], params: Id, response: { 200: JourneyDetail } },
    },
    async (req) => showJourney(house, health, req.actor, req.lang, orThrow(await findJourney(house, req.actor, req.params.id)), zoned),
  );

  app.get(
    '/api/journeys/:id/events',
    {
      config: { right: 'journey:read' },
      schema: {
        tags: ['journeys'],
        params: Id,
        querystring: z.object({
          cursor: z
            .string()
            .regex(/^\d+\.\d+$/)
            .optional(),
        }),
        response: { 200: EventsPage },
      },
    },
    async (req) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      const { events, nextCursor } = await eventPage(house, j, planFor(j), req.query.cursor, await lensOf(house, req.actor));
      return { items: events, nextCursor };
    },
  );

  app.get(
    '/api/journeys/:id/stream',
    { config: { right: 'journey:read' }, schema: { tags: ['journeys'], params: Id } },
    async (req, reply) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      let n = 0;
      const now = async () => {
        const fresh = await findJourney(house, req.actor, j.id);
        return 'refused' in fresh
          ? undefined
          : frame({ id: ++n, data: await showJourney(house, health, req.actor, req.lang, fresh, zoned) });
      };
      const first = await now();
      let stop = () => {};
      const stream = sse(req, reply, { ...(first && { first }), onClose: () => stop() });
      stop = watch.journey(j.id, async () => {
        const f = await now();
        if (f) stream.send(f);
        else stream.close();
      });
      if (stream.closed) stop();
    },
  );

  app.post(
    '/api/journeys/:id/ticket',
    { config: { right: 'journey:ticket' }, schema: { tags: ['journeys'], params: Id } },
    async (req, reply) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      const ticket = await db.inTx(req.actor, async (ctx) => {
        await audit(ctx, 'journey.ticket', j.id, {});
        return makeTicket(ctx.tx, j.id, ctx.now, req.actor.id);
      });
      return reply.code(201).send({ ticket });
    },
  );

  app.post(
    '/api/journeys/:id/reveal',
    {
      config: { right: 'journey:reveal' },
      schema: {
        tags: ['journeys'],
        params: Id,
        body: z.strictObject({ field: z.enum(['name', 'phone', 'idNumber', 'address']), reason: z.string().trim().min(2).max(200) }),
      },
    },
    async (req) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      if (req.actor.partner) orThrow(refuse('auth.forbidden', { right: 'journey:reveal' }));
      const ref = j.fold.person?.[req.body.field] ?? orThrow(refuse('thing.not-found'));
      await db.inTx(req.actor, (ctx) =>
        audit(ctx, 'journey.revealed', j.id, { reason: req.body.reason, details: { field: req.body.field } }),
      );
      const known = await house.vault.reveal(db, [{ subject: ref[0], id: ref[1] }]);
      return { value: known.get(`${ref[0]}/${ref[1]}`)?.value ?? null };
    },
  );
}
