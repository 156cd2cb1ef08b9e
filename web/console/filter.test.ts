import { expect, test } from 'vitest';
import { dateIn, dayAfter, filterOf, listQuery, parseSearch, TABS, tabOf, tabQuery, writeSearch } from './filter.ts';

const today = '2026-11-21';

test('days of the reader become instants of the operator, the last day included', () => {
  expect(listQuery({ from: '2026-11-01', to: '2026-11-30', holder: 'desk' }, null, today, '+08:00')).toEqual({
    holder: 'desk',
    from: '2026-11-01T00:00:00+08:00',
    to: '2026-12-01T00:00:00+08:00',
  });
});

test('every tab asks for something of its own', () => {
  const asked = TABS.map((tab) => JSON.stringify(tabQuery(tab, today, '+08:00')));
  expect(new Set(asked).size).toBe(TABS.length);
  expect(tabQuery('overdue', today, '+08:00')).toEqual({ state: 'open', overdue: 'true' });
  expect(tabQuery('doneToday', today, '+08:00')).toEqual({ state: 'done', finishedFrom: '2026-11-21T00:00:00+08:00' });
});

test('an unknown tab is what is in hand', () => {
  expect(tabOf('nonsense')).toBe('inHand');
  expect(tabOf('waiting')).toBe('waiting');
});

test('only the filter is taken from an address, and "any" is none', () => {
  expect(filterOf({ holder: 'any', scenario: 'iptv-new', open: 'j1', tab: 'all', page: '3' })).toEqual({ scenario: 'iptv-new' });
});

test('addresses are plain text: long numbers keep their tails, empty things go', () => {
  expect(parseSearch('?q=3526112100000001234&a=')).toEqual({ q: '3526112100000001234', a: '' });
  expect(writeSearch({ q: '0012', holder: undefined, x: '' })).toBe('?q=0012');
  expect(writeSearch({})).toBe('');
});

test('the day after, over the end of a month and a year', () => {
  expect(dayAfter('2026-02-28')).toBe('2026-03-01');
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
});

test('the date is the operator’s', () => {
  expect(dateIn(Date.parse('2026-11-20T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-21');
});
