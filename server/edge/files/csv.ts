import { bytesOf, type Meter } from './bytes.ts';
import { type Encoding, textOf } from './encoding.ts';
import { isRefusal, type Refusal, type Row, rawOf, refuse } from './event.ts';
import { eventOf, noFields, put, putField, type Rules, rulesOf, type Unnumbered } from './fields.ts';
import type { Framed } from './frame.ts';
import { spoiled } from './keys.ts';
import { badMap, type ImportMap } from './map.ts';
import { cellsOfRecord, recordReader, uniqueNames } from './records.ts';

/** Where each column goes: the map's targets, or `data` under its header. In order of that name, so `data` is born sorted. */
type Plan = { width: number; cells: { at: number; to: string[]; name: string }[] };

export const encodingOf = (map: ImportMap): Encoding | 'auto' => (map.encoding === 'gbk' ? 'gb18030' : map.encoding);

/** The plan for a header. Throws `badMap` when a column that the map names is not there. */
export function planOf(header: string[], map: ImportMap, file: string): Plan {
  const names = uniqueNames(header);
  const targets = new Map<string, string[]>();
  for (const [to, column] of Object.entries(map.columns)) {
    if (!names.includes(column)) throw badMap(`${file} has no column “${column}” (columns.${to}); it has: ${names.join(', ')}.`);
    targets.set(column, [...(targets.get(column) ?? []), to]);
  }
  const dropped = new Set(map.drop);
  const cells = names.flatMap((name, at) => {
    const to = targets.get(name);
    if (to) return [{ at, to, name }];
    return dropped.has(name) ? [] : [{ at, to: [], name }];
  });
  return { width: names.length, cells: cells.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** The event of a row's cells, or why there is none. A row with more or fewer cells than the header is not guessed at. */
export function eventOfCells(cells: string[], plan: Plan, rules: Rules): Unnumbered | Refusal {
  const trailing = cells.length === plan.width + 1 && cells[plan.width] === '';
  if (cells.length !== plan.width && !trailing) {
    return refuse('event.bad-field', `the row has ${cells.length} cells, the header ${plan.width}.`);
  }
  const fields = noFields();
  for (const { at, to, name } of plan.cells) {
    const cell = cells[at] ?? '';
    if (cell === '' || cell.trim() === '') continue;
    for (const target of to) putField(fields, target, cell);
    if (to.length === 0) put(fields.data, name, cell);
  }
  for (const [kind, values] of fields.keys) {
    for (const value of values) {
      const wrong = spoiled(kind, value);
      if (wrong) return wrong;
    }
  }
  return eventOf(fields, rules);
}

/** A CSV file's rows in pieces. Throws `unreadable` (no header), `badMap` (a column is missing). */
export async function* readCsv(file: string, map: ImportMap, now: number, meter?: Meter): AsyncGenerator<Row[]> {
  for (const needed of ['type', 'time']) {
    if (!map.columns[needed]) throw badMap(`${file} is CSV: the map must say which column is its ${needed} (columns.${needed}).`);
  }
  if (!Object.keys(map.columns).some((to) => to.startsWith('key.'))) {
    throw badMap(`${file} is CSV: the map must name at least one column of keys (columns.key.KIND).`);
  }
  const rules = rulesOf(map, now);
  const records = recordReader(file, map.delimiter, Object.values(map.columns));
  let plan: Plan | undefined;
  let place = 0;
  const rowsOf = (framed: Framed[]): Row[] => {
    if (plan === undefined && records.header !== undefined) plan = planOf(records.header, map, file);
    return plan === undefined ? [] : framed.map((record) => rowOf(record, records.delimiter, plan as Plan, ++place, rules));
  };
  for await (const text of textOf(bytesOf(file, meter), encodingOf(map))) yield rowsOf(records.push(text));
  yield rowsOf(records.end());
}

function rowOf(record: Framed, delimiter: string, plan: Plan, place: number, rules: Rules): Row {
  const { line } = record;
  if ('rejected' in record) return { line, place, rejected: record.rejected, raw: rawOf(record.raw, record.length) };
  const made = eventOfRecord(record, delimiter, plan, rules);
  return isRefusal(made) ? { line, place, rejected: made, raw: rawOf(record.text) } : { line, place, event: made };
}

function eventOfRecord(record: Extract<Framed, { text: string }>, delimiter: string, plan: Plan, rules: Rules): Unnumbered | Refusal {
  const { text } = record;
  if (!text.isWellFormed()) return refuse('event.bad-encoding', 'the row has bytes that are no text in the file’s encoding.');
  if (text.includes('\0')) return refuse('event.bad-encoding', 'the row has a NUL.');
  return eventOfCells(cellsOfRecord(record, delimiter), plan, rules);
}
