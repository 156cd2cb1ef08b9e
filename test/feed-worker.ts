import { openMap } from '../server/edge/files/reading.ts';
import { sourceKinds } from '../server/edge/sources/kinds.ts';
import { houseOf } from '../server/modules/feed/fixtures.ts';
import { openRunner } from '../server/modules/feed/runner.ts';
import { openIntake } from '../server/modules/tracking/door.ts';
import { makeGatherer } from '../server/modules/tracking/intake.ts';
import { systemActor } from '../server/platform/actor.ts';
import { openDb } from '../server/platform/db.ts';

/**
 * Works the feeds of a store (its address is the first argument) until it is killed: for tests that kill it. The second argument: it kills itself when the
 * store holds so many events, for by the time that somebody else has seen them it may be done.
 */
const [url = '', most] = process.argv.slice(2);
const db = openDb(url, 4);
const house = houseOf(db);
openIntake(makeGatherer(house, systemActor('intake')));
openRunner(house, sourceKinds, openMap);
console.log('at work');
const look = async () => {
  const [held] = await db.query<{ n: number }>('', 'select count(*) n from tracking.event');
  if ((held?.n ?? 0) >= Number(most)) process.kill(process.pid, 'SIGKILL');
};
setInterval(() => most && void look().catch(() => undefined), 10);
