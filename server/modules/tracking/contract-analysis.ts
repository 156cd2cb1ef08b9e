import { z } from 'zod';
import { Names } from '#scenario/contract';

/** What the analysis and the scenarios' previews look like on the wire; part of `contract.ts`. */

const Time = z.string();

export const ProcessMap = z.object({
  journeys: z.number(),
  events: z.number(),
  variants: z.number(),
  activities: z.array(z.object({ type: z.string(), count: z.number() })),
  durations: z.object({ p50: z.number(), p90: z.number(), mean: z.number() }),
  transitions: z.array(z.object({ from: z.string(), to: z.string(), count: z.number(), p50: z.number(), p90: z.number() })),
  /** The instant that the figures speak of, here and in the other answers of the analysis. */
  at: Time,
});
export type ProcessMap = z.infer<typeof ProcessMap>;

export const Variants = z.object({
  items: z.array(z.object({ types: z.array(z.string()), journeys: z.number(), share: z.number(), p50: z.number(), example: z.string() })),
  total: z.number(),
  nextCursor: z.string().nullable(),
  at: Time,
});
export type Variants = z.infer<typeof Variants>;

/** Time per stage over weeks: one row per (week in which the journey began, stage); `week` is its Monday in the operator's zone. */
export const StageTimes = z.object({
  items: z.array(z.object({ week: z.string(), stage: z.string(), journeys: z.number(), p50: z.number(), p90: z.number() })),
  at: Time,
});
export type StageTimes = z.infer<typeof StageTimes>;

/** Per milestone: what is planned (the holder's working time) and what it really took (running time); seconds. */
export const ElapsedTimes = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      names: Names,
      stage: z.string(),
      holder: z.string(),
      journeys: z.number(),
      planned: z.object({ p50: z.number(), p90: z.number() }),
      actual: z.object({ p50: z.number(), p90: z.number() }).nullable(),
    }),
  ),
  at: Time,
});
export type ElapsedTimes = z.infer<typeof ElapsedTimes>;

const Face = z.object({
  state: z.enum(['open', 'done', 'cancelled']),
  stage: z.string().nullable(),
  stageName: z.string().nullable(),
  milestone: z.string().nullable(),
  milestoneName: z.string().nullable(),
  holder: z.string().nullable(),
  dueAt: Time.nullable(),
});

/** A journey by the version it has (`before`) and by another one. */
export const JourneyShift = z.object({
  id: z.string(),
  root: z.object({ kind: z.string(), value: z.string() }),
  version: z.number(),
  before: Face,
  after: Face,
  changed: z.boolean(),
});
export type JourneyShift = z.infer<typeof JourneyShift>;
export const Preview = z.object({ items: z.array(JourneyShift), journeys: z.number(), changed: z.number() });
export type Preview = z.infer<typeof Preview>;

/**
 * `items`: the first 200 of the `journeys` that are (or, in a dry run, would be) taken over now; `more`: there are others, ask again.
 * `waiting`: how many open journeys went by each other version before.
 */
export const Migration = Preview.extend({
  migrated: z.number(),
  more: z.boolean(),
  waiting: z.array(z.object({ version: z.number(), journeys: z.number() })),
});
export type Migration = z.infer<typeof Migration>;
