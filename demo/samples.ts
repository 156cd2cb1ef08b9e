import type { City } from './city.ts';
import { birthsOn, type Calendar, dayOf } from './days.ts';
import { journey } from './life.ts';
import type { TrueEvent } from './walk.ts';

/** What can be typed into the customer's page at once, from what the city knows of its own journeys. */
export interface Samples {
  /** A service number with an order in hand. */
  readonly number?: string;
  /** A person whose installer has the order and has not finished. */
  readonly pair?: { readonly idNumber: string; readonly phone: string };
  /** A service number whose order is done. */
  readonly done?: string;
}

const WANTED = new Set(['broadband-new', 'bundle-new']);
const DAYS = 6;
const HOUR = 3_600_000;

const numberOf = (events: readonly TrueEvent[]): string | undefined => {
  const named = events.find((e) => e.keys.serviceNumber !== undefined)?.keys.serviceNumber;
  return typeof named === 'string' ? named : named?.[0];
};
const heard = (events: readonly TrueEvent[], type: string, now: number): boolean => events.some((e) => e.type === type && e.at < now);

/** Looks back a few days from `now` (the city's time), the latest orders first. */
export function samplesOf(city: City, calendar: Calendar, now: number): Samples {
  const out: { -readonly [K in keyof Samples]: Samples[K] } = {};
  for (let day = dayOf(calendar, now); day > dayOf(calendar, now) - DAYS; day--) {
    for (const birth of birthsOn(calendar, day).toReversed()) {
      if (!WANTED.has(birth.scenario) || birth.at > now - HOUR) continue;
      const events = journey(city, birth);
      if (heard(events, 'order.cancel-requested', Number.POSITIVE_INFINITY)) continue;
      const open = !heard(events, 'trade.completed', now);
      const person = events[0]?.person;
      const settled = now - 3 * HOUR; // phones that were offline have told by then
      if (open && out.number === undefined && heard(events, 'trade.accepted', now - HOUR)) out.number = numberOf(events);
      else if (open && out.pair === undefined && person?.idNumber && heard(events, 'appointment.confirmed', settled))
        out.pair = { idNumber: person.idNumber, phone: person.phone };
      else if (!open && out.done === undefined && heard(events, 'trade.completed', settled)) out.done = numberOf(events);
      if (out.number !== undefined && out.pair !== undefined && out.done !== undefined) return out;
    }
  }
  return out;
}

export function sampleLines(s: Samples): string[] {
  return [
    ...(s.number === undefined ? [] : [`    业务号码  ${s.number}   办理中`]),
    ...(s.pair === undefined ? [] : [`    证件＋手机  ${s.pair.idNumber}  ${s.pair.phone}   师傅已接单`]),
    ...(s.done === undefined ? [] : [`    业务号码  ${s.done}   已完成`]),
  ];
}
