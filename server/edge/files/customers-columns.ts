import { BITMAP_BYTES, BLOCK, type Cells, decimalOf, isOneOfText, MOST_VALUES, noCells, rescale, setBit, unitsOf } from '#tag';
import type { TagKind } from '#tag/contract';
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
  /** Puts down a row's codes (`NaN` = unknown), one per column. */
  put(ordinal: number, codes: Float64Array): void;
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
  const held = new Float64Array(ROWS * width);
  let count = 0;
  let window: Window | undefined;

  /** Column by column: rows one by one would touch every column's memory for each of them. All of them are of one block. */
  const drain = () => {
    for (let i = 0; window !== undefined && i < width; i++) {
      const into = window.cells[i] as Cells;
      if (into.kind === 'flag') putFlags(into, held, i, width, places, count);
      else putCodes(into.kind === 'oneOf' ? into.codes : into.units, held, i, width, places, count);
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
      held.set(codes, count * width);
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

/** Nothing was known there before, for each customer has one row: what is unknown needs no writing. */
function putFlags(
  { yes, known }: { yes: Buffer; known: Buffer },
  codes: Float64Array,
  first: number,
  step: number,
  places: Int32Array,
  n: number,
): void {
  for (let r = 0, c = first; r < n; r++, c += step) {
    const code = codes[c] as number;
    if (code !== 0 && code !== 1) continue;
    const at = places[r] as number;
    const bit = 1 << (at & 7);
    known[at >> 3] = (known[at >> 3] as number) | bit;
    if (code === 1) yes[at >> 3] = (yes[at >> 3] as number) | bit;
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
