import { chance, diceOf, share, weighted, whole } from './dice.ts';
import { SHARES } from './shares.ts';
import { DAY_MS, offsetAt, startOfDay, weekdayOf } from './trade.ts';

/**
 * Which journeys begin on which day. Day 0 is the local day sixty days before the demo was first started; from there on every day
 * follows from the seed, for ever.
 */

export interface Calendar {
  readonly seed: number;
  readonly zone: string;
  /** Local midnight of day 0, epoch ms. */
  readonly origin: number;
}

/** A journey to be: what it is about, when it begins, and what it takes part in. */
export interface Birth {
  readonly day: number;
  readonly index: number;
  readonly scenario: string;
  readonly at: number;
  readonly outage?: Outage;
  readonly campaign?: string;
  /** Last year's repair: the customer's number among the regulars. */
  readonly regular?: number;
}

export interface Outage {
  readonly id: string;
  readonly district: number;
  readonly cause: string;
  readonly alarm: string;
  readonly from: number;
  readonly to: number;
}

export const HISTORY_DAYS = 60;
/** Customers who had a repair last year and have business again now. */
export const REGULARS = 24;
/** Before the city's first day: last year's repairs. */
export const LAST_YEAR = -1;

const PROMOTION = { from: 38, to: 44, scenarios: new Set(['broadband-new', 'bundle-new', 'sim-online', 'terminal-purchase']) };
const ENTERPRISE = new Set(['enterprise-fast-line', 'enterprise-dedicated-line', 'enterprise-voice']);
const COUNTER = new Set(['sim-store', 'sim-replace', 'outlet-sim-supply']);
const OUTAGE_CALLS = 36;

export const startOf = (c: Calendar, day: number): number => startOfDay(c.origin + DAY_MS / 2, c.zone, day);
export const dayOf = (c: Calendar, at: number): number =>
  Math.floor((at + offsetAt(at, c.zone) - (c.origin + offsetAt(c.origin, c.zone))) / DAY_MS);

export const rains = (c: Calendar, day: number): boolean => share(c.seed, 'rain', day) < SHARES.factors.rainyDays;

/** How many times the usual number of such journeys begin on a day. */
function factorOf(c: Calendar, day: number, scenario: string): number {
  const f = SHARES.factors;
  const weekday = weekdayOf(startOf(c, day), c.zone);
  if (ENTERPRISE.has(scenario)) return weekday > 5 ? f.enterpriseWeekend : 1;
  const fault = scenario === 'fault-repair';
  let out = weekday === 6 && !fault ? f.saturday : 1;
  if (fault && weekday === 1) out *= f.mondayFaults;
  if (fault && rains(c, day)) out *= f.rainFaults;
  if (day >= PROMOTION.from && day <= PROMOTION.to && PROMOTION.scenarios.has(scenario)) out *= f.promotion;
  return out;
}

const usual = new WeakMap<Calendar, ReadonlyMap<string, number>>();

/** Journeys per ordinary day by scenario, so that the first sixty days have as many as the settings say. */
function usualOf(c: Calendar): ReadonlyMap<string, number> {
  const known = usual.get(c);
  if (known) return known;
  const made = new Map(
    Object.entries(SHARES.scenarios).map(([scenario, percent]) => {
      let days = 0;
      for (let day = 0; day < HISTORY_DAYS; day++) days += factorOf(c, day, scenario);
      return [scenario, (SHARES.journeys * percent) / 100 / days];
    }),
  );
  usual.set(c, made);
  return made;
}

/** Weights of the hours 0–23 in which people order, call, come to the counter, or send a company's order. */
const HOURS = {
  people: [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2.5, 5, 8, 9, 8, 6, 6, 7, 8, 8, 7, 6, 7, 8, 6, 4, 2],
  faults: [1.5, 0.8, 0.5, 0.4, 0.4, 0.6, 2, 4, 7, 8, 8, 7, 6, 6, 7, 7, 7, 7, 8, 10, 10, 8, 5, 3],
  counter: [0, 0, 0, 0, 0, 0, 0, 0, 3, 9, 10, 9, 6, 7, 9, 9, 9, 8, 5, 3, 0, 0, 0, 0],
  office: [0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 10, 8, 3, 5, 9, 9, 8, 3, 0, 0, 0, 0, 0, 0],
};
const HOUR_WEIGHTS = Object.fromEntries(Object.entries(HOURS).map(([kind, list]) => [kind, list.map((w, h) => [h, w] as const)]));

function hoursOf(scenario: string): readonly (readonly [number, number])[] {
  if (ENTERPRISE.has(scenario)) return HOUR_WEIGHTS.office!;
  if (COUNTER.has(scenario)) return HOUR_WEIGHTS.counter!;
  return HOUR_WEIGHTS[scenario === 'fault-repair' ? 'faults' : 'people']!;
}

/** The outage that begins on a day, if one does: two within the history, then one every three weeks. */
export function outageOn(c: Calendar, day: number): Outage | undefined {
  const start = startOf(c, day);
  const hour = 3_600_000;
  const named = { id: `OUT-${String(day + 1_000)}`, alarm: `ALM-${String(day * 37 + 50_021)}` };
  if (day === 37) return { ...named, district: 2, cause: '光缆被施工挖断', from: start + 19.2 * hour, to: start + 22.7 * hour };
  if (day === 59 || (day > 60 && (day - 59) % 21 === 0))
    return {
      ...named,
      district: (((day - 59) / 21) % 6) + 1,
      cause: 'OLT 上联板卡故障',
      from: start + 18.5 * hour,
      to: start + 21.8 * hour,
    };
  return undefined;
}

/** All journeys that begin on a day, in the order in which they begin. */
export function birthsOn(c: Calendar, day: number): Birth[] {
  if (day === LAST_YEAR) return lastYear(c);
  const dice = diceOf(c.seed, 'day', day);
  const start = startOf(c, day);
  const out: Omit<Birth, 'index'>[] = [];
  for (const [scenario, n] of usualOf(c)) {
    const expected = n * factorOf(c, day, scenario);
    const promoted = day >= PROMOTION.from && day <= PROMOTION.to && PROMOTION.scenarios.has(scenario);
    const count = Math.floor(expected * (0.94 + 0.12 * dice()) + dice());
    for (let i = 0; i < count; i++) {
      const at = start + (weighted(dice, hoursOf(scenario)) * 3_600 + whole(dice, 0, 3_599)) * 1_000 + whole(dice, 0, 999);
      out.push({ day, scenario, at, ...(promoted && chance(dice, 0.7) && { campaign: 'CMP-AUTUMN' }) });
    }
  }
  const outage = outageOn(c, day);
  if (outage !== undefined)
    for (let i = 0; i < OUTAGE_CALLS; i++) {
      const until = outage.from + (outage.to - outage.from) * 0.8;
      out.push({ day, scenario: 'fault-repair', at: Math.round(outage.from + (until - outage.from) * dice() ** 1.6), outage });
    }
  return out.sort((a, b) => a.at - b.at).map((birth, index) => ({ ...birth, index }));
}

function lastYear(c: Calendar): Birth[] {
  return Array.from({ length: REGULARS }, (_, regular) => {
    const dice = diceOf(c.seed, 'last-year', regular);
    const at = startOf(c, -whole(dice, 300, 360)) + whole(dice, 8 * 3_600, 20 * 3_600) * 1_000;
    return { day: LAST_YEAR, index: regular, scenario: 'fault-repair', at, regular };
  });
}
