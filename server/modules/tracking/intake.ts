import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import { type Accepted, acceptBatch, type Intake, type Outcome, Stale, type Tails } from './accept.ts';
import { type ExpressLane, makeExpress } from './express.ts';
import { makeFolding } from './folding.ts';
import { type Known, makeKnown } from './known.ts';
import { piecesOf } from './pieces.ts';
import type { Prepared } from './prepare.ts';
import { takeNumbers } from './store.ts';
import { makeTurns } from './turns.ts';

/**
 * The hot door's engine: concurrent requests are gathered into one transaction and answered after its commit. Measured: two to four
 * times as many events a second as one transaction each.
 */
export interface Gatherer {
  /** Takes in events; answers what became of each, in order, once they are durable and folded. */
  submit(events: readonly Prepared[], rejected: ReadonlyMap<string, number>): Promise<Outcome[]>;
  /** Reads a post of many lines when those before it are read. */
  reading<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for what is in hand. */
  idle(): Promise<void>;
}

/** Announced after each batch: ids of changed journeys (at most some thousand). */
export const CHANGED = 'tracking.changed';

interface Waiting {
  readonly events: readonly Prepared[];
  readonly rejected: ReadonlyMap<string, number>;
  readonly done: (o: Outcome[]) => void;
  readonly failed: (e: unknown) => void;
}

/** One row of batches, each begun after the one before is committed. */
interface Lane {
  push(w: Waiting): void;
  idle(): Promise<void>;
  /** When something was last brought, ms. */
  broughtAt(): number;
}

/**
 * Batches of different lanes run side by side. Events of one order go into one lane: so two batches seldom want the same journeys, and a
 * repetition never waits for the very transaction that holds its first copy. Only waiting depends on it: locks keep any division right.
 */
const LANES = 2;
/**
 * A journey of more events has the last lane, with its like: what comes for it comes in heaps, behind which no other order should wait. While others come
 * too, it goes on in small pieces, each when no other lane is at work, or when it has waited long enough.
 */
const LONG = 1_000;
const PIECE = 16;
const PATIENCE_MS = 10;
/** Who came within this time is coming. */
const LATELY_MS = 1_000;
const MOST_EVENTS = 1_000;
const TRIES = 8;
const NUMBERS = 4_096;
const NUMBER_BITS = 2 ** 23;
const EPOCH_S = Date.UTC(2020, 0, 1) / 1000;

/** The first event id of a moment: ids are seconds since 2020 · 2^23 + a number, so months of receipt are ranges of ids. */
export const firstIdAt = (ms: number): number => Math.max(0, Math.floor(ms / 1000) - EPOCH_S) * NUMBER_BITS;

function numberer(): Intake['ids'] {
  let next = 0;
  let left = 0;
  return async (sql: Sql, nowMs, n) => {
    const out: number[] = [];
    while (out.length < n) {
      if (left === 0) {
        next = await takeNumbers(sql);
        left = NUMBERS;
      }
      out.push(firstIdAt(nowMs) + (next++ % NUMBER_BITS));
      left--;
    }
    return out;
  };
}

/** By the journey, where it is known, so that an order's and its work order's events go the same way. */
const laneOf = (known: Known, long: number, { named }: Prepared): number => {
  const first = named.roots[0] ?? named.roots2[0] ?? named.parts[0] ?? named.assets[0];
  if (first === undefined) return 0;
  const journey = named.roots.length > 0 ? first : (known.members.get(first)?.distance.keys().next().value ?? first);
  if ((known.journeys.get(journey)?.row.fold.events ?? 0) > long) return LANES;
  return journey.charCodeAt(journey.length - 1) % LANES;
};

