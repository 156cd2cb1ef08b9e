import { hash } from 'node:crypto';
import { extname } from 'node:path';
import { headOf, type Meter, unreadable } from './bytes.ts';
import { readCsv } from './csv.ts';
import { type FileEvent, type Read, type Row, rawOf } from './event.ts';
import { faultOfJson, type Unnumbered } from './fields.ts';
import { type ImportMap, kindsOf, type Roles, rolesOf } from './map.ts';
import { readNdjson } from './ndjson.ts';
import { readOcel } from './ocel.ts';
import { countRepeats, type Repeats } from './repeats.ts';
import { kindsOfXes, readXes } from './xes.ts';

export type Form = 'csv' | 'xes' | 'ocel' | 'ndjson';

/** What a file is, by its name (`.gz` aside) and, where the name leaves it open, by its beginning. Throws `unreadable`. */
export async function formOf(file: string): Promise<Form> {
  const head = await headOf(file);
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')))
    throw unreadable(file, 'it is a spreadsheet or an archive: save it as CSV (UTF-8)');
  const extension = extname(file.toLowerCase().replace(/\.gz$/, ''));
  if (extension === '.xes') return 'xes';
  if (extension === '.ndjson' || extension === '.jsonl') return 'ndjson';
  if (extension === '.jsonocel') return 'ocel';
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (extension === '.json') return isOneEvent(start) ? 'ndjson' : 'ocel';
  return extension === '.xml' || start.startsWith('<?xml') || start.startsWith('<log') ? 'xes' : 'csv';
}

/** True when the text's first line is a whole JSON object: then every line is one, whatever the file is called. */
function isOneEvent(start: string): boolean {
  const [first = '', ...more] = start.split('\n');
  try {
    const value: unknown = JSON.parse(first);
    return typeof value === 'object' && value !== null && !('objectTypes' in value) && (more.length > 0 || 'type' in value);
  } catch {
    return false;
  }
}

/** The roles of the kinds that a file of this form has by the map; undefined where the standard ones hold (NDJSON without columns). */
export const rolesOfForm = (map: ImportMap, form: Form): Roles | undefined => rolesOf(map, form === 'xes' ? kindsOfXes(map) : kindsOf(map));

const readers = { csv: readCsv, xes: readXes, ocel: readOcel, ndjson: readNdjson };

export type ReadOptions = { meter?: Meter; now?: number };

/** The rows of one file in pieces, without their ids and places: enough to see whether it can be read. Throws `unreadable` or `badMap`. */
export async function* readRows(file: string, map: ImportMap, { now = Date.now(), meter }: ReadOptions = {}): AsyncGenerator<Row[]> {
  yield* readers[await formOf(file)](file, map, now, meter);
}

/**
 * The events of one file in its order, each as POST `/api/events` takes it, and the refused rows with their reasons. Streaming: memory
 * does not grow with the file. `seq` is the row's place in the file. Without an id of its own a row gets the SHA-256 (hex) of its content,
 * `seq` aside, and of how many equal ones stand before it in the file: so repetitions count and a second import adds nothing. Throws
 * `unreadable` or `badMap`, nothing else.
 */
export async function* readEvents(file: string, map: ImportMap, options: ReadOptions = {}): AsyncGenerator<Read> {
  const repeats = countRepeats();
  try {
    for await (const rows of readRows(file, map, options)) {
      for (const row of rows) yield numbered(row, repeats);
    }
  } finally {
    repeats.close();
  }
}

function numbered(row: Row, repeats: Repeats): Read {
  if ('rejected' in row) return { line: row.line, rejected: { ...row.rejected, raw: row.raw } };
  const json = canonical(row.event);
  const fault = faultOfJson(row.event, json);
  if (fault) return { line: row.line, rejected: { ...fault, raw: rawOf(json) } };
  const event = row.event as FileEvent;
  event.id ??= identity(json, repeats);
  event.seq ??= row.place;
  return { line: row.line, event };
}

/** Readers make events with their parts in order, so their JSON without `seq` is the canonical form. */
function canonical(event: Unnumbered): string {
  if (event.seq === undefined) return JSON.stringify(event);
  const { seq: _, ...rest } = event;
  return JSON.stringify(rest);
}

function identity(json: string, repeats: Repeats): string {
  const digest = hash('sha256', json, 'hex');
  const before = repeats.before(Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16));
  return before === 0 ? digest : hash('sha256', `${digest} ${before}`, 'hex');
}
