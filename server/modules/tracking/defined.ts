import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { book } from '#scenario';
import { foldAgain } from './again.ts';
import { enterIntake } from './conflict-store.ts';
import { makeFolding } from './folding.ts';
import * as read from './read-store.ts';
import { act } from './rework.ts';
import * as store from './store.ts';

/** A scenario's name that did not exist when an event named it takes effect as soon as it is defined. */

const ACTOR = systemActor('tracking.defined');
const AT_ONCE = 200;

/** Folds the journeys of events whose scenario was unknown once and is defined now. Answers how many events took effect. */
export async function takeEffect(house: House): Promise<number> {
  const folding = makeFolding(house.config.zone);
  const known = book.list().map((s) => s.id);
  for (let done = 0; ; ) {
    const events = await read.eventsOfUnknownScenario(house.db, known, AT_ONCE);
    if (events.length === 0) return done;
    const objects = [...new Set(events.flatMap((e) => folding.objectsOf(e).map((o) => o.id)))];
    const ids = (await store.membersOf(house.db, objects)).map((m) => m.journey);
    await act(house, () =>
      house.db.inTx(ACTOR, async ({ tx, now }) => {
        await enterIntake(tx);
        const changed = await foldAgain({ tx }, folding, ids);
        await store.clearUnknownScenario(
          tx,
          events.map((e) => e.id),
        );
        await store.saveBatch(tx, now, changed, {});
        return { changed };
      }),
    );
    done += events.length;
  }
}
