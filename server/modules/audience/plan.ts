/**
 * A set of customers for the engine: two-valued, since a definition's three values were resolved before (`not` was pushed down to the leaves, where
 * unknown is on neither side). Every set lies within `everyone`. Tags are named by id, values by code.
 */
export type Plan =
  | { readonly op: 'and' | 'or'; readonly of: readonly Plan[] }
  | { readonly op: 'everyone' | 'nobody' }
  /** `no`: known and not yes. `known` and `unknown` are for tags of every kind. */
  | { readonly op: 'flag'; readonly tag: number; readonly side: 'yes' | 'no' }
  | { readonly op: 'known' | 'unknown'; readonly tag: number }
  /** Known, and among these codes or not among them. */
  | { readonly op: 'codes'; readonly tag: number; readonly codes: readonly number[]; readonly side: 'in' | 'out' }
  /** Known, and from ≤ value ≤ to or not; both in units of 10^−scale (days for dates), null = open. */
  | { readonly op: 'range'; readonly tag: number; readonly from: number | null; readonly to: number | null; readonly side: 'in' | 'out' }
  /** Whose hash (`sample.ts`) under this salt is below the limit of 2^32. */
  | { readonly op: 'sample'; readonly salt: number; readonly below: number; readonly side: 'in' | 'out' }
  /** The n of these with the highest (lowest) value of a number, equal ones by ordinal; who has no value is not among them. */
  | {
      readonly op: 'top';
      readonly n: number;
      readonly by: number;
      readonly order: 'highest' | 'lowest';
      readonly of: Plan;
      readonly side: 'in' | 'out';
    };

/** What is asked of a plan: how many, and how many are left after each of the first members of an outermost `and`. */
export interface Counted {
  readonly count: number;
  readonly funnel: readonly number[];
}

/** The distribution of one tag within a set. `codes`: people by code (index 0 = unknown). Numbers and dates: people in [from, to] in the tag's units. */
export type Distribution =
  | { readonly kind: 'flag'; readonly yes: number; readonly no: number; readonly unknown: number }
  | { readonly kind: 'oneOf'; readonly codes: readonly number[] }
  | { readonly kind: 'number' | 'date'; readonly unknown: number; readonly bars: readonly { from: number; to: number; count: number }[] };

/**
 * The engine as the rest of the module sees it: it holds the tags in memory (or brings them from the store when asked) and answers exactly.
 * Every call sees all batches that were committed and announced before it, and no half of one.
 */
export interface Engine {
  count(plan: Plan, gone?: AbortSignal): Promise<Counted>;
  /** The count alone: what is cheap is asked first, and places where nobody can be are passed over. `gone`: nobody waits for the answer any more. */
  size(plan: Plan, gone?: AbortSignal): Promise<number>;
  /** Ordinals of the first `limit` members, from the lowest. */
  members(plan: Plan, limit: number): Promise<Uint32Array>;
  distribution(plan: Plan, tag: number): Promise<Distribution>;
  /** Of a date: people on each day from `from` to `to`, both in days since 1970-01-01. */
  days(plan: Plan, tag: number, between: { readonly from: number; readonly to: number }): Promise<Uint32Array>;
  /** Values of one customer: a code (0 = unknown) for a one-of; 0, 1 or null for a flag; units or null for numbers and dates. */
  valuesOf(ordinal: number, tags: readonly number[]): Promise<readonly (number | null)[]>;
  /** How far the first loading is: 1 when every tag that should be warm is. */
  readiness(): { warm: number; tags: number; bytes: number; budget: number };
  close(): Promise<void>;
}
