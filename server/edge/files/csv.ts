import { parse } from 'csv-parse/sync';
import { bytesOf, type Meter, unreadable } from './bytes.ts';
import { type Encoding, textOf } from './encoding.ts';
import { isRefusal, type Refusal, type Row, rawOf, refuse } from './event.ts';
import { eventOf, noFields, put, putField, type Rules, rulesOf, type Unnumbered } from './fields.ts';
import { type Framed, type Framer, framer } from './frame.ts';
import { spoiled } from './keys.ts';
import { badMap, type ImportMap } from './map.ts';

/** Where each column goes: the map's targets, or `data` under its header. In order of that name, so `data` is born sorted. */
type Plan = { width: number; cells: { at: number; to: string[]; name: string }[] };

export const encodingOf = (map: ImportMap): Encoding | 'auto' => (map.encoding === 'gbk' ? 'gb18030' : map.encoding);

/** The cells of one record; csv-parse reads what has quotes, the rest is a split. */
export function cellsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const options = { delimiter, record_delimiter: '\n', relax_quotes: true, relax_column_count: true, skip_empty_lines: false };
  return (parse(text, options) as string[][])[0] ?? [];
}

/** The same of a line that may end inside quotes (a header over several lines): then what a plain split finds. Never throws. */
export function cellsOfStart(text: string, delimiter: string): string[] {
  try {
    return cellsOf(text, delimiter);
  } catch {
    return text.split(delimiter).map((cell) => cell.replaceAll('"', ''));
  }
}

/** Of comma, bar, semicolon and tab the one under which the header names the most columns of the map, then the most columns at all. */
export function delimiterOf(header: string, wanted: Iterable<string>): string {
  const names = new Set(wanted);
  let best = { delimiter: ',', score: -1 };
  for (const delimiter of [',', '|', ';', '\t']) {
    const cells = cellsOfStart(header, delimiter).map((cell) => cell.trim());
    const score = cells.filter((cell) => names.has(cell)).length * 10_000 + Math.min(cells.length, 9_999);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

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

/** Header cells trimmed; a nameless one is `column N`, one that comes again `NAME.2`. */
export function uniqueNames(header: string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, at) => {
    const name = cell.trim() || `column ${at + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}.${count}`;
  });
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
  const reader = rowReader(file, map, rules);
  for await (const text of textOf(bytesOf(file, meter), encodingOf(map))) yield reader.push(text);
  yield reader.end();
}

/** Begins when the header line is whole, for it chooses the delimiter; old Macintosh line ends (CR alone) are told there too. */
function rowReader(file: string, map: ImportMap, rules: Rules) {
  let head = '';
  let open: { frame: Framer; delimiter: string; loneCr: boolean } | undefined;
  let plan: Plan | undefined;
  let place = 0;

  const rowsOf = (framed: Framed[], delimiter: string): Row[] => {
    const rows: Row[] = [];
    for (const record of framed) {
      if ('text' in record && record.text.trim() === '') continue;
      if (plan) rows.push(rowOf(record, delimiter, plan, ++place, rules));
      else plan = planOf(headerOf(file, record, delimiter), map, file);
    }
    return rows;
  };
  const feed = (text: string): Row[] =>
    open ? rowsOf(open.frame.push(open.loneCr ? text.replaceAll('\r', '\n') : text), open.delimiter) : [];

  const begin = (final: boolean): Row[] => {
    const start = head.search(/\S/);
    const end = start < 0 ? -1 : head.slice(start).search(/[\r\n]/);
    if (!final && end < 0 && head.length < 1_048_576) return [];
    const header = start < 0 ? '' : head.slice(start, end < 0 ? undefined : start + end);
    const loneCr = end >= 0 && !head.includes('\n') && head.length > start + end + 1;
    const delimiter = map.delimiter === 'auto' ? delimiterOf(header, Object.values(map.columns)) : map.delimiter;
    open = { frame: framer(delimiter), delimiter, loneCr };
    return feed(head);
  };

  return {
    push(text: string): Row[] {
      if (open) return feed(text);
      head += text;
      return begin(false);
    },
    end(): Row[] {
      const rows = open ? [] : begin(true);
      if (open) rows.push(...rowsOf(open.frame.end(), open.delimiter));
      if (!plan) throw unreadable(file, 'it is empty: a CSV begins with a line of column names');
      return rows;
    },
  };
}

function rowOf(record: Framed, delimiter: string, plan: Plan, place: number, rules: Rules): Row {
  const { line } = record;
  if ('rejected' in record) return { line, place, rejected: record.rejected, raw: rawOf(record.raw, record.length) };
  const made = eventOfRecord(record.text, delimiter, plan, rules);
  return isRefusal(made) ? { line, place, rejected: made, raw: rawOf(record.text) } : { line, place, event: made };
}

function headerOf(file: string, record: Framed, delimiter: string): string[] {
  if (!('text' in record))
    throw unreadable(file, `its first line is no line of column names (${record.rejected.message.replace(/\.$/, '')})`);
  if (!record.text.isWellFormed()) throw unreadable(file, 'its line of column names is not in the encoding that the map names');
  return cellsOf(record.text, delimiter);
}

function eventOfRecord(text: string, delimiter: string, plan: Plan, rules: Rules): Unnumbered | Refusal {
  if (!text.isWellFormed()) return refuse('event.bad-encoding', 'the row has bytes that are no text in the file’s encoding.');
  if (text.includes('\0')) return refuse('event.bad-encoding', 'the row has a NUL.');
  try {
    return eventOfCells(cellsOf(text, delimiter), plan, rules);
  } catch (error) {
    return refuse('event.bad-field', `the row is no CSV: ${error instanceof Error ? error.message : error}.`);
  }
}
