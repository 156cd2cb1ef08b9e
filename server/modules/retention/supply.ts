import type { Actor } from '#platform/actor';
import type { Db, Sql } from '#platform/db';
import type { House } from '#platform/module';
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
}

export interface SuppliedBlock {
  readonly block: number;
  /** In the order of the tags that were asked for; null: a tag that is known of nobody there. */
  readonly columns: readonly (Column | null)[];
}

export interface Person {
  readonly ordinal: number;
  readonly id: string;
  readonly area: string | null;
}

/** Where facts and people come from: the modules that own them, given by whoever makes this one. */
export interface Supply {
  tags(sql: Sql): Promise<readonly SuppliedTag[]>;
  /** Gives every block in which somebody counts, all as one moment saw them; goes on when `each` has taken one, ends with what it throws. */
  readBlocks(db: Db, tags: readonly number[], each: (block: SuppliedBlock) => Promise<void>): Promise<void>;
  /** Those of these people who are there. */
  people(sql: Sql, ordinals: readonly number[]): Promise<readonly Person[]>;
  /** The customer's card, masked as the caller may see it; undefined: not his. */
  card(house: House, actor: Actor, ordinal: number): Promise<Record<string, unknown> | undefined>;
}
