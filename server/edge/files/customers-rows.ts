import { open } from 'node:fs/promises';
import zlib from 'node:zlib';
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { type Meter, unreadable } from './bytes.ts';
import type { TableMap } from './table-map.ts';
import { missingColumn, readTable, type Table, type TableOptions, type TableRow } from './table-rows.ts';

/** The rows of a file of customers: CSV and NDJSON as every table, and Parquet. */
export function readCustomers(file: string, form: Pick<TableMap, 'encoding' | 'delimiter'>, options: TableOptions): Table {
  const columns: string[] = [];
  return { columns, rows: rowsOf(file, form, options, columns) };
}

async function* rowsOf(
  file: string,
  form: Pick<TableMap, 'encoding' | 'delimiter'>,
  options: TableOptions,
  columns: string[],
): AsyncGenerator<TableRow[]> {
  if (await isParquet(file)) {
    yield* parquetRows(file, options, columns);
    return;
  }
  const table = readTable(file, form, options);
  for await (const piece of table.rows) {
    while (columns.length < table.columns.length) columns.push(table.columns[columns.length] as string);
    yield piece;
  }
}

async function isParquet(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined); // why not, the other reader says
  if (handle === undefined) return false;
  try {
    if (!(await handle.stat()).isFile()) return false;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'PAR1';
  } finally {
    await handle.close();
  }
}

/** Rows held at a time; each row group is read once per portion of it. */
const PORTION = 20_000;

const COMPRESSORS = {
  GZIP: (bytes: Uint8Array) => zlib.gunzipSync(bytes),
  ZSTD: (bytes: Uint8Array) => zlib.zstdDecompressSync(bytes),
  BROTLI: (bytes: Uint8Array) => zlib.brotliDecompressSync(bytes),
};

async function* parquetRows(file: string, { wanted, meter }: TableOptions, columns: string[]): AsyncGenerator<TableRow[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const buffer: AsyncBuffer = {
      byteLength: size,
      async slice(from, to = size) {
        const bytes = Buffer.alloc(to - from);
        await handle.read(bytes, 0, bytes.length, from);
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
      },
    };
    const metadata = await parquetMetadataAsync(buffer).catch((e: Error) => Promise.reject(unreadable(file, e.message)));
    const names = parquetSchema(metadata).children.map((c) => c.element.name);
    for (const [column, path] of wanted ?? []) if (!names.includes(column)) throw missingColumn(file, column, path, names);
    columns.push(...(wanted === undefined ? names : wanted.keys()));
    const total = Number(metadata.num_rows);
    let first = 0;
    for (const group of metadata.row_groups) {
      const end = first + Number(group.num_rows);
      for (let rowStart = first; rowStart < end; rowStart += PORTION) {
        const rowEnd = Math.min(end, rowStart + PORTION);
        const rows = await parquetReadObjects({
          file: buffer,
          metadata,
          columns: [...columns],
          rowStart,
          rowEnd,
          compressors: COMPRESSORS,
        }).catch((e: Error) => Promise.reject(unreadable(file, e.message)));
        if (meter) noteRead(meter, (size * rowEnd) / Math.max(1, total));
        yield rows.map((row, i) => rowOf(row, columns, rowStart + i + 1));
      }
      first = end;
    }
  } finally {
    await handle.close();
  }
}

/** How far into the file that is, as nearly as a column store can say. */
function noteRead(meter: Meter, bytes: number): void {
  meter.bytes = Math.max(meter.bytes, Math.round(bytes));
}

function rowOf(row: Record<string, unknown>, columns: readonly string[], line: number): TableRow {
  const cells = columns.map((column) => cellOf(row[column]));
  const odd = cells.findIndex((cell) => cell === undefined || !cell.isWellFormed() || cell.includes('\0'));
  if (odd < 0) return { line, cells: cells as string[] };
  const message = `${columns[odd]}: must be a text, a number, a date, true, false or nothing.`;
  return { line, rejected: { code: 'row.bad-cells', message }, raw: cells.join(',').slice(0, 1_000) };
}

/** A value as a CSV would have it; undefined: lists and the like are none. */
function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (typeof value === 'object' || typeof value === 'function') return undefined;
  return String(value);
}
