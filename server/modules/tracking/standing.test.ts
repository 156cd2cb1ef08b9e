import { describe, expect, test } from 'vitest';
import { calendars } from '#scenario';
import { handlerOf } from './clock.ts';
import { type FoldEvent, foldAll } from './fold.ts';
import { planOf } from './folding.ts';
import type { Plan } from './plan.ts';
import { stateOf } from './record.ts';
import { trackedOrder } from './track.ts';

/** What a customer is told when it goes wrong: no day that cannot be kept, no visit that is off, nothing twice. */

const plan = planOf('broadband-new') as Plan;
const HOUR = 3_600_000_000;
const NOW = Date.parse('2026-11-20T12:00:00+08:00') * 1000;
const at = (hour: number) => new Date((NOW + hour * HOUR) / 1000).toISOString().replace('Z', '000Z');
const plain = (time: string | null | undefined) => (time ? Date.parse(time) : time);

let n = 0;
const told = (hours: number, type: string, data: FoldEvent['data'] = {}): FoldEvent => ({
  at: NOW + hours * HOUR,
  seq: 0,
  source: type.startsWith('wait.') ? 'try' : ([...plan.steps].find(([t]) => t === type)?.[1][0]?.source ?? 'try'),
  id: String(n++),
  type,
  data,
});
const SLOT = { slotFrom: NOW + 5 * HOUR, slotTo: NOW + 7 * HOUR };
const ordered = (since = -20) => [
  told(since, 'order.submitted', { place: 'city' }),
  told(since + 0.1, 'trade.accepted'),
  told(since + 0.2, 'order.accepted'),
];
const agreed = (since = -20) => [
  ...ordered(since),
  told(since + 0.3, 'resource.allocated'),
  told(since + 0.4, 'work.dispatched'),
  told(since + 0.5, 'work.taken'),
  told(since + 1, 'appointment.confirmed', SLOT),
];
const seen = (events: readonly FoldEvent[], now = NOW) => {
  const fold = foldAll(plan, events);
  const journey = { id: 'j', scenario: 'broadband-new', state: stateOf(fold), stage: null, fold };
  return trackedOrder(
    journey,
    plan,
    'zh',
    now,
    { zone: 'Asia/Shanghai', calendars: new Map(calendars().map((c) => [c.id, c])) },
    'full',
    '',
  );
};
const promised = NOW + 28 * HOUR;

describe('no port', () => {
  const none = told(-10, 'resource.none');
  test('the promised day is said to be open, not repeated; the wait and what began it are told once', () => {
    const order = seen([...ordered(), none]);
    expect(order).toMatchObject({ promise: null, late: false, notice: null });
    expect([plain(order.replan?.was), order.replan?.to]).toEqual([promised / 1000, null]);
    expect(order.lines.filter((l) => l.text.includes('端口'))).toHaveLength(1);
  });
  test('the day that the wait names is the new one, never one before the old', () => {
    const named = (hours: number) => seen([...ordered(), told(-10, 'resource.none', { until: NOW + hours * HOUR })]).replan?.to;
    expect(plain(named(200))).toBe(NOW / 1000 + 200 * 3_600_000);
    expect(plain(named(1))).toBe(promised / 1000);
  });
  test('a promise that is broken already stays on show as broken', () => {
    const order = seen([...ordered(-90), told(-80, 'resource.none')]);
    expect(order).toMatchObject({ late: true, replan: null });
    expect(plain(order.promise?.to)).toBe(NOW / 1000 - 42 * 3_600_000);
  });
  test('once the port is open the promise stands again', () => {
    expect(seen([...ordered(), none, told(-1, 'port.opened')]).promise).not.toBeNull();
  });
});

test('taken before it can be planned: no day is told until it goes on', () => {
  const taken = [told(-20, 'order.submitted'), told(-19.9, 'order.pre-accepted')];
  expect(seen(taken)).toMatchObject({ promise: null, replan: { to: null } });
  expect(seen([...taken, told(-5, 'trade.accepted')]).replan).toBeNull();
});

test('a wait for the customer moves the day by as long as it lasts', () => {
  const open = told(-4, 'wait.customer-not-ready');
  expect(seen([...agreed(), open]).replan?.to).toBeNull();
  const until = told(-4, 'wait.customer-not-ready', { until: NOW + 96 * HOUR });
  expect(plain(seen([...agreed(), until]).replan?.to)).toBe(promised / 1000 + 100 * 3_600_000);
});

