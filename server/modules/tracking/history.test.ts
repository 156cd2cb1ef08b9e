import { expect, test } from 'vitest';
import { book } from '#scenario';
import type { FoldEvent } from './fold.ts';
import { makeFolding } from './folding.ts';
import { extended, type History, historyOf } from './history.ts';
import { makePlan, type Plan } from './plan.ts';
import { fold, nextFold } from './refold.ts';
import type { LockedJourney } from './store.ts';

const MINUTE = 60_000_000;
const scenario = book.current('broadband-new');
const plan: Plan = makePlan(scenario as NonNullable<typeof scenario>, book.words);
const f = {
  ...makeFolding('Asia/Shanghai'),
  defaultOf: () => plan.scenario.id,
  plan: (id: string) => (id === plan.scenario.id ? plan : undefined),
};
const types = plan.scenario.milestones.flatMap((m) => m.steps.map((s) => s.type));

/** The k-th minute of a journey that never ends to be urged. */
const event = (k: number): FoldEvent => ({
  at: 1e15 + k * MINUTE,
  seq: 0,
  source: k % 3 === 0 ? 'field' : 'ordercentre',
  id: `e${k}`,
  type: k % 7 === 0 ? 'order.urged' : (types[k % 5] ?? 'x'),
  ...(k === 0 && { scenario: plan.scenario.id }),
});

/** Takes events in one by one as the intake does; answers whether each was folded without asking the store. */
function takeAll(order: readonly number[]) {
  let row: LockedJourney | undefined;
  let history: History | undefined;
  for (const k of order) {
    if (row === undefined) {
      const begun = fold(f, [event(k)]);
      row = {
        id: 'j',
        struct: 1,
        root_kind: 'order',
        root_value: 'o',
        scenario: plan.scenario.id,
        version: plan.scenario.version,
        started: 0,
        own_over: null,
        loose: 0,
        sources: begun.sources,
        fold: begun.t,
      };
      history = historyOf(plan, 1, [event(k)]);
      continue;
    }
    const next = nextFold(f, row, [event(k)], history);
    if (next === undefined) return undefined;
    const made = next();
    row = made.record;
    history = made.history;
  }
  return { row, history };
}

const whole = (count: number) =>
  fold(
    f,
    Array.from({ length: count }, (_, k) => event(k)),
  );

test('a journey of two thousand events, every tenth after its successor, is what all its events give', () => {
  const order = Array.from({ length: 2_000 }, (_, k) => k);
  for (let k = 9; k + 1 < order.length; k += 10) [order[k], order[k + 1]] = [k + 1, k];
  const made = takeAll(order);
  expect(made?.row?.fold).toEqual(whole(2_000).t);
  expect([...(made?.row?.sources ?? [])].sort()).toEqual([...whole(2_000).sources].sort());
  expect(made?.history?.count).toBe(2_000);
  expect(made?.history?.events.length).toBeLessThan(500);
});

test('an event that is later than all that is remembered must be looked up', () => {
  const order = [...Array.from({ length: 1_000 }, (_, k) => k + 1), 0];
  expect(takeAll(order)).toBeUndefined();
  expect(takeAll([1, 2, 3, 0])?.row?.fold).toEqual(whole(4).t);
});

test('a history of another structure, or of fewer events than the row counts, is not believed', () => {
  const { row, history } = takeAll([0, 1, 3]) as { row: LockedJourney; history: History };
  expect(nextFold(f, row, [event(2)], history)).toBeDefined();
  expect(nextFold(f, row, [event(2)], { ...history, struct: 2 })).toBeUndefined();
  expect(nextFold(f, row, [event(2)], { ...history, count: 2 })).toBeUndefined();
  expect(nextFold(f, row, [event(2)], undefined)).toBeUndefined();
  expect(extended(plan, history, [event(2)])).toMatchObject({ count: 4 });
});
