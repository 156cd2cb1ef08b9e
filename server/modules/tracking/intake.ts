import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '#platform/actor';
import type { Tx } from '#platform/db';
import type { House } from '#platform/module';
import { type Accepted, acceptBatch, type Intake, makeKnown, type Outcome, Stale } from './accept.ts';
import { makeFolding } from './folding.ts';
import type { Prepared } from './prepare.ts';
import { takeNumbers } from './store.ts';

/**
 * The hot door's engine: concurrent requests are gathered into one transaction and answered after its commit. Measured: two to four
 * times as many events a second as one transaction each.
 */
export interface Gatherer {
  /** Takes in events; answers what became of each, in order, once they are durable and folded. */
  submit(events: readonly Prepared[], rejected: ReadonlyMap<string, number>): Promise<Outcome[]>;
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

const MOST_EVENTS = 1_000;
const IN_FLIGHT = 2;
const TRIES = 8;
const NUMBERS = 4_096;
const NUMBER_BITS = 2 ** 23;
const EPOCH_S = Date.UTC(2020, 0, 1) / 1000;

/** The first event id of a moment: ids are seconds since 2020 · 2^23 + a number, so months of receipt are ranges of ids. */
export const firstIdAt = (ms: number): number => Math.max(0, Math.floor(ms / 1000) - EPOCH_S) * NUMBER_BITS;

function numberer(): Intake['ids'] {
  let next = 0;
  let left = 0;
  return async (tx: Tx, nowMs, n) => {
    const out: number[] = [];
    while (out.length < n) {
      if (left === 0) {
        next = await takeNumbers(tx);
        left = NUMBERS;
      }
      out.push(firstIdAt(nowMs) + (next++ % NUMBER_BITS));
      left--;
    }
    return out;
  };
}

export function makeGatherer(house: House, actor: Actor): Gatherer {
  const intake: Intake = { vault: house.vault, folding: makeFolding(house.config.zone), known: makeKnown(), ids: numberer() };
  const queue: Waiting[] = [];
  const idle: (() => void)[] = [];
  let running = 0;

  const gather = (): Waiting[] => {
    const out: Waiting[] = [];
    let n = 0;
    while (queue.length > 0) {
      const next = queue[0] as Waiting;
      if (out.length > 0 && n + next.events.length > MOST_EVENTS) break;
      out.push(queue.shift() as Waiting);
      n += next.events.length;
    }
    return out;
  };

  const flush = async (): Promise<void> => {
    if (running >= IN_FLIGHT || queue.length === 0) return;
    running++;
    const batch = gather();
    try {
      const outcomes = await commit(house, intake, actor, batch.flatMap((w) => w.events), merge(batch.map((w) => w.rejected)));
      let from = 0;
      for (const w of batch) w.done(outcomes.slice(from, (from += w.events.length)));
    } catch (e) {
      for (const w of batch) w.failed(e);
    } finally {
      running--;
      if (running === 0 && queue.length === 0) for (const f of idle.splice(0)) f();
      void flush();
    }
  };

  return {
    submit: (events, rejected) =>
      new Promise((done, failed) => {
        queue.push({ events, rejected, done, failed });
        if (queue.length === 1) setImmediate(() => void flush());
        else if (running < IN_FLIGHT) void flush();
      }),
    idle: () => (running === 0 && queue.length === 0 ? Promise.resolve() : new Promise((f) => idle.push(f))),
  };
}

async function commit(house: House, intake: Intake, actor: Actor, events: readonly Prepared[], rejected: ReadonlyMap<string, number>): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const out: Accepted = await house.db.inTx(actor, (ctx) => acceptBatch(ctx, intake, events, rejected));
      out.remember();
      for (let i = 0; i < out.changed.length; i += 150) house.live.announce(CHANGED, out.changed.slice(i, i + 150));
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
