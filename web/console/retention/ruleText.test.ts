import { expect, test } from 'vitest';
import { ApiFault, ApiRefusal } from '../../kit/api.ts';
import { changedFields, EMPTY, keptOf, lacksIn, mistakeIn, parted, typedOf } from './ruleText.ts';

const place = { path: 'when', reason: 'unknown-name', start: 4, end: 8, line: 1, column: 5, zh: '没有', en: 'none' };

test('the place of a mistake is read from a refusal, and from nothing else', () => {
  expect(mistakeIn(new ApiRefusal(422, { code: 'rule.mistaken', details: place }, null))).toMatchObject({ start: 4, end: 8 });
  expect(mistakeIn(new ApiRefusal(422, { code: 'rule.mistaken', details: { ...place, start: '4' } }, null))).toBeNull();
  expect(mistakeIn(new ApiRefusal(409, { code: 'rule.changed', details: place }, null))).toBeNull();
  expect(mistakeIn(new ApiFault('server'))).toBeNull();
});

test('the mistake is parted from what stands around it, wherever it lies', () => {
  expect(parted('abc nope def', place)).toEqual(['abc ', 'nope', ' def']);
  expect(parted('abc', { start: 1, end: 1 })).toEqual(['a', 'b', 'c']);
  expect(parted('abc', { start: 9, end: 12 })).toEqual(['abc', '', '']);
});

test('money is typed in yuan and kept in whole fen', () => {
  expect([typedOf(505, { unit: 'fen' }), typedOf(30, { unit: 'percent' })]).toEqual([5.05, 30]);
  expect([keptOf(5.05, { unit: 'fen' }), keptOf(19.99, { unit: 'fen' }), keptOf(3, { unit: 'days' })]).toEqual([505, 1999, 3]);
});

test('what is not filled in is not sent', () => {
  const whole = { ...EMPTY, names: { zh: '规', en: 'r' }, meaning: { zh: '口径', en: 'm' }, when: 'fault.open', evidence: ['fault.open'] };
  expect([lacksIn(EMPTY), lacksIn(whole), lacksIn({ ...whole, when: ' ' }), lacksIn({ ...whole, evidence: [] })]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test('two versions differ in the fields that were changed', () => {
  const rule = { ...EMPTY, id: 'r', version: 1, says: EMPTY.meaning, at: '', by: '', mistake: null, actions: [] };
  expect(changedFields(rule, { ...rule, version: 2, when: 'fault.open', priority: 1 })).toEqual(['priority', 'when']);
});
