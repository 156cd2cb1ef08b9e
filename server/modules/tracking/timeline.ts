/** What is known of a journey: the result of its fold, and how it is begun, changed and copied. Times are integer microseconds since 1970. */

/** Where a personal value lies in the vault: [subject, id]. */
export type PersonRef = readonly [string, string];

/** A place in a journey's order: time, seq, the step's rank, source, the source's event id. */
export type Place = [at: number, seq: number, rank: number, source: string, id: string];

export interface MilestoneState {
  /** When its closing step came, while it is done. */
  left?: number;
  entries: number;
  /** Entered and not sent back since. */
  inside?: true;
  /** Shown by one of its steps (matters for optional milestones only). */
  seen?: true;
  handler?: string;
  sources: readonly string[];
}

export interface WaitState {
  id: string;
  since: number;
  until?: number;
  /** Holder of the milestone that waits: his next step ends the wait. */
  holder?: string;
  stops: boolean;
}

/**
 * Everything a journey's row keeps of its fold; plain JSON, ≤ 1 kB for a usual journey. It is remembered while its journey goes on, so it is small: its
 * milestones change where they stand once they are its own (`own`), its lists are made anew, as long as they are, with every entry.
 */
export interface Timeline {
  events: number;
  started: number;
  last: number;
  tail: Place;
  milestones: MilestoneState[];
  /** Index of the furthest done milestone, −1 for none. */
  done: number;
  /** When each stage was reached. */
  stages: (number | null)[];
  finished?: number;
  cancelled?: number;
  reason?: string;
  wait?: WaitState;
  /** Ended waits, oldest first: [id, since, ended, stopped the promise]. */
  waits: readonly [string, number, number, 0 | 1][];
  exceptions: readonly [code: string, at: number, reason: string, source: string][];
  /** Promise clock stopped so far, µs. */
  stopped: number;
  /** Exceptions counted since the last step, by code (three unanswered calls make a wait). */
  counts: Readonly<Record<string, number>>;
  urged: number;
  slot?: [from: number, to: number];
  /** The appointment that the customer had before we moved it ourselves: his promise stays there. */
  held?: [from: number, to: number];
  place?: string;
  area?: string;
  /** Last step's time: from here the present holder's own time runs. */
  moved: number;
  /** The latest handler of a step in the field: who comes. */
  visitor?: string;
  person?: Record<string, PersonRef>;
  /** The latest parcel and what happened to it. */
  parcel?: { number: string; steps: readonly [type: string, at: number][] };
  /** An event has said which scenario this is. */
  named?: true;
}

/** Lists and counts that nothing was entered in: one for all, never changed. */
export const NONE: readonly never[] = [];
export const NO_COUNTS: Timeline['counts'] = {};

/** Every field from the beginning, so that all timelines have one shape: the hot road looks into them some hundred times an event. */
export const blankTimeline = (milestones: MilestoneState[], stages: (number | null)[]): Timeline => ({
  events: 0,
  started: 0,
  last: 0,
  tail: [0, 0, 0, '', ''],
  milestones,
  done: -1,
  stages,
  finished: undefined,
  cancelled: undefined,
  reason: undefined,
  wait: undefined,
  waits: NONE,
  exceptions: NONE,
  stopped: 0,
  counts: NO_COUNTS,
  urged: 0,
  slot: undefined,
  held: undefined,
  place: undefined,
  area: undefined,
  moved: 0,
  visitor: undefined,
  person: undefined,
  parcel: undefined,
  named: undefined,
});

const blankMilestone = (): MilestoneState => ({
  left: undefined,
  entries: 0,
  inside: undefined,
  seen: undefined,
  handler: undefined,
  sources: NONE,
});

/** A milestone of which nothing is known yet: one for all timelines. */
export const BLANK: Readonly<MilestoneState> = blankMilestone();

/** A timeline's own milestone, to be changed. */
export function own(t: Timeline, i: number): MilestoneState {
  const m = t.milestones[i] as MilestoneState;
  if (m !== BLANK) return m;
  const mine = blankMilestone();
  t.milestones[i] = mine;
  return mine;
}

/** The same timeline, to go on from without changing the one that is there. */
export const copyOf = (t: Timeline): Timeline => ({
  ...t,
  milestones: t.milestones.map((m) => (m === BLANK ? m : { ...m })),
  stages: [...t.stages],
});
