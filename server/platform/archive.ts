import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import tar from 'tar-stream';

/**
 * The file of a backup: a tar that any tar reads. First `glasshouse.json` (what this is), then each member in zstd pieces
 * (`tables/tracking.journey/000001.zst` …: COPY's own text when they are put together), last `manifest.json` and its `manifest.json.sha256`,
 * without which the file is not whole.
 */

/** A file that is no whole backup: one sentence. */
export class BadBackup extends Error {}

export interface Content {
  readonly bytes: number;
  readonly sha256: string;
}

const FORMAT = 1;
/** Held in memory a few times over, when written and when read. */
const PIECE = 8 << 20;
const HEAD = 'glasshouse.json';
const MANIFEST = 'manifest.json';
const DIGEST = `${MANIFEST}.sha256`;
const MANIFEST_MOST = 64 << 20;

const compress = promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdCompress);
const decompress = promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);
const LEVEL = { params: { [zlib.constants.ZSTD_c_compressionLevel]: 3, [zlib.constants.ZSTD_c_checksumFlag]: 1 } };

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export interface Archive {
  /** Adds a member; its content is taken as it comes. */
  add(name: string, content: AsyncIterable<Buffer>): Promise<Content>;
  /** The last thing written. */
  close(manifest: object): Promise<void>;
}

/** Writes an archive through `put`, which says when it may go on. `head`: what stands in its first lines beside its format. */
export async function writeArchive(
  put: (bytes: Uint8Array) => Promise<void>,
  head: object,
  fill: (archive: Archive) => Promise<void>,
): Promise<void> {
  const pack = tar.pack();
  const flow = (async () => {
    for await (const bytes of pack) await put(bytes as Buffer);
  })();
  let failure: unknown;
  flow.catch((e: unknown) => {
    failure = e;
  });
  const entry = async (name: string, bytes: Buffer): Promise<void> => {
    if (failure !== undefined) throw failure;
    const written = new Promise<void>((done, fail) => pack.entry({ name, mode: 0o600 }, bytes, (e) => (e ? fail(e) : done())));
    await Promise.race([written, flow]);
  };
  try {
    await entry(HEAD, Buffer.from(`${JSON.stringify({ ...head, format: FORMAT })}\n`));
    await fill({
      async add(name, content) {
        const hash = createHash('sha256');
        let bytes = 0;
        let number = 0;
        let before: Promise<void> = Promise.resolve();
        for await (const piece of pieces(content)) {
          hash.update(piece);
          bytes += piece.length;
          const at = `${name}/${String(++number).padStart(6, '0')}.zst`;
          const packed = compress(piece, LEVEL); // while the next piece is read
          await before;
          before = packed.then((zst) => entry(at, zst));
          before.catch(() => undefined);
        }
        await before;
        return { bytes, sha256: hash.digest('hex') };
      },
      async close(manifest) {
        const text = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
        await entry(MANIFEST, text);
        await entry(DIGEST, Buffer.from(`${sha256(text)}  ${MANIFEST}\n`));
      },
    });
    pack.finalize();
    await flow;
  } catch (e) {
    pack.destroy();
    throw e;
  }
}

/** The same bytes in pieces of one size. */
async function* pieces(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    held.push(chunk);
    size += chunk.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}

/** One piece of a member, as it was before it was packed. */
export interface Piece {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The pieces of an archive in their order; answers its manifest at the end. `onBytes`: how far into the file it is. Throws `BadBackup`
 * when the file is none, was made by a newer program, is cut off or damaged.
 */
export async function* readArchive(file: string, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<Piece, unknown> {
  const extract = tar.extract();
  const disk = fs.createReadStream(file, { highWaterMark: 1 << 20 });
  let taken = 0;
  disk.on('data', (chunk) => {
    taken += chunk.length;
    onBytes(taken);
  });
  disk.on('error', (e) => extract.destroy(e));
  disk.pipe(extract);
  let first = true;
  let manifest: Buffer | undefined;
  let whole = false;
  let last = { name: '', number: 0 };
  try {
    for await (const entry of extract) {
      const { name } = entry.header;
      const chunks: Buffer[] = [];
      if ((entry.header.size ?? 0) > MANIFEST_MOST) throw new BadBackup(`${file} is no backup of Glasshouse.`);
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      const bytes = Buffer.concat(chunks);
      if (first) checkHead(file, name, bytes);
      else if (name === MANIFEST) manifest = bytes;
      else if (name === DIGEST) {
        if (manifest === undefined || bytes.toString().split(' ')[0] !== sha256(manifest)) throw damaged(file, MANIFEST);
        whole = true;
      } else {
        last = following(file, last, name);
        yield { name: last.name, bytes: await unpacked(file, name, bytes) };
      }
      first = false;
    }
  } catch (e) {
    if (e instanceof BadBackup) throw e;
    const { code, message } = e as NodeJS.ErrnoException;
    if (code !== undefined && /^E[A-Z]+$/.test(code)) throw new BadBackup(`${file} cannot be read: ${message}.`);
    throw new BadBackup(
      first ? `${file} is no backup of Glasshouse.` : `${file} is cut off or damaged (${message}). Nothing was taken from it.`,
    );
  } finally {
    disk.destroy();
  }
  if (first) throw new BadBackup(`${file} is no backup of Glasshouse.`);
  if (!whole) throw new BadBackup(`${file} is cut off: its end is missing. Nothing was taken from it.`);
  return JSON.parse((manifest as Buffer).toString());
}

const damaged = (file: string, what: string): BadBackup =>
  new BadBackup(`${file} is damaged at ${what}. Nothing was taken from it; use another backup.`);

function checkHead(file: string, name: string, bytes: Buffer): void {
  if (name !== HEAD) throw new BadBackup(`${file} is no backup of Glasshouse.`);
  const { format, glasshouse } = JSON.parse(bytes.toString()) as { format?: unknown; glasshouse?: unknown };
  if (format !== FORMAT)
    throw new BadBackup(
      `${file} was written by Glasshouse ${String(glasshouse)} in a form that this one does not know. Restore it with that version.`,
    );
}

/** The member and number of a piece, which follows the one before it. */
function following(file: string, last: { name: string; number: number }, at: string): { name: string; number: number } {
  const [, name, digits] = /^(.+)\/(\d{6})\.zst$/.exec(at) ?? [];
  const number = Number(digits);
  if (name === undefined || number !== (name === last.name ? last.number + 1 : 1)) throw damaged(file, at);
  return { name, number };
}

async function unpacked(file: string, name: string, bytes: Buffer): Promise<Buffer> {
  try {
    return await decompress(bytes, { maxOutputLength: 16 * PIECE });
  } catch {
    throw damaged(file, name);
  }
}
