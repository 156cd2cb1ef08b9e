import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { blockOf, layoutOf, type Made, type Stored, tagsOf } from './audience-data.ts';

/** A thread that makes some of the tags' blocks and copies them into `tag.block`, in PostgreSQL's binary form (manual, COPY). */

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const FLUSH = 1 << 20;

function rowOf({ tag, width }: Made, block: number, { base, known, body }: Stored): Buffer[] {
  const head = Buffer.alloc(40);
  let at = head.writeInt16BE(6, 0);
  for (const v of [tag, block]) at = head.writeInt32BE(v, head.writeInt32BE(4, at));
  at = head.writeBigInt64BE(BigInt(base), head.writeInt32BE(8, at));
  at = head.writeInt16BE(width, head.writeInt32BE(2, at));
  head.writeInt32BE(known?.length ?? -1, at);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return [head, ...(known ? [Buffer.from(known)] : []), length, Buffer.from(body.buffer, body.byteOffset, body.length)];
}

/** One statement for each tag: what is broken off is one tag, and memory stays small. */
async function fill(url: string, size: number, seed: number, part: number, parts: number): Promise<void> {
  const layout = layoutOf(size);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const [i, t] of tagsOf(seed).entries()) {
    if (i % parts !== part) continue;
    const stream = client.query(copyFrom('copy tag.block (tag, block, base, width, known, body) from stdin (format binary)'));
    let waiting: Buffer[] = [SIGNATURE];
    let bytes = 0;
    for (let b = 0; b < layout.blocks; b++) {
      const stored = blockOf(t, b, layout);
      if (stored === undefined) continue;
      const row = rowOf(t, b, stored);
      waiting.push(...row);
      bytes += row.reduce((sum, x) => sum + x.length, 0);
      if (bytes < FLUSH) continue;
      if (!stream.write(Buffer.concat(waiting))) await once(stream, 'drain');
      waiting = [];
      bytes = 0;
    }
    stream.end(Buffer.concat([...waiting, Buffer.from([0xff, 0xff])]));
    await finished(stream);
    parentPort?.postMessage(t.tag);
  }
  await client.end();
}

const { url, size, seed, part, parts } = workerData as { url: string; size: number; seed: number; part: number; parts: number };
await fill(url, size, seed, part, parts);
