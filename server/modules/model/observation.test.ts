import { expect, test } from 'vitest';
import { type Cells, noCells, putCode, type Tag } from '#tag';
import { columnBuilder } from './column.ts';
import { MOST_OBSERVATIONS } from './contract.ts';
import { dateOf, dayOf, monthAfter } from './days.ts';
import { isNextDue, type ObservationState, outcomeOf, pickOne, roomFrom } from './observation.ts';
import { countOutcome, openPlaces, openValues, packPlaces, packValues, pushValue, valuesAt, without } from './observed.ts';

test('a month later is the same day of the next month, or its last', () => {
  const after = (date: string) => dateOf(monthAfter(dayOf(date)));
  expect(['2026-11-22', '2026-12-31', '2027-01-31', '2028-01-30'].map(after)).toEqual([
    '2026-12-22',
    '2027-01-31',
    '2027-02-28',
    '2028-02-29',
  ]);
  expect(isNextDue([], 5)).toBe(true);
  const there = [{ day: dayOf('2026-11-22'), state: 'kept' as const }];
  expect(['2026-12-21', '2026-12-22'].map((date) => isNextDue(there, dayOf(date)))).toEqual([false, true]);
});

test('one that failed makes room first, then the oldest that is ripe; none that waits is given up', () => {
  const there = (...states: ObservationState[]) => states.map((state, day) => ({ day, state }));
  const waiting = Array.from({ length: MOST_OBSERVATIONS - 2 }, () => 'kept' as const);
  expect(roomFrom(there('ripe', ...waiting))).toBe('none');
  expect(roomFrom(there('due', 'ripe', ...waiting))).toBe(1);
  expect(roomFrom(there('ripe', ...waiting, 'failed'))).toBe(MOST_OBSERVATIONS - 1);
  expect(roomFrom(there('kept', 'asked', ...waiting))).toBe(null);
});

test('who has gone without a yes has no outcome, and neither has he of whom it is not known', () => {
  expect([outcomeOf(1, 1), outcomeOf(1, 0), outcomeOf(0, 1), outcomeOf(0, 0), outcomeOf(Number.NaN, 1)]).toEqual([1, 1, 0, 255, 255]);
});

test('who is in several observations is learned from in one, the same each time and about as often in each', () => {
  const picked = Array.from({ length: 3_000 }, (_, ordinal) => pickOne(ordinal, 3));
  expect(picked).toEqual(picked.map((_, ordinal) => pickOne(ordinal, 3)));
  for (const of of [0, 1, 2]) expect(picked.filter((one) => one === of).length).toBeGreaterThan(850);
});

const tag = (name: string, kind: Tag['kind'], scale = 0): Tag => ({ id: 9, name, kind, scale, values: ['a', 'b'] });
const cells = (kind: Cells['kind'], values: Readonly<Record<number, number>>): Cells => {
  const made = noCells(kind);
  for (const [at, code] of Object.entries(values)) putCode(made, Number(at), code);
  return made;
};

test('what is kept comes back as it stood, also after a tag was made finer and without whom an erasure takes', () => {
  const tags = [tag('vip', 'flag'), tag('plan', 'oneOf'), tag('fee', 'number', 2), tag('joined', 'date')];
  const stood = [cells('flag', { 0: 1, 7: 0 }), cells('oneOf', { 7: 2 }), cells('number', { 0: 1_885, 7: -50 }), undefined];
  const places = [0, 7, 65_535];
  const packed = packValues(tags.map((t, i) => valuesAt(t, stood[i], places)));
  const told = (packed: Buffer, people: number) =>
    openValues(tags, packed, people).map((values, i) => {
      const finer = { ...(tags[i] as Tag), scale: 4 };
      const builder = columnBuilder(finer.name, finer.kind);
      for (let row = 0; row < people; row++) pushValue(builder, finer, values, row);
      const column = builder.done();
      return [...column.values].map((v) => (column.kind === 'oneOf' ? (column.levels[v] ?? null) : v));
    });
  expect(told(packed, 3)).toEqual([
    [1, 0, -1],
    [null, 'b', null],
    [18.85, -0.5, Number.NaN],
    [Number.NaN, Number.NaN, Number.NaN],
  ]);
  const row = { people: 3, places: packPlaces(places), cells: packed, outcome: Buffer.from([1, 0, 255]) };
  const left = without(tags, row, new Set([0, 12]))!;
  expect(openPlaces(left.places)).toEqual([7, 65_535]);
  expect(told(left.cells, left.people)[2]).toEqual([-0.5, Number.NaN]);
  expect([countOutcome(left.outcome!, 1), countOutcome(left.outcome!, 0)]).toEqual([0, 1]);
  expect(without(tags, row, new Set(places))).toBe(null);
});
