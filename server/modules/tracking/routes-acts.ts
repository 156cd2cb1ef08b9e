import { z } from 'zod';
import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import { orThrow, refuse } from '#platform/result';
import { JourneyDetail } from './contract.ts';
import type { Gatherer } from './intake.ts';
import { findJourney, showJourney } from './journeys.ts';
import type { Doors } from './listing.ts';
import { ownEvent } from './own-events.ts';

const Id = z.object({ id: z.string().max(64) });
const Urge = z.strictObject({ note: z.string().trim().max(200).optional() }).nullish();

/** What staff do to a running journey. */
export function actRoutes(app: App, { house, health, zoned }: Doors, gatherer: Gatherer): void {
  app.post(
    '/api/journeys/:id/urge',
    { config: { right: 'journey:read' }, schema: { tags: ['journeys'], params: Id, body: Urge, response: { 200: JourneyDetail } } },
    async (req) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      if (j.state !== 0) orThrow(refuse('journey.over'));
      const event = await ownEvent(house, req.actor, j, { type: 'order.urged', reason: req.body?.note });
      await gatherer.submit([event], new Map());
      await house.db.inTx(req.actor, (ctx) => audit(ctx, 'journey.urged', j.id, { ...(req.body?.note && { reason: req.body.note }) }));
      return showJourney(house, health, req.actor, req.lang, orThrow(await findJourney(house, req.actor, j.id)), zoned);
    },
  );
}
