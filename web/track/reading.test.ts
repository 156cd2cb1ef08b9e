import { describe, expect, test } from 'vitest';
import type { TrackedOrder } from '#tracking/contract';
import {
  begunAt,
  endOf,
  isPast,
  moodOf,
  newestFirst,
  nextDate,
  presentStage,
  secondsLate,
  usualAhead,
  waitEnd,
  worstFirst,
} from './reading.ts';

const at = (time: string) => `2026-11-21T${time}:00+08:00`;
const now = Date.parse(at('12:00'));

const anOrder = (over: Partial<TrackedOrder> = {}): TrackedOrder => ({
  ref: 'SO-1',
  title: 'Broadband',
  scenario: 'broadband-new',
  state: 'open',
  stage: 'taken',
  stages: [
    { id: 'submitted', name: 'Submitted', state: 'done', at: at('08:00') },
    { id: 'taken', name: 'Taken', state: 'current', at: at('09:00') },
    { id: 'done', name: 'Done', state: 'next', at: null },
  ],
  next: { name: 'Done', usual: { from: at('13:00'), to: at('15:00') } },
  promise: { from: at('08:00'), to: at('18:00') },
  replan: null,
  late: false,
  wait: null,
  waitUntil: null,
  notice: null,
  slot: null,
  visitor: null,
  parcel: null,
  lines: [],
  updatedAt: at('11:00'),
  level: 'full',
  watch: '/api/track/stream/x',
  ...over,
});

test('bad news comes first: late beats waiting, what is over is over', () => {
  expect(moodOf(anOrder())).toBe('open');
  expect(moodOf(anOrder({ wait: 'w' }))).toBe('waiting');
  expect(moodOf(anOrder({ wait: 'w', late: true }))).toBe('late');
  expect(moodOf(anOrder({ late: true, state: 'done' }))).toBe('done');
  expect(moodOf(anOrder({ wait: 'w', state: 'cancelled' }))).toBe('cancelled');
});

test('the present stage is the named one, else the current, else the last done', () => {
  expect(presentStage(anOrder({ stage: 'submitted' }))?.id).toBe('submitted');
  expect(presentStage(anOrder({ stage: null }))?.id).toBe('taken');
  const over = anOrder({ stage: null }).stages.filter((stage) => stage.id !== 'taken');
  expect(presentStage(anOrder({ stage: null, stages: over }))?.id).toBe('submitted');
  expect(presentStage(anOrder({ stage: null, stages: [] }))).toBeNull();
});

describe('the next date of a late order', () => {
  test('is the appointment, then the end of the wait, then the usual time', () => {
    const slot = { from: at('14:00'), to: at('16:00') };
    expect(nextDate(anOrder({ slot, waitUntil: at('17:00') }), now)).toEqual(slot);
    expect(nextDate(anOrder({ waitUntil: at('17:00') }), now)).toEqual({ by: at('17:00') });
    expect(nextDate(anOrder(), now)).toEqual({ from: at('13:00'), to: at('15:00') });
  });
  test('is never in the past', () => {
    expect(nextDate(anOrder({ slot: { from: at('08:00'), to: at('10:00') }, waitUntil: at('11:00'), next: null }), now)).toBeNull();
  });
});

test('lateness is counted until now while open, until the end when done', () => {
  const promise = { from: at('08:00'), to: at('10:00') };
  expect(secondsLate(anOrder({ promise, late: true }), now)).toBe(7200);
  const stages = [{ id: 'done', name: 'Done', state: 'done' as const, at: at('10:30') }];
  const done = anOrder({ promise, late: true, state: 'done', stages });
  expect(secondsLate(done, now)).toBe(1800);
  expect(endOf(done)).toBe(at('10:30'));
  expect(secondsLate(anOrder(), now)).toBe(0);
  expect(secondsLate(anOrder({ promise: null, late: true }), now)).toBe(0);
});

test('the usual time is left out where it would mislead', () => {
  expect(usualAhead(anOrder(), now)).not.toBeNull();
  expect(usualAhead(anOrder(), Date.parse(at('15:30')))).toBeNull();
  expect(usualAhead(anOrder({ slot: { from: at('16:00'), to: at('18:00') } }), now)).toBeNull();
  expect(usualAhead(anOrder({ wait: 'w' }), now)).toBeNull();
  expect(usualAhead(anOrder({ wait: 'w', waitUntil: at('14:00') }), now)).toBeNull();
  expect(usualAhead(anOrder({ wait: 'w', waitUntil: at('12:30') }), now)).not.toBeNull();
});

test('lines stand newest first and once; of equal times the later told stands first', () => {
  const lines = [
    { at: at('08:00'), text: 'a' },
    { at: at('09:00'), text: 'b' },
    { at: at('08:00'), text: 'c' },
  ];
  const story = [...lines.slice(0, 1), ...lines.slice(0, 1), ...lines.slice(2), ...lines.slice(1, 2)];
  expect(newestFirst(story).map((line) => line.text)).toEqual(['b', 'c', 'a']);
  expect(newestFirst(story.toReversed()).map((line) => line.text)).toEqual(['b', 'c', 'a']);
  expect(newestFirst([])).toEqual([]);
});

test('an appointment is past once its window is over, not before', () => {
  expect(isPast({ to: at('12:00') }, now)).toBe(true);
  expect(isPast({ to: at('12:01') }, now)).toBe(false);
});

test("a wait's end is told where nothing else tells it", () => {
  const waiting = { wait: 'w', waitUntil: at('14:00') };
  expect(waitEnd(anOrder(waiting), now)).toBe(at('14:00'));
  expect(waitEnd(anOrder({ ...waiting, replan: { was: at('13:00'), to: at('16:00') } }), now)).toBe(at('14:00'));
  expect(waitEnd(anOrder({ ...waiting, replan: { was: at('13:00'), to: at('14:00') } }), now)).toBeNull();
  expect(waitEnd(anOrder({ ...waiting, slot: { from: at('13:00'), to: at('15:00') } }), now)).toBeNull();
  expect(waitEnd(anOrder({ ...waiting, waitUntil: at('11:00') }), now)).toBeNull();
});

test('of several orders the late one stands first and is opened, what is over stands last; of a kind as they came', () => {
  const orders = [anOrder({ ref: 'open' }), anOrder({ ref: 'gone', state: 'cancelled' }), anOrder({ ref: 'late', late: true })];
  expect(worstFirst(orders).map((order) => order.ref)).toEqual(['late', 'open', 'gone']);
});

test('an order was given when its first stage was reached', () => {
  expect(begunAt(anOrder())).toBe(at('08:00'));
  expect(
    begunAt(
      anOrder({
        stages: [],
        lines: [
          { at: at('10:00'), text: 'b' },
          { at: at('09:00'), text: 'a' },
        ],
      }),
    ),
  ).toBe(at('09:00'));
  expect(begunAt(anOrder({ stages: [] }))).toBeNull();
});
