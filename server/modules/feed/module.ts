import type { House, Module } from '#platform/module';
import type { Kinds, ReadMap } from './kind.ts';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { openRunner, type Runner } from './runner.ts';
import { forgetOldMarks, pauseAll } from './store.ts';

/** The module, given the kinds of feeds and the reader of maps, which speak foreign tongues and live at the edge. */
export function makeFeed(kinds: Kinds, readMap: ReadMap): Module {
  let runner: Runner | undefined;
  return {
    name: 'feed',
    migrations,
    refusals,
    routes: (app, house) => routes(app, house, kinds, readMap),
    async start(house: House) {
      runner = openRunner(house, kinds, readMap);
    },
    jobs: ({ db }) => ({
      'feed.tidy': async () => {
        await forgetOldMarks(db, Date.now());
      },
    }),
    crontab: '40 3 * * * feed.tidy',
    /** A restored store may be a trial beside the one that counts: it must not take that one's files and messages. */
    async afterRestore({ db }) {
      const paused = (await pauseAll(db)).map((f) => f.name).sort();
      return paused.length === 0
        ? 'No feed had to be paused.'
        : `Feeds that worked are paused (${paused.join(', ')}): let them go on in the console when this store is the one that counts.`;
    },
    async stop() {
      await runner?.stop();
    },
  };
}
