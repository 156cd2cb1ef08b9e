import { addSpoiled, noteGroup } from '#customer';
import type { Ctx, Db } from '#platform/db';
import { orThrow } from '#platform/result';
import { BITMAP_BYTES, BLOCK, type Cells, closeBlock, codesForValues, countBoth, merge, noCells, openBlock, rescale, type Staged, setBit, stage, type Tag, tagsIn, versionsOf } from '#tag'; // biome-ignore format: one line
import type { Column, Window } from './customers-columns.ts';

/** A part of an import, as many blocks as memory may hold: its columns on top of what is there, staged. */

const STAGE_BYTES = 8 << 20;

export interface Group {
  readonly number: number;
  /** Ordinals that were there before this import, and of those whose personal values changed. */
  readonly known: ReadonlyMap<number, Buffer>;
  readonly moved: readonly number[];
  /** Whose rows were refused. */
  readonly spoiled: readonly number[];
  /** How many rows spoke of somebody who was erased. */
  readonly erased: number;
}

interface Base {
  readonly db: Db;
  readonly load: string;
  readonly inTx: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

/** Bitmaps by block. */
export function markIn(blocks: Map<number, Buffer>, ordinal: number): void {
  const block = Math.floor(ordinal / BLOCK);
  let bits = blocks.get(block);
  if (bits === undefined) {
    bits = Buffer.alloc(BITMAP_BYTES);
    blocks.set(block, bits);
  }
  setBit(bits, ordinal % BLOCK);
}

/** Stages what differs from what is there. Throws the refusal where a one-of has too many values or a number is not exact. */
export async function stageGroup(
  base: Base,
  columns: readonly Column[],
  tags: ReadonlyMap<string, Tag>,
  windows: readonly Window[],
  group: Group,
): Promise<void> {
  const changed = new Map<number, Buffer>();
  for (const ordinal of group.moved) markIn(changed, ordinal);
  let held: Staged[] = [];
  let bytes = 0;
  const flush = async () => {
    if (held.length > 0) await stage(base.db, base.load, held);
    [held, bytes] = [[], 0];
  };
  const there = await tagsIn(base.db, windows.map((w) => w.block)); // biome-ignore format: one line
  for (const [i, column] of columns.entries()) {
    const tag = tags.get(column.name) as Tag;
    const codes = column.kind === 'oneOf' ? await codesOf(base, tag, column) : undefined;
    const versions = there.has(tag.id) ? await versionsOf(base.db, [tag.id], windows.map((w) => w.block)) : []; // biome-ignore format: one line
    const byBlock = new Map(versions.map((v) => [v.block, v]));
    for (const { block, mask, cells } of windows) {
      const from = cells[i] as Cells;
      if (codes !== undefined) recode(from, codes);
      const was = byBlock.get(block);
      const known = group.known.get(block);
      const staged = stagedFrom(tag, column, { block, mask, from, was, someWereThere: known !== undefined });
      if (staged === undefined) continue;
      if (staged.differs !== undefined && known !== undefined) add(changed, block, staged.differs);
      held.push(staged.block);
      bytes += (staged.block.body?.length ?? 0) + (staged.block.known?.length ?? 0) + (staged.block.mask?.length ?? 0);
      if (bytes >= STAGE_BYTES) await flush();
    }
  }
  await flush();
  let people = 0;
  for (const [block, bits] of changed) people += countBoth(bits, group.known.get(block) ?? new Uint8Array(0));
  await base.inTx(async ({ tx }) => {
    if (group.spoiled.length > 0) await addSpoiled(tx, base.load, group.spoiled);
    await noteGroup(tx, base.load, { group: group.number, changed: people, erased: group.erased });
  });
}

function add(changed: Map<number, Buffer>, block: number, bits: Buffer): void {
  const into = changed.get(block);
  if (into === undefined) changed.set(block, Buffer.from(bits));
  else for (let i = 0; i < BITMAP_BYTES; i++) into[i] = (into[i] as number) | (bits[i] as number);
}

/** The tag's codes of the values that came, by the load's own; index 0 stays unknown. */
async function codesOf({ inTx }: Base, tag: Tag, column: Column): Promise<Uint16Array> {
  const codes = new Uint16Array(column.values.length + 1);
  if (column.values.length > 0) codes.set(orThrow(await inTx((ctx) => codesForValues(ctx, tag.name, column.values))), 1);
  return codes;
}

function recode(cells: Cells, codes: Uint16Array): void {
  if (cells.kind !== 'oneOf') return;
  for (let i = 0; i < BLOCK; i++) cells.codes[i] = codes[cells.codes[i] as number] as number;
}

interface Of {
  readonly block: number;
  readonly mask: Buffer;
  readonly from: Cells;
  readonly was: Awaited<ReturnType<typeof versionsOf>>[number] | undefined;
  readonly someWereThere: boolean;
}

/** The block as it will be and who differs; undefined when it stays as it is. */
function stagedFrom(
  tag: Tag,
  column: Column,
  { block, mask, from, was, someWereThere }: Of,
): { block: Staged; differs?: Buffer } | undefined {
  const scale = Math.max(column.scale, was?.scale ?? 0);
  if (!rescale(from, scale - column.scale)) throw new Error(`${tag.name} is not exact any more`);
  const none = { tag: tag.id, block, base: 0, width: 1 as const, scale, known: null, body: null, mask: null, was: was?.was ?? null };
  if (was === undefined && !someWereThere) {
    const made = closeBlock(tag.id, block, from);
    return made === null ? undefined : { block: { ...none, ...made } };
  }
  const into = was === undefined ? noCells(tag.kind) : openBlock(tag.kind, was);
  const differs = Buffer.alloc(BITMAP_BYTES);
  if (was !== undefined && !rescale(into, scale - was.scale)) throw new Error(`${tag.name} is not exact any more`);
  merge(into, from, mask, differs);
  if (!differs.some((byte) => byte !== 0)) return undefined;
  return { block: { ...none, ...closeBlock(tag.id, block, into), mask: was === undefined ? null : differs }, differs };
}
