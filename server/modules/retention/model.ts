import type { Effect } from './contract.ts';

/** What becomes of hits and cases, and how good a rule was: decided here, without the store. */

export type CaseState = 'open' | 'suppressed' | 'taken' | 'closed';

/** Acts of people on a case: in which states, and what comes of it. `own`: only by whoever took it. */
export const ACTS = {
  take: { from: ['open', 'suppressed'], to: 'taken', own: false },
  note: { from: ['open', 'suppressed', 'taken'], to: null, own: false },
  close: { from: ['taken'], to: 'closed', own: true },
  release: { from: ['taken'], to: 'open', own: true },
} as const satisfies Record<string, { from: readonly CaseState[]; to: CaseState | null; own: boolean }>;
export type Act = keyof typeof ACTS;

export interface Standing {
  readonly state: CaseState;
  readonly holder: string | null;
}

/** Why an act cannot be done now; null: it can. */
export function obstacle(act: Act, c: Standing, actor: string): 'case.closed' | 'case.not-taken' | 'case.taken' | 'case.not-yours' | null {
  const { from, own } = ACTS[act];
  if (c.state === 'closed') return 'case.closed';
  if (!(from as readonly CaseState[]).includes(c.state)) return c.state === 'taken' ? 'case.taken' : 'case.not-taken';
  return own && c.holder !== actor ? 'case.not-yours' : null;
}

/** Why a case cannot be given to somebody; null: it can. Who has it already may lose it to him. */
export function assignObstacle(
  c: Standing & { readonly area: string | null },
  to: { readonly id: string; readonly areas: 'all' | readonly string[] },
): 'case.closed' | 'case.with-him' | 'case.not-his-area' | null {
  if (c.state === 'closed') return 'case.closed';
  if (c.state === 'taken' && c.holder === to.id) return 'case.with-him';
  return to.areas === 'all' || (c.area !== null && to.areas.includes(c.area)) ? null : 'case.not-his-area';
}

/** An assignment is taken back where nobody acted upon it: he still has the case since then. */
export const isAsAssigned = (
  c: Standing & { readonly taken_at: number | null },
  a: { readonly to: string; readonly at: number },
): boolean => c.state === 'taken' && c.holder === a.to && c.taken_at === a.at;

/** Reasons of ours why a case is held back, beside the rules that suppress. */
export const QUIET = 'recently-closed';

export interface Spoken {
  /** Rules that hold the case back, by priority. */
  readonly suppressing: readonly string[];
  /** His case that is not closed, if there is one. */
  readonly live: CaseState | null;
  /** Until which day nobody calls again after the last one. */
  readonly quietUntil: number | null;
}

/** What a day's hits make of a customer's case: one case however many rules and days, none in the talk that is going on already. */
export function decide({ suppressing, live, quietUntil }: Spoken, day: number): { state: CaseState; because: string | null } {
  if (live === 'taken') return { state: 'taken', because: null };
  const [because] = suppressing;
  if (because !== undefined) return { state: 'suppressed', because };
  if (quietUntil !== null && day <= quietUntil) return { state: 'suppressed', because: QUIET };
  return { state: 'open', because: null };
}

/** Rules of a mask, by their places. */
export const rulesOf = <T extends { readonly effect: Effect }>(mask: number, rules: readonly T[], effect: Effect): T[] =>
  rules.filter((r, i) => r.effect === effect && ((mask >>> i) & 1) === 1);

/** A day's hits of a rule, and everybody who was looked at on that day; `left`: how many of them were gone within the time that is looked at. */
export interface HitDay {
  readonly day: number;
  readonly hits: number;
  readonly hitsLeft: number;
  readonly customers: number;
  readonly customersLeft: number;
}

export interface Precision {
  readonly hits: number;
  readonly left: number;
  /** Share of the hits that left; null without hits. */
  readonly precision: number | null;
  /** Share of everybody that left, days weighed by their hits. */
  readonly base: number | null;
  /** Precision ÷ base; null where nobody left. */
  readonly lift: number | null;
}

/** How often a rule was right, and how much better than picking anybody. Only days whose time is over should be given. */
export function precisionOf(days: readonly HitDay[]): Precision {
  const spoke = days.filter((d) => d.hits > 0 && d.customers > 0);
  const hits = spoke.reduce((n, d) => n + d.hits, 0);
  const left = spoke.reduce((n, d) => n + d.hitsLeft, 0);
  if (hits === 0) return { hits, left, precision: null, base: null, lift: null };
  const base = spoke.reduce((n, d) => n + (d.hits * d.customersLeft) / d.customers, 0) / hits;
  const precision = left / hits;
  return { hits, left, precision, base, lift: base === 0 ? null : precision / base };
}

/** More than this share of all gone in one night is a fault of the data and not believed. */
const MOST_LEAVING = 0.05;
export const isBelievable = (leaving: number, customers: number): boolean => leaving <= Math.max(100, customers * MOST_LEAVING);
