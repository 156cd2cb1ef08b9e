import type { House, Module } from '#platform/module';
import type { Kinds, ReadMap } from './kind.ts';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { openRunner, type Runner } from './runner.ts';
import { forgetOldMarks } from './store.ts';

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
    async stop() {
      await runner?.stop();
    },
  };
}
