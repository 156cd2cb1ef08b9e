import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import type { FactSupply } from '#rule';

export interface Person {
  readonly ordinal: number;
  readonly id: string;
  readonly area: string | null;
}

/** Where facts and people come from: the modules that own them, given by whoever makes this one. */
export interface Supply extends FactSupply {
  /** Those of these people who are there. */
  people(sql: Sql, ordinals: readonly number[]): Promise<readonly Person[]>;
  /** The customer's card, masked as the caller may see it; undefined: not his. */
  card(house: House, actor: Actor, ordinal: number): Promise<Record<string, unknown> | undefined>;
}
