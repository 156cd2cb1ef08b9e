import { type Refusal, refuse } from './event.ts';

/** `zone`: IANA name for times without offset, absent: they are refused. `format`: replaces all forms known here. */
export type Clock = { zone?: string; format?: string };
export type Moment = { iso: string; ms: number };
type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number; milli: number; offset?: number };

/** True for a zone this machine knows (IANA name or `+08:00`). */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Minutes east of Greenwich in `zone` at the instant `ms`; remembered per quarter of an hour, in which no zone changes. */
function offsetAt(zone: string, ms: number): number {
  const bucket = `${zone} ${Math.floor(ms / 900_000)}`;
  const known = offsets.get(bucket);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', ...parts });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute);
  const offset = Math.round((wall - Math.floor(ms / 60_000) * 60_000) / 60_000);
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(bucket, offset);
  return offset;
}

/** The offset of a wall time; of two (clock put back) the earlier instant, in a gap the instant after it, as Temporal's "compatible". */
function offsetOfWall(zone: string, wallMs: number): number {
  const before = offsetAt(zone, wallMs - 86_400_000);
  const after = offsetAt(zone, wallMs + 86_400_000);
  if (offsetAt(zone, wallMs - before * 60_000) === before) return before;
  return offsetAt(zone, wallMs - after * 60_000) === after ? after : before;
}

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

function isPossible(wall: Wall): boolean {
  const { year, month, day, hour, minute, second, offset = 0 } = wall;
  const midnight = hour === 24 && minute === 0 && second === 0 && wall.milli === 0;
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  return (hour < 24 || midnight) && minute < 60 && second < 60 && Math.abs(offset) <= 18 * 60;
}

function momentOf(wall: Wall, text: string, zone: string | undefined): Moment | Refusal {
  if (!isPossible(wall)) return refuse('event.bad-time', `time: “${text}” is no moment that exists.`);
  const wallMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.milli);
  if (wall.offset === undefined && !zone) return refuse('event.bad-time', `time: “${text}” has no offset, and the map names no zone.`);
  const offset = wall.offset ?? offsetOfWall(zone ?? 'UTC', wallMs);
  const ms = wallMs - offset * 60_000;
  const sign = offset < 0 ? '-' : '+';
  const shown = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return { iso: new Date(wallMs).toISOString().slice(0, -1) + shown, ms };
}

const dashed =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/;
const digits = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:(\d{2})(\d{3})?)?)?$/;
const epoch = /^(\d{9,10})(?:\.(\d{1,9}))?$|^(\d{12,13})$/;

const milliOf = (fraction: string | undefined) => (fraction ? Number(`${fraction}00`.slice(0, 3)) : 0);

/** Minutes of `Z`, `UTC`, `+08`, `+0800`, `+08:00`; undefined where nothing is written. */
function offsetOfText(text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (!/^[+-]/.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || 0);
  return text.startsWith('-') ? -minutes : minutes;
}

/**
 * One source's time as ISO 8601 with offset: ISO with T or space, `yyyyMMddHHmmss`, `yyyy/M/d H:mm[:ss]`, a date alone (midnight), epoch
 * seconds or milliseconds, or `clock.format`. Finer than milliseconds is cut: the file's order (`seq`) tells such rows apart. Refuses with
 * `event.bad-time`.
 */
export function parseTime(written: string, clock: Clock): Moment | Refusal {
  const text = written.trim();
  if (clock.format) return parseFormat(text, clock.format, clock.zone);
  const iso = dashed.exec(text) ?? digits.exec(text);
  if (iso) {
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction, offset] = iso;
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    const time = { hour: Number(hour), minute: Number(minute), second: Number(second), milli: milliOf(fraction) };
    return momentOf({ ...date, ...time, offset: offsetOfText(offset) }, text, clock.zone);
  }
  const since = epoch.exec(text);
  if (since) {
    const ms = since[3] ? Number(since[3]) : Number(since[1]) * 1000 + milliOf(since[2]);
    return { iso: `${new Date(ms).toISOString().slice(0, -1)}+00:00`, ms };
  }
  const hint = /^\d{5}(\.\d+)?$/.test(text) ? ' (it looks like a spreadsheet’s day number: export the column as text)' : '';
  return refuse('event.bad-time', `time: “${text.slice(0, 64)}” is not understood${hint}; name its form in timeFormat.`);
}

