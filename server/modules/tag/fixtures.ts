import { systemActor } from '#platform/actor';
import type { Ctx, Db } from '#platform/db';
import { type Cells, closeBlock, codeAt, openBlock, putCode } from './codes.ts';
import type { TagKind, TagValue } from './contract.ts';
import { BLOCK, EVERYONE } from './model.ts';
import * as store from './store.ts';
import { shownValue } from './values.ts';

/** For tests only. */

export const inTx = <T>(db: Db, fn: (ctx: Ctx) => Promise<T>) => db.inTx(systemActor('test'), fn);

export const someTags = (db: Db, tags: Readonly<Record<string, TagKind>>) =>
  store.addTags(
    db,
    Object.entries(tags).map(([name, kind]) => ({ name, kind })),
    0,
  );

/** Lets these ordinals count. */
export async function letCount(db: Db, ordinals: Iterable<number>): Promise<void> {
  const blocks = new Map<number, Cells>();
  for (const ordinal of ordinals) {
    const block = Math.floor(ordinal / BLOCK);
    const cells = blocks.get(block) ?? openBlock('flag', (await store.readBlocks(db, EVERYONE, [block]))[0]);
    blocks.set(block, cells);
    putCode(cells, ordinal % BLOCK, 1);
  }
  const closed = [...blocks].flatMap(([block, cells]) => closeBlock(EVERYONE, block, cells) ?? []);
  await inTx(db, (ctx) => store.saveBlocks(ctx.tx, closed));
}

/** A tag's values as they stand in the store: of these ordinals. */
export async function valuesIn(db: Db, name: string, ordinals: readonly number[]): Promise<TagValue[]> {
  const [tag] = await store.readTags(db, [name]);
  if (tag === undefined) throw new Error(`no tag ${name}`);
  const blocks = await store.readBlocks(db, tag.id, [...new Set(ordinals.map((o) => Math.floor(o / BLOCK)))]);
  const opened = new Map(blocks.map((b) => [b.block, openBlock(tag.kind, b)]));
  return ordinals.map((o) => {
    const cells = opened.get(Math.floor(o / BLOCK));
    return cells === undefined ? null : shownValue(tag, codeAt(cells, o % BLOCK));
  });
}
