/** One event as a source sent it, checked. `at`: µs since 1970. `keys`: kind → values, in the order sent, each once. */
export interface SentEvent {
  readonly source: string;
  readonly id?: string;
  readonly type: string;
  readonly time: string;
  readonly at: number;
  readonly seq: number;
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly scenario?: string;
  readonly handler?: string;
  readonly person?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface BadEvent {
  readonly code: string;
  readonly details: Record<string, string | number>;
}

export const isBad = (x: SentEvent | BadEvent): x is BadEvent => 'code' in x && 'details' in x;

export const LINE_LIMIT = 1 << 20;
/** More named objects in one event than any trade has; an event beyond it would link everything with everything. */
export const OBJECT_LIMIT = 1_000;
const FIELDS = new Set(['source', 'id', 'type', 'time', 'seq', 'keys', 'scenario', 'handler', 'person', 'data']);
const PERSON = new Set(['name', 'idNumber', 'phone', 'address']);
const UNWRITABLE = /[\0\p{Surrogate}]/u;
/** How deep `data` may nest: the store and JSON.stringify go down it by recursion. */
const DEPTH = 64;
const CONTROL = /\p{Cc}/u;
const EARLIEST = Date.UTC(1990, 0, 1) * 1000;
const DAY = 86_400_000_000;

const bad = (code: string, details: Record<string, string | number> = {}): BadEvent => ({ code, details });
const badField = (path: string, want: string): BadEvent => bad('event.bad-field', { path, want });

/** A field's name as it may be said again: what looks like a number or a text in the wrong place may be a person's. */
const shown = (name: string): string => (name.length <= 64 && !/\d{5}/.test(name) ? name : '…');

/** A time as it may be said again: only what begins like a date, and of it only the signs of a time. */
const shownTime = (time: string): string => /^\d{4}-\d{1,2}-\d{1,2}(?:[T ][\d:.,+\-Z]{0,24})?/i.exec(time)?.[0] ?? '…';

const TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;

/** How far local time is ahead of UTC, in minutes, at a local wall-clock time (ms as if UTC): `Zone` knows daylight saving. */
export type Zone = (localMs: number) => number;

/** The digits from one place to another as a number; NaN where something else stands among them. */
function digits(text: string, from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    n = n * 10 + digit;
  }
  return n;
}

const SHAPE = [
  [4, '-'],
  [7, '-'],
  [10, 'T'],
  [13, ':'],
  [16, ':'],
].map(([at, sign]) => [at as number, (sign as string).charCodeAt(0)] as const);

/** `2026-11-21T01:30:00Z`, with milliseconds or without, as nearly every system writes it; undefined for all else, be it a time or not. */
function plainTime(text: string): number | undefined {
  const { length } = text;
  if ((length !== 20 && (length !== 24 || text[19] !== '.')) || text[length - 1] !== 'Z') return undefined;
  for (const [at, sign] of SHAPE) if (text.charCodeAt(at) !== sign) return undefined;
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const month = digits(text, 5, 7);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60)) return undefined;
  const year = digits(text, 0, 4);
  if (year < 100) return undefined; // `Date.UTC` takes it for one of the last century
  const at = Date.UTC(year, month - 1, day, hour, minute, second, length === 24 ? digits(text, 20, 23) : 0) * 1000;
  return Number.isNaN(at) ? undefined : at;
}

/** ISO 8601 → µs since 1970; undefined when it is no time, 'zone' when it needs an offset and none is given. */
export function parseTime(text: string, zone: Zone | undefined): number | 'zone' | undefined {
  const plain = plainTime(text);
  if (plain !== undefined) return plain;
  const m = TIME.exec(text);
  if (m === null) return undefined;
  const [, y, mo, d, h, mi, s = '0', fraction = '', offset] = m;
  if (Number(h) > 23 || Number(mi) > 59 || Number(s) > 60) return undefined; // :60 is a leap second
  const day = new Date(0);
  day.setUTCFullYear(Number(y), Number(mo) - 1, Number(d));
  if (day.getUTCMonth() !== Number(mo) - 1 || day.getUTCDate() !== Number(d)) return undefined;
  const local = day.getTime() + ((Number(h) * 60 + Number(mi)) * 60 + Number(s)) * 1000;
  const us = Number(fraction.padEnd(6, '0').slice(0, 6));
  if (offset === undefined) return zone === undefined ? 'zone' : (local - zone(local) * 60_000) * 1000 + us;
  if (offset === 'Z' || offset === 'z') return local * 1000 + us;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0);
  if (minutes > 18 * 60) return undefined;
  return (local - (offset[0] === '-' ? -minutes : minutes) * 60_000) * 1000 + us;
}

export interface ReadingRules {
  /** The source whose token sends; undefined with the admin token: any source may be named. */
  readonly only: string | undefined;
  /** Zone of the source for times without offset. */
  zoneOf(source: string): Zone | undefined;
  readonly nowUs: number;
  /** What was read had no escaped signs (`\\u…`), so no text in it can hold what cannot be written. */
  readonly unescaped?: boolean;
}

const REQUIRED = ['source', 'type', 'time', 'keys'] as const;
const WORDS = ['source', 'type', 'id', 'scenario', 'handler'] as const;

