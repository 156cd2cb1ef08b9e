import { addWorkingSeconds, type Calendar, calendarOf, journeyMilestone, termFor } from '#scenario';
import { activeOf, FIELD_HOLDERS } from './fold.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { Timeline } from './timeline.ts';

/** The two clocks of a journey: the promise to the customer and the present holder's own time. All µs since 1970. */

export interface Zoned {
  readonly zone: string;
  readonly calendars: ReadonlyMap<string, Calendar>;
}

export interface PromiseClock {
  readonly from: number;
  /** Null while a wait that the customer caused stops it. */
  readonly due: number | null;
  /** From here on it is "due soon": the last fifth of its length. */
  readonly soon: number | null;
  /** Where it would end if it went on now. */
  readonly to: number;
}

const later = (z: Zoned, atUs: number, seconds: number, calendar: string): number => {
  const c = z.calendars.get(calendar);
  return c === undefined || calendar === 'always'
    ? atUs + seconds * 1_000_000
    : addWorkingSeconds(Math.floor(atUs / 1000), seconds, c, z.zone) * 1000;
};

const DAY = 86_400;

/** A step of "1d" takes its holder one of his working days, not 24 of his working hours. */
const inWorkingDays = (seconds: number, c: Calendar | undefined): number =>
  c === undefined || seconds < DAY ? seconds : Math.round((seconds * (c.closes - c.opens)) / DAY);

interface Term {
  /** Index of the milestone that it counts from; −1: the begin. */
  readonly from: number;
  readonly seconds: number;
  readonly calendar: string;
}

/** What a plan's clocks ask of its scenario with every event, found out once. */
interface Dial {
  /** Index of the milestone that the journey's promise speaks of; −1: none. */
  readonly last: number;
  readonly terms: Readonly<Record<'city' | 'country' | 'anywhere', Term | undefined>>;
  /** Usual lengths of each milestone's steps, the optional ones left out where the milestone is not. */
  readonly steps: readonly { readonly p50: number; readonly p90: number }[];
}

const dials = new WeakMap<Plan, Dial>();

function dialOf(plan: Plan): Dial {
  const known = dials.get(plan);
  if (known !== undefined) return known;
  const { scenario } = plan;
  const last = journeyMilestone(scenario);
  const termIn = (...places: ('city' | 'country')[]): Term | undefined => {
    const term = last && termFor(scenario, last.id, places);
    return (
      term && { from: scenario.milestones.findIndex((m) => m.id === term.from), seconds: term.seconds, calendar: calendarOf(term.clock) }
    );
  };
  const made: Dial = {
    last: last === undefined ? -1 : scenario.milestones.indexOf(last),
    terms: { city: termIn('city'), country: termIn('country'), anywhere: termIn() },
    steps: scenario.milestones.map((m) => {
      const upright = m.steps.filter((s) => !s.optional || m.optional);
      return { p50: sum(upright, 'p50'), p90: sum(upright, 'p90') };
    }),
  };
  dials.set(plan, made);
  return made;
}

/** What was promised for the whole journey, kept, broken or running; null where the scenario promises nothing. */
export function termOf(plan: Plan, t: Timeline, z: Zoned): Pick<PromiseClock, 'from' | 'to'> | null {
  const term = dialOf(plan).terms[t.place === 'city' || t.place === 'country' ? t.place : 'anywhere'];
  if (term === undefined || t.events === 0) return null;
  const from = (term.from >= 0 ? t.milestones[term.from]?.left : undefined) ?? t.started;
  const to = later(z, from, term.seconds, term.calendar) + t.stopped;
  const slot = t.held ?? t.slot;
  return { from, to: plan.scenario.promise.slot && slot !== undefined ? Math.max(to, slot[1]) : to };
}

/** The running promise on the whole journey; null where nothing is promised, or nothing any more. */
export function promiseOf(plan: Plan, t: Timeline, z: Zoned): PromiseClock | null {
  const { last } = dialOf(plan);
  if (last < 0 || t.milestones[last]?.left !== undefined) return null;
  const term = termOf(plan, t, z);
  if (term === null) return null;
  const { from, to } = term;
  if (t.wait?.stops) return { from, due: null, soon: null, to };
  return { from, due: to, soon: Math.floor(to - (to - from) / 5), to };
}

/** The step the journey waits for: the first closing or upright one of the active milestone; its p90 is the holder's limit. */
export function openStep(plan: Plan, t: Timeline): { milestone: number; p50: number; p90: number } | undefined {
  const milestone = activeOf(plan, t);
  const steps = dialOf(plan).steps[milestone];
  return steps && { milestone, p50: steps.p50, p90: steps.p90 };
}

const sum = (steps: readonly Pick<PlannedStep, 'p50' | 'p90'>[], field: 'p50' | 'p90') => steps.reduce((n, s) => n + s[field], 0);

/** Who has it: while a wait moves it, whoever the wait moves it to. */
export function holderOf(plan: Plan, t: Timeline): string | undefined {
  const own = plan.scenario.milestones[activeOf(plan, t)]?.holder;
  return t.wait === undefined ? own : (plan.waits.get(t.wait.id)?.movesTo ?? own);
}

/**
 * Which of the present holder's people has it: whoever did a step of the active milestone, else of the one before where that had the same holder, else, in the
 * field, who went out. Undefined where none of them has shown himself yet: whoever held it before has it no longer.
 */
export function handlerOf(plan: Plan, t: Timeline): string | undefined {
  const holder = holderOf(plan, t);
  if (holder === undefined) return undefined;
  for (const i of [activeOf(plan, t), t.done])
    if (plan.scenario.milestones[i]?.holder === holder && t.milestones[i]?.handler !== undefined) return t.milestones[i]?.handler;
  return FIELD_HOLDERS.has(holder) ? t.visitor : undefined;
}

/** Until when the present holder may be silent before it counts as held back (压单); null while a wait stops his clock. */
export function holderLimit(plan: Plan, t: Timeline, z: Zoned): number | null {
  const step = openStep(plan, t);
  const holder = holderOf(plan, t);
  if (step === undefined || holder === undefined || t.wait !== undefined) return null;
  const calendar = plan.holders.get(holder)?.calendar ?? 'always';
  return later(z, t.moved, inWorkingDays(step.p90, z.calendars.get(calendar)), calendar);
}

/** When a milestone begun at `at` is usually left, in the working hours of whoever holds it. */
export function usualEnd(plan: Plan, z: Zoned, at: number, milestone: number, share: 'p50' | 'p90'): number {
  const m = plan.scenario.milestones[milestone];
  if (m === undefined) return at;
  const calendar = plan.holders.get(m.holder)?.calendar ?? 'always';
  const seconds = sum(
    m.steps.filter((s) => !s.optional),
    share,
  );
  return later(z, at, inWorkingDays(seconds, z.calendars.get(calendar)), calendar);
}

/** Seconds from begin to end, net of waits that stop the promise. */
export const netSeconds = (t: Timeline, nowUs: number): number => {
  const end = t.finished ?? t.cancelled ?? nowUs;
  const running = t.wait?.stops ? Math.max(0, end - t.wait.since) : 0;
  return Math.max(0, (end - t.started - t.stopped - running) / 1_000_000);
};
