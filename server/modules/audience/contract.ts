import { z } from 'zod';
import { TAG_PURPOSES } from '#tag/contract';
import { Batch } from './changed.ts';

export { Changed, SinceAsked } from './changed.ts';

/** A day counted from today: months first, then days. */
export interface RelativeDayJson {
  readonly days?: number;
  readonly months?: number;
  readonly edge?: 'start' | 'end';
}

/** A definition as it is sent; docs/audiences.md has an example of each. */
export type DefinitionJson =
  | { readonly and: readonly DefinitionJson[] }
  | { readonly or: readonly DefinitionJson[] }
  | { readonly not: DefinitionJson }
  | { readonly tag: string; readonly is: boolean | string }
  | { readonly tag: string; readonly oneOf: readonly string[] }
  | { readonly tag: string; readonly from?: number | string | RelativeDayJson; readonly to?: number | string | RelativeDayJson }
  | { readonly tag: string; readonly known: boolean }
  | { readonly audience: string }
  | { readonly list: string }
  | { readonly top: { readonly n: number; readonly by: string; readonly order?: 'highest' | 'lowest'; readonly of?: DefinitionJson } }
  | { readonly sample: { readonly share: number; readonly salt: string } };

/** Read by hand (`definition.ts`), so that a mistake is told with its place. */
const Where = z.unknown().meta({ description: 'A definition: docs/audiences.md' });
const TagNames = z.array(z.string().min(1).max(64)).min(1).max(12);
/** What people write and read: no control signs, which no database keeps. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u);
const Id = z.uuid();
const UnitCode = z.string().min(1).max(64);
const Names = z.object({ zh: z.string(), en: z.string() });

/* ── asked while building ── */

/** What people are counted and taken out for; each tag says what its facts may be used for. */
export const Purpose = z.enum(TAG_PURPOSES);

/** `unknown`: also how many each line loses only because its tag is not known of them. `purpose`: refused where a tag is not allowed for it. */
export const CountAsked = z.strictObject({ where: Where, unknown: z.boolean().optional(), purpose: Purpose.optional() });
export const Counted = z.object({
  count: z.number(),
  /** Everybody in the caller's areas. */
  base: z.number(),
  sentence: z.string(),
  /** What all of its tags may be used for. */
  purposes: z.array(Purpose),
  /** People left after each line; `unknown`: of those left before it, of how many it is neither true nor false. */
  funnel: z.array(z.object({ path: z.string(), count: z.number(), sentence: z.string(), unknown: z.number().optional() })),
  ms: z.number(),
});
export type Counted = z.infer<typeof Counted>;

/** `purpose`: what the customers would have to have agreed to. */
export const ReachAsked = z.strictObject({
  where: Where,
  purpose: z
    .string()
    .regex(/^[a-zA-Z]{1,32}$/)
    .default('marketing'),
});
export const Reach = z.object({
  count: z.number(),
  /** On the do-not-disturb list: met through no touchpoint. */
  doNotDisturb: z.number(),
  touchpoints: z.array(z.object({ tag: z.string(), names: Names, left: z.number(), refused: z.number(), unknown: z.number() })),
  ms: z.number(),
});
export type Reach = z.infer<typeof Reach>;

export const PortraitAsked = z.strictObject({ where: Where, tags: TagNames });
export const Portrait = z.object({
  count: z.number(),
  base: z.number(),
  tags: z.array(
    z.object({
      tag: z.string(),
      kind: z.enum(['flag', 'oneOf', 'number', 'date']),
      names: Names,
      /** `value` of a flag and a one-of; `from` and `to` of a number and a date. Beside each other: people here, people in the base. */
      bars: z.array(
        z.object({
          value: z.union([z.boolean(), z.string()]).optional(),
          names: Names.optional(),
          from: z.union([z.number(), z.string()]).optional(),
          to: z.union([z.number(), z.string()]).optional(),
          count: z.number(),
          base: z.number(),
        }),
      ),
      /** Of a date: what of the calendar each bar is. */
      piece: z.enum(['day', 'week', 'month', 'quarter', 'year', 'decade']).optional(),
      unknown: z.object({ count: z.number(), base: z.number() }),
    }),
  ),
  ms: z.number(),
});
export type Portrait = z.infer<typeof Portrait>;

export const OverlapAsked = z.strictObject({ where: z.array(Where).min(2).max(6) });
export const Overlap = z.object({
  counts: z.array(z.number()),
  /** People in both; places count from 0. */
  pairs: z.array(z.object({ a: z.number(), b: z.number(), count: z.number() })),
  all: z.number(),
  any: z.number(),
  ms: z.number(),
});
export type Overlap = z.infer<typeof Overlap>;

export const ExamplesAsked = z.strictObject({ where: Where, limit: z.number().int().min(1).max(20).default(10) });
export const Examples = z.object({ items: z.array(z.looseObject({})), count: z.number(), ms: z.number() });

export const WhyAsked = z.strictObject({ where: Where, customer: z.uuid() });
const Verdict = z.enum(['true', 'false', 'unknown']);
export const Why = z.object({
  /** In the audience: the definition is true of him. */
  inside: z.boolean(),
  verdict: Verdict,
  sentence: z.string(),
  lines: z.array(
    z.object({
      path: z.string(),
      sentence: z.string(),
      verdict: Verdict,
      /** The whole is as it is because of this line. */
      decides: z.boolean(),
      /** What is known of him; null: nothing. Absent where the line asks for no value. */
      value: z.union([z.boolean(), z.string(), z.number()]).nullable().optional(),
      label: Names.nullable().optional(),
      /** Of a number: what its tag is called, which says what it is counted in. */
      names: Names.optional(),
      /** His place in a ranking, from 1. */
      rank: z.number().nullable().optional(),
    }),
  ),
  ms: z.number(),
});
export type Why = z.infer<typeof Why>;