/** `long`: events of a journey, see above. */
export function makeGatherer(house: House, actor: Actor, long = LONG): Gatherer {
  const intake: Intake = { vault: house.vault, folding: makeFolding(house.config.zone), known: makeKnown(), ids: numberer() };
  const express = makeExpress(house.db.steady(), intake);
  let telling = false;
  const announce = (changed: readonly string[]) => {
    telling = true;
    for (let i = 0; i < changed.length; i += 150) house.live.announce(CHANGED, changed.slice(i, i + 150));
    telling = false;
  };
  house.live.on(CHANGED, (ids) => {
    if (!telling) for (const id of ids as string[]) intake.known.journeys.delete(id); // another copy of the program, or a clerk
  });
  const work: Work = (events, rejected) => takeBatch({ house, intake, express, actor, announce }, events, rejected);
  const usual = Array.from({ length: LANES }, () => makeLane(work, () => MOST_EVENTS));
  const areOthers = () => usual.some((l) => l.broughtAt() > performance.now() - LATELY_MS);
  const last = makeLane(
    async (events, rejected) => {
      if (areOthers()) await Promise.race([Promise.all(usual.map((l) => l.idle())), sleep(PATIENCE_MS)]);
      return work(events, rejected);
    },
    () => (areOthers() ? PIECE : MOST_EVENTS),
  );
  const lanes = [...usual, last];
  const bring = (to: Lane, events: readonly Prepared[], rejected: ReadonlyMap<string, number>) =>
    new Promise<Outcome[]>((done, failed) => to.push({ events, rejected, done, failed }));
  const into = async (lane: number, events: readonly Prepared[], rejected: ReadonlyMap<string, number>): Promise<Outcome[]> => {
    if (lane < LANES) return bring(lanes[lane] as Lane, events, rejected);
    const out: Outcome[] = Array.from({ length: events.length });
    const pieces = piecesOf(events, PIECE).map(async (places, i) => {
      const piece = places.map((at) => events[at] as Prepared);
      const outcomes = await bring(last, piece, i === 0 ? rejected : NONE);
      for (const [k, at] of places.entries()) out[at] = outcomes[k] as Outcome;
    });
    await Promise.all(pieces);
    return out;
  };

  return {
    async submit(events, rejected) {
      const of = events.map((e) => laneOf(intake.known, long, e));
      const first = of[0] ?? 0;
      if (of.every((l) => l === first)) return into(first, events, rejected);
      const parts = lanes.map((_, lane) => events.filter((_e, i) => of[i] === lane));
      const answers = await Promise.all(
        parts.map((part, lane) => (part.length === 0 ? [] : into(lane, part, lane === first ? rejected : new Map()))),
      );
      const inOrder = answers.map((a) => a.values());
      return of.map((lane) => inOrder[lane]?.next().value as Outcome);
    },
    reading: makeTurns(),
    idle: async () => void (await Promise.all(lanes.map((l) => l.idle()))),
  };
}

type Work = (events: readonly Prepared[], rejected: ReadonlyMap<string, number>) => Promise<Outcome[]>;

/** `most`: events of a batch, unless one post brings more. */
function makeLane(work: Work, most: () => number): Lane {
  let broughtAt = Number.NEGATIVE_INFINITY;
  const queue: Waiting[] = [];
  const resting: (() => void)[] = [];
  let running = false;

  const gather = (): Waiting[] => {
    const room = most();
    let n = 0;
    let take = 0;
    for (const w of queue) {
      if (take > 0 && n + w.events.length > room) break;
      n += w.events.length;
      take++;
    }
    return queue.splice(0, take);
  };

  const flush = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let batch = gather(); batch.length > 0; batch = gather()) {
      try {
        const outcomes = await work(
          batch.flatMap((w) => w.events),
          merge(batch.map((w) => w.rejected)),
        );
        let from = 0;
        for (const w of batch) {
          w.done(outcomes.slice(from, from + w.events.length));
          from += w.events.length;
        }
      } catch (e) {
        for (const w of batch) w.failed(e);
      }
    }
    running = false;
    for (const f of resting.splice(0)) f();
  };

  return {
    broughtAt: () => broughtAt,
    push(w) {
      broughtAt = performance.now();
      queue.push(w);
      if (!running && queue.length === 1) setImmediate(() => void flush());
    },
    idle: () => (running || queue.length > 0 ? new Promise((f) => resting.push(f)) : Promise.resolve()),
  };
}

interface Works {
  readonly house: House;
  readonly intake: Intake;
  readonly express: ExpressLane;
  readonly actor: Actor;
  announce(changed: readonly string[]): void;
}

/** What can go express does; the rest goes the long way, in one transaction. */
async function takeBatch(works: Works, events: readonly Prepared[], rejected: ReadonlyMap<string, number>): Promise<Outcome[]> {
  const { express } = works;
  const taken = await express.take(events, rejected);
  if (taken === undefined) return takeLongWay(works, events, rejected);
  works.announce(taken.changed);
  const rest = events.filter((_, i) => taken.outcomes[i] === undefined);
  if (rest.length === 0) return taken.outcomes as Outcome[];
  const found = (await takeLongWay(works, rest, NONE, taken.before)).values();
  return taken.outcomes.map((o) => o ?? (found.next().value as Outcome));
}

const NONE: ReadonlyMap<string, number> = new Map();

async function takeLongWay(
  works: Works,
  events: readonly Prepared[],
  rejected: ReadonlyMap<string, number>,
  before?: Tails,
): Promise<Outcome[]> {
  const outcomes = await commit(works, events, rejected, before);
  if (outcomes.some((o) => o.result !== 'accepted')) works.express.beWary();
  return outcomes;
}

async function commit(
  { house, intake, actor, announce }: Works,
  events: readonly Prepared[],
  rejected: ReadonlyMap<string, number>,
  before: Tails | undefined,
): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const out: Accepted = await house.db.steady().inTx(actor, (ctx) => acceptBatch(ctx, intake, events, rejected, before));
      out.remember();
      announce(out.changed);
      return out.outcomes;
    } catch (e) {
      if (!(e instanceof Stale) || attempt >= TRIES) throw e;
      await sleep(attempt * 5);
    }
  }
}

function merge(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const m of all) for (const [source, n] of m) out.set(source, (out.get(source) ?? 0) + n);
  return out;
}
