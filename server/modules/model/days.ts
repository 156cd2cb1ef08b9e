/** Days as integers since 1970-01-01. */

const DAY_MS = 86_400_000;

export const dayOf = (date: string): number => Date.parse(date) / DAY_MS;

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The calendar day of an instant (epoch ms) in a time zone. */
export const todayIn = (zone: string, at: number): number =>
  Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)) / DAY_MS;

/** The loads of the night are there by then. */
const MORNING_HOUR = 5;
export const isMorning = (zone: string, at: number): boolean =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(at)) >= MORNING_HOUR;

/** The same day of the next month, or its last one where it has none. */
export function monthAfter(day: number): number {
  const [year, month, date] = dateOf(day).split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date, last)) / DAY_MS;
}
