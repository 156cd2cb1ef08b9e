import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FileEvent, Read } from './event.ts';
import { parseMap } from './map.ts';
import { readEvents } from './read.ts';

/** For tests only: small files, what a reader makes of them, and the real logs where they are. */

export const now = Date.parse('2026-11-22T12:00:00+08:00');

const folder = mkdtempSync(join(tmpdir(), 'glasshouse-files-'));
let count = 0;

/** A file with this content in a folder of its own; the name's end says what it is. */
export function aFile(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${++count}-${name}`);
  writeFileSync(path, content);
  return path;
}

export async function readAll(
  file: string,
  map: string,
): Promise<{ events: FileEvent[]; rejected: { line: number; code: string; message: string; raw: string }[]; all: Read[] }> {
  const all: Read[] = [];
  for await (const read of readEvents(file, parseMap(map), { now })) all.push(read);
  const rejected = all.flatMap((read) => ('rejected' in read ? [{ line: read.line, ...read.rejected }] : []));
  return { all, rejected, events: all.flatMap((read) => ('event' in read ? [read.event] : [])) };
}

export const readText = (name: string, content: string | Uint8Array, map: string) => readAll(aFile(name, content), map);

const datasets = resolve(import.meta.dirname, '../../..', process.env.GLASSHOUSE_DATASETS ?? '../shared/data');

/** The path of a real log, or undefined with a word to whoever runs the tests. */
export function dataset(name: string): string | undefined {
  const path = join(datasets, name);
  if (existsSync(path)) return path;
  console.warn(`skipped: ${path} is absent (GLASSHOUSE_DATASETS names the folder of the real logs)`);
  return undefined;
}
