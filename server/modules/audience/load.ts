import pg from 'pg';
import { BITMAP_BYTES, BLOCK, readBlocks, type Which } from '#tag';
import { AT } from './kernel.ts';
import type { Form } from './memory-block.ts';
import type { Memories } from './worker-memories.ts';

/** What is to be read in one snapshot: tags that come whole, and blocks of tags that are there. */
export interface Reading {
  readonly snapshot: string;
  readonly whole: readonly { readonly tag: number; readonly form: Form }[];
  readonly changes: readonly { readonly tags: readonly number[]; readonly blocks: readonly number[] }[];
}

/** Reads blocks into the memories of a worker, over a connection of its own that is made when it is needed and again after it broke. */
export interface Loader {
  /** Stages what is read; nothing of it is seen before it is installed. Throws NoRoom, and what the database says. */
  stage(reading: Reading): Promise<void>;
  close(): Promise<void>;
}

export function makeLoader(url: string, memories: Memories): Loader {
  let client: pg.Client | undefined;
  const connect = async (): Promise<pg.Client> => {
    if (client) return client;
    const made = new pg.Client({
      connectionString: url,
      application_name: 'glasshouse audience',
      options: '-c max_parallel_workers_per_gather=0 -c jit=off',
    });
    made.on('error', () => {
      if (client === made) client = undefined;
    });
    await made.connect();
    client = made;
    return made;
  };
  const hangUp = async (): Promise<void> => {
    const last = client;
    client = undefined;
    await last?.end().catch(() => undefined);
  };
  const sink = {
    places(tag: number, block: number, width: number) {
      const { kernel, tags } = memories.of(block).memory;
      const bytes = tags.formComing(tag) === 'flag' ? BITMAP_BYTES : BLOCK * width;
      return { known: kernel.bytes.subarray(AT.known, AT.known + BITMAP_BYTES), body: kernel.bytes.subarray(AT.body, AT.body + bytes) };
    },
    take(head: { tag: number; block: number; base: bigint; width: number; hasKnown: boolean }) {
      const { memory, local } = memories.of(head.block);
      memory.tags.put(head.tag, local, head);
    },
  };
  return {
    async stage({ snapshot, whole, changes }) {
      const { part, parts } = memories;
      for (const { tag, form } of whole) for (const { tags } of memories.all) tags.stageWhole(tag, form);
      for (const { tags, blocks } of changes)
        for (const block of blocks.filter((b) => b % parts === part)) {
          const { memory, local } = memories.of(block);
          for (const tag of tags) memory.tags.stageChange(tag, [local]);
        }
      const which: Which[] = changes.filter((c) => c.tags.length > 0 && c.blocks.length > 0).map((c) => ({ ...c, part, parts }));
      if (whole.length > 0) which.push({ tags: whole.map((w) => w.tag), part, parts });
      try {
        await readBlocks(await connect(), snapshot, which, sink);
      } catch (e) {
        await hangUp();
        throw e;
      }
    },
    close: hangUp,
  };
}
