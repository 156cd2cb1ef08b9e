import { z } from 'zod';
import { badMap, sentence, textForm, writtenIn } from './map.ts';

/** MAP.yaml of a table in which a row is a customer (`contract.md`, "Customers and audiences"): which column is which tag, of which kind. */

export const kinds = ['flag', 'oneOf', 'number', 'date'] as const;
export type Kind = (typeof kinds)[number];

/** A tag and the column that it is read from. */
export interface TableTag {
  readonly name: string;
  readonly column: string;
  readonly kind: Kind;
}

export interface TableMap {
  readonly source: string | undefined;
  /** The column of the customer's number in that source. */
  readonly key: string | undefined;
  /** `auto`: kinds are to be drafted from the values (`table-draft.ts`). */
  readonly tags: 'auto' | readonly TableTag[];
  /** Columns that `auto` leaves out. */
  readonly drop: readonly string[];
  /** Cells that mean unknown, trimmed; a blank one always does. */
  readonly unknown: ReadonlySet<string>;
  readonly encoding: z.infer<typeof textForm.encoding>;
  readonly delimiter: string;
}

const Column = z.string().trim().min(1, 'must name a column').max(1000);
const Tag = z.strictObject({ column: Column, kind: z.enum(kinds, `must be one of ${kinds.join(', ')}`) });
/** YAML reads -1 as a number, and a cell says the same; of 1.50 or ~ it would keep another text than stands in the cell. */
const UnknownCell = z.union([z.string(), z.int()], 'must be a text (put it in quotes)').transform((cell) => String(cell).trim());

const fields = {
  source: z.string().trim().min(1).max(64).optional(),
  key: Column.optional(),
  drop: z.array(Column).default([]),
  unknown: z.array(UnknownCell).default([]),
  ...textForm,
};
const tagsWord = 'must be auto, or say of each tag its column and kind';
const Auto = z.strictObject({ ...fields, tags: z.literal('auto', tagsWord) });
const Named = z.strictObject({ ...fields, tags: z.record(z.string(), Tag, tagsWord) });

/** Names are chosen by people in any language; what could not be typed or seen is none. */
const isTagName = (name: string): boolean => /^[^\p{C}\s](?:[^\p{C}]{0,126}[^\p{C}\s])?$/u.test(name) && name !== '__proto__';

/**
 * The map of a YAML text. `name`: how messages call it; `needed`: fields that may not be absent here. Throws `badMap` with the path of each mistake.
 */
export function parseTableMap(text: string, name = 'the map', needed: readonly ('source' | 'key')[] = []): TableMap {
  const written = writtenIn(text, name);
  const tags: unknown = (written as { tags?: unknown }).tags;
  const isNamed = typeof tags === 'object' && tags !== null && !Array.isArray(tags);
  const odd = isNamed ? Object.keys(tags).find((tag) => !isTagName(tag)) : undefined;
  if (odd !== undefined) throw badMap(`${name}: tags.${odd} is no name of a tag (1 to 128 characters that can be seen).`);
  const checked = (isNamed ? Named : Auto).safeParse(written);
  if (!checked.success) throw badMap(`${name}: ${checked.error.issues.map(sentence).join('; ')}.`);
  const map = checked.data;
  const missing = needed.find((field) => map[field] === undefined);
  if (missing !== undefined) throw badMap(`${name}: ${missing} is missing or of the wrong kind (string expected).`);
  if (isNamed && Object.keys(tags).length === 0) throw badMap(`${name}: tags names no tag.`);
  return {
    source: map.source,
    key: map.key,
    tags: map.tags === 'auto' ? 'auto' : Object.entries(map.tags).map(([tag, { column, kind }]) => ({ name: tag, column, kind })),
    drop: map.drop,
    unknown: new Set(['', ...map.unknown]),
    encoding: map.encoding,
    delimiter: map.delimiter,
  };
}
