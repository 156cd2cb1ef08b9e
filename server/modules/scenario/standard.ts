import { z } from 'zod';
import { once, standardOf } from '#platform/standard';
import { Calendar, Exception, Figure, Holder, Kind, Milestone, PromiseTerm, Scenario, Stage, Step, System, Wait } from './contract.ts';
import { durationSeconds, timeOfDaySeconds } from './duration.ts';

/**
 * The standard scenarios and the words around them, read once from `standard/*.yaml`. The files hold what the wire form holds, written
 * for people: durations as '4m' or '1d' (seconds on the wire), `within` for a promise's `seconds`, and what is false or empty left out.
 */

const { read, numbered } = standardOf(import.meta.url);

const spoken = <T>(read: (text: string) => T) =>
  z.union([z.string(), z.number()]).transform((value, context) => {
    try {
      return read(String(value));
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
const duration = spoken(durationSeconds);
const timeOfDay = spoken(timeOfDaySeconds);
const no = z.boolean().default(false);

const WrittenStep = Step.extend({ p50: duration, p90: duration, optional: no, closes: no });
const WrittenMilestone = Milestone.extend({ optional: no, steps: z.array(WrittenStep) });
const WrittenTerm = PromiseTerm.omit({ seconds: true })
  .extend({ within: duration, clock: PromiseTerm.shape.clock.default('running') })
  .transform(({ within, ...term }) => ({ ...term, seconds: within }));
const WrittenScenario = Scenario.extend({
  stages: z.array(Stage.extend({ optional: no })),
  milestones: z.array(WrittenMilestone),
  promise: Scenario.shape.promise.extend({ terms: z.array(WrittenTerm) }),
}).pipe(Scenario);

const WrittenLimit = Wait.shape.limits.element
  .omit({ seconds: true })
  .extend({ after: duration })
  .transform(({ after, ...limit }) => ({ ...limit, seconds: after }));
const WrittenWait = Wait.extend({ limits: z.array(WrittenLimit).default([]) }).pipe(Wait);
const WrittenException = Exception.extend({ events: z.array(Exception.shape.events.element.extend({ cancels: no })) }).pipe(Exception);
const WrittenKind = Kind.extend({ personal: no }).pipe(Kind);
const WrittenCalendar = z.strictObject({ ...Calendar.shape, opens: timeOfDay, closes: timeOfDay }).pipe(Calendar);

/** The seventeen standard scenarios, version 1, in the order of their files' numbers. */
export const standardScenarios: () => readonly Scenario[] = once(() => numbered(WrittenScenario));

/** W1–W13: which clock each stops, who has it meanwhile, what a customer reads. */
export const waits: () => readonly Wait[] = once(() => read('waits.yaml', z.array(WrittenWait)));

/** E1–E25: by which events each is known, and what the fold does with it. */
export const exceptions: () => readonly Exception[] = once(() => read('exceptions.yaml', z.array(WrittenException)));

/** Who can have a journey. */
export const holders: () => readonly Holder[] = once(() => read('holders.yaml', z.array(Holder)));

/** The source systems by source id. */
export const systems: () => readonly System[] = once(() => read('systems.yaml', z.array(System)));

/** The kinds of objects with their roles; a kind that is not listed is a part. */
export const kinds: () => readonly Kind[] = once(() => read('kinds.yaml', z.array(WrittenKind)));

/** The definitions of the figures on every screen. */
export const figures: () => readonly Figure[] = once(() => read('figures.yaml', z.array(Figure)));

/** The working hours that holders and promises count in. */
export const calendars: () => readonly Calendar[] = once(() => read('calendars.yaml', z.array(WrittenCalendar)));
