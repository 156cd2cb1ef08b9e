import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { list, type Sql, type Tx } from '#platform/db';
import type { TagKind } from './contract.ts';
import { BLOCK } from './model.ts';

/** For whoever keeps blocks in memory: what there is, what changed since, and the blocks themselves, binary and in one stream. */

export interface StoredTag {
  readonly id: number;
  readonly kind: TagKind;
  readonly source: string | null;
}

export const storedTags = (sql: Sql): Promise<StoredTag[]> =>
  sql.query<StoredTag & Record<string, never>>('tag-stored', 'select id, kind, source from tag.tag order by id');

export interface StoredBatch {
  readonly id: number;
  readonly tags: readonly number[];
  readonly blocks: readonly number[];
}

/** Batches with a higher id, the lowest first. A lower id may still appear later: ids are given before the commit. */
export const batchesAfter = (sql: Sql, id: number): Promise<StoredBatch[]> =>
  sql.query<StoredBatch & Record<string, never>>('tag-batches-after', 'select id, tags, blocks from tag.batch where id > $1 order by id', [
    id,
  ]);

export const lastBatch = async (sql: Sql): Promise<number> =>
  (await sql.query<{ id: number }>('tag-last-batch', 'select coalesce(max(id), 0) id from tag.batch'))[0]?.id ?? 0;

/** Makes the transaction one snapshot, before its first statement, and answers its name for `readBlocks`; good while the transaction is open. */
export async function shareSnapshot(tx: Tx): Promise<string> {
  await tx.query('', 'set transaction isolation level repeatable read, read only');
  return (await tx.query<{ name: string }>('', 'select pg_export_snapshot() name'))[0]?.name as string;
}

/** Which blocks: of these tags, these blocks alone or all, those alone whose number leaves `part` when divided by `parts`. */
export interface Which {
  readonly tags: readonly number[];
  readonly blocks?: readonly number[];
  readonly part: number;
  readonly parts: number;
}

/** Where blocks go. `places`: exactly what a block's known and body take there; `take` is called when it stands there, short ones with zeros behind. */
export interface Sink {
  places(tag: number, block: number, width: number): { readonly known: Uint8Array; readonly body: Uint8Array };
  take(head: {
    readonly tag: number;
    readonly block: number;
    readonly base: bigint;
    readonly width: number;
    readonly hasKnown: boolean;
  }): void;
}

/**
 * Reads blocks as they stand in a shared snapshot over a connection of the caller's own, in any order. What `take` throws ends the reading and is thrown
 * here; the connection is then at an end too.
 */
export async function readBlocks(client: pg.Client, snapshot: string, which: readonly Which[], sink: Sink): Promise<void> {
  await client.query('begin transaction isolation level repeatable read, read only');
  await client.query(`set transaction snapshot '${snapshot.replaceAll("'", "''")}'`);
  for (const { tags, blocks, part, parts } of which) {
    const these = blocks === undefined ? '' : ` and block = any('${list(blocks)}')`;
    const stream = client.query(
      copyTo(
        `copy (select tag, block, base, width, known, body from tag.block where tag = any('${list(tags)}')${these}
           and block % ${Number(parts)} = ${Number(part)}) to stdout (format binary)`,
      ),
    );
    const read = reader(sink);
    for await (const chunk of stream) read(chunk as Buffer);
  }
  await client.query('commit');
}

const SIGNATURE = 11;
const HEAD = 2 + 8 + 8 + 12 + 6 + 4; // fields, tag, block, base, width, length of known
const END = -1;

/**
 * Takes COPY's binary form apart, however it is cut into chunks: long values go to their places at once, short ones are gathered. (PostgreSQL manual,
 * COPY, binary format.)
 */
