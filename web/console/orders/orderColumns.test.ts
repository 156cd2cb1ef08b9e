import { expect, test } from 'vitest';
import { columnsFor, STANDARD } from './orderColumns.tsx';
import { rowState } from './rowState.ts';

test('where the tab asks why, the answer stands right after the state', () => {
  expect(columnsFor('waiting', STANDARD).slice(0, 3)).toEqual(['number', 'state', 'wait']);
  expect(columnsFor('withdrawn', ['number', 'scenario'])).toEqual(['number', 'reason', 'finished', 'scenario']);
  expect(columnsFor('overdue', ['number', 'state', 'due'])).toEqual(['number', 'due']);
  expect(columnsFor('inHand', ['scenario', 'number'])).toEqual(['number', 'scenario']);
});

test('the worst that is true of an order comes first', () => {
  const row = { state: 'open' as const, overdue: false, heldBack: false, wait: null, dueSoon: false };
  expect(rowState(row)).toBe('open');
  expect(rowState({ ...row, dueSoon: true, heldBack: true })).toBe('heldBack');
  expect(rowState({ ...row, heldBack: true, overdue: true })).toBe('late');
  expect(rowState({ ...row, state: 'done', overdue: true })).toBe('done');
});
