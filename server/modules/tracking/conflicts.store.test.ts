import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { conflictById, listConflicts } from './conflict-store.ts';
import { settle } from './conflicts.ts';
import { anEvent, aTrackingHouse, MODULES, type Sending } from './fixtures.ts';
import { makeGatherer } from './intake.ts';
import { type Packed, unpack } from './pack.ts';
import type { Prepared } from './prepare.ts';
import { referenceJourneys } from './reference.fixture.ts';

const TOKEN = 'an-admin-token-of-size';
let house: House;
let app: App;
beforeAll(async () => {
  house = await aTrackingHouse({ adminToken: TOKEN });
  app = await buildApp(house, MODULES);
});
afterAll(async () => {
  await app.close();
  await house.db.close();
});

const clerk = systemActor('clerk');
const take = (events: readonly Prepared[]) => makeGatherer(house, clerk).submit(events, new Map());

const keysArb = fc
  .record(
    {
      order: fc.subarray(['O1', 'O2'], { minLength: 1 }),
      trade: fc.constantFrom(['T1'], ['T2']),
      workOrder: fc.subarray(['W1', 'W2', 'W3'], { minLength: 1, maxLength: 2 }),
      serviceNumber: fc.constantFrom(['12900000001'], ['12900000002']),
    },
    { requiredKeys: [] },
  )
  .filter((k) => Object.keys(k).length > 0);

const copyArb = fc.record({
  type: fc.constantFrom('order.submitted', 'trade.accepted', 'work.taken', 'order.cancelled', 'trade.completed', 'something.else'),
  day: fc.integer({ min: 0, max: 60 }),
  keys: keysArb,
});

/** An event comes (as the copy `n` of identity `id`), or a person settles the conflict `pick` one way or the other. */
const stepArb = fc.oneof(
  { weight: 3, arbitrary: fc.record({ id: fc.integer({ min: 0, max: 7 }), copy: copyArb }) },
  { weight: 1, arbitrary: fc.record({ pick: fc.nat(), keep: fc.constantFrom<'kept' | 'other'>('kept', 'other', 'other') }) },
);

async function stateOf(world: string) {
  const rows = await house.db.query<{ id: string; scenario: string; fold: Packed; sids: string[] }>(
    '',
    `select j.id, j.scenario, j.fold, (select array_agg(e.sid order by e.sid collate "C") from tracking.link l join tracking.event e on e.id = l.event where l.journey = j.id) sids
     from tracking.journey j where j.root_value like $1 order by j.id`,
    [`${world}-%`],
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

const plain = (x: unknown) => JSON.parse(JSON.stringify(x));

test('whatever was sent twice and settled, journeys are as if only the copies in force had ever come', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(stepArb, { minLength: 4, maxLength: 20 }), async (steps) => {
      const world = `c${String(++n).padStart(6, '0')}x`;
      const inForce = new Map<string, Prepared>();
      const copies = new Map<string, Prepared>();
      for (const step of steps) {
        if ('copy' in step) {
          const { type, day, keys } = step.copy;
          const named = Object.fromEntries(
            Object.entries(keys).map(([k, vs]) => [k, vs.map((v) => (k === 'serviceNumber' ? `${v}${world}` : `${world}-${v}`))]),
          );
          const sending: Sending = {
            id: `${world}-${step.id}`,
            type,
            time: new Date(Date.UTC(2026, 2, 1 + day)).toISOString(),
            keys: named,
          };
          const event = anEvent(house, sending);
          await take([event]);
          copies.set(`${event.sid} ${event.content}`, event);
          if (!inForce.has(event.sid)) inForce.set(event.sid, event);
          continue;
        }
        const open = (await listConflicts(house.db, undefined, undefined, 1_000)).filter(
          (c) => c.settled === null && c.sid.startsWith(`${world}-`),
        );
        const row = open[step.pick % Math.max(1, open.length)];
        if (row === undefined) continue;
        await settle(house, clerk, row, step.keep);
        if (step.keep === 'other') inForce.set(row.sid, copies.get(`${row.sid} ${row.content}`) as Prepared);
      }
      const events = [...inForce.values()];
      const journeys = [...referenceJourneys(events)].sort(([a], [b]) => (a < b ? -1 : 1));
      const placed = new Set(journeys.flatMap(([, j]) => j.events));
      expect(plain(await stateOf(world))).toEqual(
        plain({
          journeys,
          parked: events
            .map((e) => e.sid)
            .filter((sid) => !placed.has(sid))
            .sort(),
        }),
      );
    }),
    { numRuns: Number(process.env.RUNS ?? 40), interruptAfterTimeLimit: 100_000 },
  );
}, 240_000);

