/**
 * Offsets of time zones from UTC, from Intl alone and remembered by zone and year: Intl is asked some 370 times for a year, then never
 * again.
 */

/** From `start` (inclusive) to `end` (exclusive), epoch ms, the wall's clock of the zone is `offset` ms ahead of UTC. */
export type OffsetSpan = { start: number; end: number; offset: number };

const day = 86_400_000;
/** Outside these years an offset stays as at their edge: nobody knows the rules of 2100, and a slip of a year must not cost seconds. */
const firstKnown = Date.UTC(1970, 0);
const lastKnown = Date.UTC(2100, 0);
/** The last instant that a Date can hold. */
const endOfTime = 8.64e15;
const zones = new Map<string, { offsetAt: (instant: number) => number; years: Map<number, OffsetSpan[]> }>();

function zoneOf(zone: string) {
  const known = zones.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (instant: number) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
    return wall - Math.floor(instant / 1000) * 1000;
  };
  const made = { offsetAt, years: new Map<number, OffsetSpan[]>() };
  zones.set(zone, made);
  return made;
}

/** The first instant in (before, after] with another offset than at `before`: offsets change on whole seconds. */
function changeBetween(before: number, after: number, offsetAt: (instant: number) => number): number {
  const old = offsetAt(before);
  let [low, high] = [before / 1000, after / 1000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === old) low = middle;
    else high = middle;
  }
  return high * 1000;
}

/** The spans of one UTC year, in order, without gaps. No zone changes its offset twice within a day. */
function spansOf(year: number, offsetAt: (instant: number) => number): OffsetSpan[] {
  const end = Date.UTC(year + 1, 0);
  let start = Date.UTC(year, 0);
  let offset = offsetAt(start);
  const spans: OffsetSpan[] = [];
  for (let at = start; at < end; at += day) {
    if (offsetAt(at + day) === offsetAt(at)) continue;
    const change = changeBetween(at, at + day, offsetAt);
    if (change >= end) break;
    spans.push({ start, end: change, offset });
    start = change;
    offset = offsetAt(change);
  }
  return [...spans, { start, end, offset }];
}

/** The span around an instant (epoch ms), cut at the ends of its UTC year. `zone`: an IANA name; throws a RangeError for any other. */
export function offsetSpan(instant: number, zone: string): OffsetSpan {
  if (!(Math.abs(instant) < endOfTime)) throw new RangeError(`not an instant: ${instant}`);
  const { offsetAt, years } = zoneOf(zone);
  if (instant < firstKnown) return { start: -endOfTime, end: firstKnown, offset: offsetAt(firstKnown) };
  if (instant >= lastKnown) return { start: lastKnown, end: endOfTime, offset: offsetAt(lastKnown) };
  const year = new Date(instant).getUTCFullYear();
  let spans = years.get(year);
  if (!spans) {
    spans = spansOf(year, offsetAt);
    years.set(year, spans);
  }
  return spans.find(({ end }) => instant < end)!;
}
