import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { assignCases, undoAssignment } from './assigning.ts';
import { Assigned, Assignment, Unassigned } from './contract.ts';
import type { Supply } from './supply.ts';

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** Who can be given cases, giving them, and taking them back. */
export function assignRoutes(app: App, { db }: House, supply: Supply): void {
  const tags = ['retention'];
  const config = { right: 'retention:assign' } as const;

  app.get(
    '/api/retention/workers',
    { config, schema: { tags, response: { 200: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }) } } },
    async (req) => ({ items: (await supply.workers(db, req.actor)).map(({ id, name }) => ({ id, name })) }),
  );

  app.post('/api/retention/assignments', { config, schema: { tags, body: Assignment, response: { 200: Assigned } } }, async (req) => {
    const { id, to, assigned, refused } = await db.inTx(req.actor, (ctx) => assignCases(ctx, supply, req.body));
    return {
      id: String(id),
      to: { id: to.id, name: to.name },
      assigned,
      refused: refused.map((r) => ({
        case: String(r.case),
        code: r.refusal.code,
        message: sentence(app.refusals, req.lang, r.refusal.code, r.refusal.details),
      })),
    };
  });

  app.post('/api/retention/assignments/:id/undo', { config, schema: { tags, params: Id, response: { 200: Unassigned } } }, async (req) =>
    db.inTx(req.actor, (ctx) => undoAssignment(ctx, req.params.id)),
  );
}
