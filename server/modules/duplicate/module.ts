import type { Module } from '#platform/module';
import { findRound } from './finding.ts';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

export const duplicate: Module = {
  name: 'duplicate',
  migrations,
  refusals,
  routes,
  jobs: (house) => ({
    'duplicate.find': async (asked) => findRound(house, (asked as { asked?: boolean } | null)?.asked === true ? 'asked' : 'due'),
  }),
  crontab: '*/2 * * * * duplicate.find',
};
