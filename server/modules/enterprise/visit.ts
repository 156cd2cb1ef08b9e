import type { VISIT_STATES } from './contract.ts';

/** What can be done with a visit now: decided here, without the store. Days are integers since 1970-01-01. */

type State = (typeof VISIT_STATES)[number];

export interface Standing {
  readonly state: State;
  readonly day: number;
  readonly by: string;
  readonly by_name: string;
  readonly outcome_by: string | null;
  readonly outcome_by_name: string | null;
}

export interface Around {
  readonly actor: string;
  readonly today: number;
  /** No later visit of the same enterprise stands. */
  readonly isLatest: boolean;
}

export type Obstacle = 'enterprise-visit.over' | 'enterprise-visit.not-yet' | 'enterprise-visit.not-latest' | 'enterprise-visit.not-yours';

/** A visit's day lies within a year from today, back or ahead: what took place may be noted afterwards. */
const REACH = 366;
export const isDay = (day: number, today: number): boolean => Math.abs(day - today) <= REACH;

/** Why the outcome cannot be noted; null: it can. */
export function outcomeObstacle({ state, day }: Pick<Standing, 'state' | 'day'>, { today }: Pick<Around, 'today'>): Obstacle | null {
  if (state !== 'planned') return 'enterprise-visit.over';
  return day > today ? 'enterprise-visit.not-yet' : null;
}

/** Who did the last step: he alone takes it back. */
export const lastBy = (v: Standing): { id: string; name: string } =>
  v.outcome_by === null ? { id: v.by, name: v.by_name } : { id: v.outcome_by, name: v.outcome_by_name ?? v.outcome_by };

/** Why the last step cannot be taken back; null: it can. */
export function undoObstacle(v: Standing, { actor, isLatest }: Pick<Around, 'actor' | 'isLatest'>): Obstacle | null {
  if (v.state === 'withdrawn') return 'enterprise-visit.over';
  if (!isLatest) return 'enterprise-visit.not-latest';
  return lastBy(v).id === actor ? null : 'enterprise-visit.not-yours';
}

/** Taken back: an outcome leaves the visit planned, a plan is withdrawn. */
export const undone = (state: State): State => (state === 'done' ? 'planned' : 'withdrawn');