const tokens: Record<string, [pattern: string, field: keyof Wall | 'half']> = {
  yyyy: ['(\\d{4})', 'year'],
  yy: ['(\\d{2})', 'year'],
  MM: ['(\\d{2})', 'month'],
  M: ['(\\d{1,2})', 'month'],
  dd: ['(\\d{2})', 'day'],
  d: ['(\\d{1,2})', 'day'],
  HH: ['(\\d{2})', 'hour'],
  H: ['(\\d{1,2})', 'hour'],
  hh: ['(\\d{2})', 'hour'],
  h: ['(\\d{1,2})', 'hour'],
  mm: ['(\\d{2})', 'minute'],
  m: ['(\\d{1,2})', 'minute'],
  ss: ['(\\d{2})', 'second'],
  s: ['(\\d{1,2})', 'second'],
  S: ['(\\d{1,9})', 'milli'],
  a: ['(AM|PM|am|pm|上午|下午)', 'half'],
  XXX: ['(Z|[+-]\\d{2}(?::?\\d{2})?)', 'offset'],
};
const tokenPattern = /yyyy|yy|MM?|dd?|HH?|hh?|mm?|ss?|S+|a|X+|Z+|'[^']*'|[^A-Za-z']+|./g;
const compiled = new Map<string, { pattern: RegExp; fields: (keyof Wall | 'half')[] } | string>();

/** A `timeFormat` ready for use, or the sentence that says what is wrong with it. Letters as in ICU/Java: `dd.MM.yyyy HH:mm:ss.SSS XXX`. */
export function compileFormat(format: string): { pattern: RegExp; fields: (keyof Wall | 'half')[] } | string {
  const known = compiled.get(format);
  if (known) return known;
  const fields: (keyof Wall | 'half')[] = [];
  let pattern = '';
  let wrong: string | undefined;
  for (const [piece] of format.matchAll(tokenPattern)) {
    const token = tokens[/^S+$/.test(piece) ? 'S' : /^[XZ]+$/.test(piece) ? 'XXX' : piece];
    if (token) {
      pattern += token[0];
      fields.push(token[1]);
    } else if (/^[A-Za-z]$/.test(piece) && piece !== 'T')
      wrong = `timeFormat: the letter “${piece}” means nothing; known are yyyy MM dd HH hh mm ss SSS a XXX.`;
    else pattern += piece.replace(/^'(.*)'$/, '$1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  for (const field of ['year', 'month', 'day'] as const)
    if (!fields.includes(field)) wrong ??= `timeFormat: “${format}” does not say the ${field}.`;
  const result = wrong ?? { pattern: new RegExp(`^${pattern}$`), fields };
  compiled.set(format, result);
  return result;
}

function parseFormat(text: string, format: string, zone: string | undefined): Moment | Refusal {
  const form = compileFormat(format);
  const found = typeof form === 'string' ? null : form.pattern.exec(text);
  if (!found || typeof form === 'string') return refuse('event.bad-time', `time: “${text.slice(0, 64)}” is not of the form ${format}.`);
  const wall: Wall = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, milli: 0 };
  let half = '';
  form.fields.forEach((field, at) => {
    const value = found[at + 1] ?? '';
    if (field === 'half') half = value;
    else if (field === 'offset') wall.offset = offsetOfText(value);
    else wall[field] = field === 'milli' ? milliOf(value) : Number(value);
  });
  if (wall.year < 100) wall.year += 2000;
  if (/pm|下午/i.test(half) && wall.hour < 12) wall.hour += 12;
  if (/am|上午/i.test(half) && wall.hour === 12) wall.hour = 0;
  return momentOf(wall, text, zone);
}

const year1990 = Date.UTC(1990, 0, 1);

/** The contract's bounds: before 1990, or more than 24 h ahead of `now`, no event of a telecom order was made. */
export function impossibility(moment: Moment, now: number): Refusal | undefined {
  if (moment.ms < year1990) return refuse('event.impossible-time', `time: ${moment.iso} is before 1990.`);
  if (moment.ms > now + 86_400_000) return refuse('event.impossible-time', `time: ${moment.iso} is more than 24 hours ahead of now.`);
  return undefined;
}
