import { z } from 'zod';
import { Fact, Mistake, Parameter } from '#rule/contract';

/** The wire forms of churn warning: rules over facts, cases. Safe in the browser. */

const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });
const Text = z.strictObject({ zh: z.string().trim().min(1).max(2_000), en: z.string().trim().min(1).max(2_000) });
const RuleId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
export const Day = z.iso.date();

/** `work`: a hit becomes a case; `suppress`: while it is so, no case is opened; `population`: who is looked at at all (one rule). */
export const Effect = z.enum(['work', 'suppress', 'population']);
export type Effect = z.infer<typeof Effect>;

/** A rule as a person writes it. */
export const RuleText = z.strictObject({
  names: Names,
  /** The definition in words (口径); `{parameter}` stands for its value. */
  meaning: Text,
  effect: Effect.default('work'),
  /** 1 is called first. */
  priority: z.number().int().min(1).max(9),
  parameters: z.array(Parameter).max(20).default([]),
  /** The condition, over facts, parameters and `today`. */
  when: z.string().max(2_000),
  /** Facts whose values a case shows. */
  evidence: z.array(Fact.shape.name).min(1).max(20),
  inForce: z.boolean().default(true),
});
export type RuleText = z.infer<typeof RuleText>;

export const Rule = RuleText.extend({ id: RuleId, version: z.number().int().positive() });
export type Rule = z.infer<typeof Rule>;

/** How a case ends. `bySystem`: nobody chooses it. */
export const Outcome = z.strictObject({
  id: RuleId,
  quietDays: z.number().int().min(0).max(365),
  left: z.boolean(),
  bySystem: z.boolean().default(false),
  names: Names,
});
export type Outcome = z.infer<typeof Outcome>;

export const Cause = z.strictObject({ id: RuleId, names: Names });
export type Cause = z.infer<typeof Cause>;

/** A rule in a person's hand: what it is based on says whether somebody else was first. */
export const RuleEdit = z.strictObject({ basedOn: z.number().int().min(0), rule: RuleText });
export const RuleTry = z.strictObject({ rule: RuleText });

const Action = z.object({ name: z.string(), allowed: z.boolean(), because: z.string().nullable() });
const Named = z.object({ id: z.string(), names: Names });

export const RuleView = Rule.extend({
  /** The definition with the parameters' values in it. */
  says: Text,
  at: z.string(),
  by: z.string(),
  /** What is wrong with it since a fact went; null: it speaks. */
  mistake: Mistake.nullable(),
  actions: z.array(Action),
});
export type RuleView = z.infer<typeof RuleView>;

/**
 * How many customers a rule would hit today, of how many of whom it is known either way, of how many looked at. `fresh`: hits who have no case now, nor
 * are left in peace after one; null where hits make no cases.
 */
export const Tried = z.object({
  count: z.number(),
  fresh: z.number().nullable(),
  known: z.number(),
  customers: z.number(),
  ms: z.number(),
});
export type Tried = z.infer<typeof Tried>;

const Shown = z.union([z.number(), z.string(), z.boolean(), z.null()]);
/** The facts' values on the first day and on the last; null is unknown. */
const Evidence = z.array(z.object({ fact: z.string(), names: Names, unit: z.string(), first: Shown, last: Shown }));

export const CaseRow = z.object({
  id: z.string(),
  state: z.enum(['open', 'suppressed', 'taken', 'closed']),
  /** Why it is held back. */
  because: Named.nullable(),
  priority: z.number(),
  /** `name` masked; null: unknown, or not the caller's to see. */
  customer: z.object({ id: z.string().nullable(), area: z.string().nullable(), name: z.string().nullable() }),
  /** The most urgent first, each with the figures that made it speak. */
  rules: z.array(Named.extend({ evidence: Evidence })),
  openedOn: z.string(),
  lastSpokeOn: z.string(),
  holder: z.string().nullable(),
  takenAt: z.string().nullable(),
  outcome: Named.nullable(),
  cause: Named.nullable(),
  closedAt: z.string().nullable(),
  closedBy: z.string().nullable(),
  actions: z.array(Action),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const CaseDetail = CaseRow.extend({
  /** The customer's card as the caller may see it; null: not his. */
  card: z.record(z.string(), z.unknown()).nullable(),
  hits: z.array(
    z.object({
      rule: z.string(),
      version: z.number(),
      names: Names,
      says: Text,
      firstOn: z.string(),
      lastOn: z.string(),
      days: z.number(),
      evidence: Evidence,
    }),
  ),
  notes: z.array(z.object({ at: z.string(), by: z.string(), text: z.string() })),
  /** His cases before this one. */
  earlier: z.array(z.object({ id: z.string(), openedOn: z.string(), outcome: Named.nullable(), closedAt: z.string().nullable() })),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const NewNote = z.strictObject({ text: z.string().trim().min(1).max(2_000) });
export const Closing = z.strictObject({
  outcome: RuleId,
  cause: RuleId.nullish(),
  note: z.string().trim().min(1).max(2_000).nullish(),
});
export type Closing = z.infer<typeof Closing>;

/** A customer by his phone, or by his number in a source: personal, so it stands in bodies alone. */
export const CaseSearch = z.strictObject({ number: z.string().trim().min(3).max(128) });

/** Cases by their numbers, each once, to one who works on them. */
export const Assignment = z.strictObject({
  cases: z
    .array(z.string().regex(/^[1-9]\d{0,14}$/))
    .min(1)
    .max(200),
  to: z.string().min(1).max(64),
});
export type Assignment = z.infer<typeof Assignment>;

/** What came of it: those that he has now, and why not the others. */
export const Assigned = z.object({
  id: z.string(),
  to: z.object({ id: z.string(), name: z.string() }),
  assigned: z.number(),
  refused: z.array(z.object({ case: z.string(), code: z.string(), message: z.string() })),
});
export type Assigned = z.infer<typeof Assigned>;

/** `kept`: cases that somebody acted upon since, which stay as they are. */
export const Unassigned = z.object({ returned: z.number(), kept: z.number() });
export type Unassigned = z.infer<typeof Unassigned>;

export const Run = z.object({
  day: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  began: z.string(),
  ended: z.string().nullable(),
  customers: z.number(),
  cases: z.number(),
  suppressed: z.number(),
  departed: z.number(),
  /** What is to be known of it: why it failed, or why nobody is believed to have left. */
  trouble: Text.nullable(),
  facts: z.array(z.object({ name: z.string(), names: Names, loadedAt: z.string().nullable(), doubtful: z.number() })),
  rules: z.array(
    z.object({ id: z.string(), names: Names, version: z.number(), hits: z.number(), known: z.number(), trouble: z.string().nullable() }),
  ),
});
export type Run = z.infer<typeof Run>;

export const RulePrecision = z.object({
  rule: z.string(),
  names: Names,
  /** Of the hits: a month `yyyy-MM`, or a week by its Monday `yyyy-MM-dd`; null: all of them. */
  period: z.string().nullable(),
  hits: z.number(),
  left: z.number(),
  precision: z.number().nullable(),
  base: z.number().nullable(),
  lift: z.number().nullable(),
  /** Hits whose time is not over. */
  undecided: z.number(),
  outcomes: z.record(z.string(), z.number()),
});
export type RulePrecision = z.infer<typeof RulePrecision>;
