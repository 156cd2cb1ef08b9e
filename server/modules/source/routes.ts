import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { NewSource } from './contract.ts';
import { announceSources, loadSources, registerSource } from './service.ts';

export function routes(app: App, house: House): void {
  app.post('/api/sources', { config: { right: 'source:manage' }, schema: { tags: ['sources'], body: NewSource } }, async (req, reply) => {
    const made = await house.db.inTx(req.actor, async (ctx) => {
      const out = await registerSource(ctx, req.body);
      await audit(ctx, 'source.registered', req.body.id, {});
      return out;
    });
    await loadSources(house.db);
    announceSources(house.live);
    return reply.code(201).send(made);
  });
}
