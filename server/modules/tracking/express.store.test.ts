import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { acceptBatch, type Intake } from './accept.ts';
import { type ExpressLane, makeExpress } from './express.ts';
import { anEvent, aTrackingHouse, type Sending } from './fixtures.ts';
import { makeGatherer } from './intake.ts';
import { anIntake } from './rework.ts';

let house: House;
beforeAll(async () => {
  house = await aTrackingHouse();
});
afterAll(() => house?.db.close());

let n = 0;
let order = '';
let intake: Intake & { ids: Intake['ids'] };
let lane: ExpressLane;
/** Done after all was looked up, just before the statement. */
let meanwhile: () => Promise<unknown>;

beforeEach(async () => {
  order = `SO-${++n}`;
  const made = anIntake(house);
  meanwhile = async () => undefined;
  intake = {
    ...made,
    ids: async (...asked) => {
      const ids = await made.ids(...asked);
      await meanwhile();
      return ids;
    },
  };
  lane = makeExpress(house.db, intake);
  await theLongWay(intake, [step(1, 'order.submitted')]);
});

const step = (day: number, type: string, more: Partial<Sending> = {}): Sending => ({
  id: `${order}-${day}-${type}`,
  type,
  time: `2026-05-${String(day).padStart(2, '0')}T10:00:00+08:00`,
  keys: { order },
  scenario: 'broadband-new',
  ...more,
});

const express = (events: readonly Sending[]) =>
  lane.take(
    events.map((e) => anEvent(house, e)),
    new Map(),
  );

async function theLongWay(by: Intake, events: readonly Sending[]) {
  const prepared = events.map((e) => anEvent(house, e));
  const out = await house.db.inTx(systemActor('test'), (ctx) => acceptBatch(ctx, by, prepared, new Map()));
  out.remember();
  return out.outcomes;
}

const journey = async (value = order) =>
  (
    await house.db.query<{ events: number; milestone: string; kept: number }>(
      '',
      `select j.events, j.milestone, (select count(*) from tracking.link l join tracking.event e on e.id = l.event where l.journey = j.id) kept
       from tracking.journey j where root_value = $1`,
      [value],
    )
  )[0];
const results = (taken: Awaited<ReturnType<typeof express>>) => taken?.outcomes.map((o) => o?.result);

test('events of a known journey are folded from memory: on time, late, and repeated', async () => {
  const [second, third, fourth] = [step(2, 'order.checked'), step(3, 'identity.verified'), step(4, 'trade.accepted')];
  expect(results(await express([second, fourth, second]))).toEqual(['accepted', 'accepted', 'duplicate']);
  expect(results(await express([third, fourth]))).toEqual(['accepted', 'duplicate']);
  expect(await journey()).toMatchObject({ events: 4, kept: 4 });
  const [late] = await house.db.query<{ marks: number }>('', 'select marks from tracking.event where sid = $1', [third.id]);
  expect(late?.marks).toBe(1);
});

test('of events that came in together none is late for the others, whichever way each went', async () => {
  const gatherer = makeGatherer(house, systemActor('test'));
  const marksOf = async (events: readonly Sending[]) => {
    const prepared = events.map((e) => anEvent(house, e));
    await gatherer.submit(prepared, new Map());
    const sids = prepared.map((p) => p.sid);
    const rows = await house.db.query<{ sid: string; marks: number }>('', 'select sid, marks from tracking.event where sid = any($1)', [
      sids,
    ]);
    return sids.map((sid) => rows.find((r) => r.sid === sid)?.marks);
  };
  await marksOf([step(2, 'order.checked')]); // from here on what is plain goes express
  const person = { name: '某人', phone: `1200000${String(n).padStart(4, '0')}` }; // the long way
  expect(await marksOf([step(3, 'identity.verified', { person }), step(4, 'trade.accepted')])).toEqual([0, 0]);
  expect(await marksOf([step(1, 'order.pre-accepted', { person }), step(5, 'order.accepted')])).toEqual([1, 0]);
  const keys = { order: `${order}-new` };
  expect(await marksOf([step(1, 'order.submitted', { keys, person, id: 'a' }), step(2, 'order.checked', { keys, id: 'b' })])).toEqual([
    0, 0,
  ]);
});

