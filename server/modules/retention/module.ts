import type { Module } from '#platform/module';
import { fromTags } from './fromTags.ts';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { assignRoutes } from './routes-assign.ts';
import { caseRoutes } from './routes-cases.ts';
import { ruleRoutes } from './routes-rules.ts';
import { ensureStandardRules } from './rules.ts';
import type { Supply } from './supply.ts';
import { isMorning, sweepToday } from './sweeping.ts';

/** The module, given where facts and people come from. */
export const makeRetention = (supply: Supply): Module => ({
  name: 'retention',
  migrations,
  refusals,
  start: ({ db }) => ensureStandardRules(db, Date.now()),
  routes(app, house) {
    ruleRoutes(app, house, supply);
    caseRoutes(app, house, supply);
    assignRoutes(app, house, supply);
  },
  jobs: (house) => ({
    'retention.morning': async () => {
      if (isMorning(house.config.zone, Date.now())) await sweepToday(house, supply, 'once');
    },
    'retention.sweep': async () => {
      await sweepToday(house, supply, 'again');
    },
  }),
  crontab: '*/30 * * * * retention.morning',
});

export const retention: Module = makeRetention(fromTags);
