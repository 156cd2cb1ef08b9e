import { eventBytes, type FileEvent, type Refusal, refuse } from './event.ts';
import { keyValues } from './keys.ts';
import type { ImportMap } from './map.ts';
import { type Clock, impossibility, parseTime } from './time.ts';

/**
 * What one row says, by the map's words, texts as they stand in the file. `data` may be nested; absent cells are left out by the reader.
 */
export type Fields = {
  type?: string;
  time?: string;
  handler?: string;
  id?: string;
  scenario?: string;
  keys: [kind: string, values: string[]][];
  person: Record<string, string>;
  data: Record<string, unknown>;
};

export const noFields = (): Fields => ({ keys: [], person: {}, data: {} });

/** Puts a cell where the map's target says (`type`, `key.order`, `person.phone`, `data.weight`). An empty cell is absent. */
export function putField(fields: Fields, to: string, cell: string): void {
  const text = cell.trim();
  if (text === '') return;
  if (to.startsWith('key.')) fields.keys.push([to.slice(4), keyValues(text)]);
  else if (to.startsWith('person.')) fields.person[to.slice(7)] = text;
  else if (to.startsWith('data.')) put(fields.data, to.slice(5), text);
  else fields[to as 'type' | 'time' | 'handler' | 'id' | 'scenario'] = text;
}

/** Sets a property of a foreign name; `__proto__` is a name like any other. */
export function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

export type Unnumbered = Omit<FileEvent, 'seq'> & { seq?: number };
export type Rules = { source: string; clock: Clock; now: number };

export const rulesOf = (map: ImportMap, now: number): Rules => ({
  source: map.source,
  clock: { zone: map.zone, format: map.timeFormat },
  now,
});

/** The event that a row's fields make, its parts in alphabetical order (so its JSON is its canonical form), or why they make none. */
export function eventOf(fields: Fields, rules: Rules): Unnumbered | Refusal {
  if (!fields.type) return refuse('event.missing-field', 'type: the row has none.');
  if (!fields.time) return refuse('event.missing-field', 'time: the row has none.');
  const keys = keysOf(fields.keys);
  if (keys.refused) return keys.refused;
  const moment = parseTime(fields.time, rules.clock);
  if ('code' in moment) return moment;
  const impossible = impossibility(moment, rules.now);
  if (impossible) return impossible;
  return {
    ...(isEmpty(fields.data) ? undefined : { data: sorted(fields.data) as Record<string, unknown> }),
    ...(fields.handler ? { handler: fields.handler } : undefined),
    ...(fields.id ? { id: fields.id } : undefined),
    keys: keys.named,
    ...(isEmpty(fields.person) ? undefined : { person: sorted(fields.person) as Record<string, string> }),
    ...(fields.scenario ? { scenario: fields.scenario } : undefined),
    source: rules.source,
    time: moment.iso,
    type: fields.type,
  };
}

const isEmpty = (object: object) => {
  for (const _ in object) return false;
  return true;
};

type Keys = { named: Record<string, string | string[]>; refused?: undefined } | { refused: Refusal };

function keysOf(cells: Fields['keys']): Keys {
  const found = new Map<string, string[]>();
  for (const [kind, values] of cells) {
    const before = found.get(kind);
    if (values.length > 0) found.set(kind, before ? [...new Set([...before, ...values])] : values);
  }
  if (found.size === 0) return { refused: refuse('event.missing-field', 'keys: the row names no object.') };
  const named: Record<string, string | string[]> = {};
  for (const kind of [...found.keys()].sort()) {
    const values = found.get(kind) ?? [];
    for (const value of values) {
      if (value.length > 128) return { refused: refuse('event.bad-field', `keys.${kind}: a value has more than 128 characters.`) };
    }
    put(named, kind, values.length === 1 ? (values[0] ?? '') : values);
  }
  return { named };
}

/** The same value with every object's names in order; sorted ones are given back as they are. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  let last = '';
  let inOrder = true;
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name];
    if (name < last || typeof inner === 'object') {
      inOrder = false;
      break;
    }
    last = name;
  }
  if (inOrder) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/** What JSON itself says against an event: NUL and lone surrogates (bytes that were none in the file's encoding), more than 1 MiB. */
export function faultOfJson(event: object, json: string): Refusal | undefined {
  if (/\\u(?:0000|d[89a-f])/.test(json) && !isSound(event)) {
    return refuse('event.bad-encoding', 'the row has bytes that are no text in the file’s encoding, or NUL.');
  }
  const long = json.length > eventBytes || (json.length * 3 > eventBytes && Buffer.byteLength(json) > eventBytes);
  return long ? refuse('event.too-large', 'the event has more than 1 MiB.') : undefined;
}

function isSound(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => isSound(name) && isSound(inner));
}
