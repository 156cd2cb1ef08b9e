import type { Counted, Engine, Plan } from './plan.ts';

/**
 * Counts that are asked while the same count is under way get its answer, as long as no change of tags was heard of since it began: so it is the
 * answer that they would have got. Answers are not kept.
 */
export function countedOnce(engine: Pick<Engine, 'count'>): { count(plan: Plan): Promise<Counted>; changed(): void } {
  let under = new Map<string, Promise<Counted>>();
  return {
    changed() {
      under = new Map();
    },
    count(plan) {
      const key = JSON.stringify(plan);
      const already = under.get(key);
      if (already !== undefined) return already;
      const mine = under;
      const asked = engine.count(plan).finally(() => mine.delete(key));
      mine.set(key, asked);
      return asked;
    },
  };
}
