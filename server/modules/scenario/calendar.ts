import type { Calendar } from './contract.ts';
import { offsetSpan } from './zone.ts';

/**
 * Working time in a time zone. An instant counts when the clock on the wall of that zone stands inside the calendar's hours on one of its
 * weekdays. Between two changes of the zone's offset the wall's clock runs evenly, so all is sums over whole weeks.
 */

const day = 86_400_000;
const week = 7 * day;
/** 1970-01-01 was a Thursday: shifted by this, weeks begin on Monday 00:00. */
const mondayShift = 3 * day;

/** One opening within a week that begins on Monday, in ms; `before`: working ms of the week before it opens. */
type Opening = { start: number; end: number; before: number };
type Week = { openings: Opening[]; total: number };

const weeks = new WeakMap<Calendar, Week>();

function weekOf(calendar: Calendar): Week {
  const known = weeks.get(calendar);
  if (known) return known;
  const length = (calendar.closes - calendar.opens) * 1000;
  if (!(length > 0) || calendar.days.length === 0) throw new RangeError(`calendar ${calendar.id} never opens`);
  const openings = [...new Set(calendar.days)]
    .toSorted((a, b) => a - b)
    .map((weekday, index) => {
      const start = (weekday - 1) * day + calendar.opens * 1000;
      return { start, end: start + length, before: index * length };
    });
  const made = { openings, total: openings.length * length };
  weeks.set(calendar, made);
  return made;
}

/** Working ms on the wall's clock from a fixed Monday to `wall` (ms as if the wall's clock were UTC). */
function workedUntil(wall: number, { openings, total }: Week): number {
  const shifted = wall + mondayShift;
  const whole = Math.floor(shifted / week);
  const rest = shifted - whole * week;
  let worked = whole * total;
  for (const { start, end } of openings) worked += Math.min(Math.max(rest - start, 0), end - start);
  return worked;
}

/** The earliest reading of the wall's clock at which `worked` ms have been worked: the inverse of `workedUntil`. */
function wallAfter(worked: number, { openings, total }: Week): number {
  const whole = Math.ceil(worked / total) - 1;
  const rest = worked - whole * total;
  const opening = openings.findLast(({ before }) => before < rest)!;
  return whole * week + opening.start + (rest - opening.before) - mondayShift;
}

/**
 * Working seconds between two instants (epoch ms), exact to the millisecond; negative when `to` is before `from`.
 * `zone`: an IANA name. Throws a RangeError for a zone that does not exist.
 */
export function workingSeconds(from: number, to: number, calendar: Calendar, zone: string): number {
  if (to < from) return -workingSeconds(to, from, calendar, zone);
  const pattern = weekOf(calendar);
  let worked = 0;
  let at = from;
  while (at < to) {
    const { end, offset } = offsetSpan(at, zone);
    const until = Math.min(end, to);
    worked += workedUntil(until + offset, pattern) - workedUntil(at + offset, pattern);
    at = until;
  }
  return worked / 1000;
}

/**
 * The earliest instant (epoch ms) by which so many working seconds have passed since `from`; with 0 it is `from` itself.
 * `zone`: an IANA name. Throws a RangeError for negative seconds and for a zone that does not exist.
 */
export function addWorkingSeconds(from: number, seconds: number, calendar: Calendar, zone: string): number {
  if (!(seconds >= 0)) throw new RangeError(`seconds must not be negative: ${seconds}`);
  const pattern = weekOf(calendar);
  let missing = Math.round(seconds * 1000);
  let at = from;
  while (missing > 0) {
    const { end, offset } = offsetSpan(at, zone);
    const worked = workedUntil(at + offset, pattern);
    const here = workedUntil(end + offset, pattern) - worked;
    if (missing <= here) return wallAfter(worked + missing, pattern) - offset;
    missing -= here;
    at = end;
  }
  return at;
}
