import type { Engine, Plan } from './plan.ts';

/**
 * Counts that are asked while the same count is under way get its answer, as long as no change of tags was heard of since it began: so it is the
 * answer that they would have got. Answers are not kept. A count that nobody waits for any more is given up.
 */
export function countedOnce(engine: Pick<Engine, 'count' | 'size'>): Pick<Engine, 'count' | 'size'> & { changed(): void } {
  const counts = once((plan, gone) => engine.count(plan, gone));
  const sizes = once((plan, gone) => engine.size(plan, gone));
  return {
    changed() {
      counts.changed();
      sizes.changed();
    },
    count: counts.ask,
    size: sizes.ask,
  };
}

interface Under<T> {
  readonly answer: Promise<T>;
  /** So many wait for it. */
  waiting: number;
  giveUp(): void;
}

function once<T>(answer: (plan: Plan, gone: AbortSignal) => Promise<T>): {
  ask(plan: Plan, gone?: AbortSignal): Promise<T>;
  changed(): void;
} {
  let under = new Map<string, Under<T>>();
  const begin = (plan: Plan, key: string): Under<T> => {
    const mine = under;
    const nobody = new AbortController();
    const leave = (): void => {
      if (mine.get(key) === one) mine.delete(key);
    };
    const one: Under<T> = {
      answer: answer(plan, nobody.signal).finally(leave),
      waiting: 0,
      giveUp() {
        leave();
        nobody.abort();
      },
    };
    mine.set(key, one);
    return one;
  };
  return {
    changed() {
      under = new Map();
    },
    ask(plan, gone) {
      const key = JSON.stringify(plan);
      const one = under.get(key) ?? begin(plan, key);
      one.waiting++;
      const leave = (): void => {
        if (--one.waiting === 0) one.giveUp();
      };
      if (gone?.aborted) leave();
      else gone?.addEventListener('abort', leave, { once: true });
      return one.answer;
    },
  };
}
