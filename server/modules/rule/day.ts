/** Days are integers since 1970-01-01, as a date tag's values are; months are the calendar's. */

const DAY_MS = 86_400_000;

/** "2026-11-22" → 20779. Throws on anything else. */
export function dayOf(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || textOf(ms / DAY_MS) !== text) throw new Error(`${text} is no day`);
  return ms / DAY_MS;
}

export const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The same day of another month; where that month is shorter, its last (31 January + 1 month = 28 February), as in SQL. */
export function plusMonths(day: number, months: number): number {
  const at = new Date(day * DAY_MS);
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
  const last = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0);
  return Math.min(first / DAY_MS + at.getUTCDate() - 1, last / DAY_MS);
}

/** The calendar day of an instant (epoch ms) in a time zone. */
export function dayIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
  return dayOf(parts);
}
