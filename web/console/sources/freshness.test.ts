import { expect, test } from 'vitest';
import { freshness, isWorrying } from './freshness.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const source = (change: object) => ({
  silent: false,
  fromFiles: false,
  lastHeardAt: '2026-11-21T10:00:00Z',
  lagSeconds: 5,
  usualSeconds: 300,
  ...change,
});

test.each([
  ['never heard', { lastHeardAt: null, silent: true }, { says: 'never' }],
  ['silent, with a habit', { silent: true }, { says: 'quietUnlike', seconds: 7200, usual: 300 }],
  ['silent, without one', { silent: true, usualSeconds: null }, { says: 'quiet', seconds: 7200 }],
  ['quiet because files were imported', { silent: true, fromFiles: true }, { says: 'files' }],
  ['never heard because it sends customers alone', { lastHeardAt: null, silent: true, fromFiles: true }, { says: 'files' }],
  ['in time', {}, { says: 'prompt' }],
  ['late', { lagSeconds: 180 }, { says: 'late', seconds: 180 }],
  ['sending its history', { lagSeconds: 16 * 86_400 }, { says: 'past', seconds: 16 * 86_400 }],
  ['heard of, but nothing lately', { lagSeconds: null }, { says: 'unknown' }],
])('%s', (_what, change, says) => {
  expect(freshness(source(change), NOW)).toEqual(says);
});

test('the silence of a source of files worries nobody', () => {
  expect([isWorrying(source({ silent: true })), isWorrying(source({ silent: true, fromFiles: true }))]).toEqual([true, false]);
});