describe('the agreed visit', () => {
  test.each([
    ['stands', [], true],
    ['is off when the order went back', [told(-2, 'work.returned')], false],
    ['is off when it did not happen', [told(-2, 'visit.missed')], false],
    ['stands again when another was agreed', [told(-2, 'visit.missed'), told(-1, 'appointment.changed', SLOT)], true],
    ['is over once they came', [told(-2, 'visit.started'), told(-1, 'visit.arrived')], false],
    ['is open while the customer cannot be reached', [-3, -2, -1].map((h) => told(h, 'customer.no-answer')), false],
    ['stands when the customer moved it', [told(-2, 'appointment.changed', SLOT), told(-2, 'wait.customer-reappointed')], true],
  ] as const)('%s', (_, more, stands) => {
    expect(seen([...agreed(), ...more]).slot !== null).toBe(stands);
  });
});

test('done on site but open in a system: nothing is late and nothing is to come', () => {
  const order = seen([...agreed(-90), told(-80, 'visit.arrived'), told(-79, 'completion.write-failed')]);
  expect(order).toMatchObject({ late: false, promise: null, next: null, slot: null });
  expect(order.notice).toContain('现场已经完成');
});

test('done after the promised time is said to be late, done in time is not', () => {
  const done = (since: number) => seen([...ordered(since), told(-1, 'trade.completed')]);
  expect(done(-90)).toMatchObject({ state: 'done', late: true });
  expect(plain(done(-90).promise?.to)).toBe(NOW / 1000 - 42 * 3_600_000);
  expect(done(-20)).toMatchObject({ state: 'done', late: false, promise: null });
});

test('what was withdrawn says so once, at its end', () => {
  const order = seen([...agreed(), told(-3, 'order.cancel-requested'), told(-2, 'order.cancelled')]);
  expect(order.lines.slice(0, 2).map((l) => l.text.slice(0, 5))).toEqual(['订单已撤销', '撤单已登记']);
  expect(order.lines[0]?.at.slice(0, 19)).toBe(at(-2).slice(0, 19));
});

test('what comes next is usually in the hours of whoever does it, never at night', () => {
  const evening = NOW + 8 * HOUR; // 20:00, when installers go home
  const next = seen([...agreed().slice(0, -1), { ...told(8, 'work.taken'), at: evening }], evening).next;
  const hour = (time: string) => Number(time.slice(11, 13));
  const local = (time: string | undefined) => hour(new Date(Date.parse(time!) + 8 * 3_600_000).toISOString());
  for (const time of [next?.usual?.from, next?.usual?.to]) {
    expect(local(time)).toBeGreaterThanOrEqual(8);
    expect(local(time)).toBeLessThanOrEqual(20);
  }
});

describe('another appointment, later than the promised day', () => {
  const moved = (by: string | undefined, hours: number) =>
    told(-1, 'appointment.changed', { slotFrom: NOW + (hours - 2) * HOUR, slotTo: NOW + hours * HOUR, ...(by !== undefined && { by }) });
  const until = (...events: FoldEvent[]) => plain(seen([...agreed(), ...events]).promise?.to);
  test('by the customer’s wish is his new promise, and so is one of which nobody says whose wish it was', () => {
    expect(until(moved('customer', 40))).toBe((NOW + 40 * HOUR) / 1000);
    expect(until(moved(undefined, 40))).toBe((NOW + 40 * HOUR) / 1000);
  });
  test('by ours leaves the promise where it was, however often we move it, until he chooses himself', () => {
    expect(until(moved('operator', 40), moved('operator', 60))).toBe(promised / 1000);
    expect(until(moved('operator', 40), moved('customer', 50))).toBe((NOW + 50 * HOUR) / 1000);
    expect(until(moved('customer', 40), moved('operator', 60))).toBe((NOW + 40 * HOUR) / 1000);
  });
});

test('the present holder is named with his own people, never with who held it before', () => {
  const by = (handler: string, hours: number, type: string) => ({ ...told(hours, type), handler });
  const events = [
    by('1645', -20, 'order.submitted'),
    by('0007', -19, 'trade.accepted'),
    by('0007', -18.9, 'order.accepted'),
    told(-18, 'resource.allocated'),
    by('0300', -17.9, 'work.dispatched'),
    by('0417', -17, 'work.taken'),
    by('0417', -16, 'visit.arrived'),
    by('0417', -15, 'terminal.bound'),
    told(-14.9, 'activation.done'),
    told(-14.8, 'speed.tested'),
  ];
  expect(events.map((_, i) => handlerOf(plan, foldAll(plan, events.slice(0, i + 1))))).toEqual([
    undefined, // the counter sold it, nobody at the desk has touched it yet
    undefined,
    undefined,
    undefined,
    undefined,
    '0417',
    '0417',
    undefined, // the network's turn
    undefined,
    '0417', // he is still there
  ]);
});
