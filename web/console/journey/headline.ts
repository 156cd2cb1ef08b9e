import type { JourneyDetail } from '#tracking/contract';
import { gantt } from './gantt.ts';

/** What made a journey slow: a milestone beyond its p90, or a wait. Seconds. */
export interface Cause {
  kind: 'milestone' | 'wait';
  id: string;
  names: { zh: string; en: string };
  seconds: number;
}

/** The three things that cost most: of a milestone the time beyond nine in ten of its kind, waits left out; of a wait its whole length. */
export function causes(journey: JourneyDetail, now: number): Cause[] {
  const slow = gantt(journey, now).rows.flatMap((row): Cause[] => {
    if (!row.actual || !row.slow) return [];
    const waited = row.waits.reduce((sum, w) => sum + (w.to - w.from), 0);
    const beyond = (row.actual.to - row.actual.from - waited) / 1000 - row.milestone.planned.p90;
    return [{ kind: 'milestone', id: row.milestone.id, names: row.milestone.names, seconds: beyond }];
  });
  const waits = new Map<string, Cause>();
  for (const wait of journey.waits) {
    const seconds = ((wait.endedAt ? Date.parse(wait.endedAt) : now) - Date.parse(wait.since)) / 1000;
    const known = waits.get(wait.id);
    waits.set(wait.id, { kind: 'wait', id: wait.id, names: wait.names, seconds: seconds + (known?.seconds ?? 0) });
  }
  return [...slow, ...waits.values()]
    .filter((cause) => cause.seconds >= 60)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 3);
}

/** One fact of the headline; times in ISO, lengths in seconds. The screen puts it into words. */
export type Fact =
  | { is: 'done'; at: string; seconds: number; net: number | null; late: boolean | null }
  | { is: 'cancelled'; at: string; reason: string | null }
  | { is: 'held'; since: string; seconds: number; beyond: number | null }
  | { is: 'nobody' }
  | { is: 'waiting'; since: string; until: string | null; overrun: boolean }
  | { is: 'usual'; p50: number; p90: number }
  | { is: 'next'; milestone: string; names: { zh: string; en: string }; holder: string }
  | { is: 'promise'; to: string; left: number; late: boolean; paused: boolean }
  | { is: 'slow'; causes: Cause[] }
  | { is: 'silent'; source: string; since: string | null };

const seconds = (from: string, to: number) => (to - Date.parse(from)) / 1000;

/** The milestone after the open one. */
function following(journey: JourneyDetail): JourneyDetail['milestones'][number] | undefined {
  const active = journey.milestones.findIndex((m) => m.state === 'active');
  return journey.milestones.find((m, i) => i > active && m.state === 'pending');
}

/** Who has it, since when, what is next, whether it is late and why: in the order in which somebody on the phone asks. */
export function headline(journey: JourneyDetail, now: number): Fact[] {
  if (journey.state === 'cancelled') return [{ is: 'cancelled', at: journey.finishedAt ?? journey.lastAt, reason: journey.reason }];
  if (journey.state === 'done') {
    const at = journey.finishedAt ?? journey.lastAt;
    const late = journey.promise ? Date.parse(at) > Date.parse(journey.promise.to) : null;
    const done: Fact = {
      is: 'done',
      at,
      seconds: seconds(journey.startedAt, Date.parse(at)),
      net: journey.promise?.netSeconds ?? null,
      late,
    };
    const why = late ? causes(journey, now) : [];
    return why.length > 0 ? [done, { is: 'slow', causes: why }] : [done];
  }
  const facts: Fact[] = [];
  const { holder, wait, next, promise } = journey;
  if (holder) {
    const beyond = holder.limit ? seconds(holder.limit, now) : null;
    facts.push({
      is: 'held',
      since: holder.since,
      seconds: seconds(holder.since, now),
      beyond: beyond !== null && beyond > 0 ? beyond : null,
    });
  } else facts.push({ is: 'nobody' });
  if (wait)
    facts.push({ is: 'waiting', since: wait.since, until: wait.until, overrun: wait.until !== null && Date.parse(wait.until) < now });
  if (next && !wait) facts.push({ is: 'usual', p50: next.p50, p90: next.p90 });
  const then = following(journey);
  if (then) facts.push({ is: 'next', milestone: then.id, names: then.names, holder: then.holder });
  if (promise) {
    const left = -seconds(promise.to, now);
    facts.push({ is: 'promise', to: promise.to, left, late: promise.overdue, paused: promise.paused });
    const why = promise.overdue ? causes(journey, now) : [];
    if (why.length > 0) facts.push({ is: 'slow', causes: why });
  }
  for (const source of journey.sources) if (source.silent) facts.push({ is: 'silent', source: source.id, since: source.lastHeardAt });
  return facts;
}
