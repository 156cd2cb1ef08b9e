import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes taken from the disk so far, for the progress bar. */
export type Meter = { bytes: number };

/** A file that cannot be read at all: the only error a reader throws; the command ends with 2. */
export function unreadable(file: string, why: string): Error & { unreadable: true } {
  return Object.assign(new Error(`${file} cannot be read: ${why}.`), { unreadable: true as const });
}

export const isUnreadable = (error: unknown): error is Error => error instanceof Error && 'unreadable' in error;

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
  Z_BUF_ERROR: 'the compressed data end too early (was the file copied whole?)',
  Z_DATA_ERROR: 'the compressed data are damaged',
};

const because = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
};

/** The file's first bytes, inflated when it is gzip. Throws `unreadable`. */
export async function headOf(file: string, length = 65_536): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(file)) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** True when the file begins as gzip does, whatever it is called. */
export async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(2);
    const { bytesRead } = await handle.read(head, 0, 2, 0);
    return bytesRead === 2 && head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** The file's bytes in pieces of ≤ 64 KiB, gzip (told by its magic bytes, not by name) inflated. Throws `unreadable`. */
export async function* bytesOf(file: string, meter: Meter = { bytes: 0 }): AsyncGenerator<Buffer> {
  try {
    const about = await stat(file);
    if (!about.isFile()) throw unreadable(file, about.isDirectory() ? 'it is a folder' : 'it is not a regular file');
    const disk = createReadStream(file, { highWaterMark: 65_536 });
    disk.on('data', (chunk) => {
      meter.bytes += chunk.length;
    });
    disk.pause();
    const stream = (await isGzip(file)) ? pipeline(disk, createGunzip({ chunkSize: 65_536 }), () => undefined) : disk;
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (isUnreadable(error)) throw error;
    throw unreadable(file, because(error));
  }
}
