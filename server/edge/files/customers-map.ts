import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CustomerMap, isReservedSource } from '#customer/contract';
import { TagName } from '#tag/contract';
import { badMap, sentence, writtenIn } from './map.ts';
import type { Draft } from './table-draft.ts';
import { parseTableMap, type TableMap } from './table-map.ts';

/**
 * The map of customers: that of any table (`table-map.ts`), and beside the tags what the customer himself has: `area` (column with the code of a unit),
 * `own` (yes for our own customers), `person` (columns that go into the vault), `speaksOf` (month or day of which the file speaks).
 */
export interface CustomersMap extends TableMap, Pick<CustomerMap, 'area' | 'own' | 'person' | 'speaksOf'> {
  readonly source: string;
  readonly key: string;
}

const { area, own, person, speaksOf } = CustomerMap.shape;
const Beside = z.strictObject({ area, own, person, speaksOf });
const BESIDE = Object.keys(Beside.shape);

/** What a map says beside what every table's does, checked, and the rest of it as text. Throws `badMap`. */
function apartIn(text: string, name: string): { beside: z.infer<typeof Beside>; rest: string } {
  const written = writtenIn(text, name);
  const fields = typeof written === 'object' && written !== null && !Array.isArray(written) ? Object.entries(written) : [];
  const beside = Beside.safeParse(Object.fromEntries(fields.filter(([field]) => BESIDE.includes(field))));
  if (!beside.success) throw badMap(`${name}: ${beside.error.issues.map(sentence).join('; ')}.`);
  const rest = fields.length === 0 ? text : JSON.stringify(Object.fromEntries(fields.filter(([field]) => !BESIDE.includes(field))));
  return { beside: beside.data, rest };
}

/**
 * The same text as the map of a table that is looked at and not imported: key and source may be absent, and columns that are no tags (the area, what goes
 * into the vault) are left out by `auto`. Throws `badMap`.
 */
export function parseMapToLookAt(text: string, name = 'the map'): TableMap {
  const { beside, rest } = apartIn(text, name);
  const map = parseTableMap(rest, name);
  const columns = [beside.area, beside.own, ...Object.values(beside.person ?? {})].filter((column) => column !== undefined);
  return { ...map, drop: [...map.drop, ...columns] };
}

/** Whoever writes a map reads one of the two. */
const reservedSource = (source: string): string =>
  `source “${source}” is a name that Glasshouse keeps for itself; name the system that keeps these customers. 来源名“${source}”由系统自留，请写保管这些客户资料的系统的名字。`;

/** The map of a YAML text. Throws `badMap` with the path of each mistake. */
export function parseCustomersMap(text: string, name = 'the map'): CustomersMap {
  const { beside, rest } = apartIn(text, name);
  const map = parseTableMap(rest, name, ['source', 'key']) as TableMap & { source: string; key: string };
  const source = CustomerMap.shape.source.safeParse(map.source);
  if (!source.success) throw badMap(`${name}: source must be letters, digits, dots, dashes and underscores, at most 64.`);
  if (isReservedSource(source.data)) throw badMap(`${name}: ${reservedSource(source.data)}`);
  const odd = map.tags === 'auto' ? undefined : map.tags.find((tag) => !TagName.safeParse(tag.name).success);
  if (odd !== undefined)
    throw badMap(`${name}: tags.${odd.name} must begin with a letter and hold letters, digits, dots, dashes and underscores, at most 64.`);
  return { ...map, ...beside };
}

/** Of a YAML file. Throws `badMap`, for a file that is not there too. */
export async function readCustomersMap(file: string): Promise<CustomersMap> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw badMap(`${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  return parseCustomersMap(text, file);
}

/** Columns that are no tags, whatever `auto` finds in them. */
export const apartFrom = (map: CustomersMap): Set<string> =>
  new Set([map.key, ...map.drop, ...[map.area, map.own, ...Object.values(map.person ?? {})].filter((c) => c !== undefined)]);

/** The columns that a file must have, each with the path of the map that names it. */
export function wantedColumns(map: CustomersMap): Map<string, string> {
  const wanted = new Map([[map.key, 'key']]);
  const want = (column: string | undefined, path: string) => column !== undefined && !wanted.has(column) && wanted.set(column, path);
  want(map.area, 'area');
  want(map.own, 'own');
  for (const [field, column] of Object.entries(map.person ?? {})) want(column, `person.${field}`);
  if (map.tags !== 'auto') for (const { name, column } of map.tags) want(column, `tags.${name}.column`);
  return wanted;
}

/** What the server is told; `draft` in the place of `auto`. */
export function toldMap(map: CustomersMap, draft: Draft | undefined): CustomerMap {
  const tags = map.tags === 'auto' ? named(draft?.tags ?? []) : map.tags;
  if (tags.length === 0) throw badMap('tags: auto found no column that could be a tag.');
  const { source, key, encoding, delimiter } = map;
  const beside = { area: map.area, own: map.own, person: map.person, speaksOf: map.speaksOf };
  return {
    source,
    key,
    encoding,
    delimiter,
    tags: tags.map(({ name, column, kind }) => ({ name, column, kind })),
    unknown: [...map.unknown],
    ...(Object.fromEntries(Object.entries(beside).filter(([, v]) => v !== undefined)) as typeof beside),
  };
}

/** Columns under names that tags may have: `月租(元)` becomes `月租_元`; of equal ones the second is `NAME.2`. */
function named<T extends { name: string }>(tags: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return tags.map((tag) => {
    const plain = tag.name.normalize('NFKC').replace(/[^\p{L}\p{N}_.-]+/gu, '_').replace(/_+$/, '').slice(0, 60); // biome-ignore format: one line
    const name = /^\p{L}/u.test(plain) ? plain : `c${plain}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { ...tag, name: count === 1 ? name : `${name}.${count}` };
  });
}
