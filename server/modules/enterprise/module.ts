import { systemActor } from '#platform/actor';
import type { Module } from '#platform/module';
import { dayIn } from '#rule';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { intakeRoutes } from './routes-intake.ts';
import { tableRoutes } from './routes-tables.ts';
import { visitRoutes } from './routes-visits.ts';
import { ensureStandardTables, placeToday } from './tables.ts';

export const enterprise: Module = {
  name: 'enterprise',
  migrations,
  refusals,
  start: async ({ db }) => void (await ensureStandardTables(db, Date.now())),
  routes(app, house) {
    intakeRoutes(app, house);
    routes(app, house);
    visitRoutes(app, house);
    tableRoutes(app, house);
  },
  jobs: ({ db, config }) => ({
    'enterprise.day': async () => {
      await db.inTx(systemActor('enterprise'), (ctx) => placeToday(ctx, dayIn(config.zone, ctx.now)));
    },
  }),
  crontab: '20 * * * * enterprise.day',
};
