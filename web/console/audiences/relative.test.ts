import { expect, test } from 'vitest';
import { dayWordOf, dayWords, relativeOf } from './relative.ts';
import type { End } from './tree.ts';

test.each<[End, string, number]>([
  [null, 'open', 0],
  [{ days: 0 }, 'today', 0],
  [{ days: -30 }, 'daysAgo', 30],
  [{ days: 7 }, 'daysOn', 7],
  [{ months: -3 }, 'monthsAgo', 3],
  [{ months: 0, edge: 'end' }, 'monthEndAgo', 0],
  [{ months: 1, edge: 'start' }, 'monthStartOn', 1],
  ['2026-11-21', 'day', 0],
  [{ months: -1, days: 3 }, 'other', 0],
])('%j is read as %s %s, offered, and written as it was', (end, word, n) => {
  const read = dayWordOf(end);
  expect(read).toEqual({ word, n });
  expect(dayWords(read.word)).toContain(word);
  expect(relativeOf(read.word, read.n, end)).toEqual(end);
});

test('another word keeps the number', () => {
  expect(relativeOf('monthsAgo', dayWordOf({ days: -3 }).n, { days: -3 })).toEqual({ months: -3 });
});
