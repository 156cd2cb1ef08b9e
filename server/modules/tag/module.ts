import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { recountSoon } from './tally.ts';

export const tag: Module = {
  name: 'tag',
  migrations,
  refusals,
  routes,
  restored: 'delete from tag.staged', // made from versions of blocks that only the old store knew
  async start({ db, log }) {
    void recountSoon(db, log); // what the last program had not counted yet
  },
};
