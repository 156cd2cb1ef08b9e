import { z } from 'zod';
import { Fact, Mistake, Parameter } from '#rule/contract';

/** The wire forms of tags made by rule: a definition is a table of rows or an expression. Safe in the browser. */

const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });
const Said = z.strictObject({ zh: z.string().trim().max(2_000), en: z.string().trim().max(2_000) });
const CONDITION = z.string().max(2_000);

/** Named as CEL names things, so that other rules can speak of it. */
export const DerivedName = Fact.shape.name;

/** A row of a table: whom `when` is true of gets `value`; null makes it unknown. */
const rowOf = <V extends z.ZodType>(value: V) => z.strictObject({ when: CONDITION, value });

/**
 * What a table makes of a row whose condition is unknown of somebody, before any row was true: `unknown` his value is unknown; `pass` the row is passed
 * over, as if it were false; `otherwise` he gets what the table says of all others.
 */
export const WhenUnknown = z.enum(['unknown', 'pass', 'otherwise']);
export type WhenUnknown = z.infer<typeof WhenUnknown>;

export const MOST_ROWS = 64;
export const MOST_VALUES = 254;

const common = {
  names: Names,
  /** The definition in words (口径); empty: the rows, read out. */
  meaning: Said.default({ zh: '', en: '' }),
  parameters: z.array(Parameter).max(20).default([]),
};
const table = <V extends z.ZodType>(value: V) => ({
  ...common,
  /** Asked from the first to the last; the first that is true counts. */
  table: z.array(rowOf(value)).min(1).max(MOST_ROWS),
  /** For whom no row is true; null: unknown. */
  otherwise: value.default(null as never),
  whenUnknown: WhenUnknown.default('unknown'),
});

const Value = z.string().trim().min(1).max(200);
/** A value of a one-of with its labels. */
export const DerivedValue = z.strictObject({ value: Value, zh: z.string().trim().max(200), en: z.string().trim().max(200) });

export const Definition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oneOf'), values: z.array(DerivedValue).min(1).max(MOST_VALUES), ...table(Value.nullable()) }),
  z.strictObject({ kind: z.literal('flag'), ...table(z.boolean().nullable()) }),
  /** One expression; money in fen. */
  z.strictObject({ kind: z.literal('number'), ...common, expression: CONDITION }),
  z.strictObject({ kind: z.literal('date'), ...common, expression: CONDITION }),
]);
export type Definition = z.infer<typeof Definition>;
export type DerivedKind = Definition['kind'];

/** A draft in a person's hand: `basedOn` the revision that he saw (0: none) says whether somebody else was first. */
export const Draft = z.strictObject({ tag: DerivedName, basedOn: z.number().int().min(0), definition: Definition });
export const Check = z.strictObject({ definition: Definition });
const Reason = z.string().trim().min(1).max(500);
export const Publication = z.strictObject({ revision: z.number().int().min(1), reason: Reason });
/** Why a derivation is retired, or taken up again. */
export const Retirement = z.strictObject({ reason: Reason });

const Rows = z.strictObject({ zh: z.array(z.string()), en: z.array(z.string()) });
const Action = z.object({ name: z.string(), allowed: z.boolean(), because: z.string().nullable() });

/** One run: which version, why, over how many of how many blocks, of how many customers, and how many of them changed. */
export const DerivationRun = z.object({
  id: z.number(),
  version: z.number(),
  why: z.enum(['published', 'changed', 'day']),
  state: z.enum(['running', 'done', 'failed']),
  began: z.string(),
  ended: z.string().nullable(),
  done: z.number(),
  blocks: z.number(),
  customers: z.number(),
  changed: z.number(),
  /** Values of inputs that lie outside what is believed and count as unknown. */
  doubtful: z.record(z.string(), z.number()),
});
export type DerivationRun = z.infer<typeof DerivationRun>;
export const DerivationRuns = z.object({ items: z.array(DerivationRun) });

/**
 * How it stands: `draft` never published; `waiting` for inputs that nobody has loaded; `mistaken` since an input changed; `taken` its name is written by
 * another source; `due` not computed yet; `current`; `retired` nothing is made of it any more.
 */
export const STATES = ['draft', 'waiting', 'mistaken', 'taken', 'due', 'current', 'retired'] as const;
const State = z.enum(STATES);

export const DerivationRow = z.object({
  tag: DerivedName,
  kind: z.enum(['oneOf', 'flag', 'number', 'date']),
  names: Names,
  state: State,
  version: z.number().nullable(),
  /** Came along with the program. */
  standard: z.boolean(),
  hasDraft: z.boolean(),
  missing: z.array(z.string()),
  lastRun: DerivationRun.nullable(),
});
export type DerivationRow = z.infer<typeof DerivationRow>;
export const DerivationList = z.object({ items: z.array(DerivationRow) });

const Written = z.object({ definition: Definition, says: Rows, by: z.string(), at: z.string(), mistakes: z.array(Mistake) });

export const DerivationView = DerivationRow.extend({
  published: Written.extend({ version: z.number(), reason: z.string() }).nullable(),
  draft: Written.extend({ revision: z.number() }).nullable(),
  retired: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  /** The tags that it is made of. */
  inputs: z.array(z.object({ name: z.string(), names: Names, missing: z.boolean(), byRule: z.boolean() })),
  /** The tags that are made of it. */
  madeOfIt: z.array(z.object({ name: z.string(), names: Names })),
  actions: z.array(Action),
});
export type DerivationView = z.infer<typeof DerivationView>;

export const DerivationVersions = z.object({
  items: z.array(z.object({ version: z.number(), definition: Definition, says: Rows, by: z.string(), at: z.string(), reason: z.string() })),
});

/** What a definition says, and everything that is wrong with it. */
export const Checked = z.object({
  mistakes: z.array(Mistake),
  says: Rows,
  missing: z.array(z.string()),
  ring: z.array(z.string()).nullable(),
});
export type Checked = z.infer<typeof Checked>;

export const DerivationFacts = z.object({ items: z.array(Fact) });

/** A trial: nothing is written. `values` of a table by outcome (null: unknown), of an expression none. */
export const Trial = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  done: z.number(),
  blocks: z.number(),
  result: z
    .object({
      customers: z.number(),
      changed: z.number(),
      ms: z.number(),
      values: z.array(z.object({ value: z.union([z.string(), z.boolean(), z.null()]), before: z.number(), after: z.number() })),
      /** Of an expression: known, least and greatest (a date as its day). */
      before: z.object({ known: z.number(), least: z.number().nullable(), most: z.number().nullable() }).nullable(),
      after: z.object({ known: z.number(), least: z.number().nullable(), most: z.number().nullable() }).nullable(),
    })
    .nullable(),
});
export type Trial = z.infer<typeof Trial>;