describe('at the door', () => {
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const res = await app.inject({ method, url, ...(payload && { payload }), headers: { authorization: `Bearer ${TOKEN}` } });
    return { status: res.statusCode, body: res.json() };
  };
  const sending = (id: string, over: Partial<Sending> = {}): Sending => ({
    id,
    type: 'order.submitted',
    time: '2026-03-01T00:00:00Z',
    keys: { order: 'K-1' },
    ...over,
  });
  const find = async (id: string) => (await ask('GET', '/api/events/conflicts')).body.items.find((c: { id: string }) => c.id === id);

  test('the list is of one source when it is asked for', async () => {
    await take([anEvent(house, sending('of-one', { keys: { order: 'K-9' }, data: { reason: 'a' } }))]);
    await take([anEvent(house, sending('of-one', { keys: { order: 'K-9' }, data: { reason: 'b' } }))]);
    const all = (await ask('GET', '/api/events/conflicts')).body;
    const [{ source }] = all.items;
    const own = (await ask('GET', `/api/events/conflicts?source=${encodeURIComponent(source)}`)).body;
    expect(own.items.length).toBeGreaterThan(0);
    expect(own.items.every((c: { source: string }) => c.source === source)).toBe(true);
    expect((await ask('GET', '/api/events/conflicts?source=nobody')).body).toMatchObject({ items: [], total: 0 });
  });

  test('both copies are shown, masked; the other is kept, once, and sending the first again opens nothing anew', async () => {
    const person = { name: '张三', phone: '12900000011' };
    const first = anEvent(house, sending('k1', { person, data: { note: 'closed', reason: 'first' } }));
    const other = anEvent(
      house,
      sending('k1', { keys: { order: 'K-2', serviceNumber: '12900000012' }, data: { note: 'closed too', reason: 'second' } }),
    );
    await take([first]);
    await take([other]);
    await take([other]);
    const clash = await find('k1');
    expect(clash.kept).toMatchObject({ keys: { order: 'K-1' }, data: { reason: 'first' } });
    expect(clash.other).toMatchObject({ keys: { order: 'K-2' }, data: { reason: 'second' } });
    expect(JSON.stringify(clash)).not.toMatch(/12900000011|12900000012|closed|张三/);
    expect((await ask('GET', '/api/journeys/by-key/order/K-1')).body.events[0].marks).toContain('conflict');

    const settled = await ask('POST', `/api/events/conflicts/${clash.ref}`, { keep: 'other' });
    expect(settled.body).toMatchObject({
      settled: 'other',
      kept: { keys: { order: 'K-2' } },
      other: { keys: { order: 'K-1' }, data: { reason: 'first' } },
    });
    expect((await ask('GET', '/api/journeys/by-key/order/K-1')).status).toBe(404);
    expect((await ask('GET', '/api/journeys/by-key/order/K-2')).body.events).toHaveLength(1);
    expect((await ask('POST', `/api/events/conflicts/${clash.ref}`, { keep: 'kept' })).body.code).toBe('conflict.settled');
    await take([first]);
    expect(await house.db.query('', `select from tracking.conflict where sid = 'k1'`)).toHaveLength(1);
    const row = await conflictById(house.db, Number(clash.ref));
    expect(JSON.parse(house.vault.open(row?.other as Buffer))).toMatchObject({ person, data: { note: 'closed', reason: 'first' } });
    const left = await house.db.query(
      '',
      `select from tracking.event where marks & 16 <> 0 and (person is not null or sealed is not null)`,
    );
    expect(left).toEqual([]);
  });

  test('one that is kept stands, and its mark goes', async () => {
    await take([anEvent(house, sending('k2', { keys: { order: 'K-3' } }))]);
    await take([anEvent(house, sending('k2', { keys: { order: 'K-3' }, type: 'order.checked' }))]);
    const clash = await find('k2');
    expect((await ask('POST', `/api/events/conflicts/${clash.ref}`, { keep: 'kept' })).body.settled).toBe('kept');
    const { events } = (await ask('GET', '/api/journeys/by-key/order/K-3')).body;
    expect(events).toMatchObject([{ type: 'order.submitted' }]);
    expect(events[0].marks).not.toContain('conflict');
  });

  test('an event by its ref, with its journeys and what was sent differently', async () => {
    await take([anEvent(house, sending('k4', { keys: { order: ['K-4', 'K-5'] }, data: { secret: 1 } }))]);
    await take([anEvent(house, sending('k4', { keys: { order: 'K-4' } }))]);
    const j = (await ask('GET', '/api/journeys/by-key/order/K-4')).body;
    const raw = (await ask('GET', `/api/events/${j.events[0].ref}`)).body;
    expect(raw).toMatchObject({ id: 'k4', sealed: true, conflicts: [{ other: { keys: { order: 'K-4' } }, settled: null }] });
    expect(raw.journeys).toHaveLength(2);
    expect((await ask('GET', '/api/events/999')).status).toBe(404);
  });

  test('the source has sent as many events as before', async () => {
    const counts = async () => (await ask('GET', '/api/sources')).body.items.find((s: { id: string }) => s.id === 'counted');
    const send = (over: Partial<Sending>) => take([anEvent(house, sending('k6', { source: 'counted', keys: { order: 'K-6' }, ...over }))]);
    await send({});
    await send({ type: 'order.checked' });
    const before = await counts();
    await ask('POST', `/api/events/conflicts/${(await find('k6')).ref}`, { keep: 'other' });
    expect(before).toMatchObject({ accepted: 1, duplicates: 1, conflicts: 1 });
    expect(await counts()).toMatchObject({ accepted: 1, duplicates: 1, conflicts: 1 });
  });
});
