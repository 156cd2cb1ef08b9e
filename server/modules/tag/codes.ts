import type { TagKind } from './contract.ts';
import { BITMAP_BYTES, BLOCK, type Block, MOST_UNITS } from './model.ts';

/**
 * A block opened: what `Block` packs, one place per customer. A *code* is a value as a number, whatever the kind: 1 or 0 of a flag, the value's code
 * of a one-of (from 1), units of 10^−scale of a number, days since 1970-01-01 of a date; `NaN` = unknown.
 */
export type Cells =
  | { readonly kind: 'flag'; readonly yes: Buffer; readonly known: Buffer }
  | { readonly kind: 'oneOf'; readonly codes: Uint16Array }
  | { readonly kind: 'number' | 'date'; readonly units: Float64Array };

const FULL = Buffer.alloc(BITMAP_BYTES, 0xff);
const MOST_CODES = 2 ** 32 - 1;

/** Nothing known of anybody. */
export function noCells(kind: TagKind): Cells {
  if (kind === 'flag') return { kind, yes: Buffer.alloc(BITMAP_BYTES), known: Buffer.alloc(BITMAP_BYTES) };
  if (kind === 'oneOf') return { kind, codes: new Uint16Array(BLOCK) };
  return { kind, units: new Float64Array(BLOCK).fill(Number.NaN) };
}

/** The codes of a column of `width` bytes, whose buffer may lie anywhere in memory. */
function columnOf(body: Buffer, width: number): Uint8Array | Uint16Array | Uint32Array | BigUint64Array {
  const { buffer } = Uint8Array.from(body);
  if (width === 1) return new Uint8Array(buffer);
  if (width === 2) return new Uint16Array(buffer);
  return width === 4 ? new Uint32Array(buffer) : new BigUint64Array(buffer);
}

type Stored = Pick<Block, 'base' | 'width' | 'known' | 'body'>;

export function openBlock(kind: TagKind, block: Stored | undefined): Cells {
  const cells = noCells(kind);
  if (block === undefined) return cells;
  if (cells.kind === 'flag') {
    cells.yes.set(block.body);
    cells.known.set(block.known ?? FULL);
    return cells;
  }
  const column = columnOf(block.body, block.width);
  if (cells.kind === 'oneOf') {
    cells.codes.set(column as Uint8Array | Uint16Array);
    return cells;
  }
  const { units } = cells;
  for (let i = 0; i < BLOCK; i++) {
    const code = Number(column[i]);
    if (code > 0) units[i] = block.base + code - 1;
  }
  return cells;
}

const bytesOf = (a: Uint8Array | Uint16Array | Uint32Array | BigUint64Array): Buffer => Buffer.from(a.buffer, a.byteOffset, a.byteLength);

/** As narrow as its values allow, so that equal cells are equal bytes; null when nothing is known of anybody: then there is no row. */
export function closeBlock(tag: number, block: number, cells: Cells): Block | null {
  const at = { tag, block };
  if (cells.kind === 'flag') {
    if (isEmpty(cells.known)) return null;
    return { ...at, base: 0, width: 1, known: cells.known.equals(FULL) ? null : cells.known, body: cells.yes };
  }
  if (cells.kind === 'oneOf') {
    let most = 0;
    for (const code of cells.codes) if (code > most) most = code;
    if (most === 0) return null;
    const narrow = most < 256;
    return { ...at, base: 0, width: narrow ? 1 : 2, known: null, body: bytesOf(narrow ? Uint8Array.from(cells.codes) : cells.codes) };
  }
  return closeUnits(at, cells.units);
}

function closeUnits(at: { tag: number; block: number }, units: Float64Array): Block | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < BLOCK; i++) {
    const unit = units[i] as number;
    if (unit < low) low = unit;
    if (unit > high) high = unit;
  }
  if (high < low) return null;
  const codes = high - low + 1;
  const width = codes < 256 ? 1 : codes < 65_536 ? 2 : codes <= MOST_CODES ? 4 : 8;
  if (width === 8) {
    const wide = new BigUint64Array(BLOCK);
    const base = BigInt(low);
    for (let i = 0; i < BLOCK; i++) if (!Number.isNaN(units[i])) wide[i] = BigInt(units[i] as number) - base + 1n;
    return { ...at, base: low, width, known: null, body: bytesOf(wide) };
  }
  const column = width === 1 ? new Uint8Array(BLOCK) : width === 2 ? new Uint16Array(BLOCK) : new Uint32Array(BLOCK);
  for (let i = 0; i < BLOCK; i++) {
    const unit = units[i] as number;
    column[i] = Number.isNaN(unit) ? 0 : unit - low + 1;
  }
  return { ...at, base: low, width, known: null, body: bytesOf(column) };
}

const isEmpty = (bitmap: Buffer): boolean => {
  for (const byte of bitmap) if (byte !== 0) return false;
  return true;
};

export const hasBit = (bitmap: Uint8Array, at: number): boolean => (((bitmap[at >> 3] as number) >> (at & 7)) & 1) === 1;

