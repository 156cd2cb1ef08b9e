import { below, type Random, seeded } from './random.ts';

/**
 * Journeys as the systems of an operator report them: all open at the same time, their events interleaved in the order of time, so that events
 * of one journey are some `journeys` lines apart. Every event has two keys (its order and its work order) and 350 bytes.
 */
export interface Workload {
  /** Lines in the order of arrival, duplicates among them. */
  readonly lines: readonly string[];
  readonly events: number;
  readonly duplicates: number;
  /** Lines of each journey, each event once, in the order of time. */
  readonly journeys: readonly (readonly string[])[];
}

export interface WorkloadSize {
  readonly prefix: string;
  readonly journeys: number;
  readonly perJourney: number;
  /** Share of events that arrive a second time, up to some 2,000 lines later. */
  readonly duplicates: number;
  /** Share of events that arrive after the next event of their journey. */
  readonly disorder: number;
  readonly seed: number;
}

export const BYTES = 350;
export const SCENARIO = 'broadband-new';
/** Long past on every machine's clock, so that no event comes from the future. */
export const FIRST_MS = Date.UTC(2025, 0, 6);
const GAP_MS = 3 * 3_600_000;
const OPEN_WITHIN_MS = 3_600_000;

/** The first twelve steps of the scenario, which leave it open, with the system that reports each. */
const STEPS: readonly (readonly [type: string, source: string])[] = [
  ['order.submitted', 'ordercentre'],
  ['order.checked', 'ordercentre'],
  ['identity.verified', 'glasshouse'],
  ['trade.accepted', 'business'],
  ['order.accepted', 'ordercentre'],
  ['resource.requested', 'workorder'],
  ['resource.allocated', 'workorder'],
  ['work.created', 'workorder'],
  ['work.dispatched', 'workorder'],
  ['work.taken', 'field'],
  ['customer.called', 'field'],
  ['appointment.confirmed', 'field'],
];

/** What an event of the k-th step of a journey says; `extra`: more keys, or a person. Padded to `BYTES` bytes where it is shorter. */
export function eventLine(
  prefix: string,
  journey: string,
  k: number,
  atMs: number,
  extra: { keys?: Record<string, string>; person?: Record<string, string> } = {},
): string {
  const [type, source] = STEPS[k % STEPS.length] as (typeof STEPS)[number];
  const event = {
    source,
    id: `${prefix}-${journey}-${k}`,
    type,
    time: new Date(atMs).toISOString(),
    keys: { order: `${prefix}-SO-${journey}`, workOrder: `${prefix}-WO-${journey}`, ...extra.keys },
    scenario: SCENARIO,
    ...(source === 'field' && { handler: `04${journey.padStart(4, '0').slice(-4)}` }),
    ...(extra.person && { person: extra.person }),
    data: { place: 'city', readingDbm: -19.4, device: `ONT-${journey}`, note: '' },
  };
  const short = BYTES - JSON.stringify(event).length;
  event.data.note = 'x'.repeat(Math.max(0, short));
  return JSON.stringify(event);
}

export function makeWorkload({ prefix, journeys: n, perJourney, duplicates, disorder, seed }: WorkloadSize): Workload {
  const random = seeded(seed);
  const journeys: string[][] = [];
  const all: { at: number; journey: number; k: number }[] = [];
  for (let journey = 0; journey < n; journey++) {
    const lines: string[] = [];
    let at = FIRST_MS + below(random, OPEN_WITHIN_MS);
    for (let k = 0; k < perJourney; k++) {
      lines.push(eventLine(prefix, String(journey), k, at));
      all.push({ at, journey, k });
      at += GAP_MS / 2 + below(random, GAP_MS);
    }
    journeys.push(lines);
  }
  all.sort((a, b) => a.at - b.at || a.journey - b.journey);
  disarrange(all, journeys, disorder, random);
  const lines = all.map(({ journey, k }) => journeys[journey]?.[k] as string);
  const { lines: sent, added } = repeat(lines, duplicates, random);
  return { lines: sent, events: lines.length, duplicates: added, journeys };
}

/** Some events change places with the next one of their journey. */
function disarrange(all: { journey: number; k: number }[], journeys: readonly string[][], share: number, random: Random): void {
  const places = journeys.map((lines) => new Int32Array(lines.length));
  for (const [i, { journey, k }] of all.entries()) (places[journey] as Int32Array)[k] = i;
  const swap = share / (1 - share); // of two that change places one is late, and neither changes again
  for (const place of places)
    for (let k = 0; k + 1 < place.length; k++) {
      if (random() >= swap) continue;
      const [a, b] = [place[k] as number, place[k + 1] as number];
      [all[a], all[b]] = [all[b] as (typeof all)[number], all[a] as (typeof all)[number]];
      k++;
    }
}

/** Some lines come again, at most 2,000 lines later. */
function repeat(lines: readonly string[], share: number, random: Random): { lines: string[]; added: number } {
  const again = new Map<number, string[]>();
  let added = 0;
  for (const [i, line] of lines.entries()) {
    if (random() >= share) continue;
    const at = Math.min(lines.length - 1, i + below(random, 2_000));
    again.set(at, [...(again.get(at) ?? []), line]);
    added++;
  }
  return { lines: lines.flatMap((line, i) => [line, ...(again.get(i) ?? [])]), added };
}

/** The lines in portions of so many. */
export const portions = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
