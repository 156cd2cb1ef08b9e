import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { type Cells, closeBlock, codeAt, openBlock, putCode, rescale } from './codes.ts';
import type { TagValue } from './contract.ts';
import { BLOCK, type Block } from './model.ts';
import * as store from './store.ts';
import { countedIn, dropTallies, saveTallies, type Tallied, tallied } from './tally.ts';
import { MOST_VALUES, type Read, readValue, unitsOf } from './values.ts';

/** One changed customer and the tags that changed; `place`: his in what was sent, for whoever is told what is wrong. */
export interface Changing {
  readonly place: number;
  /** Null: nobody. What is said of him is read all the same, so that one refusal names all that is wrong: the caller says so in `wrong`. */
  readonly ordinal: number | null;
  readonly tags: Readonly<Record<string, TagValue>>;
}

/** What is wrong with an item: a code of this module's refusals with its details. */
export interface Wrong {
  readonly place: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** `batch` null: everything was so already. `customers`: how many really changed. */
export interface Changed {
  readonly batch: number | null;
  readonly customers: number;
}

interface Wanted {
  readonly place: number;
  readonly ordinal: number | null;
  readonly value: TagValue;
  read?: Read;
}

const AT_ONCE = 64;
const WRONG_SHOWN = 1_000;

/**
 * One batch, in force when the caller's transaction ends: tags are locked in the order of their ids and their blocks in order, so batches follow one
 * another. The last of several values of one customer counts. Refuses `changes.refused` with all that is wrong, what the caller found himself (`wrong`)
 * among it, and changes nothing then.
 */
export async function changeTags(
  ctx: Ctx,
  {
    source,
    changes,
    speaksOf = null,
    wrong: found = [],
  }: { source: string; changes: readonly Changing[]; speaksOf?: string | null; wrong?: readonly Wrong[] },
): Promise<Changed | Refusal> {
  const wanted = byTag(changes);
  const tags = new Map((await store.lockTags(ctx.tx, [...wanted.keys()])).map((t) => [t.name, t]));
  const wrong = [...found, ...[...wanted].flatMap(([name, rows]) => wrongIn(name, rows, tags.get(name), source))];
  const fitted: Fitted[] = [];
  for (const tag of tags.values()) {
    if (isAnothers(tag, source)) continue;
    const one = await fitTag(ctx, tag, (wanted.get(tag.name) ?? []).filter(isRead));
    if ('wrong' in one) wrong.push(...one.wrong);
    else fitted.push(one);
  }
  if (wrong.length > 0) return refuseItems(wrong);
  const customers = new Set<number>();
  const touched = new Set<number>();
  const moved: number[] = [];
  for (const one of fitted) {
    const done = await writeTag(ctx, one, customers);
    if (done.size === 0) continue;
    moved.push(one.tag.id);
    for (const block of done) touched.add(block);
  }
  if (moved.length === 0) return { batch: null, customers: 0 };
  const blocks = [...touched].sort((a, b) => a - b);
  const { tx, now, actor } = ctx;
  const batch = await store.addBatch(tx, { at: now, source, actor: actor.name, customers: customers.size, tags: moved, blocks });
  await store.noteLoaded(tx, moved, { batch, now, source, speaksOf });
  return { batch, customers: customers.size };
}

/** The refusal of a whole batch, with the first of its bad items in their order. */
export const refuseItems = (wrong: readonly Wrong[]): Refusal =>
  refuse('changes.refused', { items: [...wrong].sort((a, b) => a.place - b.place).slice(0, WRONG_SHOWN), total: wrong.length });

function byTag(changes: readonly Changing[]): Map<string, Wanted[]> {
  const out = new Map<string, Wanted[]>();
  for (const { place, ordinal, tags } of changes)
    for (const [name, value] of Object.entries(tags)) {
      const rows = out.get(name);
      if (rows) rows.push({ place, ordinal, value });
      else out.set(name, [{ place, ordinal, value }]);
    }
  return out;
}

/** Reads the values; what is wrong with them. */
function wrongIn(name: string, rows: readonly Wanted[], tag: store.TagRow | undefined, source: string): Wrong[] {
  const all = (code: string, details = {}) => rows.map(({ place }) => ({ place, code, details: { tag: name, ...details } }));
  if (tag === undefined) return all('tag.unknown');
  if (isAnothers(tag, source)) return all('tag.foreign-source', { source: tag.source });
  const wrong: Wrong[] = [];
  for (const row of rows) {
    if (row.value === null) continue;
    const read = readValue(tag.kind, row.value);
    if (read) row.read = read;
    else wrong.push({ place: row.place, code: 'tag.bad-value', details: { tag: name, kind: tag.kind } });
  }
  return wrong;
}

const isAnothers = (tag: store.TagRow, source: string): boolean => tag.source !== null && tag.source !== source;
const isRead = (row: Wanted): boolean => row.value === null || row.read !== undefined;

/** One tag's values as codes (`NaN` = unknown), in the order of the rows. */
interface Fitted {
  readonly tag: store.TagRow;
  readonly rows: readonly Wanted[];
  readonly codes: readonly number[];
  /** Blocks that were rewritten already, because the tag became finer. */
  readonly grown: readonly number[];
}

/** Makes room for one tag's values, or says which of them do not fit. */
async function fitTag(ctx: Ctx, tag: store.TagRow, rows: readonly Wanted[]): Promise<Fitted | { readonly wrong: Wrong[] }> {
  const unfit = (some: readonly Wanted[], code: string, details = {}) => ({
    wrong: some.map(({ place }) => ({ place, code, details: { tag: tag.name, ...details } })),
  });
  const finer = rows.filter((row) => decimalsOf(row) > tag.scale);
  const scale = Math.max(tag.scale, ...finer.map(decimalsOf));
  const grown = finer.length === 0 ? [] : await growScale(ctx, tag.id, { from: tag.scale, to: scale });
  if (grown === undefined) return unfit(finer, 'tag.too-fine');
  const known = await codesOfTexts(ctx, tag, rows);
  if ('fresh' in known) return unfit(rows.filter(({ read }) => read && 'text' in read && known.fresh.has(read.text)), 'tag.too-many-values', { most: MOST_VALUES }); // biome-ignore format: one line
  const codes = rows.map((row) => codeOf(row, scale, known.codes));
  const odd = rows.filter((_, i) => codes[i] === undefined);
  return odd.length > 0 ? unfit(odd, 'tag.too-fine') : { tag, rows, codes: codes as number[], grown };
}

const decimalsOf = ({ read }: Wanted): number => (read && 'decimal' in read ? read.decimal.decimals : 0);

/** Undefined where it would not be exact. */
function codeOf({ read }: Wanted, scale: number, texts: ReadonlyMap<string, number>): number | undefined {
  if (read === undefined) return Number.NaN;
  if ('flag' in read) return Number(read.flag);
  if ('text' in read) return texts.get(read.text);
  return 'day' in read ? read.day : unitsOf(read.decimal, scale);
}

/** The codes of a one-of's values, new ones given; `fresh`: the new ones, where they would be too many. */
async function codesOfTexts(
  { tx }: Ctx,
  tag: store.TagRow,
  rows: readonly Wanted[],
): Promise<{ readonly codes: ReadonlyMap<string, number> } | { readonly fresh: ReadonlySet<string> }> {
  if (tag.kind !== 'oneOf') return { codes: new Map() };
  const codes = new Map((await store.valuesOf(tx, [tag.id])).map((v) => [v.value, v.code]));
  const fresh = new Set<string>();
  for (const { read } of rows) if (read && 'text' in read && !codes.has(read.text)) fresh.add(read.text);
  if (codes.size + fresh.size > MOST_VALUES) return { fresh };
  if (fresh.size > 0) for (const { value, code } of await store.addValues(tx, tag.id, [...fresh])) codes.set(value, code);
  return { codes };
}

/** Writes one tag's values; answers the blocks that changed. */
async function writeTag(ctx: Ctx, { tag, rows, codes, grown }: Fitted, customers: Set<number>): Promise<Set<number>> {
  const touched = new Set(grown);
  const byBlock = new Map<number, number[]>();
  for (const [i, { ordinal }] of rows.entries()) {
    const block = Math.floor((ordinal as number) / BLOCK);
    const places = byBlock.get(block);
    if (places) places.push(i);
    else byBlock.set(block, [i]);
  }
  const blocks = [...byBlock.keys()].sort((a, b) => a - b);
  for (let from = 0; from < blocks.length; from += AT_ONCE) {
    const some = blocks.slice(from, from + AT_ONCE);
    const kept = new Map((await store.lockBlocks(ctx.tx, tag.id, some)).map((b) => [b.block, b]));
    const writes: [number, Cells][] = [];
    for (const block of some) {
      const cells = openBlock(tag.kind, kept.get(block));
      let differs = false;
      for (const i of byBlock.get(block) ?? []) {
        const ordinal = (rows[i] as Wanted).ordinal as number;
        const code = codes[i] as number;
        if (Object.is(codeAt(cells, ordinal % BLOCK), code)) continue;
        putCode(cells, ordinal % BLOCK, code);
        customers.add(ordinal);
        differs = true;
      }
      if (differs) writes.push([block, cells]);
    }
    await writeCells(ctx, tag.id, writes);
    for (const [block] of writes) touched.add(block);
  }
  return touched;
}

/** The codes of these values of a one-of, new ones given; refuses `tag.too-many-values`. */
export async function codesForValues(ctx: Ctx, name: string, values: readonly string[]): Promise<number[] | Refusal> {
  const [tag] = await store.lockTags(ctx.tx, [name]);
  if (tag === undefined) return refuse('tag.unknown', { tag: name });
  const known = new Map((await store.valuesOf(ctx.tx, [tag.id])).map((v) => [v.value, v.code]));
  const fresh = values.filter((v) => !known.has(v));
  if (known.size + fresh.length > MOST_VALUES) return refuse('tag.too-many-values', { tag: name, most: MOST_VALUES });
  if (fresh.length > 0) for (const { value, code } of await store.addValues(ctx.tx, tag.id, fresh)) known.set(value, code);
  return values.map((v) => known.get(v) as number);
}

/** Writes opened blocks of one tag with their figures; a block of which nothing is known any more goes. */
export async function writeCells({ tx }: Ctx, tag: number, writes: readonly [block: number, cells: Cells][]): Promise<void> {
  if (writes.length === 0) return;
  const closed: Block[] = [];
  const gone: number[] = [];
  const tallies: Tallied[] = [];
  const counted = await countedIn(
    tx,
    writes.map(([block]) => block),
  );
  for (const [block, cells] of writes) {
    const done = closeBlock(tag, block, cells);
    if (done === null) gone.push(block);
    else {
      closed.push(done);
      tallies.push(tallied(tag, block, cells, counted(block)));
    }
  }
  if (gone.length > 0) {
    await store.dropBlocks(tx, tag, gone);
    await dropTallies(tx, tag, gone);
  }
  if (closed.length === 0) return;
  await store.saveBlocks(tx, closed);
  await saveTallies(tx, tallies);
}

/** Rewrites a number's blocks with more decimals, but for `except`; undefined when some value would not be exact any more. */
export async function growScale(
  ctx: Ctx,
  tag: number,
  { from, to, except = new Set() }: { from: number; to: number; except?: ReadonlySet<number> },
): Promise<number[] | undefined> {
  const blocks = (await store.blocksOfTag(ctx.tx, tag)).filter((b) => !except.has(b));
  for (let at = 0; at < blocks.length; at += AT_ONCE) {
    const kept = await store.lockBlocks(ctx.tx, tag, blocks.slice(at, at + AT_ONCE));
    const writes: [number, Cells][] = [];
    for (const b of kept) {
      const cells = openBlock('number', b);
      if (!rescale(cells, to - from)) return undefined;
      writes.push([b.block, cells]);
    }
    await writeCells(ctx, tag, writes);
  }
  await store.setScale(ctx.tx, tag, to);
  return blocks;
}
