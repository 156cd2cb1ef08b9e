import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { colleague } from '#org';
import type { Sql } from '#platform/db';
import { type Limits, openLimits } from '#platform/limits';
import type { House } from '#platform/module';
import { normal } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Zoned } from './clock.ts';
import type { TrackedOrder } from './contract.ts';
import { evenTime } from './even-time.ts';
import type { Lang } from './journey-view.ts';
import { latestOf, planFor } from './journeys.ts';
import { openLookupStore, type TrackedRow } from './lookup-store.ts';
import { digest } from './objects.ts';
import { unpackTracked } from './pack.ts';
import { type Level, trackedOrder } from './track.ts';

/** The customer's questions, without an account: which orders are mine? */

export type Ask = { serviceNumber: string } | { idNumber: string; phone: string } | { ticket: string };

const CALLS = { points: 30, seconds: 60 };
const MISSES = { points: 10, seconds: 3600 };
const NINETY_DAYS = 90 * 86_400_000_000;
const THIRTY_DAYS = 30 * 86_400_000_000;
const WATCH_HOURS = 24;

const MISS_MS = { least: 10, most: 100, half: 5_000 };

/** What was said, in the form in which it is compared and counted. */
function normalOf(ask: Ask): Ask {
  if ('serviceNumber' in ask) return { serviceNumber: normal('serviceNumber', ask.serviceNumber) };
  if ('ticket' in ask) return { ticket: normal('ticket', ask.ticket) };
  return { idNumber: normal('idNumber', ask.idNumber), phone: normal('phone', ask.phone) };
}

const ticketHash = (ticket: string): string => digest(`ticket\0${ticket}`);

/** A private link's last part; only its hash is kept. */
export async function makeTicket(sql: Sql, journey: string, now: number, by: string): Promise<string> {
  const ticket = randomBytes(18).toString('base64url');
  await sql.query('tracking-ticket', 'insert into tracking.ticket (hash, journey, made, by) values ($1, $2, $3, $4)', [
    ticketHash(ticket),
    journey,
    now,
    by,
  ]);
  return ticket;
}

export interface Lookup {
  ask(ask: Ask, address: string, lang: Lang): Promise<{ orders: TrackedOrder[] } | Refusal>;
  /** The journey and level that a watch address stands for; undefined when it is not ours or too old. */
  watched(token: string): { journey: string; level: Level } | undefined;
  view(j: TrackedRow, lang: Lang, level: Level): Promise<TrackedOrder>;
  /** A watched journey as it is now; one whose root became a part of another is answered by that one. */
  now(journey: string): Promise<TrackedRow | undefined>;
}

export function makeLookup(house: House, zoned: Zoned): Lookup {
  const limits: Limits = openLimits(house);
  const missWait = evenTime(MISS_MS);
  const store = openLookupStore(house.db, () => Date.now() * 1000 - NINETY_DAYS);
  const watchOf = (journey: string, level: Level) =>
    `/api/track/stream/${house.vault.seal(JSON.stringify([journey, level, Math.floor(Date.now() / 3_600_000) + WATCH_HOURS])).toString('base64url')}`;
  const view = async (j: TrackedRow, lang: Lang, level: Level) => {
    const visitor =
      level === 'full' && j.state === 0 && j.fold.visitor !== undefined
        ? await colleague(house.db, house.vault, j.fold.visitor)
        : undefined;
    return trackedOrder(j, planFor(j), lang, Date.now() * 1000, zoned, level, watchOf(j.id, level), visitor);
  };

  const { hash } = house.vault;
  const find = (said: Ask): Promise<TrackedRow[]> => {
    if ('serviceNumber' in said) return store.byNumber(hash('serviceNumber', said.serviceNumber));
    if ('ticket' in said) return store.byTicket(ticketHash(said.ticket), Date.now() * 1000 - THIRTY_DAYS);
    return store.byPair([hash('idNumber', said.idNumber), hash('phone', said.phone)]);
  };

  return {
    view,
    now: async (journey) => {
      const row = await store.byId(journey);
      return row === undefined ? latestOf(house, [journey]) : unpackTracked(row);
    },
    async ask(ask, address, lang) {
      const began = performance.now();
      const said = normalOf(ask);
      const subjects = [`miss/${address}`, ...Object.entries(said).map(([kind, value]) => `miss/${kind}/${value}`)];
      const allowed = await limits.takeAndPeek([`track/${address}`, CALLS], [subjects, MISSES]);
      if (!allowed.ok) return refuse('request.rate-limited', { retryAfter: allowed.retryAfter });
      const found = await find(said);
      if (found.length === 0) {
        const counted = await limits.penalise(subjects, MISSES); // of several at once, only the allowed ones are answered
        const now = performance.now();
        await sleep(missWait(now - began, now));
        return counted.ok ? { orders: [] } : refuse('request.rate-limited', { retryAfter: counted.retryAfter });
      }
      const level: Level = 'serviceNumber' in ask ? 'brief' : 'full';
      return { orders: await Promise.all(found.map((j) => view(unpackTracked(j), lang, level))) };
    },
    watched(token) {
      try {
        const [journey, level, until] = JSON.parse(house.vault.open(Buffer.from(token, 'base64url'))) as [string, Level, number];
        return Math.floor(Date.now() / 3_600_000) <= until ? { journey, level } : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