function reader(sink: Sink): (chunk: Buffer) => void {
  const small = Buffer.alloc(64);
  let have = 0;
  let want = SIGNATURE + 8;
  let target: Uint8Array | undefined; // of the long value that is coming
  let filled = 0;
  let length = 0;
  let state: 'begin' | 'extension' | 'head' | 'known' | 'size' | 'body' | 'end' = 'begin';
  let places: ReturnType<Sink['places']> | undefined;
  let head = { tag: 0, block: 0, base: 0n, width: 1, hasKnown: false };

  const gather = (next: typeof state, bytes: number): void => {
    state = next;
    have = 0;
    want = bytes;
  };
  const flow = (next: 'known' | 'body', to: Uint8Array, bytes: number): void => {
    if (bytes > to.length) throw new Error(`block ${head.block} of tag ${head.tag} is ${bytes} bytes long, ${to.length} are possible`);
    state = next;
    target = to;
    filled = 0;
    length = bytes;
  };
  const afterKnown = (): void => gather('size', 4);
  const gathered = (): void => {
    switch (state) {
      case 'begin':
        gather('extension', 0);
        want = small.readInt32BE(SIGNATURE + 4);
        if (want > small.length) throw new Error('an extension of the COPY format that is not known');
        if (want === 0) gather('head', 2);
        return;
      case 'extension':
        gather('head', 2);
        return;
      case 'head':
        if (small.readInt16BE(0) === END) gather('end', Number.POSITIVE_INFINITY);
        else if (have < HEAD) want = HEAD;
        else readHead();
        return;
      case 'size':
        flow('body', (places as ReturnType<Sink['places']>).body, small.readInt32BE(0));
        return;
      default:
    }
  };
  const readHead = (): void => {
    const knownBytes = small.readInt32BE(HEAD - 4);
    head = {
      tag: small.readInt32BE(6),
      block: small.readInt32BE(14),
      base: small.readBigInt64BE(22),
      width: small.readInt16BE(34),
      hasKnown: knownBytes >= 0,
    };
    if (![1, 2, 4, 8].includes(head.width)) throw new Error(`block ${head.block} of tag ${head.tag} has columns of ${head.width} bytes`);
    places = sink.places(head.tag, head.block, head.width);
    if (head.hasKnown) flow('known', places.known, knownBytes);
    else afterKnown();
  };
  const flowed = (): void => {
    target?.fill(0, filled);
    target = undefined;
    if (state === 'known') {
      afterKnown();
      return;
    }
    sink.take(head);
    gather('head', 2);
  };

  return (chunk) => {
    for (let at = 0; at < chunk.length || (target !== undefined && filled === length); ) {
      if (target !== undefined) {
        const n = Math.min(length - filled, chunk.length - at);
        target.set(chunk.subarray(at, at + n), filled);
        filled += n;
        at += n;
        if (filled === length) flowed();
        continue;
      }
      if (state === 'end') return;
      const n = Math.min(want - have, chunk.length - at);
      chunk.copy(small, have, at, at + n);
      have += n;
      at += n;
      if (have === want) gathered();
    }
  };
}

/** A customer's place in the blocks of these tags, as they stand now: his code (base + code − 1 is a number's value), or a flag's two bits. */
export interface Place {
  readonly tag: number;
  readonly kind: TagKind;
  readonly base: number;
  readonly code: number;
  readonly yes: number;
  readonly known: number;
}

/** Places of one customer; a tag without a row is known of nobody in his block. Codes are given as numbers: those above 2^53 lose their tail. */
export const placesOf = (sql: Sql, ordinal: number, tags: readonly number[]): Promise<Place[]> =>
  sql.query<Place & Record<string, never>>(
    'tag-stream-places',
    `select t.id tag, t.kind, b.base,
       case when t.kind <> 'flag' and b.width * ($2::int + 1) <= length(b.body) then (
         select sum(get_byte(b.body, b.width * $2 + i)::numeric * power(256::numeric, i)) from generate_series(0, b.width - 1) i
       ) else 0 end code,
       case when t.kind = 'flag' and $2 < length(b.body) * 8 then get_bit(b.body, $2) else 0 end yes,
       case when b.known is null then 1 when $2 < length(b.known) * 8 then get_bit(b.known, $2) else 0 end known
     from tag.block b join tag.tag t on t.id = b.tag where b.tag = any($1::int[]) and b.block = $3`,
    [list(tags), ordinal % BLOCK, Math.floor(ordinal / BLOCK)],
  );
