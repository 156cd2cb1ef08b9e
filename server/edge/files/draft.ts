import { createHash } from 'node:crypto';
import type { Milestone, Scenario, Stage } from '#scenario/contract';
import type { Activity, Log, Trail } from './trails.ts';

/** An activity in figures. `share`: of the cases that have it; `position`: mean place of its first time in a case, 0 first to 1 last. */
type Figures = Activity & { share: number; position: number; endShare: number; p50: number; p90: number };

/** An activity in fewer cases than this is no milestone (it stays a plain step of the journey). */
const leastShare = 0.05;
const mostMilestones = 60;
/** Durations looked at per activity: its first so many cases. */
const mostDurations = 20_000;

/** `scenarios.md` §3: a log whose handlers are these says who has a step. */
const holders = new Set(
  (
    'seller partner desk review resource provision dispatch installer lead grid build building noc ' +
    'care account-manager design stock courier ' +
    'controller customer system'
  ).split(' '),
);

/**
 * A scenario drafted from a log, valid by its schema: one milestone per activity that at least 5 % of the cases have (60 at most), in the
 * order of their mean place, the one with which most cases end last; `optional` when fewer than half have it; p50/p90 of the seconds since
 * the event before (linear interpolation, as `percentile_cont`); 3–6 stages of neighbours, each called by its commonest milestone; no
 * promise, for a log shows none. Undefined when the log has no case.
 */
export function draftScenario(log: Log, source: string): Scenario | undefined {
  const chosen = inOrder(choose(figuresOf(log)));
  if (chosen.length === 0) return undefined;
  const ids = slugs();
  const named = chosen.map((activity) => ({ ...activity, id: ids(activity.type) }));
  const groups = grouped(named, Math.min(named.length, Math.max(3, Math.min(6, Math.round(named.length / 3)))));
  const stages = groups.map(stageOf);
  return {
    id: slugs()(source),
    version: 1,
    names: namesOf(source),
    root: [log.root],
    stages,
    milestones: groups.flatMap((group, at) => group.map((activity) => milestoneOf(activity, stages[at]?.id ?? activity.id))),
    promise: { names: { zh: '尚未约定', en: 'None agreed yet' }, terms: [], slot: false },
    waits: [],
    exceptions: [],
  };
}

const namesOf = (text: string) => ({ zh: text.slice(0, 200), en: text.slice(0, 200) });

function stageOf(group: (Figures & { id: string })[]): Stage {
  const [head] = [...group].sort((a, b) => b.share - a.share);
  return { id: head?.id ?? 'stage', names: namesOf(head?.type ?? 'stage'), optional: group.every((activity) => activity.share < 0.5) };
}

function milestoneOf(activity: Figures & { id: string }, stage: string): Milestone {
  const { id, type, source, p50, p90 } = activity;
  const optional = activity.share < 0.5;
  const step = { type, source, optional, closes: true, p50, p90 };
  return { id, names: namesOf(type), stage, holder: holderOf(activity), optional, steps: [step] };
}

/** The holder whom most events of the activity name as handler, else the system. */
function holderOf({ handlers }: Activity): string {
  const all = [...handlers.values()].reduce((sum, count) => sum + count, 0);
  const [name, count] = [...handlers].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return holders.has(name) && count * 2 > all ? name : 'system';
}

/** Figures of each activity over all cases. */
export function figuresOf(log: Log): Figures[] {
  const sums = log.activities.map(() => ({ cases: 0, position: 0, ends: 0, seconds: [] as number[] }));
  let cases = 0;
  for (const trail of log.trails()) {
    countTrail(trail, sums);
    cases++;
  }
  return log.activities.flatMap((activity, at) => {
    const sum = sums[at];
    if (!sum || sum.cases === 0) return [];
    const seconds = sum.seconds.sort((a, b) => a - b);
    const [p50, p90] = [percentile(seconds, 0.5), percentile(seconds, 0.9)].map(Math.round) as [number, number];
    return [{ ...activity, share: sum.cases / cases, position: sum.position / sum.cases, endShare: sum.ends / cases, p50, p90 }];
  });
}

function countTrail(trail: Trail, sums: { cases: number; position: number; ends: number; seconds: number[] }[]): void {
  const seen = new Set<number>();
  trail.forEach(([activity, ms], at) => {
    const sum = sums[activity];
    if (!sum) return;
    if (at === trail.length - 1) sum.ends++;
    if (seen.has(activity)) return;
    seen.add(activity);
    sum.cases++;
    sum.position += trail.length > 1 ? at / (trail.length - 1) : 0.5;
    if (sum.seconds.length < mostDurations) sum.seconds.push(at === 0 ? 0 : (ms - (trail[at - 1]?.[1] ?? ms)) / 1000);
  });
}

/** Of sorted values, by linear interpolation; 0 of none. */
export function percentile(sorted: number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}

function choose(figures: Figures[]): Figures[] {
  const usable = figures.filter((activity) => activity.type.length <= 128).sort((a, b) => b.share - a.share);
  const frequent = usable.filter((activity) => activity.share >= leastShare);
  return (frequent.length > 0 ? frequent : usable.slice(0, 12)).slice(0, mostMilestones);
}

/**
 * By mean place; the activity with which most cases end comes last, where at least half of the cases have it, so that journeys are done
 * there.
 */
function inOrder(chosen: Figures[]): Figures[] {
  const ordered = [...chosen].sort((a, b) => a.position - b.position || b.share - a.share);
  const [end] = chosen.filter((activity) => activity.share >= 0.5).sort((a, b) => b.endShare - a.endShare);
  return end ? [...ordered.filter((activity) => activity !== end), end] : ordered;
}

/** Neighbours in `count` groups of nearly equal size. */
function grouped<T>(list: T[], count: number): T[][] {
  return Array.from({ length: count }, (_, at) =>
    list.slice(Math.floor((at * list.length) / count), Math.floor(((at + 1) * list.length) / count)),
  );
}

/**
 * Ids from names: small letters, digits and dashes, ≤ 64, each once. A name that loses characters thereby (Chinese, or too long) gets
 * eight hex digits of its SHA-256, so its id is the same in each draft.
 */
export function slugs(): (text: string) => string {
  const taken = new Set<string>();
  return (text) => {
    const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
    const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const whole = slug !== '' && slug.length <= 64 && !/[^\p{ASCII}]/u.test(plain) && !taken.has(slug);
    const id = whole ? slug : `${slug.slice(0, 55).replace(/-+$/, '') || 'x'}-${mark}`;
    taken.add(id);
    return id;
  };
}
