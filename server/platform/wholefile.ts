import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
};

/**
 * Writes a file that is there whole or not at all: as FILE.part, for this user alone, moved to its place when everything is on the disk.
 * Throws one sentence when it cannot be written, and what `write` throws; nothing is left behind then.
 */
export async function writeWhole(file: string, write: (put: (bytes: Uint8Array) => Promise<void>) => Promise<void>): Promise<void> {
  const part = `${file}.part`;
  const failed = (e: NodeJS.ErrnoException): Error =>
    e.code === 'EEXIST'
      ? new Error(`${part} is there: another one is being written, or one was killed. Remove it when nothing writes it any more.`)
      : new Error(`${file} cannot be written: ${WHY[e.code ?? ''] ?? e.message}.`, { cause: e });
  const handle = await fs.open(part, 'wx', 0o600).catch((e) => Promise.reject(failed(e)));
  try {
    await write(async (bytes) => {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at).catch((e) => Promise.reject(failed(e)))).bytesWritten;
    });
    await handle.sync().catch((e) => Promise.reject(failed(e)));
    await handle.close();
    await fs.rename(part, file);
  } catch (e) {
    await handle.close().catch(() => undefined);
    await fs.rm(part, { force: true });
    throw e;
  }
  await syncFolder(path.dirname(path.resolve(file)));
}

/** So that the new name outlives a power cut; some file systems cannot. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, constants.O_RDONLY).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
