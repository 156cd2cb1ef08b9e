import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { TagChange } from '#tag/contract';
import type { City } from './city.ts';
import { estatesOf } from './places.ts';

/** What the values of one-of tags are called, so that a screen speaks its reader's language. */

export type Label = NonNullable<TagChange['values']>[number];
/** The door takes so many at once. */
export const LABELS_AT_ONCE = 1_000;

/** By tag; a value without one is called what it is. */
export async function labelsOf(city: City): Promise<ReadonlyMap<string, (value: string) => Label | undefined>> {
  const text = await fs.readFile(path.join(import.meta.dirname, 'values.yaml'), 'utf8');
  const words = parse(text) as Record<string, Record<string, string>>;
  const among = (labels: readonly Label[]) => {
    const byValue = new Map(labels.map((label) => [label.value, label]));
    return (value: string) => byValue.get(value);
  };
  const worded = Object.entries(words).map(([tag, of]) => [tag, among(Object.entries(of).map(([value, en]) => ({ value, zh: value, en })))] as const); // biome-ignore format: one line
  return new Map([
    ...worded,
    ['area', among(city.units.map(({ code, names }) => ({ value: code, ...names })))],
    ['estate', among(city.grids.flatMap((grid) => estatesOf(city, grid).map(({ value, names }) => ({ value, zh: value, en: `${names.en}, ${grid.district.names.en}` }))))], // biome-ignore format: one line
    ['building', (value) => (/^\d+幢$/.test(value) ? { value, zh: value, en: `Building ${Number.parseInt(value, 10)}` } : undefined)],
  ]);
}
