import { z } from 'zod';
import type { App } from '#platform/http';
import { orThrow } from '#platform/result';
import { JourneyDetail, Repairs } from './contract.ts';
import { findJourney, showJourney } from './journeys.ts';
import type { Doors } from './listing.ts';
import { repairsOfJourney } from './repair-store.ts';
import { repair, undo } from './repairs.ts';

const Id = z.object({ id: z.string().max(64) });
const Ref = z.object({ ref: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const reason = z.string().trim().min(2).max(200);
const Link = z.strictObject({ kind: z.string().min(1).max(64), value: z.string().trim().min(1).max(128), reason });
const Undo = z.strictObject({ reason: reason.optional() }).nullish();

/** Links cut and made by staff. Numbers come in bodies only, for some are personal. */
export function repairRoutes(app: App, { house, health, zoned }: Doors): void {
  const config = { right: 'journey:repair' } as const;
  const tags = ['repairs'];

  for (const how of ['cut', 'join'] as const)
    app.post(
      `/api/journeys/:id/${how}s`,
      { config, schema: { tags, params: Id, body: Link, response: { 200: JourneyDetail } } },
      async (req) => {
        const j = orThrow(await findJourney(house, req.actor, req.params.id));
        orThrow(await repair(house, req.actor, j, how, req.body));
        return showJourney(house, health, req.actor, req.lang, orThrow(await findJourney(house, req.actor, j.id)), zoned);
      },
    );

  app.get(
    '/api/journeys/:id/repairs',
    { config: { right: 'journey:read' }, schema: { tags, params: Id, response: { 200: Repairs } } },
    async (req) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      return {
        items: (await repairsOfJourney(house.db, j.id)).map((r) => ({
          ref: String(r.id),
          act: r.act,
          kind: r.kind,
          value: r.value ?? '***',
          reason: r.reason,
          by: r.by,
          at: new Date(r.at).toISOString(),
          undoneAt: r.undone === null ? null : new Date(r.undone).toISOString(),
          undoneBy: r.undone_by,
        })),
      };
    },
  );

  app.post(
    '/api/repairs/:ref/undo',
    { config, schema: { tags, params: Ref, body: Undo, response: { 200: JourneyDetail } } },
    async (req) => {
      const j = orThrow(await undo(house, req.actor, req.params.ref, req.body?.reason));
      return showJourney(house, health, req.actor, req.lang, orThrow(await findJourney(house, req.actor, j.id)), zoned);
    },
  );
}
