import { BITMAP_BYTES, BLOCK } from '#tag';
import { AT, type Kernel } from './kernel.ts';
import type { Room } from './memory.ts';

/**
 * From a block as it is stored to what is fast to count: the forms are those of `kernel.as`. The block stands at AT.body, a flag's known at AT.known.
 * A *cell* is a u32: of a flag one each for yes and known (both sets), of other tags the pointer of a header, 0 = known of nobody.
 */
export interface Shelf {
  readonly kernel: Kernel;
  readonly room: Room;
  readonly shared: Shared;
}

export type Form = 'flag' | 'codes' | 'number';

/** A memory has no room for what is to be kept in it. */
export class NoRoom extends Error {}

const NOBODY = 0;
const EVERYBODY = 1;
const BITMAP = 2;
const LIST = 3;
const LIST_MOST = 1_500; // a longer list is slower than a bitmap, and saves little
const VALUE_LIST_MOST = 3_500; // of one value among many, where the bitmaps of all would take too much
const SLICED = 1;
const LISTED = 2;
const COLUMN = 3;
const VALUES_MOST = 4_096; // values in one block, each with a set of its own
const PLACED_LEAST = 16; // so many values of a block have a column beside their sets: fewer sets are read as fast as it
const PLACED_MOST = 511; // and so many at most: a place has nine bits
const HEADER = 64;

const isPointer = (set: number): boolean => set > EVERYBODY;
const pointerOf = (set: number): number => (set & ~7) >>> 0;

function take(room: Room, bytes: number): number {
  const pointer = room.take(bytes);
  if (pointer === 0) throw new NoRoom(`no room for ${bytes} bytes`);
  return pointer;
}

/** The set of the bitmap at `from` with so many in it, in a place of its own. */
function setOf({ kernel, room }: Shelf, from: number, people: number): number {
  if (people === 0) return NOBODY;
  if (people === BLOCK) return EVERYBODY;
  if (people <= LIST_MOST) {
    const at = take(room, 2 + 2 * people);
    kernel.toList(from, at);
    return (at | LIST) >>> 0;
  }
  const at = take(room, BITMAP_BYTES);
  kernel.bytes.copyWithin(at, from, from + BITMAP_BYTES);
  return (at | BITMAP) >>> 0;
}

/**
 * What a tag has in a block: of a flag the sets of yes and known and how many say yes; of a one-of a header and which codes are there, by their lowest five
 * bits; of others a header alone.
 */
export type Cells = readonly [yesOrHeader: number, knownOrThere: number, people: number];

/** The cells of a block of a flag. `hasKnown` false: known of everybody. */
export function keepFlag(shelf: Shelf, hasKnown: boolean): Cells {
  const { kernel } = shelf;
  const known = hasKnown ? shelf.shared.keep(shelf, AT.known) : EVERYBODY;
  try {
    const people = kernel.countOf((AT.body | BITMAP) >>> 0);
    return [setOf(shelf, AT.body, people), known, people];
  } catch (e) {
    shelf.shared.drop(shelf, known);
    throw e;
  }
}

export function dropFlag(shelf: Shelf, [yes, known]: Cells): void {
  if (isPointer(yes)) shelf.room.free(pointerOf(yes));
  shelf.shared.drop(shelf, known);
}

/** The cells of a block of a one-of. */
export function keepCodes(shelf: Shelf, width: number): Cells {
  const header = headerOfCodes(shelf, width);
  return [header, header === 0 ? 0 : shelf.kernel.codesThere(header) >>> 0, 0];
}

function headerOfCodes(shelf: Shelf, width: number): number {
  const { kernel } = shelf;
  const greatest = kernel.greatestOf(AT.body, width);
  if (greatest === 0n) return 0;
  if (greatest <= 15n) return keepSlices(shelf, width, 32 - Math.clz32(Number(greatest)));
  if (greatest < 65_536n) {
    kernel.tally(AT.body, width);
    const counts = kernel.words.subarray(AT.histogram >>> 2, (AT.histogram >>> 2) + Number(greatest) + 1);
    const codes: number[] = [];
    for (let c = 1; c < counts.length; c++) if (counts[c] !== 0) codes.push(c);
    if (codes.length <= VALUES_MOST) return keepLists(shelf, width, codes, counts);
  }
  return keepColumn(shelf, width, 0n);
}

function keepSlices({ kernel, room }: Shelf, width: number, k: number): number {
  const header = take(room, 64 + k * BITMAP_BYTES);
  const words = header >>> 2;
  kernel.words[words] = SLICED;
  kernel.words[words + 1] = k;
  kernel.slice(AT.body, width, k, header + 64);
  for (let i = 0; i < k; i++) {
    const at = header + 64 + i * BITMAP_BYTES;
    const people = kernel.countOf((at | BITMAP) >>> 0);
    kernel.words[words + 2 + i] = people === 0 ? NOBODY : people === BLOCK ? EVERYBODY : (at | BITMAP) >>> 0;
  }
  return header;
}

