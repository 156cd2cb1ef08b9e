import type { Scenario } from '#scenario/contract';
import { addWorkingSeconds } from '../server/modules/scenario/calendar.ts';
import { calendars, holders, standardScenarios } from '../server/modules/scenario/standard.ts';
import { offsetSpan } from '../server/modules/scenario/zone.ts';

/** What the demo knows of the trade: the standard scenarios as data, working hours, days. */

export type { Scenario, Step } from '#scenario/contract';

export const DAY_MS = 86_400_000;
const DAY = 86_400;

const scenarios = new Map(standardScenarios().map((s) => [s.id, s]));
const hours = new Map(calendars().map((c) => [c.id, c]));
const posts = new Map(holders().map((h) => [h.id, h.calendar as string]));

export const scenarioOf = (id: string): Scenario => {
  const found = scenarios.get(id);
  if (found === undefined) throw new RangeError(`there is no standard scenario ${id}`);
  return found;
};

const open = (holder: string) => hours.get(posts.get(holder) ?? 'always')!;

/** A step of "1d" takes its holder one of his working days, not 24 of his working hours. */
export function inWorkingTime(seconds: { p50: number; p90: number }, holder: string): { p50: number; p90: number } {
  if (seconds.p90 < DAY) return seconds;
  const { opens, closes } = open(holder);
  const part = (closes - opens) / DAY;
  return { p50: seconds.p50 * part, p90: seconds.p90 * part };
}

/** So many seconds later in the holder's working hours (epoch ms). */
export const later = (at: number, seconds: number, holder: string, zone: string): number => {
  const calendar = open(holder);
  return calendar.id === 'always' ? at + Math.round(seconds * 1000) : addWorkingSeconds(at, seconds, calendar, zone);
};

/** How far the wall's clock is ahead of UTC, ms. */
export const offsetAt = (at: number, zone: string): number => offsetSpan(at, zone).offset;

/** Midnight (epoch ms) of the local day that holds `at`, `days` later. */
export function startOfDay(at: number, zone: string, days = 0): number {
  const wall = Math.floor((at + offsetAt(at, zone)) / DAY_MS + days) * DAY_MS;
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

/** Seconds since local midnight. */
export const secondOfDay = (at: number, zone: string): number => ((((at + offsetAt(at, zone)) % DAY_MS) + DAY_MS) % DAY_MS) / 1000;

/** 1 = Monday … 7 = Sunday, of the local day. */
export const weekdayOf = (at: number, zone: string): number => ((Math.floor((at + offsetAt(at, zone)) / DAY_MS) + 3) % 7) + 1;

/** "261122" of the local day. */
export const dayStamp = (at: number, zone: string): string =>
  new Date(at + offsetAt(at, zone)).toISOString().slice(2, 10).replaceAll('-', '');

/** The first local midnight of the next month after `at`, and whether it is at most `days` away. */
export function monthEnd(at: number, zone: string): number {
  const wall = new Date(at + offsetAt(at, zone));
  const first = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 1);
  return first - offsetAt(first, zone);
}
