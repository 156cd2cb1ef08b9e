import { z } from 'zod';

export const SourceId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

export const NewSource = z.strictObject({
  id: SourceId,
  name: z.string().min(1).max(200).optional(),
  scenario: z.string().max(64).nullish(),
  zone: z.string().max(64).nullish(),
  open: z.union([z.array(z.string().min(1).max(128)).max(500), z.literal('all')]).optional(),
});
export type NewSource = z.infer<typeof NewSource>;

export const Roles = z.record(z.string().max(64), z.enum(['root', 'root2', 'part', 'asset', 'context']));
export type Roles = z.infer<typeof Roles>;
