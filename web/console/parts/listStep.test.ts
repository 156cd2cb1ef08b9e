import { expect, test } from 'vitest';
import { stepFrom } from './listStep.ts';

const ids = ['a', 'b', 'c'];

test('nothing open: the first comes next, and none before', () => {
  expect([stepFrom(ids, undefined, -1, 1), stepFrom(ids, undefined, -1, -1), stepFrom([], undefined, -1, 1)]).toEqual([
    'a',
    undefined,
    undefined,
  ]);
});

test('down and up the list, with an end at both ends', () => {
  expect([stepFrom(ids, 'b', 1, 1), stepFrom(ids, 'b', 1, -1)]).toEqual(['c', 'a']);
  expect([stepFrom(ids, 'c', 2, 1), stepFrom(ids, 'a', 0, -1)]).toEqual([undefined, undefined]);
});

test('what has left the list is followed by whoever stands in its place', () => {
  expect([stepFrom(ids, 'gone', 1, 1), stepFrom(ids, 'gone', 1, -1), stepFrom(ids, 'gone', 3, 1), stepFrom(ids, 'gone', 0, -1)]).toEqual([
    'b',
    'a',
    undefined,
    undefined,
  ]);
});
