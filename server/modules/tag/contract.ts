import { z } from 'zod';

export { type Freshness, freshnessOf } from './freshness.ts';
export { isMoney, spokenNames } from './money.ts';

/** A name in definitions: letters of any script, digits, `_ . -`; it begins with a letter. */
export const TagName = z.string().regex(/^\p{L}[\p{L}\p{N}_.-]{0,63}$/u);

export const TagKind = z.enum(['flag', 'oneOf', 'number', 'date']);
export type TagKind = z.infer<typeof TagKind>;

/** A tag's value of one customer, as it is sent: a flag true or false, a one-of its text, a number, a date `yyyy-MM-dd`; null makes it unknown. */
export const TagValue = z.union([z.boolean(), z.string().max(200), z.number(), z.null()]);
export type TagValue = z.infer<typeof TagValue>;

/** One changed customer: his number in the source, and the tags that changed. */
export const Change = z.strictObject({ key: z.string().min(1).max(128), tags: z.record(TagName, TagValue) });

/** What the warehouse pushes: at once in force, or not at all. */
export const Changes = z.strictObject({ source: z.string().min(1).max(64), changes: z.array(Change).min(1).max(10_000) });
export type Changes = z.infer<typeof Changes>;

const Words = z.strictObject({ zh: z.string().trim().max(200), en: z.string().trim().max(200) });
const Meaning = z.strictObject({ zh: z.string().trim().max(2_000), en: z.string().trim().max(2_000) });

/** What a tag's facts may be used for. */
export const TAG_PURPOSES = ['service', 'marketing', 'analysis', 'risk'] as const;
const Purpose = z.enum(TAG_PURPOSES);

/** A month or a day that a tag speaks of. */
const SpeaksOf = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/);

/** What people say of a tag; a field that is absent stays as it is. `kind` and `scale` are needed to make a new one and never change. */
export const TagChange = z.strictObject({
  kind: TagKind.optional(),
  names: Words.optional(),
  meaning: Meaning.optional(),
  /** How it is made, as CEL or SQL or a sentence. */
  rule: z.string().max(4_000).nullable().optional(),
  owner: z.string().trim().min(1).max(100).nullable().optional(),
  purposes: z.array(Purpose).max(TAG_PURPOSES.length).optional(),
  speaksOf: SpeaksOf.nullable().optional(),
  /** How often it is renewed: "monthly, by the 3rd". */
  refresh: z.string().trim().max(200).nullable().optional(),
  /** How sure one may be of it, in percent; null: it is a fact. */
  confidence: z.number().int().min(0).max(100).nullable().optional(),
  hidden: z.boolean().optional(),
  /** Labels of a one-of's values; those not named stay. */
  values: z
    .array(z.strictObject({ value: z.string().min(1).max(200), ...Words.shape }))
    .max(1_000)
    .optional(),
});
export type TagChange = z.infer<typeof TagChange>;

/** How far a tag's figures are from those of the closed day `since`: the figure that moved most. `share` null: it was nothing. */
export const Movement = z.object({
  since: z.string(),
  measure: z.enum(['yes', 'known', 'mean', 'mix']),
  by: z.number(),
  share: z.number().nullable(),
});
export type Movement = z.infer<typeof Movement>;

/** A tag in the catalogue. `known`: people of whom there is a value, within those who count; `counting`: the figures are not whole yet. */
export const TagView = z.object({
  id: z.number(),
  name: TagName,
  kind: TagKind,
  /** Decimals of a number. */
  scale: z.number(),
  names: Words,
  meaning: Meaning,
  rule: z.string().nullable(),
  owner: z.string().nullable(),
  source: z.string().nullable(),
  purposes: z.array(z.string()),
  speaksOf: z.string().nullable(),
  refresh: z.string().nullable(),
  confidence: z.number().nullable(),
  hidden: z.boolean(),
  loadedAt: z.string().nullable(),
  batch: z.number(),
  known: z.number(),
  counting: z.boolean(),
  /** Null: there is no day before, or the figures are being counted. */
  movement: Movement.nullable(),
  /** Of a flag: true and false. Of a one-of: its values, the commonest first (the list shows twelve, the tag itself all). */
  values: z.array(z.object({ value: z.union([z.string(), z.boolean()]), ...Words.shape, count: z.number() })),
  /** Of numbers and dates: the lowest and the highest. */
  from: TagValue,
  to: TagValue,
});
export type TagView = z.infer<typeof TagView>;

export const TagList = z.object({ items: z.array(TagView), total: z.number(), everyone: z.number() });
export const TagBatch = z.object({
  id: z.number(),
  at: z.string(),
  source: z.string(),
  /** Who brought it, by name. */
  actor: z.string(),
  /** Customers that changed by it, by any of its tags. */
  customers: z.number(),
  blocks: z.number(),
});
export const TagBatches = z.object({ items: z.array(TagBatch), next: z.number().nullable() });

/* ── day by day ── */

/** Differences of figures; `sum` of a number, in plain decimals. */
const By = z.object({ known: z.number(), yes: z.number(), sum: z.string().nullable() });
const Moving = z.object({
  count: z.number(),
  customers: z.number(),
  source: z.string(),
  latest: z.array(z.object({ id: z.number(), at: z.string(), customers: z.number() })),
});

/** Why the figures are other than on the day `since`. The `by` of all causes add up to `change`, to the last customer. */
export const TagCause = z.discriminatedUnion('kind', [
  /** By batches of its source. */
  z.object({ kind: z.literal('moved'), by: By, batches: Moving }),
  /** Since its rule was changed, by the batches that came after. */
  z.object({ kind: z.literal('edited'), by: By, at: z.string(), said: Words, batches: Moving.nullable() }),
  /** By who joined, or left. */
  z.object({ kind: z.literal('joined'), by: By, people: z.number() }),
  z.object({ kind: z.literal('left'), by: By, people: z.number() }),
  /** No cause can be named for this part. */
  z.object({ kind: z.literal('unattributed'), by: By }),
]);
export type TagCause = z.infer<typeof TagCause>;

/** A tag on one day, as it stood when the day was closed; today's as it stands now (`closedAt` null). */
export const TagDay = z.object({
  day: z.string(),
  closedAt: z.string().nullable(),
  known: z.number(),
  yes: z.number(),
  /** Of a number. */
  sum: z.string().nullable(),
  mean: z.number().nullable(),
  from: TagValue,
  to: TagValue,
  /** Of a one-of: people by value, those of the twelve commonest today. */
  values: z.array(z.object({ value: z.string(), count: z.number() })),
  /** The closed day before; null: there is none. */
  since: z.string().nullable(),
  change: By.nullable(),
  movement: Movement.nullable(),
  causes: z.array(TagCause),
});
export type TagDay = z.infer<typeof TagDay>;

/** The latest first. `late`: nothing new came although its refresh said so, since the day after `since`. `counting`: today's figures are not whole yet. */
export const TagDays = z.object({
  name: TagName,
  kind: TagKind,
  counting: z.boolean(),
  late: z.object({ since: z.string() }).nullable(),
  items: z.array(TagDay),
});
export type TagDays = z.infer<typeof TagDays>;
