import { z } from 'zod';
import { listUnits } from '#org';
import { Unit } from '#org/contract';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { book, exceptions, figures, holders, kinds, systems, waits } from '#scenario';
import { Exception, Figure, Holder, Kind, Names, System, Wait } from '#scenario/contract';
import { UNCLASSIFIED } from './plan.ts';

const Words = z.object({
  holders: z.array(Holder),
  waits: z.array(Wait),
  exceptions: z.array(Exception),
  systems: z.array(System),
  kinds: z.array(Kind),
  figures: z.array(Figure),
  scenarios: z.array(z.object({ id: z.string(), names: Names })),
  areas: z.array(Unit),
});

/** The dictionary of every screen: names of all that has an id; of the org tree the caller's own part, parents before children. */
export function wordRoutes(app: App, house: House): void {
  app.get('/api/words', { config: { right: 'signed-in' }, schema: { tags: ['words'], response: { 200: Words } } }, async (req) => ({
    holders: [...holders()],
    waits: [...waits()],
    exceptions: [...exceptions()],
    systems: [...systems()],
    kinds: [...kinds()],
    figures: [...figures()],
    scenarios: [...book.list(), UNCLASSIFIED].map(({ id, names }) => ({ id, names })),
    areas: await listUnits(house.db, req.actor.areas === 'all' ? null : req.actor.areas),
  }));
}
