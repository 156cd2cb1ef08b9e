import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Said } from './systems.ts';

/** The maps of `demo/feeds`: what a feed reads a column as, the simulator writes it from. So both are the same event on every road. */

export type MappedId = 'business' | 'workorder' | 'field';

/** The map as it stands in its file. */
export const mapText = (id: MappedId): string => fs.readFileSync(path.join(import.meta.dirname, 'feeds', `${id}.yaml`), 'utf8');

/** The columns of a map: what of the event, and the column's name, in their order. */
export const columnsOf = (id: MappedId): readonly (readonly [what: string, column: string])[] =>
  Object.entries((parse(mapText(id)) as { columns?: Record<string, string> }).columns ?? {});

/** Everything that an event says, flat, by the words of a map: `id`, `key.trade`, `data.reason` … */
export function placesOf(said: Said): Map<string, string | readonly string[]> {
  const { source: _, keys, person = {}, data = {}, ...own } = said;
  const out = new Map<string, string | readonly string[]>(Object.entries(own));
  for (const [prefix, part] of [
    ['key', keys],
    ['person', person],
    ['data', data],
  ] as const)
    for (const [name, value] of Object.entries(part)) out.set(`${prefix}.${name}`, value as string | readonly string[]);
  return out;
}
