import { systemActor } from '#platform/actor';
import type { House, Module } from '#platform/module';
import { refusals } from './contract.ts';
import { migrations } from './migrations.ts';
import { routes } from './routes.ts';
import { firstAdministrator } from './service.ts';
import { sessions } from './session.ts';
import { deleteOldSessions } from './store.ts';

export const org: Module = {
  name: 'org',
  migrations,
  refusals,
  routes,
  authenticate: sessions,
  async start({ config, db }: House) {
    if (config.demo) return; // the demo brings its own people
    const made = await db.inTx(systemActor('start'), firstAdministrator);
    if (made) console.log(`  First sign-in, shown this once: ${made.login} / ${made.password}`);
  },
  jobs: ({ db }) => ({
    'org.sessions': async () => {
      await deleteOldSessions(db);
    },
  }),
  crontab: '17 * * * * org.sessions',
  restored: 'delete from org.session', // who signed out since must not be signed in again
};
