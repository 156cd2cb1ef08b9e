import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import type { FactSupply } from '#rule';

export interface Person {
  readonly ordinal: number;
  readonly id: string;
  readonly area: string | null;
}

/** Who can be given cases. */
export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly areas: Actor['areas'];
}

/** Where facts and people come from: the modules that own them, given by whoever makes this one. */
export interface Supply extends FactSupply {
  /** Those of these people who are there. */
  people(sql: Sql, ordinals: readonly number[]): Promise<readonly Person[]>;
  /** Masked names of those of them whom the caller may see and whose name is known. */
  names(house: House, actor: Actor, ordinals: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Whom a phone, or a number in any source, leads to in the caller's areas. */
  find(house: House, actor: Actor, number: string): Promise<readonly number[]>;
  /** Open accounts whose role works on cases, with the areas that each sees; of the caller's own areas alone. */
  workers(sql: Sql, actor: Actor): Promise<readonly Worker[]>;
  /** The customer's card, masked as the caller may see it; undefined: not his. */
  card(house: House, actor: Actor, ordinal: number): Promise<Record<string, unknown> | undefined>;
}
