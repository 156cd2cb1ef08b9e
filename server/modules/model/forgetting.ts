import type { Ctx } from '#platform/db';
import { BLOCK } from '#tag';
import { NO, YES } from './observation.ts';
import * as kept from './observationStore.ts';
import { countOutcome, openPlaces, without } from './observed.ts';

/** Takes erased people out of every observation, in the transaction of the erasure; what is just being kept is kept anew. `customers`: their ordinals. */
export async function forgetObserved({ tx }: Pick<Ctx, 'tx'>, customers: readonly number[]): Promise<void> {
  if (customers.length === 0) return;
  await kept.interruptKeeping(tx);
  const byBlock = Map.groupBy(customers, (ordinal) => Math.floor(ordinal / BLOCK));
  for (const block of [...byBlock.keys()].sort((a, b) => a - b)) {
    const gone = new Set(byBlock.get(block)?.map((ordinal) => ordinal % BLOCK));
    for (const { model, day, places } of await kept.lockBlock(tx, block)) {
      if (!openPlaces(places).some((place) => gone.has(place))) continue;
      const observation = (await kept.observationsOf(tx, model)).find((o) => o.day === day);
      const [row] = await kept.peopleKept(tx, model, [day], block);
      const left = observation?.tags && row ? without(observation.tags, row, gone) : null;
      const at = { model, day, block };
      if (left === null)
        await kept.dropPeople(tx, at); // the last of them, or an attempt that is made anew
      else {
        const count = (of: number) => (left.outcome === null ? 0 : countOutcome(left.outcome, of));
        await kept.replacePeople(tx, at, { ...left, yes: count(YES), no: count(NO) });
      }
    }
  }
}
