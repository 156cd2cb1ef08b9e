import type { FileEvent } from './event.ts';
import { joins, type Roles, rootKinds } from './map.ts';
import { detached } from './texts.ts';

/** What a trail needs of an event. */
type Happening = Pick<FileEvent, 'type' | 'time' | 'source' | 'keys' | 'handler'>;
/** What happened in one case, by time and at equal times in the order of the file: [activity's number, instant in ms]. */
export type Trail = [activity: number, ms: number][];
/** `handlers`: who did it, and how often (the first 50 names). */
export type Activity = { type: string; source: string; handlers: Map<string, number> };
export type Log = { activities: Activity[]; trails(): Iterable<Trail>; root: string };

const mostCases = 100_000;
const mostSteps = 2_000_000;
const mostActivities = 5_000;
const mostParts = 200_000;
const mostHandlers = 50;

/**
 * Collects a log's trails for `draftScenario`, in bounded memory: the first 100,000 cases, 2,000,000 steps, 5,000 activities (≈ 80 MB at
 * most); what comes after is not looked at, for a draft needs no more. An event that names parts only counts for the roots that these, or
 * the parts named with them, were named with before: near enough to `design.md` §6 for a draft.
 */
export function collectTrails(roles: Roles | undefined): { take(event: Happening): void; log(): Log } {
  const roots = rootKinds(roles);
  const cases = new Map<string, number>();
  const rootsOfPart = new Map<string, number[]>();
  const activities: Activity[] = [];
  const numbers = new Map<string, number>();
  const steps = stepTable();
  let root = roots[0] ?? 'case';

  const caseOf = (value: string): number | undefined => {
    const known = cases.get(value);
    if (known !== undefined || cases.size >= mostCases) return known;
    cases.set(detached(value), cases.size);
    return cases.size - 1;
  };

  const activityOf = (event: Happening): number | undefined => {
    const known = numbers.get(event.type);
    if (known !== undefined || activities.length >= mostActivities) return known;
    const type = detached(event.type);
    numbers.set(type, activities.push({ type, source: event.source, handlers: new Map() }) - 1);
    return activities.length - 1;
  };

  const remember = (name: string, roots: number[]): void => {
    const before = rootsOfPart.get(name) ?? [];
    const room = before.length > 0 ? before.length < 100 : rootsOfPart.size < mostParts;
    if (room && roots.length > 0 && !roots.every((one) => before.includes(one)))
      rootsOfPart.set(detached(name), [...new Set([...before, ...roots])]);
  };

  /** The cases an event belongs to; those it names by a root, else those of its parts. */
  const casesOf = (event: Happening): number[] => {
    const kind = roots.find((one) => one in event.keys);
    const parts = Object.keys(event.keys).filter((one) => one !== kind && joins(roles, one));
    const names = parts.flatMap((one) => listOf(event.keys[one]).map((value) => `${one} ${value}`));
    if (kind === undefined) {
      const theirs = [...new Set(names.flatMap((name) => rootsOfPart.get(name) ?? []))];
      for (const name of names) if (!rootsOfPart.has(name)) remember(name, theirs);
      return theirs;
    }
    if (cases.size === 0) root = kind;
    const own = listOf(event.keys[kind]).flatMap((value) => caseOf(value) ?? []);
    for (const name of names) remember(name, own);
    return own;
  };

  return {
    take(event) {
      const belongs = casesOf(event);
      const activity = activityOf(event);
      const about = activity === undefined ? undefined : activities[activity];
      if (activity === undefined || !about) return;
      const handler = event.handler ?? '';
      if (about.handlers.has(handler) || about.handlers.size < mostHandlers)
        about.handlers.set(detached(handler), (about.handlers.get(handler) ?? 0) + 1);
      const ms = Date.parse(event.time);
      for (const one of belongs) steps.add(one, activity, ms);
    },
    log: () => ({ activities, trails: () => steps.trails(cases.size), root }),
  };
}

/** Steps as columns: 14 bytes each. */
function stepTable() {
  let room = 4096;
  let ofCase = new Uint32Array(room);
  let activities = new Uint16Array(room);
  let times = new Float64Array(room);
  let used = 0;
  const grow = () => {
    room *= 2;
    const old = { ofCase, activities, times };
    [ofCase, activities, times] = [new Uint32Array(room), new Uint16Array(room), new Float64Array(room)];
    ofCase.set(old.ofCase);
    activities.set(old.activities);
    times.set(old.times);
  };
  return {
    add(one: number, activity: number, ms: number): void {
      if (used >= mostSteps) return;
      if (used === room) grow();
      ofCase[used] = one;
      activities[used] = activity;
      times[used++] = ms;
    },
    *trails(cases: number): Generator<Trail> {
      const order = new Uint32Array(used).map((_, at) => at);
      order.sort((a, b) => (ofCase[a] ?? 0) - (ofCase[b] ?? 0) || (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      let at = 0;
      for (let one = 0; one < cases; one++) {
        const trail: Trail = [];
        for (; at < used && ofCase[order[at] ?? 0] === one; at++) trail.push([activities[order[at] ?? 0] ?? 0, times[order[at] ?? 0] ?? 0]);
        if (trail.length > 0) yield trail;
      }
    },
  };
}

const listOf = (values: string | string[] | undefined): string[] => (values === undefined ? [] : Array.isArray(values) ? values : [values]);