/** `warm`: how many of the tags that should lie in memory do. */
export const Readiness = z.object({ warm: z.number(), tags: z.number(), bytes: z.number(), budget: z.number() });

/* ── saved audiences ── */

export const SHARES = ['private', 'unit', 'everybody'] as const;
export const Share = z.enum(SHARES);
export type Share = z.infer<typeof Share>;

const AudienceName = text(100).min(1);
export const NewAudience = z.strictObject({
  name: AudienceName,
  note: text(1_000).default(''),
  share: Share.default('private'),
  where: Where,
});

/** `version`: the one that was read; if another came since, nothing is changed. What is absent stays as it is. */
export const AudienceChange = z.strictObject({
  version: z.number().int().min(1),
  name: AudienceName.optional(),
  note: text(1_000).optional(),
  share: Share.optional(),
  where: Where.optional(),
});

export const Audience = z.object({
  id: Id,
  name: z.string(),
  note: z.string(),
  share: Share,
  owner: z.object({ id: z.string(), name: z.string() }),
  unit: z.string().nullable(),
  version: z.number(),
  createdAt: z.string(),
  changedAt: z.string(),
  archivedAt: z.string().nullable(),
  where: z.unknown(),
  /** Null where the definition is no longer sound; `problem` says why. */
  sentence: z.string().nullable(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** The latest morning's count over all areas; null before the first, or for a caller who may not see all of them. */
  counted: z.object({ day: z.string(), count: z.number() }).nullable(),
  actions: z.array(z.object({ name: z.enum(['change', 'archive', 'restore']), allowed: z.boolean(), because: z.string().nullable() })),
});
export type Audience = z.infer<typeof Audience>;

export const AudienceQuery = z.object({
  q: z.string().max(100).optional(),
  /** Only those that look at this tag. */
  tag: z.string().max(64).optional(),
  /** Only those that are built on this audience, or on this list. */
  uses: Id.optional(),
  mine: z.literal('true').optional(),
  /** Only those saved by people of this unit of the organisation or of one below it. */
  unit: UnitCode.optional(),
  archived: z.literal('true').optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const AudienceList = z.object({ items: z.array(Audience), total: z.number(), nextCursor: z.string().nullable() });

export const AudienceVersion = z.object({
  version: z.number(),
  at: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  where: z.unknown(),
  sentence: z.string().nullable(),
});
export const AudienceVersions = z.object({ items: z.array(AudienceVersion) });

export const Compared = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });
/** Two versions over today's people. */
export const Difference = z.object({
  from: z.object({ version: z.number(), sentence: z.string(), count: z.number() }),
  to: z.object({ version: z.number(), sentence: z.string(), count: z.number() }),
  /** Lines that stand in one of them only. */
  words: z.object({ gone: z.array(z.string()), come: z.array(z.string()) }),
  people: z.object({ stayed: z.number(), entered: z.number(), left: z.number() }),
  ms: z.number(),
});
export type Difference = z.infer<typeof Difference>;

/** Day by day; beside each the cause of what changed since the one before. */
export const Days = z.object({
  items: z.array(
    z.object({
      day: z.string(),
      version: z.number(),
      count: z.number(),
      change: z.number().nullable(),
      causes: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('edited'), from: z.number(), to: z.number() }),
          z.object({
            kind: z.literal('moved'),
            batches: z.array(Batch),
          }),
          z.object({ kind: z.literal('calendar') }),
        ]),
      ),
    }),
  ),
});

/* ── lists ── */

/** `customers`: their ids here, their numbers in a source, or their phones. */
export const NewList = z.strictObject({
  name: AudienceName,
  share: Share.default('private'),
  by: z.enum(['id', 'key', 'phone']),
  customers: z.array(z.string().trim().min(1).max(128)).min(1).max(100_000),
});
export const StaticList = z.object({
  id: Id,
  name: z.string(),
  share: Share,
  owner: z.object({ id: z.string(), name: z.string() }),
  customers: z.number(),
  createdAt: z.string(),
});
/** `unknown`: places, from 0, of names that nobody has; the first thousand. */
export const MadeList = StaticList.extend({ unknown: z.array(z.number()), unknownTotal: z.number() });
export const ListQuery = z.object({
  /** Only those brought by people of this unit of the organisation or of one below it. */
  unit: UnitCode.optional(),
});
export const Lists = z.object({ items: z.array(StaticList) });

/* ── exports ── */

export const ExportAsked = z.strictObject({
  columns: z.array(z.string().min(1).max(64)).max(40),
  purpose: Purpose,
  reason: text(500).min(1),
});
export const Export = z.object({
  id: Id,
  audience: Id,
  version: z.number(),
  columns: z.array(z.string()),
  purpose: Purpose,
  reason: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(['waiting', 'done', 'failed', 'expired']),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  people: z.number().nullable(),
  /** Members who were left out, being on the do-not-disturb list. */
  quiet: z.number().nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
});
export type Export = z.infer<typeof Export>;
export const Exports = z.object({ items: z.array(Export) });
