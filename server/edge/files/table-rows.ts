import { bytesOf, headOf, type Meter, unreadable } from './bytes.ts';
import { textOf } from './encoding.ts';
import { rawOf } from './event.ts';
import type { Framed } from './frame.ts';
import { type Line, lineReader, longestLine } from './lines.ts';
import { badMap } from './map.ts';
import { cellsOfRecord, recordReader, uniqueNames } from './records.ts';
import type { TableMap } from './table-map.ts';

/** Why a row is none. */
export type RowRefusal = { code: 'row.bad-cells' | 'row.bad-encoding' | 'row.too-large' | 'row.not-json'; message: string };

/** `line`: of the row's beginning, from 1. `cells`: as they stand in the file, in the order of the table's columns; absent at the end: unknown. */
export type TableRow =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly rejected: RowRefusal; readonly raw: string };

export interface Table {
  /**
   * Names of the columns, known when the first piece of rows is. CSV: the header's. NDJSON: the wanted ones that some row so far had; where none are
   * wanted, every member that some row so far had, so the list grows.
   */
  readonly columns: readonly string[];
  /** Pieces of rows in the file's order. Throws `unreadable`, and `badMap` for a wanted column that a CSV does not have. */
  readonly rows: AsyncGenerator<TableRow[]>;
}

export interface TableOptions {
  /** The columns that are needed, each with the path of the map (or the flag) that names it; absent: all there are. */
  readonly wanted?: ReadonlyMap<string, string>;
  readonly meter?: Meter;
}

type TextForm = Pick<TableMap, 'encoding' | 'delimiter'>;

/** More columns than any table has; a file of objects with other members in each row ends here. */
const mostColumns = 10_000;

/**
 * The rows of a CSV or NDJSON file (gzip and encodings as everywhere) as cells, streaming: memory does not grow with the file. Nothing is opened
 * before the rows are asked for. Blank lines count as lines and as nothing else.
 */
export function readTable(file: string, form: TextForm, options: TableOptions = {}): Table {
  const columns: string[] = [];
  return { columns, rows: rowsOf(file, form, options, columns) };
}

async function* rowsOf(file: string, form: TextForm, { wanted, meter }: TableOptions, columns: string[]): AsyncGenerator<TableRow[]> {
  const rows = (await isNdjson(file)) ? objectRows(wanted, columns) : recordRows(file, form, wanted, columns);
  for await (const text of textOf(bytesOf(file, meter), form.encoding === 'gbk' ? 'gb18030' : form.encoding)) yield rows.push(text);
  yield rows.end();
}

async function isNdjson(file: string): Promise<boolean> {
  const head = await headOf(file);
  const start = head.subarray(0, 4).toString('latin1');
  if (start === 'PK\u0003\u0004') throw unreadable(file, 'it is a spreadsheet or an archive: save it as CSV (UTF-8)');
  if (start === 'PAR1') throw unreadable(file, 'it is Parquet: save it as CSV (UTF-8) or NDJSON');
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(file) || /^\s*\{\s*["}]/.test(text)) return true;
  if (/\.json(\.gz)?$/i.test(file) || /^\s*\[\s*\{/.test(text))
    throw unreadable(file, 'it is a JSON list: save it as NDJSON, one object a line');
  return false;
}

interface Rows {
  push(text: string): TableRow[];
  end(): TableRow[];
}

const refused = (line: number, code: RowRefusal['code'], message: string, text: string, length?: number): TableRow => ({
  line,
  rejected: { code, message },
  raw: rawOf(text, length),
});

/** Rows of a CSV. One with more or fewer cells than the header is not guessed at; a delimiter at the end of each row is let pass. */
function recordRows(file: string, form: TextForm, wanted: TableOptions['wanted'], columns: string[]): Rows {
  const records = recordReader(file, form.delimiter, wanted?.keys() ?? []);

  const made = (record: Framed): TableRow => {
    const { line } = record;
    if ('rejected' in record) {
      const { code, message } = record.rejected;
      return refused(line, code === 'event.too-large' ? 'row.too-large' : 'row.bad-cells', message, record.raw, record.length);
    }
    const { text } = record;
    if (!text.isWellFormed() || text.includes('\0'))
      return refused(line, 'row.bad-encoding', 'the row has bytes that are no text in the file’s encoding, or NUL.', text);
    const cells = cellsOfRecord(record, records.delimiter);
    if (cells.length === columns.length + 1 && cells[columns.length] === '') cells.pop();
    if (cells.length === columns.length) return { line, cells };
    return refused(line, 'row.bad-cells', `the row has ${cells.length} cells, the header ${columns.length}.`, text);
  };

  const take = (framed: Framed[]): TableRow[] => {
    if (columns.length === 0 && records.header !== undefined) begin(records.header);
    return framed.map(made);
  };

  const begin = (header: string[]): void => {
    if (header.length > mostColumns) throw unreadable(file, `it has more than ${mostColumns} columns`);
    columns.push(...uniqueNames(header));
    const there = new Set(columns);
    for (const [column, path] of wanted ?? []) if (!there.has(column)) throw missingColumn(file, column, path, columns);
  };

  return { push: (text) => take(records.push(text)), end: () => take(records.end()) };
}

/** The sentence for a column that is not there, with those that are. */
export function missingColumn(file: string, column: string, path: string, columns: readonly string[]): Error {
  const shown = columns.slice(0, 40).join(', ');
  return badMap(
    `${file} has no column “${column}” (${path}); it has: ${shown}${columns.length > 40 ? `, and ${columns.length - 40} more` : ''}.`,
  );
}

/** Rows of NDJSON. */
function objectRows(wanted: TableOptions['wanted'], columns: string[]): Rows {
  const places = new Map<string, number>();
  const lines = lineReader();

  const placeOf = (name: string): number | undefined => {
    const known = places.get(name);
    if (known !== undefined || (wanted !== undefined && !wanted.has(name))) return known;
    if (places.size >= mostColumns) return undefined;
    places.set(name, columns.length);
    return columns.push(name) - 1;
  };

  const cellsOfObject = (value: object): string[] | string => {
    const cells: string[] = [];
    for (const name in value) {
      const member: unknown = value[name as keyof typeof value];
      const at = placeOf(name);
      if (at === undefined) {
        if (wanted === undefined) return `the file has more than ${mostColumns} columns.`;
        continue;
      }
      if (typeof member === 'object' && member !== null) return `${name}: must be a text, a number, true, false or null.`;
      if (typeof member === 'number' && Number.isInteger(member) && !Number.isSafeInteger(member))
        return `${name}: must be a string (as a number a long one has lost its tail).`;
      while (cells.length < at) cells.push('');
      cells[at] = member === null ? '' : String(member);
    }
    return cells;
  };

  const made = ({ line, text, length }: Line): TableRow => {
    if (length > longestLine) return refused(line, 'row.too-large', 'the line has more than 1 MiB.', text, length);
    if (!text.isWellFormed() || text.includes('\0'))
      return refused(line, 'row.bad-encoding', 'the line has bytes that are no text, or NUL.', text);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return refused(line, 'row.not-json', `the line is no JSON: ${(error as Error).message}`, text);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refused(line, 'row.not-json', 'the line is no JSON object.', text);
    const cells = cellsOfObject(value);
    return typeof cells === 'string' ? refused(line, 'row.bad-cells', cells, text) : { line, cells };
  };

  return { push: (text) => lines.push(text).map(made), end: () => lines.end().map(made) };
}
