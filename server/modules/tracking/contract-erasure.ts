import { z } from 'zod';

/** What erasing a person looks like on the wire; part of `contract.ts`. */

const value = z.string().trim().min(1).max(128).optional();

/** Whom it means: values, or our id of a customer, of whom the ID number and phone are meant that are known of him. */
export const ErasureAsk = z
  .strictObject({
    idNumber: value,
    phone: value,
    serviceNumber: value,
    customer: z.guid().optional(),
    reason: z.string().trim().min(2).max(500),
  })
  .refine((b) => [b.idNumber, b.phone, b.serviceNumber, b.customer].some((given) => given !== undefined), {
    error: 'idNumber | phone | serviceNumber | customer',
  });
export type ErasureAsk = z.infer<typeof ErasureAsk>;

/** What goes, and at the end what stays because it is another's or may be. Null: not counted, for the erasure is older than the count. */
export const ErasureCounts = z.object({
  journeys: z.number(),
  events: z.number(),
  /** Different values that his events refer to. */
  values: z.number(),
  customers: z.number().nullable(),
  /** Of the three households: parties, services that lose their number, homes that lose their address. */
  parties: z.number().nullable(),
  services: z.number().nullable(),
  homes: z.number().nullable(),
  /** Enterprises that lose their contact. */
  contacts: z.number().nullable(),
  /** Numbers of his that other people's events name too: they stay there. */
  shared: z.number(),
  /** Journeys that name a value of his and may be another's: they stay as they are. */
  doubtful: z.number(),
  /** Customers and parties that have the phone too: they stay. */
  others: z.number().nullable(),
});
export type ErasureCounts = z.infer<typeof ErasureCounts>;

export const ErasureTrial = z.object({ trial: z.literal(true), counts: ErasureCounts });
export type ErasureTrial = z.infer<typeof ErasureTrial>;

/** `asked`: under way, `attempts` times in vain so far; `failed`: it waits for a person who looks at what stands in its way. */
export const Erasure = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  state: z.enum(['asked', 'failed', 'done']),
  attempts: z.number(),
  doneAt: z.string().nullable(),
  counts: ErasureCounts.nullable(),
});
export type Erasure = z.infer<typeof Erasure>;

export const Erasures = z.object({ items: z.array(Erasure), total: z.number(), nextCursor: z.string().nullable() });
export type Erasures = z.infer<typeof Erasures>;
