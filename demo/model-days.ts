import type { PastDay } from '#model/contract';
import type { City } from './city.ts';
import { diceOf } from './dice.ts';
import { morningOf, PEOPLE, rowOf } from './warehouse.ts';

/**
 * How the data centre's scores did on the days before they were registered here, as counts by score: everything from the seed and the day. A part of the
 * people stands for all of them; their scores of today are moved back through the time in which they drifted.
 */

const DAYS = 60;
/** Every so many days what came of the scores of `HORIZON` days before is told. */
const JUDGED_EVERY = 7;
export const HORIZON = 30;
/** One in so many people. */
const SHARE = 50;
const DAY_MS = 86_400_000;
const FULL = 1_000;

export interface Watched {
  readonly id: string;
  readonly score: string;
  readonly own: boolean;
  /** Whether anybody knows what came of it. */
  readonly judged: boolean;
  /** How far the log-odds moved in the sixty days. */
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
  const movedBy = (back: number): number => {
    const dice = diceOf(city.seed, 'model-day', id, morning.day - back);
    return (-drift * back) / DAYS + (dice() - 0.5) * drift * 0.2;
  };
  return Array.from({ length: DAYS }, (_, i) => {
    const back = DAYS - i;
    const moved = movedBy(back);
    const scores = new Map<number, number>();
    for (const z of people) scores.set(scoreOf(z + moved), (scores.get(scoreOf(z + moved)) ?? 0) + SHARE);
    const day: Past = { day: dateOf(morning.day - back), unknown, scores: [...scores].map(([s, n]) => ({ score: s, people: n })) };
    return judged && back % JUDGED_EVERY === 1 ? { ...day, judged: outcomeOf(city.seed, id, people, { day: morning.day - back, moved: movedBy(back + HORIZON) }) } : day; // biome-ignore format: one line
  });
}

/** What came, `HORIZON` days later, of the scores of then: about as often as they said. */
function outcomeOf(
  seed: number,
  id: string,
  people: readonly number[],
  { day, moved }: { day: number; moved: number },
): NonNullable<PastDay['judged']> {
  const dice = diceOf(seed, 'model-outcome', id, day);
  const came = new Map<number, { yes: number; no: number }>();
  for (const z of people) {
    const score = scoreOf(z + moved);
    const one = came.get(score) ?? { yes: 0, no: 0 };
    came.set(score, one);
    one[dice() < 1 / (1 + Math.exp(-z)) ? 'yes' : 'no'] += SHARE;
  }
  return { of: dateOf(day - HORIZON), scores: [...came].map(([score, { yes, no }]) => ({ score, yes, no })) };
}
