import { applyEvent, comparePlaces, emptyTimeline, type FoldEvent, placeOf } from './fold.ts';
import type { Plan } from './plan.ts';
import { copyOf, type Place, type Timeline } from './timeline.ts';

/**
 * What this process remembers of a journey's events, so that a late one needs no look into the store: all of them, or of a long journey the last
 * ones and the timeline before them. Good as long as the journey's row still counts so many events under the same structure.
 */
export interface History {
  readonly struct: number;
  /** Events of the journey in all. */
  readonly count: number;
  /** The timeline of all that came before `events`; absent when nothing did. */
  readonly base: Base | undefined;
  /** Its first `length` are this history's; the list may have gone on without it, where a batch was not kept. */
  readonly events: FoldEvent[];
  readonly length: number;
}

interface Base {
  readonly scenario: string;
  readonly version: number;
  readonly t: Timeline;
  readonly sources: readonly string[];
}

export interface Placed {
  readonly e: FoldEvent;
  readonly place: Place;
}

/** So many events may a late one lie back at least; a list twice as long is cut. */
const KEPT = 200;

export const placed = (plan: Plan, events: readonly FoldEvent[]): Placed[] =>
  events.length === 1
    ? [{ e: events[0] as FoldEvent, place: placeOf(plan, events[0] as FoldEvent) }]
    : events.map((e) => ({ e, place: placeOf(plan, e) })).sort((a, b) => comparePlaces(a.place, b.place));

/** A timeline with more events at its tail. Changes `t`; answers the journey's sources with theirs, in order. */
export function take(plan: Plan, t: Timeline, known: readonly string[], list: readonly Placed[]): readonly string[] {
  let sources = known;
  for (const { e, place } of list) {
    applyEvent(plan, t, e, place);
    if (!sources.includes(e.source)) sources = withSource(sources, e.source);
  }
  return sources;
}

function withSource(sources: readonly string[], one: string): readonly string[] {
  const at = sources.findIndex((s) => s > one);
  return sources.toSpliced(at < 0 ? sources.length : at, 0, one);
}

/** The history of a journey with these events in all. */
export const historyOf = (plan: Plan, struct: number, events: readonly FoldEvent[]): History =>
  cut(plan, { struct, count: events.length, base: undefined, events: [...events], length: events.length });

export const eventsOf = (h: History): FoldEvent[] => (h.length === h.events.length ? h.events : h.events.slice(0, h.length));

/** With more events, new ones or late ones. The list is shared and goes on, so that an event of a long journey costs as little as of a short one. */
export function extended(plan: Plan, h: History, more: readonly FoldEvent[]): History {
  const events = eventsOf(h);
  for (const e of more) events.push(e);
  return cut(plan, { struct: h.struct, count: h.count + more.length, base: h.base, events, length: events.length });
}

function cut(plan: Plan, h: History): History {
  if (h.length < 2 * KEPT) return h;
  const list = placed(plan, h.events);
  const before = list.slice(0, -KEPT);
  const t = h.base === undefined ? emptyTimeline(plan) : copyOf(h.base.t);
  const sources = take(plan, t, h.base?.sources ?? [], before);
  if (before.some(({ e }) => e.scenario === plan.scenario.id)) t.named = true;
  const base = { scenario: plan.scenario.id, version: plan.scenario.version, t, sources };
  return { ...h, base, events: list.slice(-KEPT).map((p) => p.e), length: KEPT };
}
