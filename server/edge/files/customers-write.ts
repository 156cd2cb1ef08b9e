import { type Fresh, type ImportRow, keyHash, newId, PERSONAL, STATE } from '#customer';
import type { Ctx } from '#platform/db';
import { MOST_VALUES, readTags, type Tag } from '#tag';
import type { Placed } from './customers-aside.ts';
import { type Codes, plain, type RowCells, readerFor } from './customers-cells.ts';
import { type Column, columnFor, windowsOf } from './customers-columns.ts';
import { markIn, stageGroup } from './customers-group.ts';
import type { Part } from './customers-parts.ts';
import { keepRows } from './customers-personal.ts';
import { countRefused, type RefusedRow, refusedRows } from './customers-refused.ts';
import type { Work } from './customers-work.ts';
import { flagOf } from './table-cells.ts';

/** The second reading of an import: rows become codes in columns, new customers are written down, and each part is staged when it is whole. */

const BATCH = 5_000;

export interface GroupWriter {
  /** The columns whose cells `take` is given, in their order. */
  readonly columns: readonly string[];
  /** Rows part by part; what is answered is waited for. */
  take(row: Placed): Promise<void> | undefined;
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
  const readers = columns.map((c) => readerFor(c, unknown));
  const windows = windowsOf(columns);
  const codes: Codes = { flags: new Uint8Array(columns.length), others: new Float64Array(columns.length) };
  const beside = besideIn(parts);
  const inTx = <T>(fn: (ctx: Ctx) => Promise<T>) => w.db.inTx(w.actor, fn);
  const done = new Set(row.groups);
  let group = -1;
  let open = emptyGroup();
  let refusals: ReturnType<typeof refusedRows> | undefined;
  const twice = refusedRows(w.folder, 'twice');
  let refused = 0;
  let waiting: Waiting[] = [];

  /** The codes of a row; what is wrong with it. */
  const read = (cells: RowCells): { code: string; message: string } | undefined => {
    const bad = cells.codes(readers, 1, codes);
    if (bad >= 0) return wrong(columns[bad] as Column, plain(cells.text(bad + 1)));
    if (grown.length === 0) return undefined;
    for (const { column, by } of grown.splice(0)) if (!windows.rescale(columns.indexOf(column), by)) return wrong(column, '');
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
    const kept = await inTx((ctx) => keepRows(ctx, w.vault, { rows, people, load: w.id, source: row.source }));
    open.moved.push(...kept.moved);
    open.erased += kept.erased;
  };

  /** One batch is written while the next is read. */
  let writing: Promise<void> = Promise.resolve();
  const settleSoon = async () => {
    await writing;
    writing = settle();
    writing.catch(() => undefined); // told by whoever waits for it
  };

  const flush = async () => {
    await settleSoon();
    await writing;
    if (group >= 0 && !done.has(group)) {
      await stageGroup({ db: w.db, load: w.id, inTx }, columns, tags, windows.take(), { number: group, ...open });
      done.add(group);
    }
    refused += refusals?.close() ?? 0;
    refusals = undefined;
    open = emptyGroup();
  };

  const turnTo = async (next: number) => {
    await flush();
    group = next;
    if (done.has(group)) refused += await countRefused(w.folder, `part-${group}`);
  };

  const put = (one: Placed, ordinal: number): Promise<void> | undefined => {
    const { place, file, line, cells } = one;
    if (done.has(group)) return undefined;
    const problem = read(cells);
    if (problem !== undefined) {
      refuse({ file, line, ...problem, raw: rawOf(cells) });
      open.spoiled.push(ordinal);
      return undefined;
    }
    windows.put(ordinal, codes);
    if (place.state === STATE.known) markIn(open.known, ordinal);
    const isFresh = place.state === STATE.fresh;
    if (!isFresh && people.length === 0) return undefined;
    waiting.push({
      ordinal,
      key: plain(cells.text(0)),
      fresh: isFresh ? freshOf(w, one, beside, unknown) : undefined,
      personal: people.map((_, i) => known(cells.text(firstPersonal + i), unknown)),
    });
    return waiting.length >= BATCH ? settleSoon() : undefined;
  };

  return {
    columns: [map.key, ...parts.map((p) => p.column), ...people.map((p) => p.column)],
    take(one) {
      const { place, file, line, cells } = one;
      const { ordinal } = place;
      if (ordinal === null) {
        const message = `the same customer stands in line ${place.first_line} already.`;
        twice.add({ file, line, code: 'row.twice', message, raw: rawOf(cells) });
        return undefined;
      }
      const into = Math.floor(ordinal / size);
      return into === group ? put(one, ordinal) : turnTo(into).then(() => put(one, ordinal));
    },
    async end() {
      await flush();
      return refused + twice.close();
    },
  };
}

const emptyGroup = () => ({ known: new Map<number, Buffer>(), moved: [] as number[], spoiled: [] as number[], erased: 0 });

/** A customer whose row is read: what is to be written down of him. */
export interface Waiting {
  readonly ordinal: number;
  /** His number in the source. */
  readonly key: string;
  readonly fresh: Fresh | undefined;
  /** Personal values in the order of the map's; null = unknown. */
  readonly personal: readonly (string | null)[];
}

const rawOf = (cells: RowCells): string => Array.from({ length: cells.count }, (_, i) => cells.text(i)).join(',');

const known = (cell: string, unknown: ReadonlySet<string>): string | null => {
  const told = plain(cell);
  return told === '' || unknown.has(told) ? null : told;
};

const FITS = { flag: 'true/false, yes/no, 1/0 or 是/否', oneOf: 'text of 1 to 200 characters', number: 'number with at most 6 decimals', date: 'date' }; // biome-ignore format: one line

function wrong({ name, kind, values }: Column, cell: string): { code: string; message: string } {
  if (values.length === MOST_VALUES && kind === 'oneOf')
    return { code: 'row.too-many-values', message: `${name}: it has more than ${MOST_VALUES} different values.` };
  return { code: 'row.bad-value', message: `${name}: “${cell.slice(0, 80)}” is no ${FITS[kind]}.` };
}

/** Which cells say a customer's area and whether he is an own one; −1: none. */
const besideIn = (parts: readonly Part[]) => {
  const cellOf = (name: string): number => parts.findIndex((p) => p.name === name) + 1;
  return { area: cellOf('area') || -1, own: cellOf('own') || -1 };
};

/** A new customer as he is written down. */
function freshOf(w: Work, { cells, place }: Placed, beside: ReturnType<typeof besideIn>, unknown: ReadonlySet<string>): Fresh {
  const key = plain(cells.text(0));
  const own = beside.own < 0 ? null : known(cells.text(beside.own), unknown);
  return {
    ordinal: place.ordinal as number,
    id: newId(Date.now()),
    keyHash: keyHash(w.vault, key),
    key: w.vault.seal(key),
    area: beside.area < 0 ? null : known(cells.text(beside.area), unknown),
    own: own === null ? null : flagOf(own) === 1,
  };
}
