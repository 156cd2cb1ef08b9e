import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { Stale } from './accept.ts';
import { anEvent, aTrackingHouse, type Sending } from './fixtures.ts';
import { makeGatherer } from './intake.ts';
import { type Packed, unpack } from './pack.ts';
import type { Prepared } from './prepare.ts';
import { referenceJourneys } from './reference.fixture.ts';
import { undoLink } from './repair-store.ts';
import { change } from './repairs.ts';
import { anIntake, rework } from './rework.ts';
import { lockObjects, type ObjectRow } from './store.ts';

let house: House;
beforeAll(async () => {
  house = await aTrackingHouse();
});
afterAll(() => house.db.close());

const clerk = systemActor('clerk');

const keysArb = fc
  .record(
    {
      order: fc.subarray(['O1', 'O2'], { minLength: 1 }),
      trade: fc.subarray(['T1', 'T2'], { minLength: 1 }),
      workOrder: fc.subarray(['W1', 'W2', 'W3'], { minLength: 1 }),
      parcel: fc.subarray(['P1', 'P2'], { minLength: 1, maxLength: 1 }),
      serviceNumber: fc.constantFrom(['12900000001'], ['12900000002']),
    },
    { requiredKeys: [] },
  )
  .filter((k) => Object.keys(k).length > 0);

const eventArb = fc.record({
  type: fc.constantFrom(
    'order.submitted',
    'trade.accepted',
    'work.taken',
    'appointment.confirmed',
    'order.cancelled',
    'trade.completed',
    'something.else',
  ),
  day: fc.integer({ min: 0, max: 60 }),
  keys: keysArb,
});

/** What happens next: an event comes, or a person cuts, joins or takes back; `pick` chooses on what. */
const stepArb = fc.oneof(
  { weight: 3, arbitrary: eventArb.map((event) => ({ event })) },
  {
    weight: 2,
    arbitrary: fc.record({ repair: fc.constantFrom<'cut' | 'join' | 'undo'>('cut', 'cut', 'join', 'join', 'undo'), pick: fc.nat() }),
  },
);

const objectsOf = (world: string): Promise<ObjectRow[]> =>
  house.db.query<ObjectRow & Record<string, never>>(
    '',
    `select id, kind, role, value from tracking.object where value like $1 || '-%' order by value, kind`,
    [world],
  );

/** One act of repair, as the doors do it but without their words; nothing happens where there is nothing to choose. */
async function mend(world: string, how: 'cut' | 'join' | 'undo', pick: number): Promise<void> {
  const all = await objectsOf(world);
  await house.db.inTx(clerk, async (ctx) => {
    const intake = anIntake(house);
    const active = await ctx.tx.query<{ act: 'cut' | 'join'; object: string; journey: string }>(
      '',
      'select act, object, journey from tracking.repair where object = any($1::uuid[]) and undone is null order by id',
      [all.map((o) => o.id)],
    );
    if (how === 'undo') {
      const r = active[pick % Math.max(1, active.length)];
      if (r === undefined) return;
      await lockObjects(ctx.tx, [r.object, r.journey].sort());
      await undoLink(ctx.tx, r, ctx.now, 'clerk');
      await rework(ctx.tx, intake, [r.object, r.journey]);
      return;
    }
    const pairs = await ctx.tx.query<{ object: string; journey: string }>(
      '',
      `select o.id object, j.id journey from tracking.object o join tracking.journey j on j.id = any($1::uuid[]) and j.id <> o.id
       where o.id = any($1::uuid[]) and o.role in ('part', 'root2')
         and $2 = exists (select from tracking.member m where m.object = o.id and m.journey = j.id and m.distance < 100) order by o.value, j.root_value`,
      [all.map((o) => o.id), how === 'cut'],
    );
    const pair = pairs[pick % Math.max(1, pairs.length)];
    const object = all.find((o) => o.id === pair?.object);
    if (pair === undefined || object === undefined) return;
    await lockObjects(ctx.tx, [object.id, pair.journey].sort());
    const still = await ctx.tx.query('', 'select from tracking.journey where id = $1', [pair.journey]);
    if (still.length > 0) await change(ctx, intake, { how, object, journey: pair.journey, reason: 'because' });
  });
}

async function stateOf(world: string) {
  const ids = (await objectsOf(world)).map((o) => o.id);
  const rows = await house.db.query<{ id: string; scenario: string; fold: Packed; sids: string[] }>(
    '',
    `select j.id, j.scenario, j.fold, (select array_agg(e.sid order by e.sid collate "C") from tracking.link l join tracking.event e on e.id = l.event where l.journey = j.id) sids
     from tracking.journey j where j.id = any($1::uuid[]) order by j.id`,
    [ids],
  );
  const parked = await house.db.query<{ sid: string }>(
    '',
    'select distinct e.sid from tracking.parked p join tracking.event e on e.id = p.event where e.sid like $1 order by 1',
    [`${world}-%`],
  );
  return {
    journeys: rows.map((r) => [r.id, { events: r.sids, timeline: unpack(r.fold), scenario: r.scenario }]),
    parked: parked.map((p) => p.sid),
  };
}

async function wanted(world: string, events: readonly Prepared[]) {
  const ids = (await objectsOf(world)).map((o) => o.id);
  const rows = await house.db.query<{ act: string; object: string; journey: string }>(
    '',
    'select act, object, journey from tracking.repair where object = any($1::uuid[]) and undone is null',
    [ids],
  );
  const links = { cuts: new Map<string, Set<string>>(), joins: new Map<string, Set<string>>() };
  for (const r of rows) {
    const into = r.act === 'cut' ? links.cuts : links.joins;
    into.set(r.object, (into.get(r.object) ?? new Set()).add(r.journey));
  }
  const journeys = [...referenceJourneys(events, links)].sort(([a], [b]) => (a < b ? -1 : 1));
  const placed = new Set(journeys.flatMap(([, j]) => j.events));
  return {
    journeys,
    parked: events
      .map((e) => e.sid)
      .filter((sid) => !placed.has(sid))
      .sort(),
  };
}

/** As `act` does: again when a journey changed under it. */
async function retried(run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (e) {
      if (!(e instanceof Stale) || attempt >= 5) throw e;
    }
  }
}

const plain = (x: unknown) => JSON.parse(JSON.stringify(x));

describe('repairs are facts like all others', () => {
  test('in whatever order events come and people cut, join and take back, two at a time, journeys are what the facts say', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(stepArb, { minLength: 4, maxLength: 24 }), async (steps) => {
        const world = `m${String(++n).padStart(6, '0')}x`;
        const events: Prepared[] = [];
        const run = async (step: (typeof steps)[number], i: number) => {
          if ('repair' in step) return retried(() => mend(world, step.repair, step.pick));
          const { type, day, keys } = step.event;
          const named = Object.fromEntries(
            Object.entries(keys).map(([k, vs]) => [k, vs.map((v) => (k === 'serviceNumber' ? `${v}${world}` : `${world}-${v}`))]),
          );
          const sending: Sending = { id: `${world}-${i}`, type, time: new Date(Date.UTC(2026, 2, 1 + day)).toISOString(), keys: named };
          const event = anEvent(house, sending);
          events.push(event);
          await makeGatherer(house, clerk).submit([event], new Map());
        };
        for (let i = 0; i < steps.length; i += 2) await Promise.all(steps.slice(i, i + 2).map((step, k) => run(step, i + k)));
        expect(plain(await stateOf(world))).toEqual(plain(await wanted(world, events)));
      }),
      { numRuns: Number(process.env.RUNS ?? 40), interruptAfterTimeLimit: 100_000 },
    );
  }, 240_000);
});
