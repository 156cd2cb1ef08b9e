/**
 * Columns of a set of rows as array parameters in PostgreSQL's binary form: nothing is quoted here and nothing is parsed there. As text, a
 * thousand rows of fourteen columns cost more to write and read than to insert.
 */

const HEADER = 20;
const OIDS = { uuid: 2950, text: 25, json: 114, int8: 20, int4: 23, int2: 21, bytea: 17 } as const;

let scratch = Buffer.allocUnsafe(1 << 20);

/** Room for `more` bytes after `at`. */
function room(at: number, more: number): void {
  if (at + more <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + more));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function begin(kind: keyof typeof OIDS, length: number): void {
  scratch.writeInt32BE(length === 0 ? 0 : 1, 0); // dimensions
  scratch.writeInt32BE(1, 4); // there may be nulls
  scratch.writeInt32BE(OIDS[kind], 8);
  scratch.writeInt32BE(length, 12);
  scratch.writeInt32BE(1, 16); // the first index
}

const end = (length: number, at: number): Buffer => Buffer.from(scratch.subarray(0, length === 0 ? 12 : at));

/** `null` cells become NULL. Texts must hold no NUL sign. */
function texts(kind: 'text' | 'json', cells: readonly (string | null)[]): Buffer {
  let at = HEADER;
  begin(kind, cells.length);
  for (const cell of cells) {
    if (cell === null) {
      room(at, 4);
      scratch.writeInt32BE(-1, at);
      at += 4;
      continue;
    }
    room(at, 4 + cell.length * 3);
    const bytes = scratch.write(cell, at + 4, 'utf8');
    scratch.writeInt32BE(bytes, at);
    at += 4 + bytes;
  }
  return end(cells.length, at);
}

/** Integers of 8 bytes as far as a number is exact: |n| < 2^53. */
function wide(cells: readonly (number | null)[]): Buffer {
  let at = HEADER;
  begin('int8', cells.length);
  room(at, cells.length * 12);
  for (const n of cells) {
    if (n === null) {
      at = scratch.writeInt32BE(-1, at);
      continue;
    }
    at = scratch.writeInt32BE(8, at);
    at = scratch.writeInt32BE(Math.floor(n / 4_294_967_296), at);
    at = scratch.writeUInt32BE(n >>> 0, at);
  }
  return end(cells.length, at);
}

function narrow(kind: 'int4' | 'int2', cells: readonly (number | null)[]): Buffer {
  let at = HEADER;
  begin(kind, cells.length);
  room(at, cells.length * 8);
  const size = kind === 'int4' ? 4 : 2;
  for (const n of cells) {
    if (n === null) {
      at = scratch.writeInt32BE(-1, at);
      continue;
    }
    at = scratch.writeInt32BE(size, at);
    at = size === 4 ? scratch.writeInt32BE(n, at) : scratch.writeInt16BE(n, at);
  }
  return end(cells.length, at);
}

const nibble = (c: number): number => (c < 58 ? c - 48 : (c | 32) - 87);

/** The usual text form, 36 signs. */
function uuids(cells: readonly (string | null)[]): Buffer {
  let at = HEADER;
  begin('uuid', cells.length);
  room(at, cells.length * 20);
  for (const id of cells) {
    if (id === null) {
      at = scratch.writeInt32BE(-1, at);
      continue;
    }
    at = scratch.writeInt32BE(16, at);
    for (let i = 0; i < 36; i += 2) {
      if (i === 8 || i === 13 || i === 18 || i === 23) i++;
      scratch[at++] = (nibble(id.charCodeAt(i)) << 4) | nibble(id.charCodeAt(i + 1));
    }
  }
  return end(cells.length, at);
}

function bytes(cells: readonly (Uint8Array | null)[]): Buffer {
  let at = HEADER;
  begin('bytea', cells.length);
  for (const cell of cells) {
    if (cell === null) {
      room(at, 4);
      at = scratch.writeInt32BE(-1, at);
      continue;
    }
    room(at, 4 + cell.length);
    at = scratch.writeInt32BE(cell.length, at);
    scratch.set(cell, at);
    at += cell.length;
  }
  return end(cells.length, at);
}

/** One column of a set of rows, for `unnest($n::type[])`: the parameter's type must be the one named here. */
export const column = {
  uuid: uuids,
  text: (cells: readonly (string | null)[]) => texts('text', cells),
  /** Each cell a JSON text. */
  json: (cells: readonly (string | null)[]) => texts('json', cells),
  bigint: wide,
  int: (cells: readonly (number | null)[]) => narrow('int4', cells),
  smallint: (cells: readonly (number | null)[]) => narrow('int2', cells),
  bytea: bytes,
} as const;
