import { z } from 'zod';

/** The wire forms of transfers. Safe in the browser. */

const reason = z.string().trim().min(2).max(200);

/** What a transfer would do, before it is made. */
export const TransferAsk = z.strictObject({ service: z.guid() });
export const NewTransfer = z.strictObject({
  service: z.guid(),
  /** The party that has it from then on. */
  to: z.guid(),
  /** Since when; absent: from now on. */
  at: z.iso.datetime({ offset: true }).optional(),
  reason,
  /** What proves it: which papers were seen. Kept sealed. */
  proof: z.string().trim().min(2).max(2_000),
});
export type NewTransfer = z.infer<typeof NewTransfer>;
export const TransferUndo = z.strictObject({ reason });

/** Masked. */
const Party = z.object({ id: z.string(), name: z.string().nullable(), area: z.string().nullable() });
const Service = z.object({ id: z.string(), is: z.string(), number: z.string().nullable(), area: z.string().nullable() });
const Consent = z.object({ flag: z.string(), given: z.boolean() });

export const TransferPreview = z.object({
  service: Service,
  owners: z.array(Party),
  /** What the present owner agreed to or refused, and what a transfer ends. */
  consents: z.array(Consent),
  undoDays: z.number(),
});
export type TransferPreview = z.infer<typeof TransferPreview>;

export const Transfer = z.object({
  id: z.string(),
  service: Service,
  from: z.array(Party),
  to: Party,
  at: z.string(),
  reason: z.string(),
  /** In full for whoever may make transfers, else null. */
  proof: z.string().nullable(),
  consents: z.array(Consent),
  madeAt: z.string(),
  by: z.string(),
  undoUntil: z.string(),
  undone: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  actions: z.array(z.object({ name: z.literal('undo'), allowed: z.boolean(), because: z.string().nullable() })),
});
export type Transfer = z.infer<typeof Transfer>;
