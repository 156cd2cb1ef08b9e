import { addCustomers, type Fresh, type ImportRow, keyHash, newId, PERSONAL, STATE } from '#customer';
import type { Ctx } from '#platform/db';
import { readTags, type Tag } from '#tag';
import type { Placed } from './customers-aside.ts';
import { type Column, columnFor, TOO_MANY, windowsOf } from './customers-columns.ts';
import { markIn, stageGroup } from './customers-group.ts';
import type { Part } from './customers-parts.ts';
import { keepPersonal } from './customers-personal.ts';
import { countRefused, type RefusedRow, refusedRows } from './customers-refused.ts';
import type { Work } from './customers-work.ts';
import { flagOf } from './table-cells.ts';

/** The second reading of an import: rows become codes in columns, new customers are written down, and each part is staged when it is whole. */

const BATCH = 5_000;

export interface GroupWriter {
  /** The columns whose cells `take` is given, in their order. */
  readonly columns: readonly string[];
  /** Rows part by part. */
  take(row: Placed): Promise<void>;
  /** Answers how many rows were refused. */
  end(): Promise<number>;
}

export async function groupWriter(w: Work, row: ImportRow, parts: readonly Part[], size: number): Promise<GroupWriter> {
  const { map } = row;
  const people = PERSONAL.flatMap((kind) => (map.person?.[kind] === undefined ? [] : [{ kind, column: map.person[kind] }]));
  const firstPersonal = 1 + parts.length;
  const unknown = new Set(map.unknown);
  const tags = new Map((await readTags(w.db, parts.map((p) => p.name))).map((t) => [t.name, t])); // biome-ignore format: one line
  const grown: { column: Column; by: number }[] = [];
  const columns = parts.map((p) =>
    columnFor(p.name, p.kind, (tags.get(p.name) as Tag).scale, (column, by) => void grown.push({ column, by })),
  );
  const windows = windowsOf(columns);
  const codes = new Float64Array(columns.length);
  const inTx = <T>(fn: (ctx: Ctx) => Promise<T>) => w.db.inTx(w.actor, fn);
  const done = new Set(row.groups);
  let group = -1;
  let open = emptyGroup();
  let refusals: ReturnType<typeof refusedRows> | undefined;
  const twice = refusedRows(w.folder, 'twice');
  let refused = 0;
  let waiting: Placed[] = [];

  /** The codes of a row; what is wrong with it. */
  const read = (cells: Placed['cells']): { code: string; message: string } | undefined => {
    for (let i = 0; i < columns.length; i++) {
      const cell = plain(cells[i + 1]);
      if (cell === '' || unknown.has(cell)) {
        codes[i] = Number.NaN;
        continue;
      }
      const column = columns[i] as Column;
      const code = column.read(cell);
      if (Number.isNaN(code) || code === TOO_MANY) return wrong(column, cell, code);
      codes[i] = code;
    }
    for (const { column, by } of grown.splice(0)) if (!windows.rescale(columns.indexOf(column), by)) return wrong(column, '', Number.NaN);
    return undefined;
  };

  const refuse = (r: RefusedRow) => {
    refusals ??= refusedRows(w.folder, `part-${group}`);
    refusals.add(r);
  };

  /** Writes down the new ones among them, and what is personal of all. */
  const settle = async () => {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    const fresh = rows.filter((r) => r.place.state === STATE.fresh).map((r) => freshOf(w, r, parts, unknown));
    if (fresh.length > 0) await addCustomers(w.db, w.id, row.source, Date.now(), fresh);
    if (people.length > 0) open.moved.push(...(await keepPersonal(w, rows, people, firstPersonal, unknown)));
  };

  const flush = async () => {
    await settle();
    if (group >= 0 && !done.has(group)) {
      await stageGroup({ db: w.db, load: w.id, inTx }, columns, tags, windows.take(), { number: group, ...open });
      done.add(group);
    }
    refused += refusals?.close() ?? 0;
    refusals = undefined;
    open = emptyGroup();
  };

  return {
    columns: [map.key, ...parts.map((p) => p.column), ...people.map((p) => p.column)],
    async take(one) {
      const { place, file, line, cells } = one;
      const { ordinal } = place;
      if (ordinal === null) {
        twice.add({
          file,
          line,
          code: 'row.twice',
          message: `the same customer stands in line ${place.first_line} already.`,
          raw: rawOf(cells),
        });
        return;
      }
      const into = Math.floor(ordinal / size);
      if (into !== group) {
        await flush();
        group = into;
        if (done.has(group)) refused += await countRefused(w.folder, `part-${group}`);
      }
      if (done.has(group)) return;
      const problem = read(cells);
      if (problem !== undefined) {
        refuse({ file, line, ...problem, raw: rawOf(cells) });
        open.spoiled.push(ordinal);
        return;
      }
      windows.put(ordinal, codes);
      if (place.state === STATE.known) markIn(open.known, ordinal);
      waiting.push(one);
      if (waiting.length >= BATCH) await settle();
    },
    async end() {
      await flush();
      return refused + twice.close();
    },
  };
}

const emptyGroup = () => ({ known: new Map<number, Buffer>(), moved: [] as number[], spoiled: [] as number[] });

/** Trimmed; most cells have nothing to trim. */
const plain = (cell: string | undefined): string => {
  if (cell === undefined || cell === '') return '';
  const [first, last] = [cell.charCodeAt(0), cell.charCodeAt(cell.length - 1)];
  return (first > 32 && first < 128 && last > 32 && last < 128) || cell.length === 0 ? cell : cell.trim();
};

const rawOf = (cells: Placed['cells']): string => cells.map((c) => c ?? '').join(',');

const FITS = { flag: 'true/false, yes/no, 1/0 or 是/否', oneOf: 'text of 1 to 200 characters', number: 'number with at most 6 decimals', date: 'date' }; // biome-ignore format: one line

function wrong({ name, kind }: Column, cell: string, code: number): { code: string; message: string } {
  if (code === TOO_MANY) return { code: 'row.too-many-values', message: `${name}: it has more different values than a one-of can have.` };
  return { code: 'row.bad-value', message: `${name}: “${cell.slice(0, 80)}” is no ${FITS[kind]}.` };
}

/** A new customer as he is written down. */
function freshOf(w: Work, { cells, place }: Placed, parts: readonly Part[], unknown: ReadonlySet<string>): Fresh {
  const key = plain(cells[0]);
  const beside = (name: string): string | null => {
    const at = parts.findIndex((p) => p.name === name);
    const cell = at < 0 ? '' : plain(cells[at + 1]);
    return cell === '' || unknown.has(cell) ? null : cell;
  };
  const own = beside('own');
  return {
    ordinal: place.ordinal as number,
    id: newId(Date.now()),
    keyHash: keyHash(w.vault, key),
    key: w.vault.seal(key),
    area: beside('area'),
    own: own === null ? null : flagOf(own) === 1,
  };
}
