import { z } from 'zod';

/**
 * The wire form of a scenario: what `GET /api/scenarios/{id}` answers, what the editor sends, what the standard files hold. Safe in the
 * browser.
 */

export const Names = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
export type Names = z.infer<typeof Names>;

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** One internal step as a source reports it. `p50`/`p90`: seconds since the step before, in the holder's working hours. */
export const Step = z.strictObject({
  type: z.string().min(1).max(128),
  source: z.string().min(1).max(64),
  optional: z.boolean(),
  closes: z.boolean(),
  p50: z.number().int().nonnegative(),
  p90: z.number().int().nonnegative(),
});
export type Step = z.infer<typeof Step>;

export const Stage = z.strictObject({ id: Id, names: Names, optional: z.boolean() });
export type Stage = z.infer<typeof Stage>;

export const Milestone = z.strictObject({
  id: Id,
  names: Names,
  stage: Id,
  holder: z.string().min(1).max(64),
  optional: z.boolean(),
  steps: z.array(Step).min(1).max(40),
});
export type Milestone = z.infer<typeof Milestone>;

/**
 * One promise to the customer: `milestone` closed at most `seconds` after the journey's first event (or after `from` was closed; with
 * `fromStep`, after the first such step that follows it). `clock` "workdays": seconds count only in working days (a day is 86,400 s of
 * one whole working day); "desk": only in the desk's hours. `when` narrows it: of a milestone's terms the first whose `when` holds is
 * used, else the first without `when`, else the first (`termFor` in `promise.ts`).
 */
export const PromiseTerm = z.strictObject({
  milestone: Id,
  from: Id.optional(),
  fromStep: z.string().min(1).max(128).optional(),
  seconds: z.number().int().positive(),
  clock: z.enum(['running', 'workdays', 'desk']),
  when: z.enum(['city', 'country', 'construction', 'device', 'courier', 'remote', 'same-city', 'cross-province', 'enterprise']).optional(),
});
export type PromiseTerm = z.infer<typeof PromiseTerm>;

export const Scenario = z.strictObject({
  id: Id,
  version: z.number().int().positive(),
  names: Names,
  /** Kinds that can be this scenario's root, the usual one first. */
  root: z.array(z.string().min(1)).min(1),
  stages: z.array(Stage).max(20),
  milestones: z.array(Milestone).max(60),
  /**
   * Never empty in a standard scenario; the journey's own promise is that of the last milestone that has a term (`journeyMilestone` in
   * `promise.ts`). `slot`: a confirmed appointment slot replaces it.
   */
  promise: z.strictObject({ names: Names, terms: z.array(PromiseTerm), slot: z.boolean() }),
  waits: z.array(Id),
  exceptions: z.array(z.string().regex(/^E\d+$/)),
});
export type Scenario = z.infer<typeof Scenario>;

/** A named reason that stops a clock (`scenarios.md` W1–W13 by id). */
export const Wait = z.strictObject({
  id: Id,
  code: z.string().regex(/^W\d+$/),
  names: Names,
  /** What a customer reads while it lasts: plain, no system's word. */
  customer: Names,
  setBy: Names,
  ends: Names,
  promise: z.enum(['stops', 'runs']),
  holderClock: z.enum(['stops', 'runs']),
  /** Who has it instead while it lasts. */
  movesTo: z.string().optional(),
  /** Seconds after which somebody must act, and who. */
  limits: z.array(z.strictObject({ seconds: z.number().int().positive(), next: Names })),
});
export type Wait = z.infer<typeof Wait>;

/** What goes wrong (`scenarios.md` §5), and what the fold does with it. */
export const Exception = z.strictObject({
  code: z.string().regex(/^E\d+$/),
  names: Names,
  customer: Names,
  /** `cancels`: with this event the journey is over, cancelled (being asked to cancel is not). */
  events: z.array(z.strictObject({ source: z.string(), type: z.string(), cancels: z.boolean() })),
  /** Back to the milestone that holds this step type: it and all after it are pending again. */
  backTo: z.string().optional(),
  /** This wait begins with the event (`after` = only at the n-th such event since the last step). */
  wait: Id.optional(),
  after: z.number().int().positive().optional(),
});
export type Exception = z.infer<typeof Exception>;

export const Holder = z.strictObject({ id: z.string(), names: Names, calendar: z.enum(['always', 'installers', 'desk', 'workdays']) });
export type Holder = z.infer<typeof Holder>;

export const System = z.strictObject({ id: z.string(), code: z.string(), names: Names });
export type System = z.infer<typeof System>;

/** `root2`: a root of the second rank: a part as soon as it is named together with a root. */
export const Kind = z.strictObject({
  id: z.string(),
  names: Names,
  role: z.enum(['root', 'root2', 'part', 'asset', 'context']),
  personal: z.boolean(),
});
export type Kind = z.infer<typeof Kind>;

/** A figure's definition (口径) that every screen links to. */
export const Figure = z.strictObject({ id: Id, names: Names, definition: Names });
export type Figure = z.infer<typeof Figure>;

/** Working hours: on these weekdays (1 = Monday … 7 = Sunday), from `opens` to `closes` in seconds of the local day. */
export const Calendar = z
  .strictObject({
    id: Id,
    names: Names,
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    opens: z.number().int().min(0).max(86_400),
    closes: z.number().int().min(0).max(86_400),
  })
  .refine((calendar) => calendar.opens < calendar.closes, { error: 'a calendar opens before it closes' });
export type Calendar = z.infer<typeof Calendar>;

/** One thing that is wrong with a scenario: `path` leads to it ('milestones.3.steps.1.p50'). */
export const Problem = z.object({ path: z.string(), code: z.string(), names: Names });
export const Problems = z.object({ problems: z.array(Problem) });

/** A scenario being edited. `basedOn`: the version it starts from, 0 for a new one; `revision`: to be sent back with the next change. */
export const Draft = z.object({
  scenario: Scenario,
  basedOn: z.number(),
  revision: z.number(),
  editedAt: z.string(),
  editedBy: z.string(),
  problems: z.array(Problem),
});
export type Draft = z.infer<typeof Draft>;

/** A draft in a list: which scenario, from which version, who saved it last, how much is wrong with it. */
export const DraftLine = Draft.omit({ scenario: true, problems: true }).extend({
  id: z.string(),
  names: Names,
  root: z.array(z.string()),
  problems: z.number(),
});
export type DraftLine = z.infer<typeof DraftLine>;
export const DraftList = z.object({ items: z.array(DraftLine) });
