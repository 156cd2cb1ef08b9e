import { z } from 'zod';
import { TagKind, TagName, TagValue } from '#tag/contract';
import { CONSENT_PURPOSES, PERSONAL, TOUCHPOINTS } from './model.ts';

/** The wire forms of customers and their imports. */

export { ERASED_KINDS } from './model.ts';

/** Names under which this program keeps or makes tags itself (`rule`: by rules, `model:ID`: scores): no source may be called so, in whatever letters. */
export const RESERVED_SOURCES = ['glasshouse', 'rule', 'model'] as const;
export const isReservedSource = (source: string): boolean =>
  (RESERVED_SOURCES as readonly string[]).includes((source.split(':')[0] ?? '').toLowerCase());

const Column = z.string().min(1).max(1_000);
const SpeaksOf = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/);

/** A checked map: which column is what. */
export const CustomerMap = z.strictObject({
  source: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  key: Column,
  tags: z
    .array(z.strictObject({ name: TagName, column: Column, kind: TagKind }))
    .min(1)
    .max(2_000),
  /** Cells that mean unknown, trimmed. */
  unknown: z.array(z.string().max(200)).max(100),
  encoding: z.string().max(20),
  delimiter: z.string().max(4),
  /** Columns with the code of a unit of the organisation, with yes for own customers, and with what goes into the vault. */
  area: Column.optional(),
  own: Column.optional(),
  person: z.strictObject(Object.fromEntries(PERSONAL.map((p) => [p, Column.optional()])) as Record<(typeof PERSONAL)[number], z.ZodOptional<typeof Column>>).optional(), // biome-ignore format: one line
  speaksOf: SpeaksOf.optional(),
});
export type CustomerMap = z.infer<typeof CustomerMap>;

export const NewImport = z.strictObject({
  map: CustomerMap,
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(255), bytes: z.number().int().min(0) }))
    .min(1)
    .max(1_000),
  /** Believe it also when more than half of the source's customers are gone. */
  allowLoss: z.boolean().default(false),
});
export type NewImport = z.infer<typeof NewImport>;

/** What is done with files that are here, in this order: whose rows, their ordinals, put aside by place where they come in another order, what they say, in force. */
const IMPORT_PHASES = ['reading', 'placing', 'sorting', 'writing', 'finishing'] as const;
export type ImportPhase = (typeof IMPORT_PHASES)[number];

export const ImportView = z.object({
  id: z.string(),
  source: z.string(),
  state: z.enum(['receiving', 'queued', 'working', 'done', 'failed']),
  /** What is being done, and how far that is in bytes; of `placing` and `finishing` nobody can say how far. */
  phase: z.enum(IMPORT_PHASES).nullable(),
  done: z.number(),
  total: z.number(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), received: z.number() })),
  customers: z.number(),
  added: z.number(),
  changed: z.number(),
  vanished: z.number(),
  rejected: z.number(),
  /** Rows that spoke of somebody who was erased: they count, and nothing personal of them was kept. */
  erased: z.number(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  madeAt: z.string(),
  endedAt: z.string().nullable(),
});
export type ImportView = z.infer<typeof ImportView>;

/* ── one customer ── */

export const CustomerLine = z.object({
  id: z.string(),
  source: z.string(),
  own: z.boolean().nullable(),
  area: z.string().nullable(),
  since: z.string(),
  goneAt: z.string().nullable(),
});
export type CustomerLine = z.infer<typeof CustomerLine>;
export const CustomerList = z.object({ items: z.array(CustomerLine), next: z.number().nullable() });

/** Customers whose person was erased, whom their sources spoke of last on top; `heard`: how many of them a source has sent since. */
export const ErasedList = z.object({
  items: z.array(
    CustomerLine.extend({
      erasedAt: z.string(),
      /** When a source last sent something personal of him, which was not kept. */
      heardAt: z.string().nullable(),
    }),
  ),
  total: z.number(),
  heard: z.number(),
});
export type ErasedList = z.infer<typeof ErasedList>;

const Person = z.object({ name: z.string(), phone: z.string(), idNumber: z.string(), address: z.string() }).partial();

export const CustomerCard = CustomerLine.extend({
  /** He is not counted by himself: this one stands for him. */
  mergedInto: z.string().nullable(),
  /** His person was erased: nothing personal is kept of him, whatever his source sends. */
  erasedAt: z.string().nullable(),
  /** When his source last sent something personal of him all the same. */
  heardAt: z.string().nullable(),
  /** Masked. */
  person: Person,
  /** His number in his source is kept; it goes with an erasure, and comes with the source's next word. */
  numbered: z.boolean(),
  tags: z.array(
    z.object({
      name: z.string(),
      names: z.object({ zh: z.string(), en: z.string() }),
      value: TagValue,
      label: z.object({ zh: z.string(), en: z.string() }).nullable(),
      source: z.string().nullable(),
      speaksOf: z.string().nullable(),
      /** When its values last came in force. */
      loadedAt: z.string().nullable(),
      /** Percent; of off-net people alone: what is known of own customers is no guess. */
      confidence: z.number().nullable(),
    }),
  ),
  consents: z.array(z.object({ flag: z.string(), given: z.boolean().nullable(), reason: z.string(), at: z.string(), by: z.string() })),
  actions: z.array(z.object({ name: z.string(), allowed: z.boolean(), because: z.string().nullable() })),
});
export type CustomerCard = z.infer<typeof CustomerCard>;

const word = z.string().trim().min(1).max(200);

/** Personal values and numbers stand in bodies alone. */
export const CustomerSearch = z
  .strictObject({ source: word.optional(), key: word.optional(), phone: word.optional(), idNumber: word.optional() })
  .refine((s) => s.key !== undefined || s.phone !== undefined || s.idNumber !== undefined, { error: 'key, phone or idNumber' });
export type CustomerSearch = z.infer<typeof CustomerSearch>;

export const Reveal = z.strictObject({
  fields: z.array(z.enum([...PERSONAL, 'key'])).min(1).max(PERSONAL.length + 1),
  reason: z.string().trim().min(2).max(200),
}); // biome-ignore format: short
export type Reveal = z.infer<typeof Reveal>;

/** `given` null: he never said. `doNotDisturb` stands beside them. */
export const ConsentChange = z.strictObject({
  consents: z
    .array(z.strictObject({ purpose: z.enum(CONSENT_PURPOSES), touchpoint: z.enum(TOUCHPOINTS), given: z.boolean().nullable() }))
    .max(CONSENT_PURPOSES.length * TOUCHPOINTS.length)
    .default([]),
  doNotDisturb: z.boolean().nullable().optional(),
  /** Where it comes from: "10010 call", "form 7 signed in the shop". */
  reason: z.string().trim().min(2).max(200),
});
export type ConsentChange = z.infer<typeof ConsentChange>;
