import { caseOf } from './case.ts';
import type { City } from './city.ts';
import { birthsOn, type Calendar } from './days.ts';
import { dayStamp } from './trade.ts';
import type { Ordered } from './warehouse.ts';

const LINES = new Set(['broadband-new', 'bundle-new', 'broadband-move']);
const CARDS = new Set(['sim-online', 'sim-store', 'sim-port-in', 'bundle-new']);
const FAULT_DAYS = 2;
/** Until then a port is built. */
const PORT_DAYS = 20;

/** What the people of the city ordered on the days from..to (both in), by the customer's number. */
export function orderedBy(city: City, calendar: Calendar, from: number, to: number): Map<string, Ordered> {
  const by = new Map<string, Ordered>();
  for (let day = from; day <= to; day++) {
    for (const birth of birthsOn(calendar, day)) {
      const { customer, scenario, root, ways } = caseOf(city, birth);
      const was = by.get(customer.number);
      const stamp = dayStamp(birth.at, city.zone);
      const on = `20${stamp.slice(0, 2)}-${stamp.slice(2, 4)}-${stamp.slice(4, 6)}`;
      const isFault = root === 'ticket';
      by.set(customer.number, {
        orders: (was?.orders ?? 0) + 1,
        last: on,
        broadband: was?.broadband === true || LINES.has(scenario),
        card: was?.card ?? (CARDS.has(scenario) ? on : null),
        faults: (was?.faults ?? 0) + (isFault ? 1 : 0),
        faultOpen: was?.faultOpen === true || (isFault && to - day < FAULT_DAYS),
        waitsForPort: was?.waitsForPort === true || (ways.noPort && to - day < PORT_DAYS),
      });
    }
  }
  return by;
}