export function setBit(bitmap: Uint8Array, at: number): void {
  bitmap[at >> 3] = (bitmap[at >> 3] as number) | (1 << (at & 7));
}

export function clearBit(bitmap: Uint8Array, at: number): void {
  bitmap[at >> 3] = (bitmap[at >> 3] as number) & ~(1 << (at & 7));
}

/** The code at a place, `NaN` = unknown. */
export function codeAt(cells: Cells, at: number): number {
  if (cells.kind === 'flag') return hasBit(cells.known, at) ? Number(hasBit(cells.yes, at)) : Number.NaN;
  if (cells.kind === 'oneOf') return cells.codes[at] || Number.NaN;
  return cells.units[at] as number;
}

/** Puts a code (`NaN` = unknown) at a place. */
export function putCode(cells: Cells, at: number, code: number): void {
  if (cells.kind === 'oneOf') cells.codes[at] = Number.isNaN(code) ? 0 : code;
  else if (cells.kind !== 'flag') cells.units[at] = code;
  else {
    if (Number.isNaN(code)) clearBit(cells.known, at);
    else setBit(cells.known, at);
    if (code === 1) setBit(cells.yes, at);
    else clearBit(cells.yes, at);
  }
}

/** Takes over `from` where `mask` has a bit; those of them who differed get a bit in `changed`. */
export function merge(into: Cells, from: Cells, mask: Uint8Array, changed: Uint8Array): void {
  if (into.kind === 'flag' && from.kind === 'flag') {
    for (let i = 0; i < BITMAP_BYTES; i++) {
      const m = mask[i] as number;
      const [y, k, fy, fk] = [into.yes[i] as number, into.known[i] as number, from.yes[i] as number, from.known[i] as number];
      changed[i] = (changed[i] as number) | (((y ^ fy) | (k ^ fk)) & m);
      into.yes[i] = (y & ~m) | (fy & m);
      into.known[i] = (k & ~m) | (fk & m);
    }
    return;
  }
  const [to, of] = [plainColumn(into), plainColumn(from)];
  for (let i = 0; i < BLOCK; i++) {
    const value = of[i] as number;
    const was = to[i] as number;
    if (!hasBit(mask, i) || Object.is(was, value)) continue;
    setBit(changed, i);
    to[i] = value;
  }
}

const plainColumn = (cells: Cells): Uint16Array | Float64Array => {
  if (cells.kind === 'flag') throw new Error('a flag is no column of codes');
  return cells.kind === 'oneOf' ? cells.codes : cells.units;
};

/** The same values in units ten times smaller, `by` times over; false when one would be more than `MOST_UNITS`. */
export function rescale(cells: Cells, by: number): boolean {
  if (cells.kind !== 'number' && cells.kind !== 'date') return true;
  const factor = 10 ** by;
  const { units } = cells;
  for (let i = 0; i < BLOCK; i++) {
    units[i] = (units[i] as number) * factor;
    if (Math.abs(units[i] as number) > MOST_UNITS) return false;
  }
  return true;
}

/** What the catalogue shows of one block: people within `everyone`; `sum` of a number and a date; `counts` of a one-of by code (index 0 = code 1). */
export interface Tally {
  readonly known: number;
  readonly yes: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly sum: bigint | null;
  readonly counts: readonly number[];
}

const HALF = 2 ** 26;
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Bits that two bitmaps share. */
export function countBoth(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ONES[(a[i] as number) & (b[i] as number)] as number;
  return sum;
}

export function tallyOf(cells: Cells, everyone: Uint8Array): Tally {
  if (cells.kind === 'flag') {
    const yes = Buffer.from(cells.yes);
    for (let i = 0; i < BITMAP_BYTES; i++) yes[i] = (yes[i] as number) & (cells.known[i] as number);
    return { known: countBoth(cells.known, everyone), yes: countBoth(yes, everyone), low: null, high: null, sum: null, counts: [] };
  }
  if (cells.kind === 'oneOf') {
    const counts: number[] = [];
    let known = 0;
    for (let i = 0; i < BLOCK; i++) {
      const code = cells.codes[i] as number;
      if (code === 0 || !hasBit(everyone, i)) continue;
      while (counts.length < code) counts.push(0);
      counts[code - 1] = (counts[code - 1] as number) + 1;
      known++;
    }
    return { known, yes: 0, low: null, high: null, sum: null, counts };
  }
  let [known, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [tops, rests] = [0, 0]; // in two halves, since 65,536 values of 2^51 are more than a number is exact for
  for (let i = 0; i < BLOCK; i++) {
    const unit = cells.units[i] as number;
    if (Number.isNaN(unit) || !hasBit(everyone, i)) continue;
    known++;
    if (unit < low) low = unit;
    if (unit > high) high = unit;
    const top = Math.floor(unit / HALF);
    tops += top;
    rests += unit - top * HALF;
  }
  const sum = BigInt(tops) * BigInt(HALF) + BigInt(rests);
  return { known, yes: 0, low: known > 0 ? low : null, high: known > 0 ? high : null, sum, counts: [] };
}
