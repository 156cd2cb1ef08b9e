import { column } from '#platform/columns';
import type { Ctx, Sql, Tx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { growScale, writeCells } from './change.ts';
import { type Cells, clearBit, closeBlock, hasBit, merge, openBlock, rescale, setBit } from './codes.ts';
import { BITMAP_BYTES, BLOCK, type Block, EVERYONE } from './model.ts';
import * as store from './store.ts';
import { dropTallies, dropTalliesOf } from './tally.ts';

/**
 * Loads of any size: their blocks are made beside the columns (`tag.staged`) while everybody goes on counting, and come in force in one short
 * transaction. What was pushed in between stays where the load itself changed nothing.
 */

/** A block as it will be. `body` null: nothing is known of anybody any more. `mask`: whose value differs; null where there was no block. */
export interface Staged extends Omit<Block, 'body'> {
  readonly body: Buffer | null;
  readonly scale: number;
  readonly mask: Buffer | null;
  /** The version of the block that this one was made from. */
  readonly was: string | null;
}

export type Versioned = Block & { readonly was: string; readonly scale: number };

const FIELDS = 'tag, block, base, width, scale, known, body, mask, was';
type Row<T> = T & Record<string, never>;

/** Blocks with their versions, to make staged ones from. */
export const versionsOf = (sql: Sql, tags: readonly number[], blocks: readonly number[]): Promise<Versioned[]> =>
  sql.query<Row<Versioned>>(
    'tag-versions',
    `select b.tag, b.block, b.base, b.width, b.known, b.body, b.xmin::text was, t.scale from tag.block b join tag.tag t on t.id = b.tag
     where b.tag = any($1) and b.block = any($2) order by 1, 2`,
    [tags, blocks],
  );

/** Tags of which something is known in these blocks. */
export const tagsIn = async (sql: Sql, blocks: readonly number[]): Promise<Set<number>> =>
  new Set((await sql.query<{ tag: number }>('tag-tags-in', 'select distinct tag from tag.block where block = any($1)', [blocks])).map((r) => r.tag)); // biome-ignore format: one line

export const stage = (sql: Sql, load: string, blocks: readonly Staged[]) =>
  sql.query(
    'tag-stage',
    `insert into tag.staged (load, ${FIELDS}) select $1, * from unnest($2::int[], $3::int[], $4::bigint[], $5::smallint[], $6::smallint[], $7::bytea[], $8::bytea[],
       $9::bytea[], $10::text[]) n (${FIELDS})
     on conflict (load, tag, block) do update set base = excluded.base, width = excluded.width, scale = excluded.scale, known = excluded.known,
       body = excluded.body, mask = excluded.mask, was = excluded.was`,
    [
      load,
      column.int(blocks.map((b) => b.tag)),
      column.int(blocks.map((b) => b.block)),
      column.bigint(blocks.map((b) => b.base)),
      column.smallint(blocks.map((b) => b.width)),
      column.smallint(blocks.map((b) => b.scale)),
      column.bytea(blocks.map((b) => b.known)),
      column.bytea(blocks.map((b) => b.body)),
      column.bytea(blocks.map((b) => b.mask)),
      column.text(blocks.map((b) => b.was)),
    ],
  );

/** What a load that ended otherwise left behind. */
export const forgetStaged = (sql: Sql, load: string) => sql.query('tag-unstage', 'delete from tag.staged where load = $1', [load]);

const stagedTags = (sql: Sql, load: string) =>
  sql.query<{ tag: number; scale: number; blocks: number[] }>(
    'tag-staged-tags',
    'select tag, max(scale)::int scale, array_agg(block order by block) blocks from tag.staged where load = $1 group by tag order by tag',
    [load],
  );

/** Staged blocks that must be made anew: their block moved meanwhile, or their scale is not the one that will hold (by tag). */
const outdated = (tx: Tx, load: string, scales: ReadonlyMap<number, number>) =>
  tx.query<Row<Staged>>(
    'tag-staged-outdated',
    `select s.tag, s.block, s.base, s.width, s.scale, s.known, s.body, s.mask, s.was
     from tag.staged s join unnest($2::int[], $3::int[]) n (tag, scale) on n.tag = s.tag left join tag.block b on b.tag = s.tag and b.block = s.block
     where s.load = $1 and (s.scale <> n.scale or s.was is distinct from b.xmin::text) order by s.tag, s.block`,
    [load, [...scales.keys()], [...scales.values()]],
  );

const publish = (tx: Tx, load: string, tags: readonly number[]) =>
  tx.query(
    'tag-staged-publish',
    `insert into tag.block (tag, block, base, width, known, body) select tag, block, base, width, known, body from tag.staged
       where load = $1 and tag = any($2) and body is not null order by tag, block
     on conflict (tag, block) do update set base = excluded.base, width = excluded.width, known = excluded.known, body = excluded.body`,
    [load, tags],
  );

const publishGone = (tx: Tx, load: string, tags: readonly number[]) =>
  tx.query(
    'tag-staged-gone',
    `delete from tag.block b using tag.staged s
     where s.load = $1 and s.tag = any($2) and s.body is null and b.tag = s.tag and b.block = s.block`,
    [load, tags],
  );

const dropStagedTallies = (tx: Tx, load: string, tags: readonly number[]) =>
  tx.query(
    'tag-staged-tallies',
    'delete from tag.tally y using tag.staged s where s.load = $1 and s.tag = any($2) and y.tag = s.tag and y.block = s.block',
    [load, tags],
  );

/** Who joins and who leaves in one block. */
export interface Moves {
  readonly block: number;
  readonly joined: Uint8Array;
  readonly left: Uint8Array;
}

/**
 * Brings a load in force: its blocks, and who counts from now on. One batch; answers its number, null when nothing moved. `names`: the tags that it may
 * touch. Refuses `tag.too-fine` where more decimals are needed than a number can bear.
 */
export async function bringInForce(
  ctx: Ctx,
  load: { id: string; source: string; customers: number; names: readonly string[]; moves: readonly Moves[]; speaksOf: string | null },
): Promise<number | null | Refusal> {
  const { tx, now, actor } = ctx;
  const tags = new Map((await store.lockTags(tx, ['everyone', ...load.names])).map((t) => [t.id, t]));
  const staged = (await stagedTags(tx, load.id)).filter((s) => tags.has(s.tag)); // others were taken out of the catalogue while it was loaded
  const unfit = await publishAll(ctx, load.id, tags, staged);
  if (unfit !== undefined) return refuse('tag.too-fine', { tag: unfit });
  const moved = new Set(staged.map((s) => s.tag));
  const touched = new Set(staged.flatMap((s) => s.blocks));
  const places = await moveEveryone(ctx, load.moves);
  if (places.length > 0) moved.add(EVERYONE);
  for (const block of places) touched.add(block);
  await forgetStaged(tx, load.id);
  if (moved.size === 0) return null;
  const [ids, blocks] = [[...moved].sort((a, b) => a - b), [...touched].sort((a, b) => a - b)];
  const batch = await store.addBatch(tx, { at: now, source: load.source, actor: actor.name, customers: load.customers, tags: ids, blocks });
  await store.noteLoaded(tx, ids, { batch, now, source: load.source, speaksOf: load.speaksOf });
  return batch;
}

type StagedTag = Awaited<ReturnType<typeof stagedTags>>[number];

/** Answers the name of a tag that would not be exact any more; undefined: all is well. */
async function publishAll(
  ctx: Ctx,
  load: string,
  tags: ReadonlyMap<number, store.TagRow>,
  staged: readonly StagedTag[],
): Promise<string | undefined> {
  const { tx } = ctx;
  const scales = new Map(staged.map((s) => [s.tag, Math.max(s.scale, (tags.get(s.tag) as store.TagRow).scale)]));
  for (const old of await outdated(tx, load, scales)) {
    const tag = tags.get(old.tag) as store.TagRow;
    const scale = scales.get(old.tag) as number;
    const [now] = await store.lockBlocks(tx, tag.id, [old.block]);
    const made = remade(tag, now, old, scale);
    if (made === undefined) return tag.name;
    await stage(tx, load, [{ ...old, known: null, body: null, ...made, scale }]);
  }
  for (const { tag, blocks } of staged) {
    const [row, to] = [tags.get(tag) as store.TagRow, scales.get(tag) as number];
    if (to === row.scale) continue;
    if ((await growScale(ctx, tag, { from: row.scale, to, except: new Set(blocks) })) === undefined) return row.name;
  }
  const ids = [...scales.keys()];
  await publish(tx, load, ids);
  await publishGone(tx, load, ids);
  await dropStagedTallies(tx, load, ids);
  return undefined;
}

/** The staged block on top of the block as it is now; undefined where a value would not be exact. */
function remade(tag: store.TagRow, now: Block | undefined, old: Staged, scale: number): Partial<Staged> | undefined {
  const { body } = old;
  const into = openBlock(tag.kind, now);
  const from = openBlock(tag.kind, body === null ? undefined : { ...old, body });
  if (!rescale(into, scale - tag.scale) || !rescale(from, scale - old.scale)) return undefined;
  merge(into, from, old.mask ?? knownIn(from), Buffer.alloc(BITMAP_BYTES));
  return closeBlock(tag.id, old.block, into) ?? {};
}

/** Of whom something is known. */
function knownIn(cells: Cells): Buffer {
  if (cells.kind === 'flag') return cells.known;
  const mask = Buffer.alloc(BITMAP_BYTES);
  for (let i = 0; i < BLOCK; i++)
    if (cells.kind === 'oneOf' ? cells.codes[i] !== 0 : !Number.isNaN(cells.units[i] as number)) setBit(mask, i);
  return mask;
}

const AT_ONCE = 64;

/** Sets and takes bits of `everyone`; answers the blocks where somebody moved. Figures of all tags are counted anew there. */
async function moveEveryone(ctx: Ctx, moves: readonly Moves[]): Promise<number[]> {
  const { tx } = ctx;
  const done: number[] = [];
  for (let from = 0; from < moves.length; from += AT_ONCE) {
    const some = moves.slice(from, from + AT_ONCE);
    const kept = new Map((await store.lockBlocks(tx, EVERYONE, some.map((m) => m.block))).map((b) => [b.block, b])); // biome-ignore format: one line
    const writes: [number, Cells][] = [];
    for (const { block, joined, left } of some) {
      const cells = openBlock('flag', kept.get(block));
      if (cells.kind === 'flag' && movedIn(cells, joined, left)) writes.push([block, cells]);
    }
    await writeCells(ctx, EVERYONE, writes);
    done.push(...writes.map(([block]) => block));
  }
  await dropTalliesOf(tx, done);
  return done;
}

function movedIn(cells: { yes: Buffer; known: Buffer }, joined: Uint8Array, left: Uint8Array): boolean {
  let moved = false;
  for (let i = 0; i < BLOCK; i++) {
    const [there, comes, goes] = [hasBit(cells.yes, i), hasBit(joined, i), hasBit(left, i)];
    if (there === (comes || (there && !goes))) continue;
    moved = true;
    for (const bitmap of [cells.yes, cells.known]) {
      if (comes) setBit(bitmap, i);
      else clearBit(bitmap, i);
    }
  }
  return moved;
}

const BYTES_AT_ONCE = 8 << 20;

/**
 * Writes whole columns in the caller's transaction: one batch, whatever stood in these blocks before. For who makes a population from nothing
 * (demo, benchmarks, scores); a load of rows goes through `stage`.
 */
export async function putColumns(
  ctx: Ctx,
  { source, customers, names, blocks }: { source: string; customers: number; names: readonly string[]; blocks: Iterable<Block> },
): Promise<number> {
  const { tx, now, actor } = ctx;
  const tags = await store.lockTags(tx, names);
  const places = new Set<number>();
  let held: Block[] = [];
  let bytes = 0;
  const flush = async () => {
    await store.saveBlocks(tx, held);
    [held, bytes] = [[], 0];
  };
  for (const b of blocks) {
    places.add(b.block);
    held.push(b);
    bytes += b.body.length + (b.known?.length ?? 0);
    if (bytes >= BYTES_AT_ONCE) await flush();
  }
  if (held.length > 0) await flush();
  const ids = tags.map((t) => t.id);
  const touched = [...places].sort((a, b) => a - b);
  for (const id of ids) await dropTallies(tx, id, touched);
  if (ids.includes(EVERYONE)) await dropTalliesOf(tx, touched);
  const batch = await store.addBatch(tx, { at: now, source, actor: actor.name, customers, tags: ids, blocks: touched });
  await store.noteLoaded(tx, ids, { batch, now, source, speaksOf: null });
  return batch;
}
