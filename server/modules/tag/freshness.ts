/** How fresh a tag is: judged by what it says of itself, never guessed where it says nothing. */

type Cycle = 'day' | 'week' | 'month';

/** `due`: the last day (`yyyy-MM-dd`) on which what is loaded now is still the newest that may be expected. */
export type Freshness = { readonly is: 'never' } | { readonly is: 'unsaid' } | { readonly is: 'fresh' | 'late'; readonly due: string };

/** Words of `refresh`, in both languages, by which a rhythm is known. */
const RHYTHMS: readonly [RegExp, Cycle][] = [
  [/每[日天]|逐日|日更|daily|every day/i, 'day'],
  [/每周|每星期|周更|weekly|every week/i, 'week'],
  [/每月|按月|月更|账期|monthly|every month/i, 'month'],
];

/** Days that a load may lie back before it is late: a day's facts come the next day, and one night may fail. */
const LATE_AFTER = { day: 2, week: 9 } as const;
/** A billing month is settled in the first days of the next one; until this day of the month after that the old one is the newest there is. */
const SETTLED_BY = 10;

/** What a tag says of itself: how often it is renewed, the month or day that it speaks of. */
interface Told {
  readonly refresh: string | null;
  readonly speaksOf: string | null;
}

export function cycleOf({ refresh, speaksOf }: Told): Cycle | null {
  const said = RHYTHMS.find(([words]) => refresh !== null && words.test(refresh));
  if (said) return said[1];
  return speaksOf !== null && speaksOf.length === 7 ? 'month' : null;
}

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);
const afterDays = (day: string, days: number): string => dayText(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
const dayOfMonth = (month: string, months: number, day: number): string => {
  const [year, m] = month.split('-').map(Number) as [number, number];
  return dayText(Date.UTC(year, m - 1 + months, day));
};

/** `today`, `loadedOn`: days in the operator's zone; `loadedOn` null: never loaded. */
export function freshnessOf(tag: Told, loadedOn: string | null, today: string): Freshness {
  if (loadedOn === null) return { is: 'never' };
  const cycle = cycleOf(tag);
  if (cycle === null) return { is: 'unsaid' };
  const due = dueOf(cycle, tag.speaksOf, loadedOn);
  return { is: today > due ? 'late' : 'fresh', due };
}

function dueOf(cycle: Cycle, speaksOf: string | null, loadedOn: string): string {
  if (cycle !== 'month') return afterDays(speaksOf?.length === 10 ? speaksOf : loadedOn, LATE_AFTER[cycle]);
  return speaksOf === null ? dayOfMonth(loadedOn.slice(0, 7), 1, SETTLED_BY) : dayOfMonth(speaksOf.slice(0, 7), 2, SETTLED_BY);
}
