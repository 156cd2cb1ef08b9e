import { z } from 'zod';

/** The wire form of what became of a saved audience (`change.ts`). */

/** A batch that moved tags. */
export const Batch = z.object({ id: z.number(), at: z.string(), source: z.string(), tags: z.array(z.string()) });

/** `since`: the day whose members are compared; absent: the last that was remembered. */
export const SinceAsked = z.object({ since: z.iso.date().optional() });

/**
 * Who joined and who left since its members were remembered. `before` − `gone` − `left` + `joined` = `now`; of `joined` and `left` those of `edited` are so by
 * another definition, the others since their own facts moved.
 */
export const Changed = z.object({
  /** Null: its members were not noted yet, and nothing but `now` is told. */
  since: z.object({ day: z.string(), at: z.string(), version: z.number() }).nullable(),
  before: z.number().nullable(),
  now: z.number(),
  /** Null: there were too many to remember each. */
  people: z.object({ joined: z.number(), left: z.number() }).nullable(),
  /** Members who are no customers any more. */
  gone: z.number(),
  edited: z.object({ from: z.number(), to: z.number(), joined: z.number(), left: z.number() }).nullable(),
  /** Lines as they stood when its members were remembered. */
  lines: z.array(
    z.object({
      path: z.string(),
      sentence: z.string(),
      /** People left after it; `before` null for a caller who may not see all areas. */
      before: z.number().nullable(),
      now: z.number(),
      /** Who left because this is the first line that is not true of him any more. */
      left: z.number(),
      /** Who joined since this line alone moved; null: several did, and nobody can tell by which. */
      joined: z.number().nullable(),
      causes: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('moved'), batches: z.array(Batch) }),
          z.object({ kind: z.literal('calendar') }),
          z.object({ kind: z.literal('late'), tag: z.string(), since: z.string() }),
        ]),
      ),
    }),
  ),
  ms: z.number(),
});
export type Changed = z.infer<typeof Changed>;
