import { hashOf } from '#audience';
import { MOST_OBSERVATIONS } from './contract.ts';
import { monthAfter } from './days.ts';

/**
 * An *observation* keeps what is known of people on one day; their outcome is read a horizon later. What a version learns from it was known before anything
 * of the outcome was.
 */

export const OBSERVATION_STATES = ['asked', 'kept', 'due', 'ripe', 'failed'] as const;
export type ObservationState = (typeof OBSERVATION_STATES)[number];

/** People in one at most, about. */
export const MOST_OBSERVED = 200_000;

interface Standing {
  readonly day: number;
  readonly state: ObservationState;
}

/** The observation that makes room for one more: `none` has to, or, null, none can: all of them still wait for their outcome. */
export function roomFrom(there: readonly Standing[]): number | 'none' | null {
  if (there.length < MOST_OBSERVATIONS) return 'none';
  const spent = there
    .filter(({ state }) => state === 'ripe' || state === 'failed')
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.day - b.day);
  return spent[0]?.day ?? null;
}
const rankOf = ({ state }: Standing): number => Number(state === 'ripe');

/** Whether the next of the monthly ones is to begin. */
export const isNextDue = (there: readonly Standing[], today: number): boolean => {
  const last = there.reduce((most, { day }) => Math.max(most, day), Number.NEGATIVE_INFINITY);
  return last === Number.NEGATIVE_INFINITY || monthAfter(last) <= today;
};

/* ── outcomes ── */

export const YES = 1;
export const NO = 0;
export const NOT_KNOWN = 255;

/** What came of someone: `label` the flag's code, NaN unknown. Of one who counts no more a "no" is only what was last heard, so it is none. */
export const outcomeOf = (label: number, everyone: number): number => {
  if (label === 1) return YES;
  return label === 0 && everyone === 1 ? NO : NOT_KNOWN;
};

/** Who is in several observations is learned from once, in one of them by chance: otherwise he would judge a model that has seen him. */
export const pickOne = (ordinal: number, among: number): number => (among === 1 ? 0 : hashOf(ordinal, PICK) % among);
const PICK = 0x6f627376;
