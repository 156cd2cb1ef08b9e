import { z } from 'zod';

/** The wire forms of rules over facts: what they may speak of, their figures with names, their mistakes. Safe in the browser. */

const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });

/** Decimals of a number: its values and bounds are in units of 10^−decimals. Absent: whole. */
const Decimals = z.number().int().min(0).max(6).optional();

/** What a rule may speak of: a tag of kind number, date, flag or one-of. */
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
  decimals: Decimals,
  /** Of a one-of: its values, in the order of their codes. */
  values: z.array(z.string()).optional(),
  names: Names,
});
export type Fact = z.infer<typeof Fact>;

/** The largest figure, in its units: what a tag keeps. */
const MOST_FIGURE = 2 ** 51;

export const ParameterUnit = z.enum(['number', 'percent', 'fen', 'days', 'months', 'times', 'gb']);

/** A figure of a rule that has a name of its own, so that it can be changed without touching the condition. */
export const Parameter = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/),
  value: z.number().int().min(-MOST_FIGURE).max(MOST_FIGURE),
  from: z.number().int().min(-MOST_FIGURE).max(MOST_FIGURE),
  to: z.number().int().min(-MOST_FIGURE).max(MOST_FIGURE),
  decimals: Decimals,
  unit: ParameterUnit,
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
