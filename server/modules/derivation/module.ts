import { systemActor } from '#platform/actor';
import type { Module } from '#platform/module';
import { openWatch, type Watch } from './looking.ts';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { ensureStandard } from './service.ts';

/** A module of its own for each program, for it watches. */
export function makeDerivation(): Module {
  let watch: Watch | undefined;
  return {
    name: 'derivation',
    migrations,
    refusals,
    restored: 'truncate derivation.made, derivation.load', // versions of blocks that only the old store knew
    routes: (app, house) => routes(app, house, () => watch?.soon()),
    async start(house) {
      await house.db.inTx(systemActor('derivation'), ensureStandard);
      watch = openWatch(house);
    },
    jobs: () => ({ 'derivation.look': async () => watch?.now() }),
    crontab: '* * * * * derivation.look', // whatever was not heard: another copy's end, the new day, a batch that came late
    async stop() {
      await watch?.close();
      watch = undefined;
    },
  };
}

export const derivation: Module = makeDerivation();
