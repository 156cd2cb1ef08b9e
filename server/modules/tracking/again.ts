import { systemActor } from '#platform/actor';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { enterIntake } from './conflict-store.ts';
import { makeFolding } from './folding.ts';
import { settleLoose } from './loose.ts';
import { FOLD_VERSION } from './record.ts';
import { type Folding, foldBatch, type Work } from './refold.ts';
import { act } from './rework.ts';
import * as store from './store.ts';

/** Folds journeys from all their events, because the fold itself or what it goes by has changed. */

const ACTOR = systemActor('tracking.again');
const AT_ONCE = 200;

/** In the caller's transaction, which has entered the intake; answers the journeys that may have changed. */
export async function foldAgain({ tx }: Pick<Ctx, 'tx'>, folding: Folding, ids: Iterable<string>): Promise<string[]> {
  const rows = new Map((await store.lockJourneys(tx, [...new Set(ids)].sort())).map((r) => [r.id, r]));
  const nothingNew = new Map([...rows.keys()].map((id) => [id, []]));
  const work: Work = { rows, events: nothingNew, roots: new Map(), rebuild: new Set(), attached: [] };
  const { attached, shifted } = await foldBatch(tx, folding, work);
  const settled = await settleLoose(tx, folding, { loose: [], attached, shifted });
  return [...new Set([...rows.keys(), ...settled])];
}

/** Folds the journeys that an older program wrote, some hundred at a time while all else goes on. Answers how many there were. */
export async function foldOutdated(house: House): Promise<number> {
  const folding = makeFolding(house.config.zone);
  let after = '00000000-0000-0000-0000-000000000000';
  for (let done = 0; ; ) {
    const ids = await store.outdatedJourneys(house.db, after, FOLD_VERSION, AT_ONCE);
    const last = ids.at(-1);
    if (last === undefined) return done;
    await act(house, () =>
      house.db.inTx(ACTOR, async (ctx) => {
        await enterIntake(ctx.tx);
        const changed = await foldAgain(ctx, folding, ids);
        await store.saveBatch(ctx.tx, ctx.now, changed, {});
        return { changed };
      }),
    );
    done += ids.length;
    after = last;
  }
}
