import { expect, test } from 'vitest';
import { isSilent, usualPause } from './health.ts';

test.each([
  ['nothing heard', undefined, null],
  ['too little for a habit', { minutes: 9, first: 0, last: 80 }, null],
  ['every minute', { minutes: 61, first: 100, last: 160 }, 60],
  ['every five minutes', { minutes: 25, first: 0, last: 120 }, 300],
])('the usual pause of a source: %s', (_what, spoken, seconds) => {
  expect(usualPause(spoken)).toBe(seconds);
});

const MINUTE = 60_000;
test.each([
  ['half an hour is no silence for anybody', 30 * MINUTE, 60, false],
  ['a little more is, for who speaks every minute', 31 * MINUTE, 60, true],
  ['and for who has no habit', 31 * MINUTE, null, true],
  ['who speaks every hour may be quiet for three', 180 * MINUTE, 3_600, false],
  ['but no longer', 181 * MINUTE, 3_600, true],
])('silent: %s', (_what, pause, usual, silent) => {
  expect(isSilent(pause, usual)).toBe(silent);
});
