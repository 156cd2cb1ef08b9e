import pg from 'pg';
import { systemActor } from '#platform/actor';
import { allTags, BITMAP_BYTES, BLOCK, EVERYONE, readBlocks, type Sink, shareSnapshot } from '#tag';
import type { Column } from './column.ts';
import type { FactSupply } from './supply.ts';

/** Facts out of the tags' blocks. */

/** Blocks that are read at a time: some 60 MB of twenty facts. */
const AT_ONCE = 16;

export const fromTags: FactSupply = {
  tags: async (sql) =>
    (await allTags(sql)).map(({ id, name, kind, scale, zh, en, loaded_at }) => ({ id, name, kind, scale, zh, en, loadedAt: loaded_at })),

  readBlocks: (db, tags, each, only) =>
    db.inTx(systemActor('rule'), async ({ tx }) => {
      const snapshot = await shareSnapshot(tx); // good while this transaction is open
      const flags = new Set((await allTags(tx)).filter((t) => t.kind === 'flag').map((t) => t.id));
      const client = new pg.Client({ connectionString: db.url, application_name: 'glasshouse rules' });
      client.on('error', () => undefined); // said by the call that fails
      await client.connect();
      try {
        const numbers = [...(only ?? (await counted(client, snapshot)))].sort((a, b) => a - b);
        for (let from = 0; from < numbers.length; from += AT_ONCE) {
          const blocks = numbers.slice(from, from + AT_ONCE);
          const { found, sink } = gathering(flags);
          await readBlocks(client, snapshot, [{ tags, blocks, part: 0, parts: 1 }], sink);
          for (const block of blocks) await each({ block, columns: tags.map((t) => found.get(block)?.get(t) ?? null) });
        }
      } finally {
        await client.end();
      }
    }),
};

/** The blocks in which somebody counts. */
async function counted(client: pg.Client, snapshot: string): Promise<Iterable<number>> {
  const { found, sink } = gathering(new Set([EVERYONE]));
  await readBlocks(client, snapshot, [{ tags: [EVERYONE], part: 0, parts: 1 }], sink);
  return found.keys();
}

/** A sink that keeps what it is given, by block and tag, in memory that threads may share. */
function gathering(flags: ReadonlySet<number>): { found: Map<number, Map<number, Column>>; sink: Sink } {
  const found = new Map<number, Map<number, Column>>();
  const bytes = (n: number) => new Uint8Array(new SharedArrayBuffer(n));
  let coming = { known: bytes(0), body: bytes(0) };
  const sink: Sink = {
    places(tag, _block, width) {
      const isFlag = flags.has(tag);
      coming = { known: bytes(isFlag ? BITMAP_BYTES : 0), body: bytes(isFlag ? BITMAP_BYTES : BLOCK * width) };
      return coming;
    },
    take({ tag, block, base, width, hasKnown }) {
      const columns = found.get(block) ?? new Map<number, Column>();
      found.set(block, columns);
      columns.set(tag, { base: Number(base), width: width as Column['width'], known: hasKnown ? coming.known : null, body: coming.body });
    },
  };
  return { found, sink };
}