test('what comes for a long journey in one post is cut, and is as if it had come whole: none of it late, each answered in its place', async () => {
  const gatherer = makeGatherer(house, systemActor('test'), 2);
  const submit = (events: readonly Sending[]) =>
    gatherer.submit(
      events.map((e) => anEvent(house, e)),
      new Map(),
    );
  const minute = (i: number, more: Partial<Sending> = {}) =>
    step(9, 'customer.urged', { id: `${order}-m${i}`, time: `2026-05-09T10:${String(i).padStart(2, '0')}:00+08:00`, ...more });
  await submit([step(2, 'order.checked'), step(3, 'identity.verified'), minute(40)]);
  const other = step(2, 'order.submitted', { keys: { order: `${order}-o` }, id: `${order}-o` });
  const post = Array.from({ length: 60 }, (_, i) => minute((i * 37) % 60)).toSpliced(10, 0, other);
  const [answers] = await Promise.all([submit(post), submit([step(4, 'trade.accepted', { keys: { order: `${order}-o` } })])]);
  expect(answers.map((a, i) => [a.result, post[i]?.id])).toEqual(
    post.map((e) => [e.id === `${order}-m40` ? 'duplicate' : 'accepted', e.id]),
  );
  expect(new Set(answers.map((a) => a.event)).size).toBe(post.length);
  const kept = await house.db.query<{ sid: string; marks: number }>(
    '',
    `select sid, marks from tracking.event where sid like $1 order by 1`,
    [`${order}-m%`],
  );
  const late = (sid: string) => Number(sid.split('-m')[1]) < 40; // than what the post before this one told
  expect(kept.map((k) => [k.sid, k.marks])).toEqual(kept.map((k) => [k.sid, late(k.sid) ? 1 : 0]));
  expect(await journey()).toMatchObject({ events: 63, kept: 63 });
  const twice = [minute(50), minute(50, { data: { note: 'another' } }), ...Array.from({ length: 40 }, (_, i) => minute(i))];
  expect((await submit(twice)).map((a) => a.result)).toEqual(['duplicate', 'conflict', ...Array.from({ length: 40 }, () => 'duplicate')]);
});

test('an order that begins, its work order, and its port go express, each with what links it', async () => {
  const other = `${order}-b`;
  const keys = { order: other, workOrder: `${other}-w`, area: 'a1', port: `P-${n}` };
  expect(results(await express([step(2, 'work.created', { keys, id: `${other}-1` })]))).toEqual(['accepted']);
  expect(results(await express([step(3, 'work.taken', { keys: { workOrder: `${other}-w` }, id: `${other}-2` })]))).toEqual(['accepted']);
  expect(await journey(other)).toMatchObject({ events: 2, kept: 2 });
  const members = await house.db.query(
    '',
    `select o.kind, m.distance from tracking.member m join tracking.object o on o.id = m.object
     where m.journey = (select id from tracking.journey where root_value = $1) order by 1`,
    [other],
  );
  expect(members).toEqual([
    { kind: 'area', distance: 101 },
    { kind: 'order', distance: 0 },
    { kind: 'port', distance: 100 },
    { kind: 'workOrder', distance: 1 },
  ]);
  const edges = await house.db.query('', `select 1 from tracking.edge e join tracking.object o on o.id = e.a where o.value like $1`, [
    `${other}%`,
  ]);
  expect(edges).toHaveLength(2);
});

test.each<[string, (o: string) => Partial<Sending>]>([
  ['a person not seen before', () => ({ person: { name: 'x', phone: '19900000001' } })],
  ['an old work order with a new order', (o) => ({ keys: { order: `${o}-n`, workOrder: `${o}-w` } })],
  ['a counter sale', (o) => ({ keys: { trade: `${o}-t` } })],
  ['only a port', (o) => ({ keys: { port: `${o}-s` } })],
  ['a port that another order had', (o) => ({ keys: { order: o, port: `${o}-s` } })],
])('%s goes the long way', async (_, more) => {
  await theLongWay(intake, [
    step(2, 'work.created', { id: `${order}-w`, keys: { order, workOrder: `${order}-w` } }),
    step(2, 'x', { id: `${order}-other`, keys: { order: `${order}-old`, port: `${order}-s` } }),
  ]);
  expect(await express([step(3, 'order.checked', more(order))])).toBeUndefined();
});

