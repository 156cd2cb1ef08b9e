import { expect, test } from 'vitest';
import { usualPause } from './health.ts';

test.each([
  ['nothing heard', undefined, null],
  ['too little for a habit', { minutes: 9, first: 0, last: 80 }, null],
  ['every minute', { minutes: 61, first: 100, last: 160 }, 60],
  ['every five minutes', { minutes: 25, first: 0, last: 120 }, 300],
])('the usual pause of a source: %s', (_what, spoken, seconds) => {
  expect(usualPause(spoken)).toBe(seconds);
});
