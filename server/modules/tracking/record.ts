import { handlerOf, holderLimit, holderOf, promiseOf, type Zoned } from './clock.ts';
import { activeOf } from './fold.ts';
import type { Plan } from './plan.ts';
import type { Timeline } from './timeline.ts';

/** Which rows an older program wrote: bumped whenever the fold answers differently, so that a job folds the old ones again. */
export const FOLD_VERSION = 3;

export const STATES = ['open', 'done', 'cancelled'] as const;

/** A journey's row beside its fold: what lists filter and sort by. µs since 1970. */
export interface JourneyRecord {
  id: string;
  struct: number;
  scenario: string;
  version: number;
  root_kind: string;
  root_value: string;
  state: number;
  started: number;
  finished: number | null;
  last: number;
  own_over: number | null;
  stage: string | null;
  milestone: string | null;
  holder: string | null;
  handler: string | null;
  holder_since: number | null;
  holder_limit: number | null;
  wait: string | null;
  wait_since: number | null;
  wait_until: number | null;
  due: number | null;
  due_soon: number | null;
  area: string | null;
  urged: number;
  reason: string | null;
  events: number;
  loose: number;
  sources: readonly string[];
  fold: Timeline;
}

export interface Identity {
  readonly id: string;
  readonly struct: number;
  readonly root_kind: string;
  readonly root_value: string;
}

export const stateOf = (t: Timeline): number => (t.cancelled !== undefined ? 2 : t.finished !== undefined ? 1 : 0);

/** Index of the last reached stage; −1 where the scenario has none. */
export const stageOf = (t: Timeline): number => t.stages.findLastIndex((at) => at !== null && at !== undefined);

/** The row that says what the timeline says. `own`: over by root and part events alone; `loose`: events that came through assets. */
export function recordOf(
  who: Identity,
  plan: Plan,
  t: Timeline,
  z: Zoned,
  rest: { own_over: number | null; loose: number; sources: readonly string[] },
): JourneyRecord {
  const state = stateOf(t);
  const open = state === 0;
  const promise = open ? promiseOf(plan, t, z) : null;
  return {
    id: who.id,
    struct: who.struct,
    scenario: plan.scenario.id,
    version: plan.scenario.version,
    root_kind: who.root_kind,
    root_value: who.root_value,
    state,
    started: t.started,
    finished: t.cancelled ?? t.finished ?? null,
    last: t.last,
    own_over: rest.own_over,
    stage: plan.scenario.stages[stageOf(t)]?.id ?? null,
    milestone: plan.scenario.milestones[activeOf(plan, t)]?.id ?? null,
    holder: (open && holderOf(plan, t)) || null,
    handler: (open && handlerOf(plan, t)) || null,
    holder_since: open ? (t.wait?.since ?? t.moved) : null,
    holder_limit: open ? holderLimit(plan, t, z) : null,
    wait: (open && t.wait?.id) || null,
    wait_since: (open && t.wait?.since) || null,
    wait_until: (open && t.wait?.until) || null,
    due: promise?.due ?? null,
    due_soon: promise?.soon ?? null,
    area: t.area ?? null,
    urged: Math.min(t.urged, 30_000),
    reason: t.reason ?? null,
    events: t.events,
    loose: rest.loose,
    sources: rest.sources,
    fold: t,
  };
}
