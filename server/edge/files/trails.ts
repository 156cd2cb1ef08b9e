import type { FileEvent } from './event.ts';
import { joins, type Roles, rootKinds } from './map.ts';

/** What happened in one case, in the order of the file: [activity's number, instant in ms]. */
export type Trail = [activity: number, ms: number][];
export type Activity = { type: string; source: string; /** Who did it, when a few always do. */ handlers: Map<string, number> };
export type Log = { activities: Activity[]; trails: Trail[]; root: string };

const mostCases = 100_000;
const mostSteps = 2_000_000;
const mostActivities = 5_000;
const mostParts = 500_000;
const mostHandlers = 50;

/**
 * Collects a log's trails for `draftScenario`, in bounded memory: the first 100,000 cases, 2,000,000 steps, 5,000 activities (≈ 150 MB at most);
 * what comes after is not looked at, for a draft needs no more. An event that names parts only counts for
 * the roots that these, or the parts named with them, were named with before: near enough to `design.md` §6 for a draft.
 */
export function collectTrails(roles: Roles | undefined): { take(event: FileEvent): void; log(): Log } {
  const roots = rootKinds(roles);
  const trails: Trail[] = [];
  const cases = new Map<string, number>();
  const rootsOfPart = new Map<string, number[]>();
  const activities: Activity[] = [];
  const numbers = new Map<string, number>();
  let steps = 0;
  let root = roots[0] ?? 'case';

  const caseOf = (value: string): number | undefined => {
    const known = cases.get(value);
    if (known !== undefined || cases.size >= mostCases) return known;
    cases.set(value, trails.push([]) - 1);
    return trails.length - 1;
  };

  const activityOf = (event: FileEvent): number | undefined => {
    const known = numbers.get(event.type);
    if (known !== undefined || activities.length >= mostActivities) return known;
    numbers.set(event.type, activities.push({ type: event.type, source: event.source, handlers: new Map() }) - 1);
    return activities.length - 1;
  };

  const remember = (name: string, roots: number[]): void => {
    const before = rootsOfPart.get(name) ?? [];
    const room = before.length > 0 ? before.length < 100 : rootsOfPart.size < mostParts;
    if (room && roots.length > 0 && !roots.every((one) => before.includes(one))) rootsOfPart.set(name, [...new Set([...before, ...roots])]);
  };

  /** The cases an event belongs to; those it names by a root, else those of its parts. */
  const casesOf = (event: FileEvent): number[] => {
    const kind = roots.find((one) => one in event.keys);
    const parts = Object.keys(event.keys).filter((one) => one !== kind && joins(roles, one));
    const names = parts.flatMap((one) => listOf(event.keys[one]).map((value) => `${one} ${value}`));
    if (kind === undefined) {
      const theirs = [...new Set(names.flatMap((name) => rootsOfPart.get(name) ?? []))];
      for (const name of names) if (!rootsOfPart.has(name)) remember(name, theirs);
      return theirs;
    }
    if (trails.length === 0) root = kind;
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
      if (about.handlers.has(handler) || about.handlers.size < mostHandlers) about.handlers.set(handler, (about.handlers.get(handler) ?? 0) + 1);
      const ms = Date.parse(event.time);
      for (const one of belongs) {
        if (++steps <= mostSteps) trails[one]?.push([activity, ms]);
      }
    },
    log: () => ({ activities, trails, root }),
  };
}

const listOf = (values: string | string[] | undefined): string[] => (values === undefined ? [] : Array.isArray(values) ? values : [values]);
