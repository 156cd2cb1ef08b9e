import type { Milestone, PromiseTerm, Scenario } from './contract.ts';

/** What narrows a promise: city or country, with construction, by courier … */
export type Circumstance = NonNullable<PromiseTerm['when']>;

/**
 * The term that a milestone is promised by: of its terms the first whose `when` is among the circumstances, else the first without
 * `when`, else the first (the usual one); undefined where nothing is promised for it.
 */
export function termFor(scenario: Scenario, milestone: string, circumstances: readonly Circumstance[]): PromiseTerm | undefined {
  const terms = scenario.promise.terms.filter((term) => term.milestone === milestone);
  return terms.find((term) => term.when && circumstances.includes(term.when)) ?? terms.find((term) => !term.when) ?? terms[0];
}

/** The milestone that the journey's own promise speaks of: the last one with a term (the customer may still act after it). */
export function journeyMilestone(scenario: Scenario): Milestone | undefined {
  return scenario.milestones.findLast((milestone) => scenario.promise.terms.some((term) => term.milestone === milestone.id));
}

/** The id of the calendar in which a term's seconds count. */
export function calendarOf(clock: PromiseTerm['clock']): string {
  const calendars = { running: 'always', workdays: 'whole-workdays', desk: 'desk' } as const;
  return calendars[clock];
}
