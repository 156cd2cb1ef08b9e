import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { say } from '../lib/log.ts';

/**
 * DuckDB beside which the benches run. It has a `package.json` of its own and is installed when a bench first asks for it; who cannot install it gets
 * one sentence.
 */

const FOLDER = new URL('./', import.meta.url);
/** Rows of a data chunk: the vector size of DuckDB. */
const CHUNK = 2_048;

type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | BigInt64Array | BigUint64Array | Float64Array;
/** SQL types of columns; a column's array has the type's own width (a date: days since 1970-01-01 in an Int32Array, a boolean: bytes 0 and 1). */
const TYPES = {
  boolean: 'BOOLEAN',
  utinyint: 'UTINYINT',
  usmallint: 'USMALLINT',
  smallint: 'SMALLINT',
  uinteger: 'UINTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  date: 'DATE',
} as const;

/** `known`: a bitmap, least significant bit first, 1 = not NULL; null: all are. */
export interface Column {
  readonly name: string;
  readonly type: keyof typeof TYPES;
  readonly values: Numbers;
  readonly known: Uint8Array | null;
}

export interface Duckdb {
  readonly version: string;
  run(sql: string): Promise<void>;
  /** Rows as JSON values: large integers and dates are texts. */
  rows(sql: string): Promise<unknown[][]>;
  /** The first column of the answer, part by part, as it lies in DuckDB's memory; for types that are plain numbers. */
  column(sql: string): AsyncGenerator<Numbers>;
  /** Appends the first `rows` rows of columns that stand in the table's order. */
  append(table: string, columns: readonly Column[], rows: number): Promise<void>;
  close(): void;
}

/** As far as it is used here; the package's own types are there only where it is installed. */
interface Api {
  readonly version: () => string;
  readonly DuckDBInstance: {
    create(path: string, options: Record<string, string>): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
  readonly DuckDBDataChunk: {
    create(types: readonly unknown[], rows: number): { readonly chunk: object; rowCount: number; reset(): void };
  };
  readonly [type: string]: unknown;
}
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowsJson(): unknown[][] }>;
  stream(
    sql: string,
  ): Promise<{ fetchChunk(): Promise<{ readonly rowCount: number; getColumnVector(i: number): { readonly items: Numbers } } | null> }>;
  createAppender(
    table: string,
  ): Promise<{ readonly appender: object; columnType(i: number): unknown; flushSync(): void; closeSync(): void }>;
  closeSync(): void;
}
interface Bindings {
  data_chunk_get_vector(chunk: object, column: number): object;
  vector_ensure_validity_writable(vector: object): void;
  copy_data_to_vector(vector: object, to: number, from: ArrayBuffer, at: number, bytes: number): void;
  copy_data_to_vector_validity(vector: object, to: number, from: ArrayBuffer, at: number, bytes: number): void;
  append_data_chunk(appender: object, chunk: object): void;
}

const isInstalled = (): boolean => fs.existsSync(new URL('node_modules/@duckdb/node-api/package.json', FOLDER));

async function install(): Promise<void> {
  if (isInstalled()) return;
  say('DuckDB is installed into bench/peers');
  await promisify(execFile)('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: FOLDER }).catch((e: Error) => {
    throw new Error(`DuckDB, which this bench is compared with, could not be installed into bench/peers: ${e.message.split('\n')[0]}`);
  });
}

/** Opens a database in memory. `memory`: as DuckDB reads it, "8GB". Throws one sentence where DuckDB cannot be installed. */
export async function openDuckdb({ threads, memory }: { threads: number; memory: string }): Promise<Duckdb> {
  await install();
  const load = createRequire(new URL('package.json', FOLDER));
  const api = load('@duckdb/node-api') as Api;
  const bindings = load('@duckdb/node-bindings') as Bindings;
  const instance = await api.DuckDBInstance.create(':memory:', { threads: String(threads), memory_limit: memory });
  const connection = await instance.connect();
  return {
    version: api.version(),
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
    async *column(sql) {
      const result = await connection.stream(sql);
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
        yield chunk.getColumnVector(0).items;
    },
    async append(table, columns, rows) {
      const appender = await connection.createAppender(table);
      const chunk = api.DuckDBDataChunk.create(
        columns.map(({ type }) => api[TYPES[type]]),
        CHUNK,
      );
      for (let from = 0; from < rows; from += CHUNK) {
        chunk.reset();
        chunk.rowCount = Math.min(CHUNK, rows - from);
        for (const [i, column] of columns.entries())
          fill(bindings, bindings.data_chunk_get_vector(chunk.chunk, i), column, from, chunk.rowCount);
        bindings.append_data_chunk(appender.appender, chunk.chunk);
      }
      appender.flushSync();
      appender.closeSync();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const scratch = new Uint8Array(CHUNK * 8);

/** Copies a part of a column; by way of memory that is not shared, which is all that the binding takes. */
function fill(bindings: Bindings, vector: object, { values, known }: Column, from: number, rows: number): void {
  const width = values.BYTES_PER_ELEMENT;
  scratch.set(new Uint8Array(values.buffer, values.byteOffset + from * width, rows * width));
  bindings.copy_data_to_vector(vector, 0, scratch.buffer, 0, rows * width);
  if (known === null) return;
  const bytes = Math.ceil(rows / 8);
  scratch.fill(0, 0, Math.ceil(rows / 64) * 8);
  scratch.set(known.subarray(from / 8, from / 8 + bytes));
  bindings.vector_ensure_validity_writable(vector);
  bindings.copy_data_to_vector_validity(vector, 0, scratch.buffer, 0, Math.ceil(rows / 64) * 8);
}
