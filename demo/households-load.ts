import { setImmediate as breathe } from 'node:timers/promises';
import type { City } from './city.ts';
import { type DoorSettings, send } from './doors.ts';
import { companiesSay, householdsOf, monthsBefore, type Person, type Said, type Telling } from './households.ts';
import { morningOf, type Ordered, PEOPLE, rowOf } from './warehouse.ts';

/** The three households handed over through their door: much at a time, and giving way to everybody else. */

const PORTION = 10_000;
const FAMILY = 4;

export interface HouseholdProgress {
  readonly done: number;
  readonly total: number;
  readonly records: number;
}

/** Hands over everybody's households as they are this morning; answers how many records there were. Throws what the door said. */
export async function loadHouseholds(
  s: DoorSettings,
  told: { city: City; ordered: ReadonlyMap<string, Ordered>; date: string },
  onProgress: (p: HouseholdProgress) => void,
): Promise<number> {
  const { city, ordered } = told;
  const morning = morningOf(told.date);
  const telling: Telling = { city, morning, months: monthsBefore(morning), payroll: new Map() };
  const token = await s.token();
  let waiting: Said[] = [];
  let records = 0;
  let sending: Promise<void> = Promise.resolve(); // the next portion is made while the store writes this one
  const push = async (some: readonly Said[]) => {
    const answer = await send(s, '/api/households', token, 'application/x-ndjson', some.map((r) => JSON.stringify(r)).join('\n')); // biome-ignore format: one line
    if (!answer.ok) throw new Error(`/api/households: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    records += some.length;
  };
  for (let from = 0; from < PEOPLE && !s.signal.aborted; from += FAMILY) {
    const people: Person[] = [];
    for (let n = from; n < Math.min(PEOPLE, from + FAMILY); n++) {
      const row = rowOf(city, n, ordered.get(`C${String(n + 1).padStart(7, '0')}`), morning);
      if (row.own === true) people.push({ n, row });
    }
    waiting.push(...householdsOf(telling, people));
    if (from % 100 === 0) await breathe();
    if (waiting.length < PORTION - 500) continue;
    await sending;
    sending = push(waiting);
    sending.catch(() => undefined); // said where it is waited for
    waiting = [];
    onProgress({ done: from, total: PEOPLE, records });
  }
  await sending;
  if (s.signal.aborted) return records;
  waiting.push(...companiesSay(telling));
  for (let i = 0; i < waiting.length; i += PORTION) await push(waiting.slice(i, i + PORTION));
  onProgress({ done: PEOPLE, total: PEOPLE, records });
  return records;
}
