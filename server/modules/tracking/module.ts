import { systemActor } from '#platform/actor';
import type { House, Module } from '#platform/module';
import { PUBLISHED } from '#scenario';
import { foldOutdated } from './again.ts';
import { takeEffect } from './defined.ts';
import { openIntake } from './door.ts';
import { erasureListener, erasuresAfterRestore, JOURNAL, repeatErasures } from './erasures.ts';
import { makeFolding } from './folding.ts';
import { type Health, makeHealth } from './health.ts';
import { importRoutes } from './imports.ts';
import { type Gatherer, makeGatherer } from './intake.ts';
import { makeLookup } from './lookup.ts';
import { migrations } from './migrations.ts';
import { makePartitions } from './partitions.ts';
import { refusals } from './refusals.ts';
import { actRoutes } from './routes-acts.ts';
import { analysisRoutes } from './routes-analysis.ts';
import { conflictRoutes } from './routes-conflicts.ts';
import { customerRoutes } from './routes-customer.ts';
import { erasureRoutes } from './routes-erasure.ts';
import { eventRoutes } from './routes-events.ts';
import { exportRoutes } from './routes-export.ts';
import { journeyRoute } from './routes-journey.ts';
import { journeyRoutes } from './routes-journeys.ts';
import { repairRoutes } from './routes-repairs.ts';
import { scenarioRoutes } from './routes-scenario.ts';
import { trackRoutes } from './routes-track.ts';
import { wordRoutes } from './routes-words.ts';
import { RESTORED } from './tally.ts';
import { makeWatch } from './watch.ts';

const HEALTH_MS = 5_000;
let gatherer: Gatherer | undefined;
let health: Health | undefined;
let beat: NodeJS.Timeout | undefined;

export const tracking: Module = {
  name: 'tracking',
  migrations,
  refusals,
  async start(house: House) {
    await makePartitions(house.db, Date.now());
    await repeatErasures(house);
    await takeEffect(house);
    void foldOutdated(house).then(
      (n) => n > 0 && house.log.info({ journeys: n }, 'journeys of an older program are folded anew'),
      (e: unknown) => house.log.warn({ err: e }, 'journeys of an older program could not all be folded anew; the next start goes on'),
    );
    house.live.on(
      PUBLISHED,
      () => void takeEffect(house).catch((e: unknown) => house.log.warn({ err: e }, 'a new scenario did not take effect everywhere')),
    );
    await health?.refresh();
    beat = setInterval(
      () => void health?.refresh().catch((e: unknown) => house.log.warn({ err: e }, 'source health could not be read')),
      HEALTH_MS,
    );
    beat.unref();
  },
  routes(app, house) {
    gatherer = makeGatherer(house, systemActor('intake'));
    health = makeHealth(house);
    const { zoned } = makeFolding(house.config.zone);
    const doors = { house, health, watch: makeWatch(house), zoned };
    openIntake(gatherer);
    eventRoutes(app, house, gatherer);
    importRoutes(app, house);
    journeyRoutes(app, doors);
    journeyRoute(app, doors);
    customerRoutes(app, doors);
    actRoutes(app, doors, gatherer);
    repairRoutes(app, doors);
    conflictRoutes(app, house);
    analysisRoutes(app, doors);
    exportRoutes(app, doors);
    scenarioRoutes(app, house);
    wordRoutes(app, house);
    erasureRoutes(app, house);
    trackRoutes(app, doors, makeLookup(house, zoned));
  },
  listeners: (house) => [erasureListener(house)],
  jobs: (house) => ({ 'tracking.partitions': async () => makePartitions(house.db, Date.now()) }),
  crontab: '15 3 * * * tracking.partitions',
  journals: [JOURNAL],
  restored: RESTORED,
  afterRestore: erasuresAfterRestore,
  async stop() {
    clearInterval(beat);
    await gatherer?.idle();
  },
};
