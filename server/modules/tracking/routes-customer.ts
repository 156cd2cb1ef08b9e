import { z } from 'zod';
import { knownBy } from '#customer';
import { numbersOfCustomer } from '#household';
import { may } from '#platform/actor';
import { type App, plainJson } from '#platform/http';
import { orThrow, refuse } from '#platform/result';
import { JourneyList } from './contract.ts';
import { scopeOf } from './journeys.ts';
import { type Doors, makeList } from './listing.ts';

const MOST = 200;

/** The journeys of one customer: those that name his identity number, his phone, or the number of a service that is his. */
export function customerRoutes(app: App, doors: Doors): void {
  const { db } = doors.house;
  const list = makeList(doors);

  app.get(
    '/api/customers/:id/journeys',
    {
      config: { right: 'journey:read' },
      serializerCompiler: plainJson,
      schema: { tags: ['customers'], params: z.object({ id: z.uuid() }), response: { 200: JourneyList } },
    },
    async (req) => {
      if (!may(req.actor, 'customer:see')) return orThrow(refuse('auth.forbidden', { right: 'customer:see' }));
      const { id } = req.params;
      const [refs, numbers] = await Promise.all([knownBy(db, req, id), numbersOfCustomer(db, req, id, Date.now())]);
      if (refs === undefined) return orThrow(refuse('thing.not-found'));
      return list({ objects: [...new Set([...refs, ...numbers])] }, scopeOf(req.actor), req.lang, { sort: '-startedAt', limit: MOST });
    },
  );
}
