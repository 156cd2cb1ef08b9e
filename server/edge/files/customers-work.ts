import path from 'node:path';
import type { ImportRow, Place } from '#customer';
import {
  type Arrival,
  addArrivals,
  finishImport,
  forgetArrivals,
  importById,
  isInOrder,
  keyHash,
  lostHalf,
  noteProgress,
  placeArrivals,
  placesFrom,
  sizeUp,
} from '#customer';
import type { ImportPhase } from '#customer/contract';
import type { Actor } from '#platform/actor';
import type { Db } from '#platform/db';
import { refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { addTags, BLOCK } from '#tag';
import type { Meter } from './bytes.ts';
import { aside, type Placed } from './customers-aside.ts';
import { plain, type RowCells, textCells } from './customers-cells.ts';
import { windowBytes } from './customers-columns.ts';
import { type Part, partsOf } from './customers-parts.ts';
import { type PlainRow, plainOf, plainRows, ROWS_AT_ONCE } from './customers-plain.ts';
import { type RefusedRow, refusedRows } from './customers-refused.ts';
import { readCustomers } from './customers-rows.ts';
import { groupWriter } from './customers-write.ts';
import { flagOf } from './table-cells.ts';
import type { TableMap } from './table-map.ts';
import { missingColumn } from './table-rows.ts';

/** An import from its uploaded files to the moment when it is in force; it can be begun again after a crash at any point. */
export interface Work {
  readonly db: Db;
  readonly vault: Vault;
  readonly actor: Actor;
  /** Where its files lie: `0`, `1` … in their order. */
  readonly folder: string;
  readonly id: string;
}

/** Memory for columns; rows that come in another order are put aside on the disk and taken up part by part. */
const COLUMN_BYTES = 400 << 20;
const BATCH = 5_000;
const PLACES = 50_000;
const TELL_MS = 1_000;
const KEY_LONGEST = 128;

/** Answers the batch, null when nothing moved. Throws `unreadable`, `badMap` and refusals. */
export async function workOn(w: Work): Promise<number | null> {
  const row = (await importById(w.db, w.id)) as ImportRow;
  const tell = teller(w, row);
  await forgetArrivals(w.db, w.id);
  const keys = refusedRows(w.folder, 'keys');
  await readKeys(w, row, tell, keys.add);
  await tell('placing', 0);
  await sizeUp(w.db);
  const placed = await w.db.inTx(w.actor, async (ctx) => {
    const found = await placeArrivals(ctx.tx, w.id, row.source);
    const { present, kept } = found;
    if (!row.allow_loss && lostHalf(present, kept)) return refuse('customer-import.lost-half', { source: row.source, present, kept });
    const { tags, source } = row.map;
    await addTags(
      ctx.tx,
      tags.map(({ name, kind }) => ({ name, kind, source })),
      ctx.now,
    );
    return found;
  });
  const rejected = keys.close() + (await writeColumns(w, row, tell, placed.customers));
  await tell('finishing', 0);
  const done = await w.db.inTx(w.actor, (ctx) => finishImport(ctx, { row, customers: placed.customers, rejected }));
  return done.batch;
}

const bytesOf = ({ files }: ImportRow): number => files.reduce((sum, f) => sum + f.bytes, 0);

type Tell = (phase: ImportPhase, bytes: number) => Promise<void>;

/** Notes what is begun at once, and how far it is once a second. */
function teller({ db, id }: Work, row: ImportRow): Tell {
  const total = bytesOf(row);
  let last = 0;
  let was: ImportPhase | undefined;
  return async (phase, bytes) => {
    if (phase === was && performance.now() - last < TELL_MS) return;
    was = phase;
    last = performance.now();
    await noteProgress(db, id, { phase, done: Math.min(Math.round(bytes), total), total }, Date.now());
  };
}

interface Read {
  readonly file: number;
  readonly line: number;
  /** Its place among all rows of all files, refused ones too. */
  readonly index: number;
  /** The cells of the columns asked for, in their order. */
  readonly cells: RowCells;
}

/** Some rows at a time, at most so many, from this index on; they are gone through before others are asked for. */
interface Some<T> {
  readonly first: number;
  readonly most: number;
  readonly rows: Iterable<T>;
}

/** Every sound row of all files; the same rows with the same index each time. */
async function* eachRow(
  { folder }: Work,
  row: ImportRow,
  columns: readonly string[],
  tell: (bytes: number) => Promise<void>,
  refused: (r: RefusedRow) => void,
): AsyncGenerator<Some<Read>> {
  let index = 0;
  let before = 0;
  const sound = function* (rows: Iterable<OneRow>, file: number): Generator<Read> {
    for (const one of rows) {
      if ('cells' in one) yield { file, line: one.line, index, cells: one.cells };
      else refused({ ...one, file });
      index++;
    }
  };
  for (const [n, { bytes }] of row.files.entries()) {
    const meter: Meter = { bytes: 0 };
    for await (const { most, rows } of rowsOf(path.join(folder, String(n)), row, columns, meter)) {
      yield { first: index, most, rows: sound(rows, n) };
      await tell(before + meter.bytes);
    }
    before += bytes;
  }
}

type OneRow = { readonly line: number; readonly cells: RowCells } | Omit<RefusedRow, 'file'>;

/** The rows of one file, by their bytes where it is plain. */
async function* rowsOf(
  file: string,
  { map }: ImportRow,
  columns: readonly string[],
  meter: Meter,
): AsyncGenerator<Omit<Some<OneRow>, 'first'>> {
  const form = map as unknown as TableMap;
  const plain = await plainOf(file, form, columns);
  if (plain !== undefined) {
    const places = columns.map((c) => plain.columns.indexOf(c));
    const width = plain.columns.length;
    const missing = columns.find((_, i) => (places[i] as number) < 0);
    if (missing !== undefined) throw missingColumn(file, missing, missing, plain.columns);
    const whole = function* (some: Iterable<PlainRow>): Generator<OneRow> {
      for (const one of some)
        if (one.found === width) yield one;
        else
          yield { line: one.line, code: 'row.bad-cells', message: `the row has ${one.found} cells, the header ${width}.`, raw: one.raw() };
    };
    for await (const some of plainRows(file, plain, places, meter)) yield { most: ROWS_AT_ONCE, rows: whole(some) };
    return;
  }
  const table = readCustomers(file, form, { wanted: new Map(columns.map((c) => [c, c])), meter });
  let places: number[] = [];
  let known = 0;
  for await (const piece of table.rows) {
    if (known < table.columns.length) {
      known = table.columns.length;
      places = columns.map((c) => table.columns.indexOf(c));
    }
    const rows = piece.map((one): OneRow => {
      if ('cells' in one) return { line: one.line, cells: textCells(places.map((at) => one.cells[at])) };
      return { line: one.line, code: one.rejected.code, message: one.rejected.message, raw: one.raw };
    });
    yield { most: rows.length, rows };
  }
}

/** First reading: whose rows are these? */
async function readKeys(w: Work, row: ImportRow, tell: Tell, refused: (r: RefusedRow) => void): Promise<void> {
  const { map } = row;
  const unknown = new Set(map.unknown);
  const columns = [...new Set([map.key, map.area, map.own].filter((c) => c !== undefined))];
  const [key, area, own] = [map.key, map.area, map.own].map((c) => (c === undefined ? -1 : columns.indexOf(c))) as [number, number, number];
  const told = (cells: RowCells, at: number): string | null => {
    const cell = at < 0 ? '' : plain(cells.text(at));
    return cell === '' || unknown.has(cell) ? null : cell;
  };
  let arrivals: Arrival[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  const flush = async () => {
    await writing; // one batch is written while the next is read
    const some = arrivals;
    arrivals = [];
    writing = some.length > 0 ? addArrivals(w.db, w.id, some) : Promise.resolve();
    writing.catch(() => undefined); // told by whoever waits for it
  };
  const take = ({ file, line, index, cells }: Read): void => {
    const number = told(cells, key);
    if (number === null || number.length > KEY_LONGEST) {
      const message = `${map.key}: the row names no customer (1 to ${KEY_LONGEST} characters).`;
      refused({ file, line, code: 'row.no-key', message, raw: Array.from({ length: cells.count }, (_, i) => cells.text(i)).join(',') });
      return;
    }
    const isOwn = told(cells, own);
    arrivals.push({
      row: index,
      line,
      keyHash: keyHash(w.vault, number),
      area: told(cells, area),
      own: isOwn === null ? null : flagOf(isOwn) === 1,
    });
  };
  for await (const { rows } of eachRow(w, row, columns, (bytes) => tell('reading', bytes), refused))
    for (const one of rows) {
      take(one);
      if (arrivals.length >= BATCH) await flush();
    }
  await flush();
  await writing;
}

/** The rows again, each with its place. */
async function* placedRows(
  w: Work,
  row: ImportRow,
  columns: readonly string[],
  tell: (bytes: number) => Promise<void>,
): AsyncGenerator<Iterable<Placed>> {
  const places = placesOf(w);
  const placed = function* (rows: Iterable<Read>): Generator<Placed> {
    for (const { index, file, line, cells } of rows) {
      const place = places.of(index);
      if (place !== undefined) yield { file, line, cells, place };
    }
  };
  for await (const { first, most, rows } of eachRow(w, row, columns, tell, () => undefined)) {
    await places.reach(first + most);
    yield placed(rows);
  }
}

/** The place of each row, asked for in their order. */
function placesOf(w: Work) {
  let held: Awaited<ReturnType<typeof placesFrom>> = [];
  let next = 0;
  let over = false;
  return {
    /** Reads the places of the rows below this index. */
    async reach(end: number) {
      while (!over && (held.at(-1)?.row ?? -1) < end - 1) {
        const more = await placesFrom(w.db, w.id, (held.at(-1)?.row ?? -1) + 1, PLACES);
        over = more.length === 0;
        held = [...held.slice(next), ...more];
        next = 0;
      }
    },
    of(index: number) {
      while (next < held.length && (held[next] as Place).row < index) next++;
      return held[next]?.row === index ? held[next] : undefined;
    },
  };
}

async function* oneByOne<T>(pieces: AsyncIterable<Iterable<T>>): AsyncGenerator<T> {
  for await (const rows of pieces) yield* rows;
}

/** Second reading: what do they say? Answers how many rows were refused. */
async function writeColumns(w: Work, row: ImportRow, tell: Tell, customers: number): Promise<number> {
  const parts: readonly Part[] = partsOf(row.map);
  const size = Math.max(1, Math.floor(COLUMN_BYTES / windowBytes(parts.map((p) => p.kind)))) * BLOCK;
  const writer = await groupWriter(w, row, parts, size);
  const sorted = await isInOrder(w.db, w.id, size);
  const rows = placedRows(w, row, writer.columns, (bytes) => tell(sorted ? 'writing' : 'sorting', bytes));
  if (sorted) {
    for await (const some of rows)
      for (const one of some) {
        const wait = writer.take(one);
        if (wait !== undefined) await wait;
      }
  } else {
    let taken = 0;
    for await (const one of aside(w.folder, oneByOne(rows), size)) {
      if (taken++ % BATCH === 0) await tell('writing', (bytesOf(row) * taken) / customers);
      await writer.take(one);
    }
  }
  return writer.end();
}
