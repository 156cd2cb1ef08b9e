import { expect, test } from 'vitest';
import { cycleOf, freshnessOf } from './freshness.ts';

const told = (refresh: string | null, speaksOf: string | null = null) => ({ refresh, speaksOf });

test.each([
  ['每日 6 点前', null, 'day'],
  ['daily, by 6 o’clock', null, 'day'],
  ['每周一', null, 'week'],
  ['Monthly, by the 3rd', null, 'month'],
  ['按账期', null, 'month'],
  [null, '2026-10', 'month'],
  [null, '2026-10-03', null],
  ['when asked', null, null],
] as const)('%s, speaking of %s, is renewed every %s', (refresh, speaksOf, cycle) => {
  expect(cycleOf(told(refresh, speaksOf))).toBe(cycle);
});

test('a tag that was never loaded is neither fresh nor late, nor is one that says nothing of its rhythm', () => {
  expect(freshnessOf(told('每日'), null, '2026-11-22')).toEqual({ is: 'never' });
  expect(freshnessOf(told(null), '2020-01-01', '2026-11-22')).toEqual({ is: 'unsaid' });
});

test('a billing month is the newest there is until the next one has been settled', () => {
  const october = told(null, '2026-10');
  expect(freshnessOf(october, '2026-11-03', '2026-12-10')).toEqual({ is: 'fresh', due: '2026-12-10' });
  expect(freshnessOf(october, '2026-11-03', '2026-12-11')).toMatchObject({ is: 'late' });
  expect(freshnessOf(told(null, '2026-12'), '2027-01-03', '2027-01-31')).toMatchObject({ due: '2027-02-10' });
});

test('a monthly tag that speaks of no month is judged by the month in which it was loaded', () => {
  expect(freshnessOf(told('每月'), '2026-10-31', '2026-11-10')).toEqual({ is: 'fresh', due: '2026-11-10' });
  expect(freshnessOf(told('每月'), '2026-10-31', '2026-11-11')).toMatchObject({ is: 'late' });
});

test('a daily tag is late when yesterday’s facts did not come, whatever day it was loaded on', () => {
  expect(freshnessOf(told('每日', '2026-11-20'), '2026-11-22', '2026-11-22')).toMatchObject({ is: 'fresh', due: '2026-11-22' });
  expect(freshnessOf(told('每日', '2026-11-19'), '2026-11-22', '2026-11-22')).toMatchObject({ is: 'late' });
  expect(freshnessOf(told('weekly'), '2026-11-13', '2026-11-22')).toMatchObject({ is: 'fresh' });
});
