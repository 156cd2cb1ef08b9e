import { z } from 'zod';

/** The wire forms of churn warning: facts, rules, cases. Safe in the browser. */

const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });
const Text = z.strictObject({ zh: z.string().trim().min(1).max(2_000), en: z.string().trim().min(1).max(2_000) });
const RuleId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
export const Day = z.iso.date();

/** What a rule may speak of: a tag of kind number (whole), date or flag. */
export const Fact = z.strictObject({
  /** The tag's name: `bill.current`. */
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,3}$/)
    .max(64),
  kind: z.enum(['number', 'date', 'flag']),
  unit: z.enum(['fen', 'days', 'times', 'number', 'date', 'flag']),
  /** Least and greatest value that is believed (dates in days since 1970-01-01); what lies outside counts as unknown, and the run says how many. */
  from: z.number().int(),
  to: z.number().int(),
  names: Names,
});
export type Fact = z.infer<typeof Fact>;

/** A figure of a rule that has a name of its own, so that it can be changed without touching the condition. */
export const Parameter = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/),
  value: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
  unit: z.enum(['percent', 'days', 'months', 'fen', 'times', 'number']),
  names: Names,
});
export type Parameter = z.infer<typeof Parameter>;

/** `work`: a hit becomes a case; `suppress`: while it is so, no case is opened; `population`: who is looked at at all (one rule). */
export const Effect = z.enum(['work', 'suppress', 'population']);

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

/** A place in a rule's text that is wrong: signs from `start` to `end`, line and column from 1. */
export const Mistake = z.object({
  path: z.string(),
  reason: z.string(),
  start: z.number(),
  end: z.number(),
  line: z.number(),
  column: z.number(),
  zh: z.string(),
  en: z.string(),
});
export type Mistake = z.infer<typeof Mistake>;

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
