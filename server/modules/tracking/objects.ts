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

const uuid = Buffer.from('00000000-0000-0000-0000-000000000000');
const HEX = Buffer.from('0123456789abcdef');

/** 128 bits of SHA-256 as uuid text: wide enough that two values never meet by chance. */
export function digest(text: string | Uint8Array): string {
  const bytes = hash('sha256', text, 'binary');
  for (let i = 0, at = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) at++;
    const byte = bytes.charCodeAt(i);
    uuid[at++] = HEX[byte >> 4] as number;
    uuid[at++] = HEX[byte & 15] as number;
  }
  return uuid.toString('latin1');
}

/**
 * An object's id follows from kind, role and value alone, so no copy of the program ever has to ask for it. The role is part of it:
 * where one source's map makes `workOrder` a root, that is another object than everybody's work order of the same number.
 * Personal kinds take the vault's keyed hash instead (`Vault.hash`).
 */
export const objectId = (kind: string, role: Role, value: string): string => digest(`${kind}\0${role}\0${value}`);

export const ROLES: readonly Role[] = ['root', 'root2', 'part', 'asset', 'context'];
