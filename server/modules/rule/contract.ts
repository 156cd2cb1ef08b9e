import { z } from 'zod';

/** The wire forms of rules over facts: what they may speak of, their figures with names, their mistakes. Safe in the browser. */

const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });

/** What a rule may speak of: a tag of kind number (whole), date, flag or one-of. */
export const Fact = z.strictObject({
  /** The tag's name: `bill.current`. */
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,3}$/)
    .max(64),
  kind: z.enum(['number', 'date', 'flag', 'oneOf']),
  unit: z.enum(['fen', 'days', 'months', 'times', 'number', 'date', 'flag', 'oneOf']),
  /** Least and greatest value that is believed (dates in days since 1970-01-01); what lies outside counts as unknown, and the run says how many. */
  from: z.number().int(),
  to: z.number().int(),
  /** Of a one-of: its values, in the order of their codes. */
  values: z.array(z.string()).optional(),
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
