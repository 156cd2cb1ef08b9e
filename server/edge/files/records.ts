import { parse } from 'csv-parse/sync';
import { unreadable } from './bytes.ts';
import { type Framed, type Framer, framer } from './frame.ts';

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

const quote = 0x22;

/**
 * The cells of a record that `framer` has found sound, as csv-parse gives them, at a tenth of its cost: a table of seven hundred columns is
 * read so. A quote inside a plain cell is text.
 */
export function cellsOfRecord({ text, quoted }: { text: string; quoted: boolean }, delimiter: string): string[] {
  if (!quoted) return text.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (text.charCodeAt(at) !== quote) {
      const end = text.indexOf(delimiter, at);
      cells.push(text.slice(at, end < 0 ? undefined : end));
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    let close = text.indexOf('"', at + 1);
    const first = close;
    while (text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
    const cell = text.slice(at + 1, close);
    cells.push(close === first ? cell : cell.replaceAll('""', '"'));
    if (close + 1 >= text.length) return cells;
    at = close + 2;
  }
}

/** Of comma, bar, semicolon and tab the one under which the header names the most wanted columns, then the most columns at all. */
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

/** One file's records, blank ones left out, the header apart. */
export interface Records {
  push(text: string): Framed[];
  /** Throws `unreadable` when there was no header. */
  end(): Framed[];
  /** As they stand in the header; undefined until it was read. */
  readonly header: string[] | undefined;
  readonly delimiter: string;
}

/**
 * Begins when the header line is whole, for it chooses the delimiter; old Macintosh line ends (CR alone) are told there too. `wanted`: columns by
 * which an `auto` delimiter is told. `push` throws `unreadable` when the first line is no line of column names.
 */
export function recordReader(file: string, delimiter: string, wanted: Iterable<string>): Records {
  let head = '';
  let open: { frame: Framer; delimiter: string; loneCr: boolean } | undefined;
  let header: string[] | undefined;

  const sift = (framed: Framed[]): Framed[] => {
    const out = framed.filter((record) => !('text' in record) || record.text.trim() !== '');
    if (header !== undefined || out.length === 0) return out;
    header = headerOf(file, out[0] as Framed, open?.delimiter ?? delimiter);
    return out.slice(1);
  };
  const feed = (text: string): Framed[] => (open ? sift(open.frame.push(open.loneCr ? text.replaceAll('\r', '\n') : text)) : []);

  const begin = (final: boolean): Framed[] => {
    const start = head.search(/\S/);
    const end = start < 0 ? -1 : head.slice(start).search(/[\r\n]/);
    if (!final && end < 0 && head.length < 1_048_576) return [];
    const line = start < 0 ? '' : head.slice(start, end < 0 ? undefined : start + end);
    const loneCr = end >= 0 && !head.includes('\n') && head.length > start + end + 1;
    const chosen = delimiter === 'auto' ? delimiterOf(line, wanted) : delimiter;
    open = { frame: framer(chosen), delimiter: chosen, loneCr };
    return feed(head);
  };

  return {
    push(text) {
      if (open) return feed(text);
      head += text;
      return begin(false);
    },
    end() {
      const out = open ? [] : begin(true);
      if (open) out.push(...sift(open.frame.end()));
      if (header === undefined) throw unreadable(file, 'it is empty: a CSV begins with a line of column names');
      return out;
    },
    get header() {
      return header;
    },
    get delimiter() {
      return open?.delimiter ?? delimiter;
    },
  };
}

function headerOf(file: string, record: Framed, delimiter: string): string[] {
  if (!('text' in record))
    throw unreadable(file, `its first line is no line of column names (${record.rejected.message.replace(/\.$/, '')})`);
  if (!record.text.isWellFormed()) throw unreadable(file, 'its line of column names is not in the encoding that the map names');
  return cellsOf(record.text, delimiter);
}
