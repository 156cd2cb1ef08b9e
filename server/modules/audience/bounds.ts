import type { RelativeDay } from './model.ts';

/** Ends of ranges, exactly: a decimal is compared as it is written, whatever the tag's scale; a relative day is found in the calendar. */

const DAY_MS = 86_400_000;
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** A number in plain decimals: 1e-7 → "0.0000001". What JSON read is printed by its shortest form, which is what was written. */
export function decimalOf(n: number): string {
  const { sign, digits, exponent } = partsOf(n);
  if (exponent >= 0) return `${sign}${digits}${'0'.repeat(exponent)}`;
  const whole = digits.padStart(1 - exponent, '0');
  const fraction = whole.slice(exponent).replace(/0+$/, '');
  return `${sign}${whole.slice(0, exponent)}${fraction === '' ? '' : '.'}${fraction}`;
}

/** n = digits × 10^exponent. */
function partsOf(n: number): { sign: string; digits: string; exponent: number } {
  const [, sign = '', whole = '0', fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(n)) ?? [];
  return { sign, digits: (whole + fraction).replace(/^0+(?=\d)/, ''), exponent: Number(power) - fraction.length };
}

/**
 * The end of a range in units of 10^−scale: of a lower end the least unit that is not below it, of an upper one the greatest that is not above.
 * Undefined: further away than any value can be (2^53 units).
 */
export function unitsOf(n: number, scale: number, end: 'from' | 'to'): number | undefined {
  const { sign, digits, exponent } = partsOf(n);
  const shift = exponent + scale;
  if (shift > 400) return digits === '0' ? 0 : undefined;
  const value = BigInt(sign + digits);
  const units = shift >= 0 ? value * 10n ** BigInt(shift) : divided(value, 10n ** BigInt(-shift), end);
  return units > MOST || units < -MOST ? undefined : Number(units);
}

/** Towards the inside of the range. */
function divided(value: bigint, by: bigint, end: 'from' | 'to'): bigint {
  const towardsZero = value / by;
  if (value % by === 0n) return towardsZero;
  if (end === 'from') return value > 0n ? towardsZero + 1n : towardsZero;
  return value < 0n ? towardsZero - 1n : towardsZero;
}

/** "2026-11-21" → days since 1970-01-01; undefined for a day that no calendar has. */
export function dayOf(text: string): number | undefined {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (y === undefined) return undefined;
  const at = new Date(0).setUTCFullYear(Number(y), Number(m) - 1, Number(d));
  return dateOf(at / DAY_MS) === text ? at / DAY_MS : undefined;
}

/** Days since 1970-01-01 → "2026-11-21". */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The day of an instant (epoch ms) where the zone's clocks are. */
export function todayIn(zone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const said = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(said.year ?? 1970, (said.month ?? 1) - 1, said.day ?? 1) / DAY_MS;
}

/** A relative day seen from `today`; the 31st of a shorter month is its last day. */
export function resolved({ days = 0, months = 0, edge }: RelativeDay, today: number): number {
  const now = new Date(today * DAY_MS);
  const month = now.getUTCMonth() + months;
  const last = Date.UTC(now.getUTCFullYear(), month + 1, 0) / DAY_MS;
  const first = Date.UTC(now.getUTCFullYear(), month, 1) / DAY_MS;
  const same = Math.min(first + now.getUTCDate() - 1, last);
  return (edge === 'start' ? first : edge === 'end' ? last : same) + days;
}
