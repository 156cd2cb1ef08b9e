import type { Module } from '#platform/module';
import { closeDay } from './closing.ts';
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
  async start({ db, log, config }) {
    // what the last program had not counted yet; and nothing moved since it stopped, so a day that ended meanwhile ended as it stands
    void recountSoon(db, log)
      .then(() => closeDay(db, config.zone, Date.now()))
      .catch((e: Error) => log.warn({ reason: e.message }, 'yesterday could not be closed; it is tried again'));
  },
  jobs: ({ db, config }) => ({
    'tag.days': async () => {
      await closeDay(db, config.zone, Date.now());
    },
  }),
  // whatever the operator's zone, its midnight is one of these
  crontab: '*/5 * * * * tag.days',
};
