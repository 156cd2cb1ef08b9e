import { z } from 'zod';
import { type Actor, may } from '#platform/actor';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { dayIn } from '#rule';
import { TablesEdit, TablesHead, TablesTry, TablesView, Tried } from './contract.ts';
import { tryTables } from './placing.ts';
import { currentTables, type TablesRow, tablesOf, tableVersions } from './tableStore.ts';
import { checked, publishTables } from './tables.ts';

const MOST_VERSIONS = 200;
const BYTES = 1 << 20;

const view = (actor: Actor, { version, body, reason, at, by }: TablesRow): TablesView => {
  const because = may(actor, 'enterprise:manage') ? null : 'auth.forbidden';
  return {
    version,
    reason,
    by,
    at: new Date(at).toISOString(),
    tables: body,
    actions: ['try', 'publish'].map((name) => ({ name, allowed: because === null, because })),
  };
};

/** The tables: read by whoever sees the places, tried and published by whoever may. */
export function tableRoutes(app: App, { db, config }: House): void {
  const tags = ['enterprises'];
  const see = { right: 'enterprise:see' } as const;
  const manage = { right: 'enterprise:manage' } as const;
  const today = () => dayIn(config.zone, Date.now());

  app.get('/api/enterprises/tables', { config: see, schema: { tags, response: { 200: TablesView } } }, async (req) =>
    view(req.actor, await currentTables(db)),
  );

  app.get(
    '/api/enterprises/tables/versions',
    { config: see, schema: { tags, response: { 200: z.object({ items: z.array(TablesHead) }) } } },
    async () => ({ items: (await tableVersions(db, MOST_VERSIONS)).map((v) => ({ ...v, at: new Date(v.at).toISOString() })) }),
  );

  app.get(
    '/api/enterprises/tables/versions/:version',
    {
      config: see,
      schema: {
        tags,
        params: z.object({
          version: z.coerce
            .number()
            .int()
            .min(1)
            .max(2 ** 31 - 1),
        }),
        response: { 200: TablesView },
      },
    },
    async (req) => view(req.actor, orThrow((await tablesOf(db, req.params.version)) ?? refuse('thing.not-found'))),
  );

  app.post(
    '/api/enterprises/tables/try',
    { config: manage, bodyLimit: BYTES, schema: { tags, body: TablesTry, response: { 200: Tried } } },
    async (req) => tryTables(db, orThrow(checked(req.body.tables)), { today: today(), areas: req.actor.areas }),
  );

  app.put(
    '/api/enterprises/tables',
    {
      config: manage,
      bodyLimit: BYTES,
      schema: { tags, body: TablesEdit, response: { 200: TablesView.extend({ moved: z.number() }) } },
    },
    async (req) => {
      const { row, moved } = await db.inTx(req.actor, (ctx) => publishTables(ctx, req.body, today()));
      return { ...view(req.actor, row), moved };
    },
  );
}
