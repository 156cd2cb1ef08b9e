import type { Kind } from '#scenario/contract';
import type { ShownMap } from './imports.ts';

/** What a column can be, by groups: what happened, which number it carries, whose personal data, and the rest. */
export const PLAIN = ['type', 'time', 'handler', 'id', 'scenario'] as const;
export const PERSON = ['person.name', 'person.phone', 'person.idNumber', 'person.address'] as const;
export const REST = ['data', 'drop'] as const;

/** What a column is taken for: the first target that names it, `drop`, else `data` under its own name. */
export function roleOf(column: string, map: Pick<ShownMap, 'columns' | 'drop'>): string {
  const target = Object.entries(map.columns).find(([, named]) => named === column)?.[0];
  return target ?? (map.drop.includes(column) ? 'drop' : 'data');
}

/** Kinds of numbers that a column can carry, as roles: those of the dictionary (not areas and staff), and those that the map names itself. */
export function keyRoles(kinds: readonly Pick<Kind, 'id' | 'role'>[], map: Pick<ShownMap, 'columns'>): string[] {
  const known = kinds.map((kind) => `key.${kind.id}`);
  const own = Object.keys(map.columns).filter((target) => target.startsWith('key.'));
  return [...new Set([...own, ...known])];
}

/** What a file of columns still lacks before it can be imported. */
export function missing(map: Pick<ShownMap, 'columns'>): ('type' | 'time' | 'key')[] {
  const targets = Object.keys(map.columns);
  return [
    ...(targets.some((target) => target.startsWith('key.')) ? [] : (['key'] as const)),
    ...(['type', 'time'] as const).filter((target) => !targets.includes(target)),
  ];
}

/** The columns in the order of what they are: what must be there first, left-out ones last; within it as in the file. */
export function sortedColumns<T extends { name: string }>(columns: readonly T[], map: Pick<ShownMap, 'columns' | 'drop'>): T[] {
  const rank = (name: string) => {
    const role = roleOf(name, map);
    if (role.startsWith('key.')) return 0;
    const plain = (PLAIN as readonly string[]).indexOf(role);
    if (plain >= 0) return 1 + plain;
    if (role.startsWith('person.')) return 10;
    return role === 'drop' ? 12 : 11;
  };
  return [...columns].sort((a, b) => rank(a.name) - rank(b.name));
}
