import { z } from 'zod';

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
