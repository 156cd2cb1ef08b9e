import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { draftById } from '#scenario';
import { Scenario } from '#scenario/contract';
import { Migration, Preview } from './contract.ts';
import { planOf } from './folding.ts';
import { scopeOf } from './journeys.ts';
import { migrate, preview, shifts, toMigrate } from './migrate.ts';
import { countVersions, listJourneys } from './read-store.ts';

const AT_A_TIME = 2_000;
const Id = z.object({ id: z.string().max(64) });
const Migrate = z.strictObject({
  version: z.number().int().positive(),
  journeys: z.array(z.guid()).min(1).max(2_000).optional(),
  /** How many at most in this call. */
  limit: z.number().int().min(1).max(AT_A_TIME).optional(),
  dryRun: z.boolean().optional(),
});
const SHOWN = 200;

/** What a scenario's draft, or another of its versions, makes of real journeys. */
export function scenarioRoutes(app: App, house: House): void {
  const { db } = house;
  const config = { right: 'scenario:edit' } as const;
  const tags = ['scenarios'];

  app.post(
    '/api/scenarios/:id/draft/preview',
    { config, bodyLimit: 1 << 20, schema: { tags, params: Id, body: Scenario.nullish(), response: { 200: Preview } } },
    async (req) => {
      const { id } = req.params;
      if (req.body && req.body.id !== id) orThrow(refuse('request.malformed', { path: 'id', problem: id }));
      const draft = req.body ?? (await draftById(db, id))?.body ?? orThrow(refuse('draft.not-found', { id }));
      const items = await preview(house, scopeOf(req.actor), draft, req.lang);
      return { items, journeys: items.length, changed: items.filter((s) => s.changed).length };
    },
  );

  app.post(
    '/api/scenarios/:id/migrate',
    { config, schema: { tags, params: Id, body: Migrate, response: { 200: Migration } } },
    async (req) => {
      const { id } = req.params;
      const { version, journeys, limit = AT_A_TIME, dryRun = false } = req.body;
      const plan = planOf(id, version) ?? orThrow(refuse('scenario.not-found', { id: `${id} ${version}` }));
      const filter = { ...toMigrate(id, journeys), otherThan: version };
      const [scope, nowUs] = [scopeOf(req.actor), Date.now() * 1000];
      const waiting = await countVersions(db, filter, scope, nowUs);
      const rows = await listJourneys(db, filter, scope, nowUs, { sort: 'startedAt', limit: limit + 1 });
      const now = rows.slice(0, limit);
      const items = await shifts(house, db, now.slice(0, SHOWN), plan, req.lang);
      const migrated = dryRun
        ? 0
        : await migrate(
            house,
            req.actor,
            now.map((j) => j.id),
            id,
            version,
          );
      return { items, journeys: now.length, changed: items.filter((s) => s.changed).length, migrated, more: rows.length > limit, waiting };
    },
  );
}
