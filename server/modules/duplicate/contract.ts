import { z } from 'zod';

/** The wire forms of duplicates: pairs, why they are one, what may be done. Safe in the browser. */

const Names = z.object({ zh: z.string(), en: z.string() });
export const DuplicateKind = z.enum(['party', 'counted']);
export const DuplicateState = z.enum(['open', 'merged', 'different']);
export const DuplicateGrade = z.enum(['certain', 'likely', 'possible']);

/** A row of the published table of evidence. */
export const EvidenceLine = z.object({ id: z.string(), names: Names, meaning: Names, weight: z.number() });
export type EvidenceLine = z.infer<typeof EvidenceLine>;

const Person = z.object({ name: z.string(), phone: z.string(), idNumber: z.string(), address: z.string() }).partial();

/** One of a pair, masked. `own`: of the count, is it a customer of ours; null for a party. */
const Side = z.object({
  id: z.string(),
  source: z.string(),
  own: z.boolean().nullable(),
  area: z.string().nullable(),
  person: Person,
});

const Action = z.object({ name: z.enum(['merge', 'different', 'undo', 'reopen']), allowed: z.boolean(), because: z.string().nullable() });

export const Duplicate = z.object({
  id: z.string(),
  /** `party`: two customers of the three households; `counted`: two rows of the count. */
  kind: DuplicateKind,
  state: DuplicateState,
  grade: DuplicateGrade,
  weight: z.number(),
  /** What speaks for it and against it, in the order of the table. */
  evidence: z.array(EvidenceLine),
  a: Side,
  b: Side,
  foundAt: z.string(),
  decidedAt: z.string().nullable(),
  /** Who stays, once they are merged. */
  survivor: z.string().nullable(),
  actions: z.array(Action),
});
export type Duplicate = z.infer<typeof Duplicate>;

const FullSide = Side.extend({
  since: z.string(),
  /** Under how many numbers of sources it is known. */
  numbers: z.number(),
  /** In use, those of everybody merged into it counted. */
  services: z.number(),
  oldestService: z.string().nullable(),
  accounts: z.number(),
});

export const DuplicateDetail = Duplicate.omit({ a: true, b: true }).extend({
  a: FullSide,
  b: FullSide,
  /** Which values agree, compared in full and not as they are shown; null: one of them has none. */
  fields: z.array(z.object({ kind: z.enum(['name', 'phone', 'idNumber', 'address']), same: z.boolean().nullable() })),
  /** What merging would do as the rules say, or did: what comes under whom; `fewer` of those counted. Null where one of them is gone. */
  would: z
    .object({ survivor: z.string(), rule: z.object({ id: z.string(), names: Names }).nullable(), services: z.number(), accounts: z.number(), fewer: z.number() })
    .nullable(), // biome-ignore format: one line
  /** Later merges that were decided with this one in view. */
  builtOn: z.array(z.string()),
  history: z.array(
    z.object({
      act: z.enum(['merge', 'different', 'undo', 'reopen', 'grown']),
      at: z.string(),
      by: z.string(),
      reason: z.string().nullable(),
      rule: Names.nullable(),
      evidence: z.array(z.string()),
      survivor: z.string().nullable(),
    }),
  ),
});
export type DuplicateDetail = z.infer<typeof DuplicateDetail>;

const reason = z.string().trim().min(2).max(200);
const PairId = z.string().regex(/^[1-9]\d{0,14}$/);
export const MergeOne = z.strictObject({ survivor: z.guid().optional(), reason });
export const WithReason = z.strictObject({ reason });
export const UndoOne = z.strictObject({ reason, later: z.enum(['refuse', 'undo']).default('refuse') });
export const MOST_AT_ONCE = 200;
export const MergeMany = z.strictObject({ ids: z.array(PairId).min(1).max(MOST_AT_ONCE), reason });
export const MergedMany = z.object({
  merged: z.number(),
  refused: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
});
export type MergedMany = z.infer<typeof MergedMany>;

/** How far the finder is, and what it set aside. */
export const Finding = z.object({
  round: z.number(),
  running: z.boolean(),
  /** 0 to 1. */
  done: z.number(),
  /** Of this round, or of the last one: parties passed, pairs compared. */
  parties: z.number(),
  compared: z.number(),
  began: z.string().nullable(),
  ended: z.string().nullable(),
  /** Values that too many have in common, so that they say nothing of any two. */
  crowded: z.array(z.object({ kind: z.string(), values: z.number(), parties: z.number() })),
  mostOnValue: z.number(),
});
export type Finding = z.infer<typeof Finding>;

/** The published tables. */
export const DuplicateRules = z.object({
  evidence: z.array(EvidenceLine.extend({ about: z.string() })),
  grades: z.array(z.object({ id: DuplicateGrade, names: Names, from: z.number() })),
  survivor: z.array(z.object({ id: z.string(), names: Names })),
});
export type DuplicateRules = z.infer<typeof DuplicateRules>;
