import type { EventView } from '#tracking/contract';
import type { TimeScale } from './timeScale.ts';

/** A mark on a lane: one event, or several that would lie on top of each other. */
export interface LaneMark {
  x: number;
  from: number;
  to: number;
  events: EventView[];
  /** The gravest of its events' marks decides the colour. */
  tone: 'plain' | 'wait' | 'exception' | 'mark';
}

export interface Lane {
  source: string;
  /** Events of this source inside the window. */
  count: number;
  marks: LaneMark[];
}

export interface Timed {
  at: number;
  event: EventView;
}

/** Events with their instants, ordered by time: done once per load, so that zooming only searches. */
export const timed = (events: EventView[]): Timed[] =>
  events.map((event) => ({ at: Date.parse(event.time), event })).sort((a, b) => a.at - b.at);

/** Place of the first event at or after `at`. */
export function firstAt(events: Timed[], at: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toneOf(events: EventView[]): LaneMark['tone'] {
  if (events.some((e) => e.marks.includes('exception') || e.marks.includes('conflict'))) return 'exception';
  if (events.some((e) => e.marks.includes('wait'))) return 'wait';
  return events.some((e) => e.marks.length > 0) ? 'mark' : 'plain';
}

/**
 * One lane per source, in the order in which the sources first spoke. Events nearer than `gap` pixels to the first of a mark join it, so a
 * lane never holds more than width ÷ gap marks, however many events there are.
 */
export function lanes(events: Timed[], scale: TimeScale, gap: number): Lane[] {
  const order = new Map<string, Lane>();
  const inside = events.slice(firstAt(events, scale.from), firstAt(events, scale.to + 1));
  for (const { event } of events) {
    if (!order.has(event.source)) order.set(event.source, { source: event.source, count: 0, marks: [] });
  }
  for (const { at, event } of inside) {
    const lane = order.get(event.source)!;
    const x = scale.x(at);
    const last = lane.marks.at(-1);
    lane.count += 1;
    if (last && x - last.x < gap) {
      last.events.push(event);
      last.to = at;
      continue;
    }
    lane.marks.push({ x, from: at, to: at, events: [event], tone: 'plain' });
  }
  for (const lane of order.values()) for (const mark of lane.marks) mark.tone = toneOf(mark.events);
  return [...order.values()];
}