/** Checks one JSON value as an event. Every refusal says which field, in the words of contract.md. */
export function readEvent(raw: unknown, rules: ReadingRules): SentEvent | BadEvent {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return badField('event', 'object');
  const o = raw as Record<string, unknown>;
  for (const k in o) if (!FIELDS.has(k)) return bad('event.unknown-field', { path: shown(k) });
  for (const k of REQUIRED) if (o[k] === undefined || o[k] === null) return bad('event.missing-field', { path: k });
  const { source, id, type, time, seq = 0, scenario, handler } = o;
  if (!isWord(source, 64) || CONTROL.test(source)) return badField('source', 'string 1–64');
  if (rules.only !== undefined && source !== rules.only) return bad('event.foreign-source', { own: rules.only });
  if (!isWord(type, 128)) return badField('type', 'string 1–128');
  if (id !== undefined && id !== null && !isWord(id, 256)) return badField('id', 'string 1–256');
  if (typeof time !== 'string') return badField('time', 'ISO 8601');
  if (typeof seq !== 'number' || !Number.isInteger(seq) || Math.abs(seq) > 2_147_483_647) return badField('seq', 'integer');
  if (scenario !== undefined && scenario !== null && !isWord(scenario, 64)) return badField('scenario', 'string 1–64');
  if (handler !== undefined && handler !== null && !isWord(handler, 128)) return badField('handler', 'string 1–128');
  const at = parseTime(time, rules.zoneOf(source));
  if (at === undefined || at === 'zone') return bad('event.bad-time', { time: shownTime(time), why: at === 'zone' ? 'offset' : 'form' });
  if (at < EARLIEST || at > rules.nowUs + DAY) return bad('event.impossible-time', { time: shownTime(time) });
  const unescaped = rules.unescaped === true;
  const keys = readKeys(o.keys, unescaped);
  if ('code' in keys && 'details' in keys) return keys as BadEvent;
  const person = readPerson(o.person);
  if (person !== undefined && 'code' in person && 'details' in person) return person as unknown as BadEvent;
  const data = o.data;
  if (data !== undefined && data !== null && (typeof data !== 'object' || Array.isArray(data))) return badField('data', 'object');
  const fault = data ? faultOf(data, DEPTH, unescaped) : undefined;
  if (fault === 'encoding') return bad('event.bad-encoding', { path: 'data' });
  if (fault === 'depth') return badField('data', `≤ ${DEPTH} levels`);
  if (!unescaped)
    for (const k of WORDS) {
      const v = o[k];
      if (typeof v === 'string' && UNWRITABLE.test(v)) return bad('event.bad-encoding', { path: k });
    }
  return {
    source,
    type,
    time,
    at,
    seq,
    keys: keys as SentEvent['keys'],
    id: typeof id === 'string' ? id : undefined,
    scenario: typeof scenario === 'string' ? scenario : undefined,
    handler: typeof handler === 'string' ? handler : undefined,
    person: person !== undefined && Object.keys(person).length > 0 ? (person as Record<string, string>) : undefined,
    data: data && !isEmpty(data) ? (data as Record<string, unknown>) : undefined,
  };
}

/** What keeps free content from being kept: signs that cannot be written, in any text or name in it, or nesting beyond reason. */
function faultOf(x: unknown, depth: number, unescaped: boolean): 'encoding' | 'depth' | undefined {
  if (typeof x === 'string') return !unescaped && UNWRITABLE.test(x) ? 'encoding' : undefined;
  if (typeof x !== 'object' || x === null) return undefined;
  if (depth === 0) return 'depth';
  const o = x as Record<string, unknown>;
  for (const k in o) {
    const fault = !unescaped && UNWRITABLE.test(k) ? 'encoding' : faultOf(o[k], depth - 1, unescaped);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isEmpty(o: object): boolean {
  for (const _ in o) return false;
  return true;
}

const isWord = (x: unknown, most: number): x is string => typeof x === 'string' && x.length > 0 && x.length <= most;

function readKeys(raw: unknown, unescaped: boolean): Record<string, readonly string[]> | BadEvent {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return badField('keys', 'object');
  const out: Record<string, readonly string[]> = {}; // `__proto__` is refused below; without a prototype every look into it would take five times as long
  let n = 0;
  for (const kind in raw) {
    if (kind.length === 0 || kind.length > 64 || (!unescaped && UNWRITABLE.test(kind)) || kind === '__proto__')
      return badField(`keys.${shown(kind)}`, 'kind 1–64');
    const given = (raw as Record<string, unknown>)[kind];
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    for (let i = 0; i < values.length; i++) {
      const v = values[i];
      const path = () => `keys.${shown(kind)}${Array.isArray(given) ? `[${i}]` : ''}`;
      if (!isWord(v, 128)) return badField(path(), 'string 1–128');
      if (!unescaped && UNWRITABLE.test(v)) return bad('event.bad-encoding', { path: path() });
    }
    if (values.length === 0) continue;
    n += values.length;
    if (n > OBJECT_LIMIT) return badField('keys', `≤ ${OBJECT_LIMIT}`);
    out[kind] = values.length === 1 ? (values as string[]) : [...new Set(values as string[])];
  }
  return n === 0 ? bad('event.missing-field', { path: 'keys' }) : out;
}

function readPerson(raw: unknown): Record<string, string> | BadEvent | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw !== 'object' || Array.isArray(raw)) return badField('person', 'object');
  const out: Record<string, string> = {};
  for (const [k, v] of Object.entries(raw)) {
    if (!PERSON.has(k)) return bad('event.unknown-field', { path: `person.${shown(k)}` });
    if (v === null || v === '') continue;
    if (!isWord(v, 512)) return badField(`person.${k}`, 'string 1–512');
    if (UNWRITABLE.test(v)) return bad('event.bad-encoding', { path: `person.${k}` });
    out[k] = v;
  }
  return out;
}
