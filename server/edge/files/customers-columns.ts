import { BITMAP_BYTES, BLOCK, type Cells, decimalOf, isOneOfText, MOST_VALUES, noCells, rescale, setBit, unitsOf } from '#tag';
import type { TagKind } from '#tag/contract';
import type { Codes } from './customers-cells.ts';
import { dayOf, flagOf } from './table-cells.ts';

/**
 * Cells of a file become codes in columns, block by block. A row is read whole before any of it is put down, so a row with a bad cell leaves nothing.
 * Codes of one-ofs are the load's own (in the order of appearance) until `codes` of the tag's are known.
 */
export interface Column {
  readonly name: string;
  readonly kind: TagKind;
  /** Decimals seen so far; grows. */
  scale: number;
  /** Values of a one-of in the order in which they came: the first is code 1. */
  readonly values: string[];
  /** The code of a cell that is not unknown (`NaN`: none of the kind; -0.5: too many different values). */
  read(cell: string): number;
}

export const TOO_MANY = -0.5;

export function columnFor(name: string, kind: TagKind, scale: number, grow: (column: Column, by: number) => void): Column {
  const column: Column = { name, kind, scale, values: [], read: () => Number.NaN };
  const read = { flag: flagReader, oneOf: oneOfReader, number: numberReader, date: dateReader }[kind](column, grow);
  return Object.assign(column, { read });
}

const flagReader = () => (cell: string) => {
  if (cell === '1') return 1;
  if (cell === '0') return 0;
  return flagOf(cell) ?? Number.NaN;
};

function oneOfReader(column: Column) {
  const codes = new Map<string, number>();
  return (cell: string) => {
    const known = codes.get(cell);
    if (known !== undefined) return known;
    if (!isOneOfText(cell)) return Number.NaN;
    if (codes.size === MOST_VALUES) return TOO_MANY;
    column.values.push(cell);
    codes.set(cell, column.values.length);
    return column.values.length;
  };
}

/** Most numbers of a file come again: what was read of a text is remembered, as long as there are not too many. */
const REMEMBERED = 20_000;

function numberReader(column: Column, grow: (column: Column, by: number) => void) {
  const seen = new Map<string, number>();
  return (cell: string) => {
    const known = seen.get(cell);
    if (known !== undefined) return known;
    const decimal = decimalOf(cell);
    if (decimal === undefined) return Number.NaN;
    if (decimal.decimals > column.scale) {
      grow(column, decimal.decimals - column.scale);
      column.scale = decimal.decimals;
      seen.clear();
    }
    const units = unitsOf(decimal, column.scale) ?? Number.NaN;
    if (seen.size < REMEMBERED) seen.set(cell, units);
    return units;
  };
}

function dateReader() {
  const seen = new Map<string, number>();
  return (cell: string) => {
    const known = seen.get(cell);
    if (known !== undefined) return known;
    const day = dayOf(cell) ?? Number.NaN;
    if (seen.size < REMEMBERED) seen.set(cell, day);
    return day;
  };
}

/** What a file says of one block: the columns, and of whom it says anything. */
export interface Window {
  readonly block: number;
  readonly mask: Buffer;
  readonly cells: readonly Cells[];
}

export interface Windows {
  /** Puts down a row's codes, one per column. */
  put(ordinal: number, codes: Codes): void;
  /** Finer units in everything that is held; false where a value would not be exact. */
  rescale(column: number, by: number): boolean;
  /** What is held, by block, and lets go of it. */
  take(): Window[];
}

/** Rows that are put down together. */
const ROWS = 64;

