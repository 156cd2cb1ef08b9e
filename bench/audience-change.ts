import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../server/modules/audience/engine.ts';
import type { Engine, Plan } from '../server/modules/audience/plan.ts';
import { hashOf } from '../server/modules/audience/sample.ts';
import { CHANGED, changeTags } from '../server/modules/tag/index.ts';
import { systemActor } from '../server/platform/actor.ts';
import type { Db } from '../server/platform/db.ts';
import { type Live, openLive } from '../server/platform/live.ts';
import type { Log } from '../server/platform/log.ts';
import { orThrow } from '../server/platform/result.ts';
import { askedBy } from './audience-analysts.ts';
import type { Made } from './audience-data.ts';
import type { Changed } from './audience-report.ts';
import type { Bench } from './audience-setup.ts';

/** How soon is a push of ten thousand changed customers counted by every copy of the program, while twenty analysts ask one of them? */

const CUSTOMERS = 10_000;
const PUSHES = 3;
const COPY_MB = 1_024; // the second copy has no room for everything, and reads what it is asked for
const LATEST_MS = 30_000;
const LOOK_MS = 5;

interface First {
  readonly engine: Engine;
  readonly db: Db;
  readonly live: Live;
  readonly log: Log;
}

/**
 * Each push says of ten thousand customers, drawn from all places, a flag and a one-of anew. Runs last, for it changes what everything else was made to
 * know.
 */
export async function changedBeside({ engine, db, live, log }: First, bench: Bench): Promise<Changed> {
  const { tags, layout, problems } = bench;
  const last = (is: (t: Made) => boolean): Made => tags.findLast(is) as Made;
  const flag = last((t) => t.group === 'dense');
  const oneOf = last((t) => t.group === 'few');
  const otherLive = await openLive(db.url, log);
  const other = openEngine({ db, log, live: otherLive, budgetMb: COPY_MB, cold: () => true });
  const pushed: number[] = [];
  const counted: number[] = [];
  try {
    const seconds = bench.options.quick ? 1 : 4;
    for (let push = 0; push < PUSHES; push++) {
      const ordinals = drawn(layout.size, push);
      const value = `pushed ${push}`;
      const code = oneOf.values + 1 + push;
      const wanted: Plan = {
        op: 'and',
        of: [
          { op: 'codes', tag: oneOf.tag, codes: [code], side: 'in' },
          { op: 'flag', tag: flag.tag, side: push % 2 === 0 ? 'yes' : 'no' },
        ],
      };
      for (const copy of [engine, other]) if ((await copy.size(wanted)) !== 0) problems.push('a change was counted before it was pushed');
      const load = askedBy(engine, bench, seconds, 10 + push);
      await sleep(300);
      const began = performance.now();
      const changes = ordinals.map((ordinal, place) => ({ place, ordinal, tags: { [flag.name]: push % 2 === 0, [oneOf.name]: value } }));
      const { batch } = orThrow(await db.inTx(systemActor('bench'), (ctx) => changeTags(ctx, { source: 'bench', changes })));
      pushed.push((performance.now() - began) / 1_000);
      const answered = performance.now();
      live.announce(CHANGED, { batch }); // no more: the figures of this store's tags were never counted, and would be from here on, all of them
      const copies = await Promise.all([engine, other].map((copy) => seen(copy, wanted, ordinals.length)));
      for (const ms of copies) if (ms === undefined) problems.push('a push was not counted in half a minute');
      counted.push((Math.max(...copies.map((at) => at ?? answered + LATEST_MS)) - answered) / 1_000);
      await load;
    }
  } finally {
    await other.close();
    await otherLive.close();
  }
  return { pushed, counted };
}

/** Different ordinals from all over. */
function drawn(size: number, salt: number): number[] {
  const out = new Set<number>();
  for (let n = 0; out.size < Math.min(CUSTOMERS, size); n++) out.add(hashOf(n, salt) % size);
  return [...out];
}

/** When a copy counted all of them. */
async function seen(copy: Engine, plan: Plan, people: number): Promise<number | undefined> {
  for (const until = performance.now() + LATEST_MS; performance.now() < until; await sleep(LOOK_MS))
    if ((await copy.size(plan)) === people) return performance.now();
  return undefined;
}
