import type { TagKind } from './contract.ts';

/** Customers with neighbouring ordinals that are kept, loaded and changed together. */
export const BLOCK = 65_536;

/** Bytes of a bitmap over one block; the least significant bit of a byte comes first, as in PostgreSQL's `get_bit(bytea, n)`. */
export const BITMAP_BYTES = BLOCK / 8;

/** The tag whose yes says that a customer still counts. */
export const EVERYONE = 1;

/** A tag as those who count need it. `values`: texts of a one-of by code (the first is code 1). `scale`: decimals of a number. */
export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly kind: TagKind;
  readonly scale: number;
  readonly values: readonly string[];
}

/**
 * A block of a tag as it is stored.
 * - flag: `body` is the bitmap of yes, `known` that of known, null = known of all 65,536;
 * - else: `body` is a column of unsigned little-endian codes, `width` bytes each, 0 = unknown; a one-of's code is its value's, a number's and a date's
 *   value is (`base` + code − 1) in units of 10^−scale, a date's in days since 1970-01-01; `known` is null.
 */
export interface Block {
  readonly tag: number;
  readonly block: number;
  readonly base: number;
  readonly width: 1 | 2 | 4 | 8;
  readonly known: Buffer | null;
  readonly body: Buffer;
}

/** Stands as source of the tags that this program keeps itself. */
export const OURS = 'glasshouse';

/** The largest value of a number in its units, either way: so that base + code stays below 2^53 and every sum here is exact. */
export const MOST_UNITS = 2 ** 51;
