import type { TagKind, TagValue } from './contract.ts';
import { MOST_UNITS } from './model.ts';

/** Values as people and systems write them, and as codes (`codes.ts`). Pure; nothing here throws. */

export const MOST_DECIMALS = 6;
export const MOST_VALUES = 65_535;
const LONGEST = 200;
const DAY_MS = 86_400_000;

/** A decimal number as it was written: `digits` × 10^−`decimals`, without zeros at its end. */
export interface Decimal {
  readonly digits: number;
  readonly decimals: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** "18.85", "-3", ".5", "1e3"; undefined when it is no number, has more than six decimals or is more than `MOST_UNITS`. */
export function decimalOf(text: string): Decimal | undefined {
  const found = DECIMAL.exec(text.trim());
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  if (whole === '' && fraction === '') return undefined;
  const point = whole.length + Number(exponent);
  const written = `${whole}${fraction}`.padEnd(point, '0');
  const padded = point < 0 ? '0'.repeat(-point) + written : written;
  const behind = padded.slice(Math.max(0, point)).replace(/0+$/, '');
  const digits = Number(`${sign}${padded.slice(0, Math.max(0, point))}${behind}`);
  if (behind.length > MOST_DECIMALS || Math.abs(digits) > MOST_UNITS) return undefined;
  return { digits: digits === 0 ? 0 : digits, decimals: behind.length };
}

/** The number in units of 10^−scale (scale ≥ its decimals); undefined when that is more than `MOST_UNITS`. */
export function unitsOf({ digits, decimals }: Decimal, scale: number): number | undefined {
  const units = digits * 10 ** (scale - decimals);
  return Math.abs(units) <= MOST_UNITS ? units : undefined;
}

const DATE = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?$/;
const COMPACT = /^\d{8}$/;
const SEPARATED = /^\d{4}[-/.]/;

/** Days since 1970-01-01 of `yyyy-MM-dd`, `yyyy/M/d`, `yyyy.M.d` or `yyyyMMdd`, what follows T or a space left out; undefined: no such day. */
export function dayOf(text: string): number | undefined {
  const bare = text.trim();
  const found = COMPACT.test(bare) || SEPARATED.test(bare) ? DATE.exec(bare) : null;
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  return year >= 1 && back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day
    ? ms / DAY_MS
    : undefined;
}

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false, yes: true, no: false, 是: true, 否: false };

export const flagOf = (text: string): boolean | undefined => {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(FLAGS, word) ? FLAGS[word] : undefined;
};

/** A text that may be the value of a one-of: not empty, at most 200 signs, none of them NUL. */
export const isOneOfText = (text: string): boolean => text !== '' && text.length <= LONGEST && !text.includes('\0') && text.isWellFormed();

/** What was read of a value: what is to be kept, or null where it does not fit the kind. */
export type Read = { readonly flag: boolean } | { readonly text: string } | { readonly decimal: Decimal } | { readonly day: number };

/** Reads a sent value (not null: that is *unknown*); undefined: it is none of this kind. */
export function readValue(kind: TagKind, value: Exclude<TagValue, null>): Read | undefined {
  if (kind === 'flag') {
    const flag = typeof value === 'boolean' ? value : flagOf(String(value));
    return flag === undefined ? undefined : { flag };
  }
  if (typeof value === 'boolean') return undefined;
  if (kind === 'number') {
    const decimal = decimalOf(String(value));
    return decimal && { decimal };
  }
  if (kind === 'oneOf') {
    const text = String(value).trim();
    return isOneOfText(text) ? { text } : undefined;
  }
  const day = typeof value === 'string' ? dayOf(value) : undefined;
  return day === undefined ? undefined : { day };
}

/** A code as the value that is shown. `values`: texts of a one-of by code. */
export function shownValue(tag: { kind: TagKind; scale: number; values: readonly string[] }, code: number | null): TagValue {
  if (code === null || Number.isNaN(code)) return null;
  if (tag.kind === 'flag') return code === 1;
  if (tag.kind === 'oneOf') return tag.values[code - 1] ?? null;
  return tag.kind === 'date' ? dateOf(code) : code / 10 ** tag.scale;
}
