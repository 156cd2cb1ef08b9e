import { stat } from 'node:fs/promises';
import { type Column, columnBuilder } from '#model';
import type { Meter } from './bytes.ts';
import { readCustomers } from './customers-rows.ts';
import { badMap } from './map.ts';
import { progress } from './progress.ts';
import { dayOf, flagOf, isUnknown, numberOf } from './table-cells.ts';
import { type Draft, kindDrafter } from './table-draft.ts';
import type { Kind, TableMap, TableTag } from './table-map.ts';
import { missingColumn, type TableRow } from './table-rows.ts';

/** A whole table in memory, column by column, with the label that a model is to learn. */
export interface Labelled {
  readonly columns: readonly Column[];
  /** 0 or 1 a row. */
  readonly label: Uint8Array;
  readonly rejected: number;
  /** Rows whose label is unknown; they are not among the others. */
  readonly unlabelled: number;
  readonly slips: readonly Slip[];
}

/** Known cells of a tag that are not of its kind, and so unknown. */
export interface Slip {
  readonly tag: TableTag;
  readonly cells: number;
  readonly known: number;
  readonly first: { readonly line: number; readonly cell: string };
}

const cellReaders: Readonly<Record<Kind, (cell: string) => number | string | undefined>> = {
  flag: flagOf,
  number: numberOf,
  date: dayOf,
  oneOf: (cell) => cell,
};

/** Neither of them is ever a feature: the label is the answer, and the key is everyone's own. */
export const isApart = (map: TableMap, label: string, column: string): boolean => column === label || column === map.key;

type Sound = Extract<TableRow, { cells: readonly string[] }>;

/** Gives every sound row with the columns that are known by then; answers the columns, and how many rows were none. */
async function eachRow(
  file: string,
  map: TableMap,
  { doing, wanted, take }: { doing: string; wanted?: Map<string, string>; take: (row: Sound, columns: readonly string[]) => void },
): Promise<{ columns: readonly string[]; rejected: number }> {
  const meter: Meter = { bytes: 0 };
  const { rows, columns } = readCustomers(file, map, wanted ? { wanted, meter } : { meter });
  let rejected = 0;
  let bar: { stop(): void } | undefined;
  try {
    for await (const piece of rows) {
      bar ??= progress(`${doing} ${file}`, (await stat(file)).size, meter);
      for (const row of piece) {
        if ('cells' in row) take(row, columns);
        else rejected++;
      }
    }
  } finally {
    bar?.stop();
  }
  return { columns, rejected };
}

const wantedOf = (tags: readonly TableTag[], map: TableMap, label: string): Map<string, string> =>
  new Map([
    ...tags.map(({ name, column }) => [column, `tags.${name}.column`] as const),
    ...(map.key === undefined ? [] : [[map.key, 'key'] as const]),
    [label, '--label'],
  ]);

function needAll(file: string, wanted: ReadonlyMap<string, string>, columns: readonly string[]): void {
  for (const [column, path] of wanted) if (!columns.includes(column)) throw missingColumn(file, column, path, columns);
}

/** Tags drafted from the values of a file, the label and the key left out. Throws `unreadable`, and `badMap` where one of these two is not there. */
export async function draftTags(file: string, map: TableMap, label: string): Promise<Draft> {
  const apart = [label, ...map.drop, ...(map.key === undefined ? [] : [map.key])];
  const drafter = kindDrafter(map.unknown, new Set(apart));
  const { columns } = await eachRow(file, map, { doing: 'looking at', take: ({ cells }) => drafter.take(cells) });
  needAll(file, wantedOf([], map, label), columns);
  return drafter.draft(columns);
}

/**
 * Reads the columns of these tags and the label. A cell that is not of its tag's kind is unknown and counted. Throws `unreadable`; `badMap` for a column
 * that is not there, a tag most of whose cells are of another kind, a label that is no flag.
 */
export async function readLabelled(file: string, map: TableMap, tags: readonly TableTag[], label: string): Promise<Labelled> {
  const readers = tags.map(tagReader);
  const labels: number[] = [];
  let unlabelled = 0;
  let [placed, labelAt] = [0, -1];
  const places = new Int32Array(tags.length);

  const take = ({ line, cells }: Sound, columns: readonly string[]): void => {
    if (placed !== columns.length) {
      placed = columns.length;
      labelAt = columns.indexOf(label);
      tags.forEach(({ column }, at) => {
        places[at] = columns.indexOf(column);
      });
    }
    if (isUnknown(cells[labelAt], map.unknown)) {
      unlabelled++;
      return;
    }
    labels.push(flagLabel(cells[labelAt]!.trim(), line, label));
    for (let at = 0; at < readers.length; at++) {
      const cell = cells[places[at]!];
      readers[at]!.take(isUnknown(cell, map.unknown) ? undefined : cell!.trim(), line);
    }
  };

  const wanted = wantedOf(tags, map, label);
  const { columns, rejected } = await eachRow(file, map, { doing: 'reading', wanted, take });
  needAll(file, wanted, columns);
  const read = readers.map((reader) => reader.done());
  return {
    columns: read.map(({ column }) => column),
    label: Uint8Array.from(labels),
    rejected,
    unlabelled,
    slips: read.flatMap(({ slip }) => slip ?? []),
  };
}

function flagLabel(cell: string, line: number, label: string): number {
  const flag = flagOf(cell);
  if (flag !== undefined) return flag;
  const way = 'if it means unknown, name it in the map’s unknown';
  throw badMap(
    `the label “${label}” has “${cell.slice(0, 80)}” at line ${line}, which is none of true/false, 1/0, yes/no, 是/否 (${way}).`,
  );
}

/** Takes the cells of one tag, undefined for unknown ones. `done` throws `badMap` when most of the known ones are of another kind. */
function tagReader(tag: TableTag) {
  const builder = columnBuilder(tag.name, tag.kind);
  const read = cellReaders[tag.kind];
  let [known, slips] = [0, 0];
  let first = { line: 0, cell: '' };
  return {
    take(cell: string | undefined, line: number): void {
      const value = cell === undefined ? undefined : read(cell);
      builder.push(value);
      if (cell === undefined) return;
      known++;
      if (value !== undefined) return;
      if (slips++ === 0) first = { line, cell: cell.slice(0, 80) };
    },
    done(): { column: Column; slip: Slip | undefined } {
      if (slips * 2 > known)
        throw badMap(
          `tags.${tag.name}.kind is ${tag.kind}, but ${slips} of its ${known} known cells are none, such as “${first.cell}” at line ${first.line}.`,
        );
      return { column: builder.done(), slip: slips > 0 ? { tag, cells: slips, known, first } : undefined };
    },
  };
}
