import { cardsOf, ordinalOf } from '#customer';
import { systemActor } from '#platform/actor';
import type { House, Module } from '#platform/module';
import { announceBatch, CHANGED } from '#tag';
import { engineRefusals, openEngine } from './engine.ts';
import { expireExports } from './export-store.ts';
import { workExports } from './exporting.ts';
import { rememberToday } from './members.ts';
import { migrations } from './migrations.ts';
import { countedOnce } from './once.ts';
import type { Customers } from './people.ts';
import type { Engine } from './plan.ts';
import { definitionRefusals, savedRefusals } from './refusals.ts';
import { type DeskNow, routes } from './routes.ts';
import { routesExports } from './routes-exports.ts';
import { routesSaved } from './routes-saved.ts';
import { countToday } from './saved.ts';
import type { Desk } from './service.ts';
import { openShelf } from './shelf.ts';

const byName = ({ db, vault }: House): Customers => ({
  cardsOf: (ctx, ordinals) => cardsOf(db, ctx, vault, ordinals), // side by side, which one transaction cannot
  ordinalOf: (ctx, id) => ordinalOf(ctx.tx, ctx, id),
});

/** The module, and its desk for those who ask in the same process: undefined before it is started. */
export type Audience = Module & { readonly desk: DeskNow };

/** `engineOf`: what counts; `customers`: who knows them by name. */
export function makeAudience({
  engineOf = ({ db, log, live }) => openEngine({ db, log, live }),
  customers = byName,
}: {
  engineOf?: (house: House) => Engine;
  customers?: (house: House) => Customers;
} = {}): Audience {
  let desk: Desk | undefined;
  let close: (() => Promise<void>) | undefined;
  return {
    name: 'audience',
    desk: () => desk,
    migrations,
    refusals: { ...engineRefusals, ...definitionRefusals, ...savedRefusals },
    routes(app, house) {
      routes(app, house, () => desk, customers(house));
      routesSaved(app, house, () => desk);
      routesExports(app, house, () => desk);
    },
    async start(house) {
      const { db, live, config } = house;
      const engine = engineOf(house);
      const shelf = openShelf(live);
      const { count, size, changed } = countedOnce(engine);
      const deaf = live.on(CHANGED, changed);
      desk = { sql: db, engine, shelf, zone: config.zone, count, size };
      close = async () => {
        desk = undefined;
        deaf();
        shelf.close();
        await engine.close();
      };
    },
    jobs: ({ db, vault, live, log }) => ({
      'audience.days': async () => {
        if (desk === undefined) return;
        await countToday(desk, systemActor('audience.days'));
        await rememberToday(db, desk, (batch) => announceBatch({ db, live, log }, batch));
      },
      'audience.exports': async () => {
        await expireExports(db, Date.now());
        if (desk !== undefined) await workExports(db, vault, desk, systemActor('audience.exports'));
      },
    }),
    // each audience once a day, and one that was saved today soon; exports that were left by whoever began them
    crontab: '*/20 * * * * audience.days\n* * * * * audience.exports',
    async stop() {
      await close?.();
    },
  };
}

export const audience: Audience = makeAudience();
