import { bytesOf, type Meter } from './bytes.ts';
import { encodingOf } from './csv.ts';
import { textOf } from './encoding.ts';
import { isRefusal, type Refusal, type Row, rawOf, refuse } from './event.ts';
import { eventOf, type Fields, noFields, put, putField, type Rules, rulesOf, type Unnumbered } from './fields.ts';
import { type Line, lineReader, longestLine } from './lines.ts';
import type { ImportMap } from './map.ts';

const names = new Set(['source', 'id', 'type', 'time', 'seq', 'keys', 'scenario', 'handler', 'person', 'data']);
const personNames = new Set(['name', 'idNumber', 'phone', 'address']);

/**
 * A file of events as in POST `/api/events`, one JSON object a line; or, when the map names columns, of rows whose members are the
 * columns. Memory: one piece of the file and one line. Blank lines count as lines and as nothing else. Throws `unreadable`.
 */
export async function* readNdjson(file: string, map: ImportMap, now: number, meter?: Meter): AsyncGenerator<Row[]> {
  const rules = rulesOf(map, now);
  const make = Object.keys(map.columns).length > 0 ? mapped(map, rules) : (value: object) => eventOfJson(value, rules);
  const lines = lineReader();
  let place = 0;
  const rowOf = ({ line, text, length }: Line): Row => {
    place++;
    const made = length > longestLine ? refuse('event.too-large', 'the line has more than 1 MiB.') : eventOfLine(text, make);
    return isRefusal(made) ? { line, place, rejected: made, raw: rawOf(text, length) } : { line, place, event: made };
  };
  for await (const text of textOf(bytesOf(file, meter), encodingOf(map))) yield lines.push(text).map(rowOf);
  yield lines.end().map(rowOf);
}

function eventOfLine(text: string, make: (value: object) => Unnumbered | Refusal): Unnumbered | Refusal {
  if (!text.isWellFormed() || text.includes('\0')) return refuse('event.bad-encoding', 'the line has bytes that are no text, or NUL.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse('event.not-json', `the line is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('event.not-json', 'the line is no JSON object.');
  return make(value);
}

/** An event as sent over HTTP, checked alike; its source may be left to the map. */
export function eventOfJson(value: object, rules: Rules): Unnumbered | Refusal {
  const unknown = Object.keys(value).find((name) => !names.has(name));
  if (unknown) return refuse('event.unknown-field', `${unknown}: there is no such field in an event.`);
  const { source = rules.source, seq, keys, person, data, ...texts } = value as Record<string, unknown>;
  const fields: Fields = noFields();
  for (const [name, text] of Object.entries({ source, ...texts })) {
    if (typeof text !== 'string') return refuse('event.bad-field', `${name}: must be a string.`);
    if (name !== 'source') putField(fields, name, text);
  }
  const wrong = takeKeys(keys, fields) ?? takePerson(person, fields) ?? takeData(data, fields);
  if (wrong) return wrong;
  if (seq !== undefined && !Number.isSafeInteger(seq)) return refuse('event.bad-field', 'seq: must be an integer.');
  const event = eventOf(fields, { ...rules, source: String(source) });
  return isRefusal(event) || seq === undefined ? event : { ...event, seq: seq as number };
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function takeKeys(keys: unknown, fields: Fields): Refusal | undefined {
  if (keys === undefined) return refuse('event.missing-field', 'keys: the event has none.');
  if (!isPlain(keys)) return refuse('event.bad-field', 'keys: must be an object of kinds.');
  for (const [kind, written] of Object.entries(keys)) {
    const values = Array.isArray(written) ? written : [written];
    for (const value of values) {
      if (typeof value !== 'string')
        return refuse('event.bad-field', `keys.${kind}: must be a string or a list of strings (numbers lose their tail).`);
      if (value.length < 1 || value.length > 128) return refuse('event.bad-field', `keys.${kind}: must have 1 to 128 characters.`);
      fields.keys.push([kind, [value]]);
    }
  }
  return undefined;
}

function takePerson(person: unknown, fields: Fields): Refusal | undefined {
  if (person === undefined) return undefined;
  if (!isPlain(person)) return refuse('event.bad-field', 'person: must be an object.');
  for (const [name, value] of Object.entries(person)) {
    if (!personNames.has(name)) return refuse('event.unknown-field', `person.${name}: there is no such field in an event.`);
    if (typeof value !== 'string') return refuse('event.bad-field', `person.${name}: must be a string.`);
    fields.person[name] = value;
  }
  return undefined;
}

function takeData(data: unknown, fields: Fields): Refusal | undefined {
  if (data === undefined) return undefined;
  if (!isPlain(data)) return refuse('event.bad-field', 'data: must be an object.');
  fields.data = data;
  return undefined;
}

/** A row whose members are columns: mapped ones go where the map says, the others to `data` as they are. */
export function mapped(map: ImportMap, rules: Rules): (value: object) => Unnumbered | Refusal {
  const targets = Map.groupBy(Object.keys(map.columns), (to) => map.columns[to] ?? '');
  const dropped = new Set(map.drop);
  return (value) => {
    const fields = noFields();
    for (const [name, cell] of Object.entries(value)) {
      const to = targets.get(name) ?? [];
      if (to.length === 0 && !dropped.has(name) && cell !== null) put(fields.data, name, cell);
      for (const target of cell === null ? [] : to) {
        const wrong = putValue(fields, target, cell, name);
        if (wrong) return wrong;
      }
    }
    return eventOf(fields, rules);
  };
}

function putValue(fields: Fields, to: string, cell: unknown, name: string): Refusal | undefined {
  if (Array.isArray(cell) && to.startsWith('key.')) {
    for (const one of cell) {
      const wrong = putValue(fields, to, one, name);
      if (wrong) return wrong;
    }
    return undefined;
  }
  const isText = typeof cell === 'string' || (typeof cell === 'number' && !to.startsWith('key.'));
  if (!isText) return refuse('event.bad-field', `${name}: must be a string (as a number a long one has lost its tail).`);
  putField(fields, to, String(cell));
  return undefined;
}
