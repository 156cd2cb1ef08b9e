import type { House } from '#platform/module';
import { dayIn } from '#rule';
import { batchesAfter, CHANGED, lastBatch } from '#tag';
import { look } from './refreshing.ts';

/** Looks when tags moved: soon, and never two at a time in this program; whoever is asked meanwhile makes it look once more. */

const GATHERED_MS = 200;

export interface Watch {
  /** Asks for a look at all blocks. */
  soon(): void;
  /** Looks at all blocks, when what is under way is done. */
  now(): Promise<void>;
  close(): Promise<void>;
}

export function openWatch(house: House): Watch {
  const { db, live, log, config } = house;
  let seen: number | undefined;
  let all = false;
  let timer: NodeJS.Timeout | undefined;
  let under: Promise<void> = Promise.resolve();
  let closed = false;

  /** The blocks of batches since the last look; null: all of them. A batch that was committed behind a later one waits for the next look at all. */
  const blocksSince = async (): Promise<number[] | null> => {
    const [last, from] = [await lastBatch(db), seen];
    seen = last;
    if (all || from === undefined) {
      all = false;
      return null;
    }
    return [...new Set((await batchesAfter(db, from)).flatMap((b) => b.blocks))];
  };
  const looked = async (): Promise<void> => {
    if (closed) return;
    const blocks = await blocksSince();
    if (blocks === null || blocks.length > 0) await look(house, dayIn(config.zone, Date.now()), blocks);
  };
  const next = (): Promise<void> => {
    under = under
      .then(looked)
      .catch((e: Error) => log.warn({ fault: e.message }, 'tags by rule could not all be made; the next look goes on'));
    return under;
  };
  const hear = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void next();
    }, GATHERED_MS);
  };
  const deaf = live.on(CHANGED, hear);
  return {
    soon() {
      all = true;
      hear();
    },
    now() {
      all = true;
      return next();
    },
    async close() {
      closed = true;
      deaf();
      clearTimeout(timer);
      await under;
    },
  };
}
