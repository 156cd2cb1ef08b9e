import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileFormat, isZone } from './time.ts';

const personFields = ['name', 'idNumber', 'phone', 'address'] as const;
const target = /^(?:type|time|handler|id|scenario|key\..{1,128}|data\..{1,128}|person\.(?:name|idNumber|phone|address))$/;
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be small letters, digits and dashes, at most 64');
const List = z.array(z.string().min(1));

/** How the text of a file is read: fields of every map. */
export const textForm = {
  encoding: z.enum(['auto', 'utf-8', 'gb18030', 'gbk', 'utf-16le', 'utf-16be']).default('auto'),
  delimiter: z
    .string()
    .regex(/^(?:auto|[^"\r\n])$/u, 'must be auto or one character')
    .default('auto'),
};

/** MAP.yaml as written (`contract.md`, "Events in"). */
const ImportMap = z.strictObject({
  source: z.string().min(1).max(64),
  scenario: z.union([z.literal('auto'), Id]).optional(),
  zone: z.string().refine(isZone, 'is no time zone that this machine knows').optional(),
  ...textForm,
  timeFormat: z.string().min(1).optional(),
  open: z.union([z.literal('all'), List]).optional(),
  drop: List.default([]),
  columns: z.record(z.string(), z.string().min(1)).default({}),
  objects: z
    .strictObject({ root: z.string().min(1), parts: List.default([]), assets: List.default([]), context: List.default([]) })
    .optional(),
});
export type ImportMap = z.infer<typeof ImportMap>;

/** A map that cannot be used: one sentence; the command ends with 2. */
export function badMap(why: string): Error & { badMap: true } {
  return Object.assign(new Error(why), { badMap: true as const });
}

export const isBadMap = (error: unknown): error is Error => error instanceof Error && 'badMap' in error;

/** What a YAML text says, `{}` for an empty one. `name`: how messages call it. Throws `badMap`. */
export function writtenIn(text: string, name: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw badMap(`${name} is not YAML: ${first.replace(/:$/, '')}.`);
  }
}

/** The map of a YAML text. `name`: how messages call it. Throws `badMap`. */
export function parseMap(text: string, name = 'the map'): ImportMap {
  const checked = ImportMap.safeParse(writtenIn(text, name));
  if (!checked.success) throw badMap(`${name}: ${checked.error.issues.map(sentence).join('; ')}.`);
  const wrong = contradiction(checked.data);
  if (wrong) throw badMap(`${name}: ${wrong}.`);
  return checked.data;
}

/** A mistake in a map with its path. */
export function sentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `unknown field ${issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined && path)
    return `${path} is missing or of the wrong kind (${issue.expected} expected)`;
  return path ? `${path} ${issue.message}` : issue.message;
}

function contradiction(map: ImportMap): string | undefined {
  for (const key of Object.keys(map.columns)) {
    if (!target.test(key)) {
      const all = `type, time, handler, id, scenario, key.KIND, data.FIELD, person.${personFields.join('|')}`;
      return `columns.${key} is nothing a column can be (${all})`;
    }
  }
  if (map.timeFormat) {
    const form = compileFormat(map.timeFormat);
    if (typeof form === 'string') return form.replace(/\.$/, '');
  }
  const all = map.objects ? [map.objects.root, ...map.objects.parts, ...map.objects.assets, ...map.objects.context] : [];
  const twice = all.find((kind, at) => all.indexOf(kind) !== at);
  return twice ? `objects names ${twice} in two roles` : undefined;
}

/** The text of a map's file. Throws `badMap`, for a file that is not there too. */
export function textOfMap(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw badMap(`${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
}

/** The map of a YAML file. Throws `badMap`, for a file that is not there too. */
export async function readMap(file: string): Promise<ImportMap> {
  return parseMap(await textOfMap(file), file);
}

/** `scenarios.md` §2; any other kind is a part. */
const assets = 'serviceNumber iccid eid imei ontSn stbSn loid port circuit account stockLot'.split(' ');
const context = 'customer address area staff team outlet partner product olt project outage campaign'.split(' ');

/** Kinds that are a root of themselves, the first rank first (`scenarios.md` §2). */
const standardRoots = ['order', 'ticket', 'outletOrder', 'task', 'case', 'trade'];

export type Roles = { root: string; parts: string[]; assets: string[]; context: string[] };

/** The kinds that the map's `key.*` columns name, in their order. */
export const kindsOf = (map: ImportMap): string[] =>
  Object.keys(map.columns)
    .filter((to) => to.startsWith('key.'))
    .map((to) => to.slice(4));

/**
 * The roles of the map's kinds: as written, else the first key is the root and the rest as in `scenarios.md` §2. `kinds`: those of the
 * file. Undefined where the map names none and the file has none of its own (NDJSON): then the standard roles hold.
 */
export function rolesOf(map: ImportMap, kinds: string[] = kindsOf(map)): Roles | undefined {
  if (map.objects) return map.objects;
  const [root, ...rest] = kinds;
  if (!root) return undefined;
  const roles: Roles = { root, parts: [], assets: [], context: [] };
  for (const kind of rest) {
    if (assets.includes(kind)) roles.assets.push(kind);
    else if (context.includes(kind)) roles.context.push(kind);
    else roles.parts.push(kind);
  }
  return roles;
}

/** The kinds whose values are journeys. */
export const rootKinds = (roles: Roles | undefined): string[] => (roles ? [roles.root] : standardRoots);

/** True for kinds that join events to a root: neither asset nor context. */
export const joins = (roles: Roles | undefined, kind: string): boolean =>
  roles ? !roles.assets.includes(kind) && !roles.context.includes(kind) : !assets.includes(kind) && !context.includes(kind);
