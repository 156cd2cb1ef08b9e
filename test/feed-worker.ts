import { openMap } from '../server/edge/files/reading.ts';
import { sourceKinds } from '../server/edge/sources/kinds.ts';
import { houseOf } from '../server/modules/feed/fixtures.ts';
import { openRunner } from '../server/modules/feed/runner.ts';
import { openIntake } from '../server/modules/tracking/door.ts';
import { makeGatherer } from '../server/modules/tracking/intake.ts';
import { systemActor } from '../server/platform/actor.ts';
import { openDb } from '../server/platform/db.ts';

/** Works the feeds of a store (its address is the one argument) until it is killed: for tests that kill it. */
const [url = ''] = process.argv.slice(2);
const house = houseOf(openDb(url, 4));
openIntake(makeGatherer(house, systemActor('intake')));
openRunner(house, sourceKinds, openMap);
console.log('at work');
setInterval(() => undefined, 60_000);
