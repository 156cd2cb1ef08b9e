import type { Vault } from '#platform/vault';

/** Things that a source numbers. */
export const NUMBERED = ['party', 'account', 'home', 'service', 'bundle'] as const;
export type Numbered = (typeof NUMBERED)[number];

/** The id of a thing, from its number in a source: the same for everybody who names it, and no way back to the number. */
export const idOf = (vault: Pick<Vault, 'hash'>, what: Numbered, { source, key }: { source: string; key: string }): string =>
  vault.hash(`household.${what}`, `${source}\0${key}`);
