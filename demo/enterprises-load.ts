import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnterpriseDetail, EnterpriseList } from '#enterprise/contract';
import type { City } from './city.ts';
import { type Calendar, dayOf, startOf } from './days.ts';
import { chance, diceOf, weighted, whole } from './dice.ts';
import { type DoorSettings, send } from './doors.ts';
import { ENTERPRISES, enterpriseOf } from './enterprises.ts';
import { dayStamp } from './trade.ts';

/** Each morning the CRM hands its enterprises over; on the first one also as they were some weeks ago, and the visits of these weeks. */

const LOOK_MS = 60_000;
const WEEKS_BACK = 35;
const VISITED = 420;
const PAGE = 200;
const DAY_MS = 86_400_000;
const JSON_TYPE = 'application/json';

interface Mornings {
  readonly city: City;
  readonly calendar: Calendar;
  readonly now: () => number;
  readonly dir: string;
  readonly doors: DoorSettings;
  /** Token of who visits them. */
  readonly manager: () => Promise<string>;
}

const before = (date: string, days: number): string => new Date(Date.parse(date) - days * DAY_MS).toISOString().slice(0, 10);

/** Resolves when it was stopped. A morning that failed is tried again at the next look. */
export async function keepEnterprises({ city, calendar, now, dir, doors, manager }: Mornings): Promise<void> {
  const note = path.join(dir, 'enterprises.json');
  const known = JSON.parse(await fs.readFile(note, 'utf8').catch(() => '{}')) as { day?: number };
  let day = known.day ?? -1;
  while (!doors.signal.aborted) {
    const today = dayOf(calendar, now());
    if (today > day) {
      const stamp = dayStamp(startOf(calendar, today), calendar.zone);
      const date = `20${stamp.slice(0, 2)}-${stamp.slice(2, 4)}-${stamp.slice(4, 6)}`;
      try {
        if (day < 0) await hand(doors, city, { date: before(date, WEEKS_BACK), daysBack: WEEKS_BACK });
        await hand(doors, city, { date, daysBack: 0 });
        if (day < 0) await visit(doors, city.seed, { token: await manager(), date });
        day = today;
        await fs.writeFile(note, JSON.stringify({ day }));
      } catch (e) {
        if (!doors.signal.aborted) doors.warn(`the enterprises of ${date} are not in, trying again: ${(e as Error).message}`);
      }
    }
    await sleep(LOOK_MS, undefined, { signal: doors.signal }).catch(() => undefined);
  }
}

async function answered<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}

async function hand(doors: DoorSettings, city: City, day: { date: string; daysBack: number }): Promise<void> {
  const lines = Array.from({ length: ENTERPRISES }, (_, n) => JSON.stringify(enterpriseOf(city, n, day)));
  await answered(await send(doors, '/api/enterprises', await doors.token(), 'application/x-ndjson', lines.join('\n')));
}

/** Those that bring most were seen in the last weeks, some too long ago; a few are expected. What an earlier try noted is left alone. */
async function visit(doors: DoorSettings, seed: number, { token, date }: { token: string; date: string }): Promise<void> {
  const post = async <T>(at: string, body: object): Promise<T> =>
    answered(await send(doors, `/api/enterprises${at}`, token, JSON_TYPE, JSON.stringify(body)));
  let cursor: string | null = '';
  for (let seen = 0; seen < VISITED && cursor !== null; ) {
    const at: string = `/api/enterprises?limit=${PAGE}${cursor && `&cursor=${cursor}`}`;
    const page = await answered<EnterpriseList>(await send(doors, at, token, JSON_TYPE, undefined, 'GET'));
    cursor = page.nextCursor;
    const isNew = (e: EnterpriseList['items'][number]) => e.place !== null && e.seenOn === null && e.plannedOn === null;
    for (const one of page.items.filter(isNew)) {
      const dice = diceOf(seed, 'enterprise visit', one.key);
      if (seen++ >= VISITED) return;
      if (!chance(dice, 0.8)) continue;
      const isToCome = chance(dice, 0.12);
      const day = before(date, isToCome ? -whole(dice, 0, 6) : whole(dice, 1, 70));
      const detail = await post<EnterpriseDetail>(`/${one.id}/visits`, { day });
      if (isToCome) continue;
      const outcome = weighted(dice, [['signed', 2], ['willing', 4], ['later', 4], ['declined', 2], ['not-met', 1]] as const); // biome-ignore format: short
      await post(`/visits/${detail.visits[0]?.id}/outcome`, { outcome });
    }
  }
}
