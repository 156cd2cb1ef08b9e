import type { PromiseClock } from './clock.ts';
import { type Plan, stepOf } from './plan.ts';
import type { Timeline } from './timeline.ts';

/** What still stands of what the customer was told: the appointment, the promised day, the last thing that went wrong. Pure; µs since 1970. */

type Last = Timeline['exceptions'][number];

/** Waits after which the promised day cannot be kept, though our clock runs on. */
const REPLANNED = new Set(['no-resource', 'permit']);
/** After these an agreed visit is off until another is agreed. */
const CALLED_OFF = new Set(['E8', 'E10']);
const AGREED = new Set(['E2', ...CALLED_OFF]);

/** The last exception, while nothing of the scenario has gone on since; what is missing in the system alone stays (E19). */
export function standingException(t: Timeline, state: number): Last | undefined {
  const last = t.exceptions.at(-1);
  if (last === undefined || last[0] === 'E20') return undefined;
  if (state === 2 || (state === 0 && (last[1] >= t.moved || last[0] === 'E19'))) return last;
  return undefined;
}

/** Whether what went wrong at that instant is said by a wait's own words: the one that began with it. */
export const isToldByWait = (t: Timeline, at: number): boolean => t.wait?.since === at || t.waits.some(([, since]) => since === at);

/** The visit that is agreed; null once they came, while a wait keeps it open, or when it was called off. */
export function standingSlot(plan: Plan, t: Timeline): [from: number, to: number] | null {
  if (t.slot === undefined || (t.wait !== undefined && t.wait.id !== 'customer-reappointed')) return null;
  const left = (type: string) => {
    const step = stepOf(plan, type, 'field');
    return step && t.milestones[step.milestone]?.left;
  };
  if (left('visit.arrived') !== undefined) return null;
  if (left('appointment.confirmed') !== undefined) return t.slot;
  const last = t.exceptions.findLast(([code]) => AGREED.has(code));
  return last !== undefined && CALLED_OFF.has(last[0]) ? null : t.slot;
}

/**
 * The promised day cannot be told any more, and no other is: it waits for a port, a permit or the customer, or was taken before it could be
 * planned. `to`: the new day where the wait names one. Null: the promise stands as it is. A broken promise stays broken.
 */
export function replanned(t: Timeline, promise: PromiseClock | null, late: boolean): { was: number; to: number | null } | null {
  if (promise === null || late) return null;
  const was = promise.to;
  const { wait } = t;
  if (wait === undefined) return standingException(t, 0)?.[0] === 'E17' ? { was, to: null } : null;
  if (REPLANNED.has(wait.id)) return { was, to: wait.until === undefined ? null : Math.max(was, wait.until) };
  if (!wait.stops || (wait.id === 'customer-reappointed' && t.slot !== undefined)) return null;
  return { was, to: wait.until === undefined ? null : was + Math.max(0, wait.until - wait.since) };
}
