import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { RefusedRow } from '#feed';

/**
 * FILE.rejected.ndjson: one refused row a line, with its reason and as it stood; for this user alone, since rows hold personal data. It appears when it is
 * complete, and takes the place of an earlier one; without refused rows an earlier one goes.
 */
export function refusedFile(target: string) {
  const part = `${target}.part`;
  let handle: FileHandle | undefined;
  return {
    async write(rows: readonly RefusedRow[]): Promise<void> {
      if (rows.length === 0) return;
      handle ??= await open(part, 'w', 0o600);
      await handle.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    },
    async end(): Promise<void> {
      if (handle === undefined) return rm(target, { force: true });
      await handle.close();
      handle = undefined;
      await rename(part, target);
    },
    /** Of a file that was not read to its end; nothing after `end`. */
    async drop(): Promise<void> {
      if (handle === undefined) return;
      await handle.close();
      await rm(part, { force: true });
    },
  };
}
