import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenario } from '#scenario/module';
import { source } from '#source/module';
import { freshDb } from '../../../test/database.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Config } from '../../platform/config.ts';
import type { Db } from '../../platform/db.ts';
import type { House } from '../../platform/module.ts';
import { openVault } from '../../platform/vault.ts';
import { isBad, readEvent, type SentEvent } from './event.ts';
import { KINDS, rulesOf } from './folding.ts';
import { makeGatherer } from './intake.ts';
import { tracking } from './module.ts';
import { type Packed, unpack } from './pack.ts';
import { type Prepared, prepare } from './prepare.ts';
import { referenceJourneys } from './reference.fixture.ts';

let db: Db;
let house: House;
const vault = openVault(Buffer.alloc(32, 7));

beforeAll(async () => {
  db = await freshDb([scenario, source, tracking]);
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  house = { config: { zone: 'Asia/Shanghai' } as Config, db, log: pino({ level: 'silent' }), vault, live };
});
afterAll(() => db?.close());

const T0 = Date.parse('2026-03-01T00:00:00Z');

/** A small world where everything meets everything: two orders, two trades, parts shared or orphaned, one number, steps and exceptions. */
const keysArb: fc.Arbitrary<Record<string, string[]>> = fc
  .record(
    {
      order: fc.subarray(['O1', 'O2'], { minLength: 1 }),
      trade: fc.subarray(['T1', 'T2'], { minLength: 1 }),
      workOrder: fc.subarray(['W1', 'W2', 'W3'], { minLength: 1 }),
      parcel: fc.subarray(['P1', 'P2'], { minLength: 1, maxLength: 1 }),
      serviceNumber: fc.constantFrom(['12900000001'], ['12900000002']),
      customer: fc.constant(['C1']),
    },
    { requiredKeys: [] },
  )
  .map((k) => k as Record<string, string[]>)
  .filter((k) => Object.keys(k).length > 0);

const eventArb = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map(String),
  type: fc.constantFrom(
    'order.submitted',
    'order.checked',
    'trade.accepted',
    'work.taken',
    'appointment.confirmed',
    'appointment.changed',
    'visit.arrived',
    'order.cancelled',
    'trade.completed',
    'wait.payment-pending',
    'wait.ended',
    'order.urged',
    'something.else',
  ),
  day: fc.integer({ min: 0, max: 90 }),
  seq: fc.integer({ min: 0, max: 1 }),
  keys: keysArb,
  scenario: fc.option(fc.constantFrom('broadband-new', 'iptv-new', 'no-such'), { nil: undefined, freq: 3 }),
});

const prepared = (
  world: string,
  e: { id: string; type: string; day: number; seq: number; keys: Record<string, string[]>; scenario?: string | undefined },
  i: number,
): Prepared => {
  const keys = Object.fromEntries(
    Object.entries(e.keys).map(([k, vs]) => [k, vs.map((v) => (k === 'serviceNumber' ? `${v}${world}` : `${world}-${v}`))]),
  );
  const time = new Date(T0 + e.day * 86_400_000).toISOString();
  const raw = {
    source: 'try',
    id: `${world}-${e.id}-${i}`,
    type: e.type,
    time,
    seq: e.seq,
    keys,
    ...(e.scenario && { scenario: e.scenario }),
  };
  const read = readEvent(raw, { only: undefined, zoneOf: () => undefined, nowUs: Date.now() * 1000 });
  if (isBad(read)) throw new Error(JSON.stringify(read));
  return prepare(read as SentEvent, KINDS, rulesOf('try'), vault);
};

async function stored(ids: readonly string[]) {
  const rows = await db.query<{ id: string; scenario: string; fold: unknown; sids: string[] }>(
    '',
    `select j.id, j.scenario, j.fold, (select array_agg(e.sid order by e.sid collate "C") from tracking.link l join tracking.event e on e.id = l.event where l.journey = j.id) sids
     from tracking.journey j where j.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((r) => [r.id, { events: r.sids, timeline: unpack(r.fold as Packed), scenario: r.scenario }]));
}

describe('the intake answers as if it had seen everything at once', () => {
  test('any order, any batches, any repetitions, two batches at a time', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(eventArb, { minLength: 1, maxLength: 24 }), fc.infiniteStream(fc.nat()), async (raw, chance) => {
        const world = `w${String(++n).padStart(6, '0')}x`;
        const events = raw.map((e, i) => prepared(world, e, i));
        const roll = (m: number) => (chance.next().value as number) % m;
        const sent = [...events, ...events.filter(() => roll(3) === 0)];
        for (let i = sent.length - 1; i > 0; i--) {
          const k = roll(i + 1);
          [sent[i], sent[k]] = [sent[k] as Prepared, sent[i] as Prepared];
        }
        const gatherer = makeGatherer(house, systemActor('test'), 4); // orders change lanes on the way
        const other = makeGatherer(house, systemActor('other')); // what each remembers, the other changes
        for (let from = 0; from < sent.length; ) {
          const size = 1 + roll(6);
          const size2 = roll(4);
          await Promise.all([
            gatherer.submit(sent.slice(from, from + size), new Map()),
            ...(size2 > 0 ? [other.submit(sent.slice(from + size, from + size + size2), new Map())] : []),
          ]);
          from += size + size2;
        }
        const wanted = referenceJourneys(events);
        const ids = events.flatMap((e) => [...e.named.roots, ...e.named.roots2]);
        const got = await stored(ids);
        const plain = (m: Map<string, unknown>) => JSON.parse(JSON.stringify([...m].sort(([a], [b]) => (a < b ? -1 : 1))));
        expect(plain(got)).toEqual(plain(wanted));
        const parked = await db.query<{ sid: string }>(
          '',
          'select distinct e.sid from tracking.parked p join tracking.event e on e.id = p.event where e.sid like $1',
          [`${world}-%`],
        );
        const placed = new Set([...wanted.values()].flatMap((j) => j.events));
        expect(parked.map((p) => p.sid).sort()).toEqual(
          events
            .map((e) => e.sid)
            .filter((s) => !placed.has(s))
            .sort(),
        );
      }),
      { numRuns: Number(process.env.RUNS ?? 60), interruptAfterTimeLimit: 100_000 },
    );
  }, 240_000);
});
