import { decimalOf, MOST_UNITS } from '#tag';
import { type Column, TOO_MANY } from './customers-columns.ts';

/** The cells of one row, as text or as bytes of the file; good until the next row is asked for. */
export interface RowCells {
  readonly count: number;
  /** A cell as it stands; absent ones are blank. */
  text(at: number): string;
  /** Puts the codes of the tags (whose cells begin at `first`) into `into`; answers the first that does not fit, −1 when all do. */
  codes(readers: readonly CellReader[], first: number, into: Codes): number;
}

/** The codes of one row by tag: of a flag 0 no, 1 yes, 2 unknown; of the others as `Cells` has them, `NaN` = unknown. */
export interface Codes {
  readonly flags: Uint8Array;
  readonly others: Float64Array;
}

/** Puts down one tag's code; false: none of its kind, or too many. */
export function putCode({ flags, others }: Codes, i: number, { isFlag }: CellReader, code: number): boolean {
  if (code === BAD || code === TOO_MANY) return false;
  if (isFlag) flags[i] = Number.isNaN(code) ? 2 : code;
  else others[i] = code;
  return true;
}

/** Reads one tag's cells: `NaN` = unknown, `BAD` = none of its kind, `TOO_MANY` (`customers-columns.ts`). */
export interface CellReader {
  readonly isFlag: boolean;
  /** Its cells are 1 and 0 for yes and no, whatever else they are. */
  readonly isPlain: boolean;
  text(cell: string): number;
  bytes(from: Uint8Array, start: number, end: number): number;
}

export const BAD = Number.POSITIVE_INFINITY;

/** Trimmed; most cells have nothing to trim. */
export function plain(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  const [first, last] = [cell.charCodeAt(0), cell.charCodeAt(cell.length - 1)];
  return first > 32 && first < 127 && last > 32 && last < 127 ? cell : cell.trim();
}

export function textCells(cells: readonly (string | undefined)[]): RowCells {
  return {
    count: cells.length,
    text: (at) => cells[at] ?? '',
    codes(readers, first, into) {
      for (let i = 0; i < readers.length; i++) {
        const reader = readers[i] as CellReader;
        if (!putCode(into, i, reader, reader.text(plain(cells[first + i])))) return i;
      }
      return -1;
    },
  };
}

/** How to read a tag's cells. `unknown`: cells that mean unknown. */
export function readerFor(column: Column, unknown: ReadonlySet<string>): CellReader {
  const text = (cell: string): number => {
    if (cell === '' || unknown.has(cell)) return Number.NaN;
    const code = column.read(cell);
    return Number.isNaN(code) ? BAD : code;
  };
  const slow = (from: Uint8Array, start: number, end: number): number => text(plain((from as Buffer).toString('utf8', start, end)));
  const isFlag = column.kind === 'flag';
  const head = { isFlag, isPlain: isFlag && !unknown.has('0') && !unknown.has('1'), text };
  if (isFlag) return { ...head, bytes: (from, start, end) => (start === end ? Number.NaN : slow(from, start, end)) };
  if (column.kind === 'number')
    return { ...head, bytes: [...unknown].some((u) => decimalOf(u) !== undefined) ? slow : numberBytes(column, slow) };
  return { ...head, bytes: rememberedBytes(slow) };
}

type Bytes = CellReader['bytes'];

const TENS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
/** So many digits are exact in a double whatever they are. */
const PLAIN_DIGITS = 15;

function numberBytes(column: Column, slow: Bytes): Bytes {
  return (from, start, end) => {
    if (start === end) return Number.NaN;
    if (end - start > PLAIN_DIGITS) return slow(from, start, end);
    const negative = from[start] === 0x2d;
    let at = negative ? start + 1 : start;
    if (at === end) return slow(from, start, end);
    let digits = 0;
    let point = -1;
    for (; at < end; at++) {
      const digit = (from[at] as number) - 0x30;
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
      else if (digit === -2 && point < 0 && end - start > 1) point = at;
      else return slow(from, start, end);
    }
    const decimals = point < 0 ? 0 : end - point - 1;
    if (decimals > column.scale) return slow(from, start, end);
    const units = digits * (TENS[column.scale - decimals] as number);
    if (units > MOST_UNITS || (point >= 0 && end - start === (negative ? 2 : 1))) return slow(from, start, end);
    return negative && units !== 0 ? -units : units;
  };
}

const MOST_REMEMBERED = 65_536;

/** Cells that come again and again are found by their bytes; what was read of them is remembered. */
function rememberedBytes(slow: Bytes): Bytes {
  let size = 32; // few values, few lines of memory
  let count = 0;
  let hashes = new Int32Array(size);
  let starts = new Int32Array(size);
  let lengths = new Int32Array(size).fill(-1);
  let codes = new Float64Array(size);
  let pool = Buffer.alloc(512);
  let used = 0;

  const grow = () => {
    const old = { hashes, starts, lengths, codes };
    size *= 2;
    [hashes, starts, lengths, codes] = [new Int32Array(size), new Int32Array(size), new Int32Array(size).fill(-1), new Float64Array(size)];
    for (let i = 0; i < old.lengths.length; i++) {
      if ((old.lengths[i] as number) < 0) continue;
      let at = (old.hashes[i] as number) & (size - 1);
      while ((lengths[at] as number) >= 0) at = (at + 1) & (size - 1);
      hashes[at] = old.hashes[i] as number;
      starts[at] = old.starts[i] as number;
      lengths[at] = old.lengths[i] as number;
      codes[at] = old.codes[i] as number;
    }
  };

  const remember = (at: number, hash: number, from: Uint8Array, start: number, end: number, code: number) => {
    const length = end - start;
    if (used + length > pool.length) {
      const larger = Buffer.allocUnsafe(Math.max(pool.length * 2, used + length));
      pool.copy(larger, 0, 0, used);
      pool = larger;
    }
    pool.set(from.subarray(start, end), used);
    hashes[at] = hash;
    starts[at] = used;
    lengths[at] = length;
    codes[at] = code;
    used += length;
    if (++count * 2 > size) grow();
  };

  return (from, start, end) => {
    if (start === end) return Number.NaN;
    const length = end - start;
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (from[i] as number), 0x01000193);
    hash ^= hash >>> 15;
    let at = hash & (size - 1);
    for (; (lengths[at] as number) >= 0; at = (at + 1) & (size - 1)) {
      if (hashes[at] !== hash || lengths[at] !== length) continue;
      const first = starts[at] as number;
      let i = 0;
      while (i < length && pool[first + i] === from[start + i]) i++;
      if (i === length) return codes[at] as number;
    }
    const code = slow(from, start, end);
    if (count < MOST_REMEMBERED && code !== TOO_MANY) remember(at, hash, from, start, end, code);
    return code;
  };
}
