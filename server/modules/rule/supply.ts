import type { Db, Sql } from '#platform/db';
import type { Column } from './column.ts';

/** A tag as the catalogue has it. */
export interface SuppliedTag {
  readonly id: number;
  readonly name: string;
  readonly kind: 'flag' | 'oneOf' | 'number' | 'date';
  /** Decimals of a number; rules take whole ones alone. */
  readonly scale: number;
  readonly zh: string;
  readonly en: string;
  /** Epoch ms. */
  readonly loadedAt: number | null;
  /** Of a one-of, where they were asked for: its values, in the order of their codes. */
  readonly values?: readonly string[];
}

export interface SuppliedBlock {
  readonly block: number;
  /** In the order of the tags that were asked for; null: a tag that is known of nobody there. */
  readonly columns: readonly (Column | null)[];
}

/** Where facts come from: the tags, or what a test puts in their place. */
export interface FactSupply {
  tags(sql: Sql): Promise<readonly SuppliedTag[]>;
  /**
   * Gives every block in which somebody counts, or these blocks whoever counts there, all as one moment saw them; goes on when `each` has taken one, ends
   * with what it throws.
   */
  readBlocks(db: Db, tags: readonly number[], each: (block: SuppliedBlock) => Promise<void>, only?: readonly number[]): Promise<void>;
}
