import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { City } from './city.ts';
import { type Calendar, dayOf, startOf } from './days.ts';
import type { DoorSettings } from './doors.ts';
import { orderedBy } from './ordered.ts';
import { dayStamp } from './trade.ts';
import { loadWarehouse } from './warehouse-load.ts';

/** Each morning of the city the warehouse hands over what it knows of the customers. */

const LOOK_MS = 60_000;
const ORDER_DAYS = 60;

interface Nightly {
  readonly city: City;
  readonly calendar: Calendar;
  readonly now: () => number;
  readonly dir: string;
  readonly doors: DoorSettings;
}

/** Resolves when it was stopped. A file that could not be handed over is tried again at the next look. */
export async function keepWarehouse({ city, calendar, now, dir, doors }: Nightly): Promise<void> {
  const note = path.join(dir, 'warehouse.json');
  const known = await fs.readFile(note, 'utf8').catch(() => '{}');
  let { day = -1 } = JSON.parse(known) as { day?: number };
  while (!doors.signal.aborted) {
    const today = dayOf(calendar, now());
    if (today > day) {
      const stamp = dayStamp(startOf(calendar, today), calendar.zone);
      const date = `20${stamp.slice(0, 2)}-${stamp.slice(2, 4)}-${stamp.slice(4, 6)}`;
      try {
        await loadWarehouse(doors, dir, { city, ordered: orderedBy(city, calendar, Math.max(0, today - ORDER_DAYS), today), date });
        day = today;
        await fs.writeFile(note, JSON.stringify({ day }));
      } catch (e) {
        if (!doors.signal.aborted) doors.warn(`the warehouse's file of ${date} is not in, trying again: ${(e as Error).message}`);
      }
    }
    await sleep(LOOK_MS, undefined, { signal: doors.signal }).catch(() => undefined);
  }
}
