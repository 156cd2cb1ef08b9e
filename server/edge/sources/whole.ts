import { open, readdir, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** When a dropped file is whole: a mark beside it says so, or its size rests. */

/** Names that are never events: hidden ones, and those that copying programs use until they are done. */
const unfinished = /^\.|\.(?:part|partial|tmp|temp|filepart|swp|crdownload|writing)$|~$/i;
const mark = /\.(?:chk|ok)$/i;

/** `*` and `?` as in a shell; all else is itself. */
export const patternOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'u',
  );

/** What lies in the folder: files that the pattern takes, by name, and the marks. Throws as `readdir` does. */
export async function listFolder(folder: string, pattern: string): Promise<{ files: string[]; marks: string[] }> {
  const form = patternOf(pattern);
  const names = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name);
  const files = names.filter((name) => !mark.test(name) && !unfinished.test(name) && form.test(name));
  return { files: files.sort((a, b) => (a < b ? -1 : 1)), marks: names.filter((name) => mark.test(name)) };
}

/** The marks of a file: FILE.chk, FILE.ok, or with the mark in the place of its extension. */
export function marksOf(file: string, marks: readonly string[]): string[] {
  const stems = [file, parse(file).name];
  return marks.filter((one) => stems.includes(parse(one).name));
}

/**
 * The number of rows that a `.chk` names: its first field that is a whole number and not the file's size in bytes. Fields are parted by bars, commas,
 * semicolons, equal signs or space: `1200`, `BSS_0007.txt|1200|98304`, `rows=1200`. Undefined: it names none.
 */
export function countIn(text: string, size: number): number | undefined {
  const numbers = text.split(/[|,;:=\s]+/).filter((field) => /^\d{1,15}$/.test(field));
  const count = numbers.find((field) => Number(field) !== size) ?? numbers[0];
  return count === undefined ? undefined : Number(count);
}

/** A `.chk`'s beginning; it is a line or two. */
export async function readChk(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

export interface Seen {
  readonly print: string;
  readonly since: number;
}

/** Remembers since when each file of a folder (with its marks) is as it is now. */
export function restKeeper(folder: string) {
  let known = new Map<string, Seen>();
  return {
    /** Size in bytes and milliseconds of rest; undefined when the file is gone. */
    async look(file: string, marks: readonly string[], now: number): Promise<{ size: number; restedMs: number } | undefined> {
      const about = await Promise.all([file, ...marks].map((name) => stat(join(folder, name)).catch(() => undefined)));
      const [own] = about;
      if (own === undefined) return undefined;
      const print = about.map((one) => `${one?.size} ${one?.mtimeMs}`).join('/');
      const before = known.get(file);
      const seen = before?.print === print ? before : { print, since: now };
      known.set(file, seen);
      return { size: own.size, restedMs: now - seen.since };
    },
    /** Forgets what is not there any more. */
    only(files: readonly string[]): void {
      const here = new Set(files);
      known = new Map([...known].filter(([name]) => here.has(name)));
    },
  };
}
