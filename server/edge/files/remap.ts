import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { type ImportMap, isBadMap, parseMap } from './map.ts';

/** What the form of the import page changes in a map; everything else in the text, comments too, stays as it was written. */
export const Changes = z.strictObject({
  source: z.string().max(64).optional(),
  scenario: z.string().max(64).nullable().optional(),
  zone: z.string().max(64).nullable().optional(),
  timeFormat: z.string().max(64).nullable().optional(),
  /** Column → what it is: a target of the map, `data` (kept under its own header) or `drop`. */
  columns: z.record(z.string().min(1), z.string().min(1).max(160)).optional(),
});
export type Changes = z.infer<typeof Changes>;

/** The map's text with the changes in it; a text that is no YAML map is given back as it is, for its fault must be told first. */
export function remapped(text: string, changes: Changes): string {
  const doc = parseDocument(text);
  if (doc.errors.length > 0 || !isMap(doc.contents)) return text;
  for (const name of ['source', 'scenario', 'zone', 'timeFormat'] as const) {
    const value = changes[name];
    if (value === undefined) continue;
    if (value === null || value === '') doc.delete(name);
    else doc.set(name, value);
  }
  for (const [column, role] of Object.entries(changes.columns ?? {})) setRole(doc, column, role);
  return doc.toString();
}

/** A target belongs to one column and a column becomes one thing: who had either before loses it. */
function setRole(doc: Document, column: string, role: string): void {
  const columns = mapAt(doc, 'columns');
  for (const target of Object.keys(columns.toJSON() as object)) if (columns.get(target) === column) columns.delete(target);
  const dropped = listAt(doc, 'drop').filter((name) => name !== column);
  if (role === 'drop') dropped.push(column);
  else if (role !== 'data') columns.set(role, column);
  if (dropped.length > 0) doc.set('drop', dropped);
  else doc.delete('drop');
}

function mapAt(doc: Document, name: string): YAMLMap {
  const there = doc.get(name);
  if (isMap(there)) return there as YAMLMap;
  doc.set(name, doc.createNode({}));
  return doc.get(name) as YAMLMap;
}

function listAt(doc: Document, name: string): string[] {
  const there = doc.get(name);
  return isSeq(there) ? (there.toJSON() as string[]) : [];
}

/** The map as the form shows it; null where the text is none, or a bad one. */
export function shownMap(text: string): Pick<ImportMap, 'source' | 'scenario' | 'zone' | 'timeFormat' | 'columns' | 'drop'> | null {
  try {
    const { source, scenario, zone, timeFormat, columns, drop } = parseMap(text);
    return { source, scenario, zone, timeFormat, columns, drop };
  } catch (error) {
    if (isBadMap(error)) return null;
    throw error;
  }
}
