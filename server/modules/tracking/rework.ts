import type { Ctx, Tx } from '#platform/db';
import type { House } from '#platform/module';
import { type Accepted, acceptBatch, type Intake, Stale } from './accept.ts';
import { makeFolding } from './folding.ts';
import { CHANGED, firstIdAt } from './intake.ts';
import { makeKnown } from './known.ts';
import { settleLoose } from './loose.ts';
import type { Prepared } from './prepare.ts';
import { foldBatch, type Work } from './refold.ts';
import { relink } from './relink.ts';
import { dropEmpty } from './repair-store.ts';
import { takeNumbers } from './store.ts';
import { type Restructured, reconsider } from './structure.ts';

/**
 * Makes journeys what they would be had the facts always been as they are now: after a person cut or joined a link, or an event was
 * withdrawn. Same rules as the intake, same order of locks: objects, then journeys.
 */

const NUMBERS = 2 ** 23;
const TRIES = 5;

/** An intake of its own for one act, with nothing remembered. */
export function anIntake(house: House): Intake {
  return {
    vault: house.vault,
    folding: makeFolding(house.config.zone),
    known: makeKnown(),
    ids: async (tx, nowMs, n) => {
      const base = await takeNumbers(tx);
      return Array.from({ length: n }, (_, i) => firstIdAt(nowMs) + ((base + i) % NUMBERS));
    },
  };
}

/** `lost`: journeys that have just lost events, with the objects those named; they are folded anew whatever becomes of the links. */
export interface Lost {
  readonly journeys: readonly string[];
  readonly objects: readonly string[];
  readonly assets: readonly string[];
}

/** Works out the journeys of these objects and of all that hangs on them anew; answers the journeys that changed. */
export async function rework(tx: Tx, { folding }: Intake, objects: readonly string[], lost?: Lost): Promise<string[]> {
  const found = await reconsider(tx, objects);
  const change = lost === undefined ? found : withLost(found, lost);
  if (change.moved.size + change.dissolved.length === 0) return [];
  const work: Work = { rows: new Map(), events: new Map(), roots: new Map(), rebuild: new Set(), attached: [] };
  const loose = await relink(tx, folding, change, work);
  const folded = await foldBatch(tx, folding, work);
  const settled = await settleLoose(tx, folding, {
    loose: [...loose, ...(lost?.assets ?? [])],
    attached: folded.attached,
    shifted: folded.shifted,
  });
  if (lost !== undefined) await dropEmpty(tx, [...work.rebuild].sort());
  return [...new Set([...work.rebuild, ...change.dissolved, ...settled])];
}

const withLost = (found: Restructured, lost: Lost): Restructured => ({
  ...found,
  moved: new Map([
    ...lost.objects.map((o): [string, readonly string[]] => [o, lost.journeys]),
    ...[...found.moved].map(([o, had]): [string, readonly string[]] => [o, [...had, ...lost.journeys]]),
  ]),
});

/** Takes events in inside the caller's transaction. */
export const takeIn = (ctx: Ctx, intake: Intake, events: readonly Prepared[]): Promise<Accepted> =>
  acceptBatch(ctx, intake, events, new Map());

/** Runs an act that changes journeys: again when they changed under it, and told to everybody once it is committed. */
export async function act(house: House, run: () => Promise<{ changed: readonly string[] }>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { changed } = await run();
      for (let i = 0; i < changed.length; i += 150) house.live.announce(CHANGED, changed.slice(i, i + 150));
      return;
    } catch (e) {
      if (!(e instanceof Stale) || attempt >= TRIES) throw e;
    }
  }
}
