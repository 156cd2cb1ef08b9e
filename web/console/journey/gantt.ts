import type { JourneyDetail, MilestoneView, WaitView } from '#tracking/contract';

/** One line of the Gantt: what really happened, what is usual, and what is still to come. Instants in milliseconds. */
export interface GanttRow {
  milestone: MilestoneView;
  /** From entered to left; an open one reaches to now. Null while pending or skipped. */
  actual: { from: number; to: number; open: boolean } | null;
  /** The usual end (p50) and the end that nine in ten reach (p90), counted from when the milestone was or will be entered. */
  plan: { from: number; p50: number; p90: number } | null;
  /** Took, or has taken, longer than nine in ten. */
  slow: boolean;
  /** Stretches of waiting inside the actual bar. */
  waits: { from: number; to: number; wait: WaitView }[];
}

export interface Gantt {
  rows: GanttRow[];
  from: number;
  to: number;
}

/** Nobody is called slow for less. */
const NOTICEABLE = 60_000;

const instant = (iso: string) => Date.parse(iso);

/** The waits clipped to a bar; an open wait lasts until now. */
function waitsInside(waits: WaitView[], from: number, to: number, now: number) {
  return waits
    .map((wait) => ({ wait, from: Math.max(from, instant(wait.since)), to: Math.min(to, wait.endedAt ? instant(wait.endedAt) : now) }))
    .filter((w) => w.to > w.from);
}

/**
 * The milestones of one journey as bars. Finished and open ones are drawn where they were, with the usual time beside them; pending ones
 * follow each other from now by their usual time, so the picture ends at the expected completion.
 */
export function gantt(journey: JourneyDetail, now: number): Gantt {
  const over = journey.state !== 'open';
  let cursor = now;
  let to = over ? instant(journey.finishedAt ?? journey.lastAt) : now;
  const from = instant(journey.startedAt);
  const rows = journey.milestones.map((milestone): GanttRow => {
    if (milestone.state === 'skipped' || !(milestone.enteredAt || milestone.state === 'pending')) {
      return { milestone, actual: null, plan: null, slow: false, waits: [] };
    }
    if (!milestone.enteredAt) {
      if (over) return { milestone, actual: null, plan: null, slow: false, waits: [] };
      const plan = { from: cursor, p50: cursor + milestone.planned.p50 * 1000, p90: cursor + milestone.planned.p90 * 1000 };
      cursor = plan.p50;
      to = Math.max(to, plan.p50);
      return { milestone, actual: null, plan, slow: false, waits: [] };
    }
    const entered = instant(milestone.enteredAt);
    const open = !milestone.leftAt && !over;
    const left = milestone.leftAt ? instant(milestone.leftAt) : over ? instant(journey.finishedAt ?? journey.lastAt) : now;
    const end = Math.max(entered, left);
    const waits = waitsInside(journey.waits, entered, end, now);
    const waited = waits.reduce((sum, w) => sum + (w.to - w.from), 0);
    const plan = { from: entered, p50: entered + milestone.planned.p50 * 1000, p90: entered + milestone.planned.p90 * 1000 };
    if (open) cursor = Math.max(now, plan.p50);
    to = Math.max(to, end, open ? plan.p50 : end);
    return {
      milestone,
      actual: { from: entered, to: end, open },
      plan,
      slow: end - entered - waited > milestone.planned.p90 * 1000 + NOTICEABLE,
      waits,
    };
  });
  const due = journey.promise && !over ? instant(journey.promise.to) : 0;
  return { rows, from, to: Math.max(to, due, from + 60_000) };
}
