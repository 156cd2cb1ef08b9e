import { hash } from 'node:crypto';
import type { Kind } from '#scenario/contract';

/** What an object's kind does to journeys (`scenarios.md` §2). `root2`: a root of the second rank. */
export type Role = 'root' | 'root2' | 'part' | 'asset' | 'context';

/** Roles of kinds as one source's map declares them; what it leaves out is as the standard says, and unlisted kinds are parts. */
export type Roles = Readonly<Record<string, Role>>;

export interface Kinds {
  readonly role: ReadonlyMap<string, Role>;
  readonly personal: ReadonlySet<string>;
}

/** A person's values are that under `keys` too, whoever puts them there, and join nothing. */
const PERSONS = ['idNumber', 'phone', 'name', 'address'] as const;

export const makeKinds = (kinds: readonly Kind[]): Kinds => ({
  role: new Map([...PERSONS.map((k): [string, Role] => [k, 'context']), ...kinds.map((k): [string, Role] => [k.id, k.role])]),
  personal: new Set([...PERSONS, ...kinds.filter((k) => k.personal).map((k) => k.id)]),
});

export const roleOf = (kinds: Kinds, own: Roles, kind: string): Role =>
  (Object.hasOwn(own, kind) ? own[kind] : undefined) ?? kinds.role.get(kind) ?? 'part';

/** 128 bits of SHA-256 as uuid text: wide enough that two values never meet by chance. */
export function digest(text: string): string {
  const h = hash('sha256', text, 'hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
}

/**
 * An object's id follows from kind, role and value alone, so no copy of the program ever has to ask for it. The role is part of it:
 * where one source's map makes `workOrder` a root, that is another object than everybody's work order of the same number.
 * Personal kinds take the vault's keyed hash instead (`Vault.hash`).
 */
export const objectId = (kind: string, role: Role, value: string): string => digest(`${kind}\0${role}\0${value}`);

export const ROLES: readonly Role[] = ['root', 'root2', 'part', 'asset', 'context'];
