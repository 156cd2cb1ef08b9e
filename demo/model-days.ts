import type { PastDay } from '#model/contract';
import type { City } from './city.ts';
import { diceOf } from './dice.ts';
import { morningOf, PEOPLE, rowOf } from './warehouse.ts';

/**
 * How the data centre's scores did on the days before they were registered here, as counts by score: everything from the seed and the day. A part of the
 * people stands for all of them; of some of them the scores rose in that time.
 */

const DAYS = 60;
/** Every so many days what came of the scores of `HORIZON` days before is told. */
const JUDGED_EVERY = 7;
export const HORIZON = 30;
/** One in so many people. */
const SHARE = 50;
/** Who has risen stood where he stands who is so far down the order. */
const LOWER = 0.6;
const DAY_MS = 86_400_000;
const FULL = 1_000;

export interface Watched {
  readonly id: string;
  readonly score: string;
  readonly own: boolean;
  /** Whether anybody knows what came of it. */
  readonly judged: boolean;
  /** The share of the people whose score rose in the sixty days. */
  readonly drift: number;
}

type Past = Omit<PastDay, 'judged' | 'unknown'> & { unknown: number; judged?: PastDay['judged'] };

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const logit = (score: number): number => Math.log((score + 0.5) / (FULL - score + 0.5));
const scoreOf = (z: number): number => Math.round(FULL / (1 + Math.exp(-z)));

/** The days before `date` (`yyyy-MM-dd`), the earliest first. */
export function pastDays(city: City, { id, score, own, judged, drift }: Watched, date: string): Past[] {
  const morning = morningOf(date);
  const people: number[] = [];
  let unknown = 0;
  for (let n = 0; n < PEOPLE; n += SHARE) {
    const row = rowOf(city, n, undefined, morning);
    if (row.own !== own) continue;
    const value = row[score];
    if (typeof value === 'number') people.push(logit(value));
    else unknown += SHARE;
  }
  people.sort((x, y) => x - y);
  const dice = diceOf(city.seed, 'model-drift', id);
  const rises = people.map(() => dice());
  /** The log-odds of everybody so many days ago: who has risen since stood where lower ones stand. */
  const at = (back: number): number[] =>
    people.map((z, i) => ((rises[i] as number) < (drift * back) / DAYS ? (people[Math.floor(i * LOWER)] as number) : z));
  return Array.from({ length: DAYS }, (_, i) => {
    const back = DAYS - i;
    const scores = new Map<number, number>();
    for (const z of at(back)) scores.set(scoreOf(z), (scores.get(scoreOf(z)) ?? 0) + SHARE);
    const day: Past = { day: dateOf(morning.day - back), unknown, scores: [...scores].map(([s, n]) => ({ score: s, people: n })) };
    return judged && back % JUDGED_EVERY === 1 ? { ...day, judged: outcomeOf(city.seed, id, { was: at(back + HORIZON), day: morning.day - back }) } : day; // biome-ignore format: one line
  });
}

/** What came of the log-odds of then by this day: about as often as they said. */
function outcomeOf(seed: number, id: string, { was, day }: { was: readonly number[]; day: number }): NonNullable<PastDay['judged']> {
  const dice = diceOf(seed, 'model-outcome', id, day);
  const came = new Map<number, { yes: number; no: number }>();
  for (const z of was) {
    const one = came.get(scoreOf(z)) ?? { yes: 0, no: 0 };
    came.set(scoreOf(z), one);
    one[dice() < 1 / (1 + Math.exp(-z)) ? 'yes' : 'no'] += SHARE;
  }
  return { of: dateOf(day - HORIZON), scores: [...came].map(([score, { yes, no }]) => ({ score, yes, no })) };
}
