import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { serverFault } from './send.ts';

export type RejectedRow = { line: number; code: string; message: string; raw: string };
export type RejectedFile = {
  write(rows: RejectedRow[]): void /** The file's path, or undefined when no row was refused. */;
  close(): string | undefined;
};

/**
 * FILE.rejected.ndjson: one refused row a line, with its reason and as it stood. In `folder` where one is named, else beside the file,
 * else (a folder that may not be written, by root neither where it is write-protected) in the current one. Made with the first row, for
 * this user alone, since rows hold personal data; takes the place of an earlier import's only when it is complete, and without refused
 * rows an earlier one goes. `taken`: paths of this import's other files. Throws `serverFault` where no folder can be written: an import
 * does not go on that would lose rows.
 */
export function rejectedFile(file: string, folder: string | undefined, taken: Set<string>): RejectedFile {
  const places = folder === undefined ? [dirname(resolve(file)), process.cwd()] : [folder];
  let target = '';
  let handle: number | undefined;
  const begin = (): number => {
    let reason: unknown;
    for (const place of places) {
      target = free(join(place, `${basename(file)}.rejected.ndjson`), taken);
      try {
        if (folder !== undefined) mkdirSync(place, { recursive: true });
        if (isProtected(place)) throw new Error(`${place} is write-protected`);
        return openSync(`${target}.part`, 'w', 0o600);
      } catch (error) {
        reason = error;
      }
    }
    const why = reason instanceof Error ? reason.message : String(reason);
    throw serverFault(`Refused rows cannot be written down (${why}); name a folder with --rejected DIR and import again.`);
  };
  return {
    write(rows) {
      handle ??= begin();
      writeSync(handle, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    },
    close() {
      if (handle === undefined) {
        removeEarlier(free(join(places[0] ?? '.', `${basename(file)}.rejected.ndjson`), taken));
        return undefined;
      }
      closeSync(handle);
      renameSync(`${target}.part`, target);
      taken.add(target);
      return target;
    },
  };
}

/** True where nobody has the right to write: root would get through, and is not meant to. */
const isProtected = (path: string): boolean => (statSync(path).mode & 0o222) === 0;

function removeEarlier(path: string): void {
  try {
    if (!isProtected(path) && !isProtected(dirname(path))) rmSync(path);
  } catch {
    // There is none, or its folder may not be written: then it is none of ours.
  }
}

/** The path, with a number when another file of this import has it. */
function free(path: string, taken: Set<string>): string {
  for (let number = 2, one = path; ; one = path.replace(/\.rejected\.ndjson$/, `-${number++}.rejected.ndjson`))
    if (!taken.has(one)) return one;
}