export function windowsOf(columns: readonly Column[]): Windows {
  let open = new Map<number, Window>();
  let last: Window | undefined;
  const windowOf = (block: number): Window => {
    if (last?.block === block) return last;
    last = open.get(block);
    if (last === undefined) {
      last = { block, mask: Buffer.alloc(BITMAP_BYTES), cells: columns.map((c) => noCells(c.kind)) };
      open.set(block, last);
    }
    return last;
  };
  const width = columns.length;
  const places = new Int32Array(ROWS);
  const stride = (width + 3) & ~3; // whole words
  const flags = new Uint8Array(ROWS * stride);
  const others = Int32Array.from(columns.flatMap((c, i) => (c.kind === 'flag' ? [] : [i])));
  const held = new Float64Array(ROWS * others.length);
  let count = 0;
  let window: Window | undefined;

  /** Column by column: rows one by one would touch every column's memory for each of them. All of them are of one block. */
  const drain = () => {
    if (window !== undefined && count > 0) {
      const { eights, ones } = apart(places, count);
      putEights(window.cells, flags, stride, places, eights);
      for (let i = 0, k = 0; i < width; i++) {
        const into = window.cells[i] as Cells;
        if (into.kind !== 'flag') putCodes(into.kind === 'oneOf' ? into.codes : into.units, held, k++, others.length, places, count);
        else if (ones.length > 0) putFlags(into, flags, i, stride, places, ones);
      }
    }
    count = 0;
  };

  return {
    put(ordinal, codes) {
      const of = windowOf(Math.floor(ordinal / BLOCK));
      if (of !== window) {
        drain();
        window = of;
      }
      setBit(of.mask, ordinal % BLOCK);
      places[count] = ordinal % BLOCK;
      flags.set(codes.flags, count * stride);
      for (let k = 0, to = count * others.length; k < others.length; k++) held[to + k] = codes.others[others[k] as number] as number;
      if (++count === ROWS) drain();
    },
    rescale(column, by) {
      drain();
      for (const { cells } of open.values()) if (!rescale(cells[column] as Cells, by)) return false;
      return true;
    },
    take() {
      drain();
      const all = [...open.values()].sort((a, b) => a.block - b.block);
      open = new Map();
      last = undefined;
      window = undefined;
      return all;
    },
  };
}

/** Rows whose eight places are one byte of a bitmap, by the first of them, and all others. */
function apart(places: Int32Array, n: number): { eights: number[]; ones: number[] } {
  const eights: number[] = [];
  const ones: number[] = [];
  for (let r = 0; r < n; ) {
    const place = places[r] as number;
    let k = 1;
    if ((place & 7) === 0) while (k < 8 && r + k < n && places[r + k] === place + k) k++;
    if (k === 8) eights.push(r);
    else for (let i = 0; i < k; i++) ones.push(r + i);
    r += k;
  }
  return { eights, ones };
}

const LOWEST = 0x01010101; // the lowest bit of each of four columns

/**
 * Four columns of eight neighbours at a time, whose codes are 32 bytes, become a byte of each column. Nothing was known there before, for each customer has
 * one row: what is unknown needs no writing.
 */
function putEights(cells: readonly Cells[], flags: Uint8Array, stride: number, places: Int32Array, eights: readonly number[]): void {
  const words = new Uint32Array(flags.buffer);
  for (let i = 0; i < cells.length; i += 4)
    for (const row of eights) {
      let [yes, known] = [0, 0];
      for (let r = 0, c = (row * stride + i) >> 2; r < 8; r++, c += stride >> 2) {
        const codes = words[c] as number;
        yes |= (codes & LOWEST) << r;
        known |= ((~codes >>> 1) & LOWEST) << r;
      }
      const at = (places[row] as number) >> 3;
      for (let j = 0; j < 4; j++) {
        const into = cells[i + j];
        if (into?.kind !== 'flag') continue;
        into.yes[at] = (into.yes[at] as number) | ((yes >>> (8 * j)) & 255);
        into.known[at] = (into.known[at] as number) | ((known >>> (8 * j)) & 255);
      }
    }
}

/** One column of some rows, one by one. */
function putFlags(
  { yes, known }: { yes: Buffer; known: Buffer },
  flags: Uint8Array,
  column: number,
  stride: number,
  places: Int32Array,
  rows: readonly number[],
): void {
  for (const r of rows) {
    const code = flags[r * stride + column] as number;
    const [at, shift] = [(places[r] as number) >> 3, (places[r] as number) & 7];
    yes[at] = (yes[at] as number) | ((code & 1) << shift);
    known[at] = (known[at] as number) | (((code >> 1) ^ 1) << shift);
  }
}

function putCodes(into: Uint16Array | Float64Array, codes: Float64Array, first: number, step: number, places: Int32Array, n: number): void {
  for (let r = 0, c = first; r < n; r++, c += step) {
    const code = codes[c] as number;
    if (!Number.isNaN(code)) into[places[r] as number] = code;
  }
}

const BYTES = { flag: 2 * BITMAP_BYTES, oneOf: 2 * BLOCK, number: 8 * BLOCK, date: 8 * BLOCK } as const;

/** Memory of one block's columns. */
export const windowBytes = (kinds: readonly TagKind[]): number => kinds.reduce((sum, kind) => sum + BYTES[kind], BITMAP_BYTES);
