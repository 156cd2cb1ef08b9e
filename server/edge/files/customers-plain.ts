import { isAscii, isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { Meter } from './bytes.ts';
import { type CellReader, putCode, type RowCells } from './customers-cells.ts';
import { guessEncoding } from './encoding.ts';
import { recordReader, uniqueNames } from './records.ts';
import type { TableMap } from './table-map.ts';

/**
 * Most files of customers are plain: UTF-8 without quotes, a line a row. Those are read by their bytes, without a text for each cell, five times as
 * fast; every other file goes the way of all tables (`table-rows.ts`).
 */
export interface Plain {
  readonly columns: readonly string[];
  readonly delimiter: number;
  /** Where the first row begins, and its line. */
  readonly start: number;
  readonly line: number;
}

const PIECE = 4 << 20;
/** A longer line is for the careful reader. */
const LONGEST = 1 << 20;
const UNKNOWN = 2;
const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22];

/** Looks at all of a file; undefined when it is not plain. */
export async function plainOf(
  file: string,
  form: Pick<TableMap, 'encoding' | 'delimiter'>,
  wanted: Iterable<string>,
): Promise<Plain | undefined> {
  if (!['auto', 'utf-8'].includes(form.encoding) || (form.delimiter !== 'auto' && form.delimiter.length !== 1)) return undefined;
  const handle = await open(file, 'r');
  try {
    let plain: Plain | undefined;
    let judged = form.encoding === 'utf-8';
    for await (const { bytes, at } of wholeLines(handle)) {
      if (bytes === undefined || bytes.includes(QUOTE) || bytes.includes(0) || !isUtf8(bytes) || hasOddCr(bytes)) return undefined;
      if (!judged && !isAscii(bytes)) {
        if (guessEncoding(bytes) !== 'utf-8') return undefined;
        judged = true;
      }
      if (at === 0) {
        plain = headOf(file, bytes, form.delimiter, wanted);
        if (plain === undefined) return undefined;
      }
    }
    return plain;
  } finally {
    await handle.close();
  }
}

/** Pieces that end with a line; no bytes where a line is too long. */
async function* wholeLines(handle: FileHandle, from = 0, meter?: Meter): AsyncGenerator<{ bytes: Buffer | undefined; at: number }> {
  const buffer = Buffer.allocUnsafe(PIECE + LONGEST);
  let kept = 0;
  for (let at = from; ; ) {
    const { bytesRead } = await handle.read(buffer, kept, PIECE, at + kept);
    const filled = kept + bytesRead;
    if (meter) meter.bytes = at + filled;
    if (filled === 0) return;
    const end = bytesRead === 0 ? filled : buffer.subarray(0, filled).lastIndexOf(LF) + 1;
    if (filled - end > LONGEST) {
      yield { bytes: undefined, at };
      return;
    }
    if (end > 0) yield { bytes: buffer.subarray(0, end), at };
    buffer.copyWithin(0, end, filled);
    kept = filled - end;
    at += end;
    if (bytesRead === 0) return;
  }
}

/** A carriage return that ends no line. */
function hasOddCr(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) return true;
  return false;
}

function headOf(file: string, bytes: Buffer, delimiter: string, wanted: Iterable<string>): Plain | undefined {
  const first = bytes.toString('utf8', 0, 4);
  let start = first.startsWith('\uFEFF') ? 3 : 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(LF, start);
    if (end < 0) return undefined;
    const text = bytes.toString('utf8', start, end).trimEnd();
    start = end + 1;
    if (text.trim() === '') continue;
    if (/^\s*[{[]/.test(text)) return undefined; // objects, not cells
    const reader = recordReader(file, delimiter, wanted);
    reader.push(`${text}\n`);
    reader.end();
    const code = reader.delimiter.charCodeAt(0);
    if (reader.header === undefined || code > 126) return undefined;
    return { columns: uniqueNames(reader.header), delimiter: code, start, line: line + 1 };
  }
}

export interface PlainRow {
  readonly line: number;
  /** Cells that the row has more or less than the header; 0: as many. */
  readonly found: number;
  readonly cells: RowCells;
  raw(): string;
}

/** So many rows at most are given at a time. */
export const ROWS_AT_ONCE = 4_096;

/** The rows, each good until the next, some at a time; `places`: of the columns asked for, among the file's. */
export async function* plainRows(file: string, plain: Plain, places: readonly number[], meter: Meter): AsyncGenerator<Iterable<PlainRow>> {
  const width = plain.columns.length;
  const starts = new Int32Array(width + 3);
  const at = Int32Array.from(places);
  let bytes: Buffer = Buffer.alloc(0);
  let isPlain = new Uint8Array(0); // of the readers, who are the same for all rows
  const cells: RowCells = {
    count: places.length,
    text: (i) => {
      const p = at[i] as number;
      return p < 0 ? '' : bytes.toString('utf8', starts[p], (starts[p + 1] as number) - 1);
    },
    codes(readers, first, into) {
      if (isPlain.length !== readers.length) isPlain = Uint8Array.from(readers, (r) => Number(r.isPlain));
      const { flags } = into;
      for (let i = 0; i < readers.length; i++) {
        const p = at[first + i] as number;
        const [start, end] = [starts[p] as number, (starts[p + 1] as number) - 1];
        if (isPlain[i] === 1 && end - start <= 1) {
          const digit = end === start ? UNKNOWN : (bytes[start] as number) - 0x30;
          if (digit === 0 || digit === 1 || end === start) {
            flags[i] = digit;
            continue;
          }
        }
        const reader = readers[i] as CellReader;
        if (!putCode(into, i, reader, reader.bytes(bytes, start, end))) return i;
      }
      return -1;
    },
  };
  const handle = await open(file, 'r');
  try {
    let line = plain.line;
    let [from, end, next] = [0, 0, 0];
    const row = { line, found: width, cells, raw: () => bytes.toString('utf8', from, end) };
    const some = function* (): Generator<PlainRow> {
      for (let n = 0; n < ROWS_AT_ONCE && next < bytes.length; n++, line++) {
        from = next;
        const lf = bytes.indexOf(LF, from);
        end = lf < 0 ? bytes.length : lf;
        next = end + 1;
        if (end > from && bytes[end - 1] === CR) end--;
        if ((bytes[from] as number) <= 0x20 && bytes.toString('utf8', from, end).trim() === '') continue;
        row.line = line;
        row.found = cut(bytes, from, end, plain.delimiter, starts, width);
        yield row;
      }
    };
    for await (const piece of wholeLines(handle, plain.start, meter)) {
      bytes = piece.bytes as Buffer;
      next = 0;
      while (next < bytes.length) yield some();
    }
  } finally {
    await handle.close();
  }
}

/** Notes where each cell begins (the last one's end as if another began behind it); answers how many there are. */
function cut(bytes: Buffer, from: number, end: number, delimiter: number, starts: Int32Array, width: number): number {
  let n = 1;
  starts[0] = from;
  for (let i = from; i < end; i++) {
    if (bytes[i] !== delimiter) continue;
    if (n <= width) starts[n] = i + 1;
    n++;
  }
  if (n <= width + 1) starts[n] = end + 1;
  return n === width + 1 && starts[width] === end ? width : n; // a delimiter at the end of each row is let pass
}
