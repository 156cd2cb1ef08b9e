import type { EventView, JourneyDetail, JourneyRow } from './contract.ts';
import { KINDS } from './folding.ts';
import type { EventRow } from './store.ts';

/**
 * A partner's lens: of a journey that names him he sees where it stands, and of its events those that name him or that his people
 * handled. No person's data, not even masked; of other people's work neither names nor reasons.
 */
export interface Lens {
  readonly kind: string;
  readonly value: string;
  /** As events name his people: their sign-in names, and his own number. */
  readonly handlers: ReadonlySet<string>;
}

export const seesEvent = (lens: Lens, e: Pick<EventRow, 'keys' | 'handler'>): boolean =>
  (Object.hasOwn(e.keys, lens.kind) && e.keys[lens.kind]?.includes(lens.value)) || (e.handler !== null && lens.handlers.has(e.handler));

const withoutPeople = <T>(keys: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(keys).filter(([kind]) => !KINDS.personal.has(kind)));

/** One event that he sees. */
export function eventThrough(e: EventView): EventView {
  const { person: _, ...rest } = e;
  return { ...rest, keys: withoutPeople(e.keys) };
}

/** The page of a journey; its events are those that he sees already. */
export function detailThrough(lens: Lens, d: JourneyDetail): JourneyDetail {
  const his = (handler: string | null) => (handler !== null && lens.handlers.has(handler) ? handler : null);
  const sources = new Set(d.events.map((e) => e.source));
  const instants = new Set(d.events.map((e) => `${e.source} ${e.time}`));
  return {
    ...d,
    keys: withoutPeople(d.keys),
    person: null,
    reason: d.events.some((e) => e.type === 'order.cancelled') ? d.reason : null,
    holder: d.holder && {
      ...d.holder,
      handler: his(d.holder.handler),
      colleague: his(d.holder.handler) === null ? null : d.holder.colleague,
    },
    milestones: d.milestones.map((m) => ({ ...m, handler: his(m.handler), sources: m.sources.filter((s) => sources.has(s)) })),
    exceptions: d.exceptions.filter((x) => instants.has(`${x.source} ${x.at}`)),
    eventCount: d.events.length,
  };
}

/** A row of his list. */
export const rowThrough = (row: JourneyRow): JourneyRow => ({ ...row, handler: null, reason: null });
