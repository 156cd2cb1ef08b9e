import { expect, test } from 'vitest';
import type { TagDay } from '#tag/contract';
import { apart, extentOf, linesOf, pathOf, signed, signedShare } from './days.ts';

const aDay = (day: string, over: Partial<TagDay>): TagDay => ({
  day,
  closedAt: null,
  known: 0,
  yes: 0,
  sum: null,
  mean: null,
  from: null,
  to: null,
  values: [],
  since: null,
  change: null,
  movement: null,
  causes: [],
  ...over,
});
const box = { left: 0, top: 0, width: 10, height: 10 };

test('the oldest day comes first, and a day without a figure breaks the line', () => {
  const [line] = linesOf('number', [aDay('3', { mean: 4 }), aDay('2', {}), aDay('1', { mean: 2 })]);
  expect(line).toEqual({ key: 'mean', points: [2, null, 4] });
  expect(pathOf(line!.points, box, extentOf([line!]))).toBe('M0.0 10.0M10.0 0.0');
});

test('a one-of is drawn by the commonest values of today', () => {
  const of = (a: number, b: number) => [
    { value: 'a', count: a },
    { value: 'b', count: b },
  ];
  expect(linesOf('oneOf', [aDay('2', { values: of(5, 3) }), aDay('1', { values: of(1, 9) })])).toEqual([
    { key: 'a', points: [1, 5] },
    { key: 'b', points: [9, 3] },
  ]);
});

test('what never moved has room around it, and nothing at all is drawn between 0 and 1', () => {
  expect(extentOf([{ key: 'known', points: [300, 300] }])).toEqual([297, 303]);
  expect(extentOf([{ key: 'known', points: [null] }])).toEqual([0, 1]);
});

test('labels are moved apart, and stay within the picture', () => {
  expect(apart([10, 11, 50], 8, 60)).toEqual([10, 18, 50]);
  expect(apart([58, 59, 60], 8, 60)).toEqual([44, 52, 60]);
});

test('a difference reads with its sign', () => {
  expect([signed(1204), signed(-0.5, 1), signed(0)]).toEqual(['+1,204', '−0.5', '0']);
  expect([signedShare(0.003), signedShare(-0.00001), signedShare(0)]).toEqual(['+0.3%', '−<0.1%', '0%']);
});
