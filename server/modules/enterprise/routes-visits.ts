import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow } from '#platform/result';
import { EnterpriseDetail, Outcome, VisitOutcome, VisitPlan } from './contract.ts';
import { outcomes } from './standard.ts';
import { showEnterprise } from './view.ts';
import { noteOutcome, planVisit, undoVisit } from './visits.ts';

const ById = z.object({ id: z.uuid() });
const ByNumber = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** Offers accepted, what came of the visits, and the last step taken back. Each answers the enterprise as it is then. */
export function visitRoutes(app: App, house: House): void {
  const { db } = house;
  const tags = ['enterprises'];
  const config = { right: 'enterprise:work' } as const;
  const response = { 200: EnterpriseDetail };

  app.post('/api/enterprises/:id/visits', { config, schema: { tags, params: ById, body: VisitPlan, response } }, async (req) => {
    await db.inTx(req.actor, (ctx) => planVisit(ctx, house, { id: req.params.id, ...req.body }));
    return orThrow(await showEnterprise(house, req.actor, req.params.id));
  });

  app.post(
    '/api/enterprises/visits/:id/outcome',
    { config, schema: { tags, params: ByNumber, body: VisitOutcome, response } },
    async (req) => {
      const whose = await db.inTx(req.actor, (ctx) => noteOutcome(ctx, house, { id: req.params.id, ...req.body }));
      return orThrow(await showEnterprise(house, req.actor, whose));
    },
  );

  app.post('/api/enterprises/visits/:id/undo', { config, schema: { tags, params: ByNumber, response } }, async (req) => {
    const whose = await db.inTx(req.actor, (ctx) => undoVisit(ctx, req.params.id));
    return orThrow(await showEnterprise(house, req.actor, whose));
  });

  app.get(
    '/api/enterprises/outcomes',
    { config: { right: 'enterprise:see' }, schema: { tags, response: { 200: z.object({ items: z.array(Outcome) }) } } },
    async () => ({ items: [...outcomes()] }),
  );
}