/** One place holds the entries and every value's set; beside it is the column of who has which. */
function keepLists(shelf: Shelf, width: number, codes: readonly number[], counts: Uint32Array): number {
  const { kernel, room, shared } = shelf;
  const people = codes.map((c) => counts[c] as number);
  const bytes = people.map((n) => (n === BLOCK ? 0 : n <= VALUE_LIST_MOST ? (2 + 2 * n + 7) & ~7 : BITMAP_BYTES));
  const table = (24 + 12 * codes.length + 7) & ~7;
  const header = take(room, table + bytes.reduce((a, b) => a + b, 0));
  kernel.bytes.fill(0, header, header + table + bytes.reduce((a, b) => a + b, 0));
  let at = header + table;
  const { words } = kernel;
  for (const [i, code] of codes.entries()) {
    const n = people[i] as number;
    const set = n === BLOCK ? EVERYBODY : (at | (n <= VALUE_LIST_MOST ? LIST : BITMAP)) >>> 0;
    const entry = (header >>> 2) + 6 + i * 3;
    words[entry] = code;
    words[entry + 1] = set;
    words[entry + 2] = n;
    words[(AT.places >>> 2) + code] = set;
    at += bytes[i] as number;
  }
  if (codes.length > 1 || people[0] !== BLOCK) kernel.handOut(AT.body, width);
  const known = people.reduce((a, b) => a + b, 0);
  words[header >>> 2] = LISTED;
  words[(header >>> 2) + 1] = codes.length;
  words[(header >>> 2) + 3] = known;
  kernel.knownBits(AT.body, width, AT.known, AT.scratch);
  try {
    keepPlaces(shelf, width, codes, header);
    words[(header >>> 2) + 2] = known === BLOCK ? EVERYBODY : shared.keep(shelf, AT.known);
  } catch (e) {
    dropHeader(shelf, header);
    throw e;
  }
  return header;
}

/** The column of a one-of's places among its entries, where it has enough of them. */
function keepPlaces({ kernel, room }: Shelf, width: number, codes: readonly number[], header: number): void {
  if (codes.length < PLACED_LEAST || codes.length > PLACED_MOST) return;
  const { words } = kernel;
  const at = header >>> 2;
  words[at + 4] = take(room, BLOCK);
  if (codes.length > 255) words[at + 5] = take(room, BITMAP_BYTES);
  words[AT.places >>> 2] = 0;
  for (const [i, code] of codes.entries()) words[(AT.places >>> 2) + code] = i + 1;
  kernel.placesOf(AT.body, width, words[at + 4] as number, words[at + 5] as number);
}

/** The cell of a block of a number or date, or of a one-of of very many values. Wide codes are kept once each, and who has which as two bytes. */
export function keepColumn(shelf: Shelf, width: number, base: bigint): number {
  const { kernel, room, shared } = shelf;
  const people = kernel.knownBits(AT.body, width, AT.known, AT.scratch);
  if (people === 0) return 0;
  const [least, greatest] = [kernel.longs[AT.scratch >>> 3] as bigint, kernel.longs[(AT.scratch >>> 3) + 1] as bigint];
  const entries = width > 2 ? kernel.dictionaryOf(AT.body, width, greatest) : 0;
  const taken: number[] = [];
  const keep = (from: number, bytes: number): number => {
    const at = take(room, bytes);
    taken.push(at);
    kernel.bytes.copyWithin(at, from, from + bytes);
    return at;
  };
  try {
    const header = take(room, HEADER);
    taken.push(header);
    const { words, longs } = kernel;
    const at = header >>> 2;
    words[at] = COLUMN;
    words[at + 1] = width;
    longs[(header + 8) >>> 3] = BigInt.asUintN(64, base);
    words[at + 4] = entries > 0 ? keep(AT.places, BLOCK * 2) : keep(AT.body, BLOCK * width);
    words[at + 5] = entries > 0 ? keep(AT.dictionary, entries * width) : 0;
    words[at + 6] = entries;
    words[at + 7] = people === BLOCK ? EVERYBODY : shared.keep(shelf, AT.known);
    longs[(header + 32) >>> 3] = least;
    longs[(header + 40) >>> 3] = greatest;
    return header;
  } catch (e) {
    for (const pointer of taken) room.free(pointer);
    throw e;
  }
}

/** Gives a cell of a one-of, number or date back. */
export function dropHeader(shelf: Shelf, header: number): void {
  if (header === 0) return;
  const { kernel, room, shared } = shelf;
  const at = header >>> 2;
  const form = kernel.words[at];
  if (form === LISTED || form === COLUMN) {
    shared.drop(shelf, kernel.words[at + (form === LISTED ? 2 : 7)] as number);
    for (const place of [kernel.words[at + 4] as number, kernel.words[at + 5] as number]) if (place !== 0) room.free(place);
  }
  room.free(header);
}

/**
 * What is known of the same people is kept once: a hundred and fifty tags that are known of own customers alone share their bitmaps. Found by a hash,
 * compared bit by bit.
 */
export interface Shared {
  /** The set of the bitmap at `from`, which may be that of others. */
  keep(shelf: Shelf, from: number): number;
  drop(shelf: Shelf, set: number): void;
}

export function makeShared(): Shared {
  const byHash = new Map<bigint, Set<number>>();
  const kept = new Map<number, { hash: bigint; users: number }>();
  return {
    keep(shelf, from) {
      const { kernel } = shelf;
      const people = kernel.countOf((from | BITMAP) >>> 0);
      if (people <= LIST_MOST || people === BLOCK) return setOf(shelf, from, people);
      const hash = kernel.hashOf(from);
      for (const set of byHash.get(hash) ?? []) {
        const entry = kept.get(set);
        if (entry === undefined || kernel.same(pointerOf(set), from) === 0) continue;
        entry.users++;
        return set;
      }
      const set = setOf(shelf, from, people);
      kept.set(set, { hash, users: 1 });
      const list = byHash.get(hash);
      if (list) list.add(set);
      else byHash.set(hash, new Set([set]));
      return set;
    },
    drop({ room }, set) {
      if (!isPointer(set)) return;
      const entry = kept.get(set);
      if (entry !== undefined && --entry.users > 0) return;
      if (entry !== undefined) {
        kept.delete(set);
        const list = byHash.get(entry.hash);
        list?.delete(set);
        if (list?.size === 0) byHash.delete(entry.hash);
      }
      room.free(pointerOf(set));
    },
  };
}
