import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { City } from './city.ts';
import { type Calendar, dayOf, startOf } from './days.ts';
import type { DoorSettings } from './doors.ts';
import { type HouseholdProgress, loadHouseholds } from './households-load.ts';
import { orderedBy } from './ordered.ts';
import { dayStamp } from './trade.ts';
import { loadWarehouse } from './warehouse-load.ts';

/** Each morning of the city the warehouse hands over what it knows of the customers, and once a month, with the bills, who pays for whom. */

const LOOK_MS = 60_000;
const ORDER_DAYS = 60;

interface Nightly {
  readonly city: City;
  readonly calendar: Calendar;
  readonly now: () => number;
  readonly dir: string;
  readonly doors: DoorSettings;
  readonly onHouseholds: (p: HouseholdProgress) => void;
}

/** Resolves when it was stopped. A file that could not be handed over is tried again at the next look. */
export async function keepWarehouse({ city, calendar, now, dir, doors, onHouseholds }: Nightly): Promise<void> {
  const note = path.join(dir, 'warehouse.json');
  const known = await fs.readFile(note, 'utf8').catch(() => '{}');
  let { day = -1, month = '' } = JSON.parse(known) as { day?: number; month?: string };
  while (!doors.signal.aborted) {
    const today = dayOf(calendar, now());
    if (today > day) {
      const stamp = dayStamp(startOf(calendar, today), calendar.zone);
      const date = `20${stamp.slice(0, 2)}-${stamp.slice(2, 4)}-${stamp.slice(4, 6)}`;
      try {
        const told = { city, ordered: orderedBy(city, calendar, Math.max(0, today - ORDER_DAYS), today), date };
        await loadWarehouse(doors, dir, told);
        if (date.slice(0, 7) !== month) await loadHouseholds(doors, told, onHouseholds);
        if (doors.signal.aborted) return;
        day = today;
        month = date.slice(0, 7);
        await fs.writeFile(note, JSON.stringify({ day, month }));
      } catch (e) {
        if (!doors.signal.aborted) doors.warn(`what the warehouse says of ${date} is not in, trying again: ${(e as Error).message}`);
      }
    }
    await sleep(LOOK_MS, undefined, { signal: doors.signal }).catch(() => undefined);
  }
}
