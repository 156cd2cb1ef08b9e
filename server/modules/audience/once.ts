import type { Engine, Plan } from './plan.ts';

/**
 * Counts that are asked while the same count is under way get its answer, as long as no change of tags was heard of since it began: so it is the
 * answer that they would have got. Answers are not kept.
 */
export function countedOnce(engine: Pick<Engine, 'count' | 'size'>): Pick<Engine, 'count' | 'size'> & { changed(): void } {
  const counts = once((plan) => engine.count(plan));
  const sizes = once((plan) => engine.size(plan));
  return {
    changed() {
      counts.changed();
      sizes.changed();
    },
    count: counts.ask,
    size: sizes.ask,
  };
}

function once<T>(answer: (plan: Plan) => Promise<T>): { ask(plan: Plan): Promise<T>; changed(): void } {
  let under = new Map<string, Promise<T>>();
  return {
    changed() {
      under = new Map();
    },
    ask(plan) {
      const key = JSON.stringify(plan);
      const already = under.get(key);
      if (already !== undefined) return already;
      const mine = under;
      const asked = answer(plan).finally(() => mine.delete(key));
      mine.set(key, asked);
      return asked;
    },
  };
}