test('a different copy of a known event goes the long way, the events beside it do not', async () => {
  const other = { ...step(1, 'order.submitted'), handler: '7' };
  expect(results(await express([other, step(2, 'order.checked')]))).toEqual([undefined, 'accepted']);
});

test.each<[string, (o: string) => Promise<unknown>]>([
  ['another copy of the program wrote the journey', () => theLongWay(anIntake(house), [step(5, 'trade.accepted')])],
  ['another copy kept the same event', () => theLongWay(anIntake(house), [step(2, 'order.checked')])],
  [
    'another copy made the same work order',
    (o) => theLongWay(anIntake(house), [step(5, 'x', { keys: { order: `${o}-z`, workOrder: `${o}-w` } })]),
  ],
  ['another copy began the same order', (o) => theLongWay(anIntake(house), [step(5, 'x', { keys: { order: `${o}-new` } })])],
  [
    'somebody was erased',
    () => house.db.query('', `insert into tracking.erasure (id, at, by, reason, done) values (gen_random_uuid(), 1, 'x', 'x', 1)`),
  ],
])('%s meanwhile: nothing is kept, and the long way keeps all of it once', async (_, done) => {
  const events = [
    step(2, 'order.checked'),
    step(3, 'work.created', { keys: { order, workOrder: `${order}-w` } }),
    step(3, 'x', { keys: { order: `${order}-new` } }),
  ];
  await lane.take([], new Map());
  const kept = async () => (await house.db.query<{ n: number }>('', 'select count(*) n from tracking.event'))[0]?.n ?? 0;
  let before = 0;
  meanwhile = async () => {
    meanwhile = async () => undefined;
    await done(order);
    before = await kept();
  };
  expect(await express(events)).toBeUndefined();
  expect(await kept()).toBe(before);
  for (let attempt = 0; ; attempt++) {
    try {
      await theLongWay(intake, events);
      break;
    } catch (e) {
      if (attempt > 2) throw e;
    }
  }
  expect((await journey())?.kept).toBe((await journey())?.events);
  const [copies] = await house.db.query<{ n: number }>('', 'select count(*) n from tracking.event where sid like $1', [`${order}-2-%`]);
  expect(copies?.n).toBe(1);
});

test('an order that ends while an event waits under its number goes the long way, which looks for its journey again', async () => {
  const serviceNumber = `1291${n}`;
  await theLongWay(intake, [
    step(2, 'order.checked', { keys: { order, serviceNumber } }),
    step(1, 'something.rang', { id: `${order}-rang`, keys: { serviceNumber } }),
  ]);
  const end = step(9, 'order.cancelled');
  expect(await express([step(3, 'identity.verified')])).toBeDefined();
  expect(await express([end])).toBeUndefined();
  expect((await theLongWay(intake, [end]))[0]?.result).toBe('accepted');
});

test('a file that comes in again is known by its identities before anything is tried', async () => {
  const events = [step(2, 'order.checked'), step(3, 'identity.verified')];
  await theLongWay(anIntake(house), events);
  expect(await express(events)).toBeUndefined();
  lane.beWary();
  expect(results(await express(events))).toEqual(['duplicate', 'duplicate']);
});

test('a repetition is one only while the store still keeps the first copy: after a conflict was settled it goes the long way', async () => {
  const events = [step(2, 'order.checked'), step(1, 'order.submitted')];
  await house.db.query(
    '',
    'update tracking.ledger set content = gen_random_uuid() where event = (select id from tracking.event where sid = $1)',
    [events[1]?.id],
  );
  expect(await express(events)).toBeUndefined();
  expect((await theLongWay(intake, events)).map((o) => o.result)).toEqual(['accepted', 'conflict']);
});
