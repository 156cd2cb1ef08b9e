import { expect, test } from 'vitest';
import { dayOf, flagOf, isUnknown, numberOf } from './table-cells.ts';

test('flag words in any case, and no others', () => {
  for (const word of ['true', 'TRUE', '1', '1.0', 'Yes', '是']) expect(flagOf(word)).toBe(1);
  for (const word of ['false', 'False', '0', '0.0', 'NO', '否']) expect(flagOf(word)).toBe(0);
  for (const word of ['', 'y', '2', 'on', 'No phone service', '01', 'null']) expect(flagOf(word)).toBeUndefined();
});

test('integers and decimals, and nothing that only looks like one', () => {
  expect(['7', '-7', '+7.50', '.5', '5.', '1e3', '1E-05', '-0'].map(numberOf)).toEqual([7, -7, 7.5, 0.5, 5, 1000, 0.00001, 0]);
  for (const text of ['', ' ', '1,5', '1,000', '0x10', 'Infinity', 'NaN', '1e999', '12%', '１２', '1 2', '--1', '9'.repeat(401)])
    expect(numberOf(text)).toBeUndefined();
});

test('days as the trade writes them; a month is its first day', () => {
  for (const text of [
    '1970-01-02',
    '1970/1/2',
    '1970.1.2',
    '1970年1月2日',
    '19700102',
    '1970-01-02 23:59:59',
    '1970-01-02T23:59:59+08:00',
    '19700102235959',
  ])
    expect([text, dayOf(text)]).toEqual([text, 1]);
  for (const text of ['1970-02', '197002', '1970年2月']) expect([text, dayOf(text)]).toEqual([text, 31]);
  expect(dayOf('1969-12-31')).toBe(-1);
  expect(dayOf('2024-02-29')).toBe(19_782);
  for (const text of ['', '2023-02-29', '2024-13-01', '2024-00-10', '20241301', '44927', '12.5', '0000-01-01', 'yesterday', '2024-01-01x'])
    expect([text, dayOf(text)]).toEqual([text, undefined]);
});

test('blank, absent and named cells are unknown', () => {
  const unknown = new Set(['', 'NA']);
  expect([undefined, '', '  ', 'NA', ' NA '].map((cell) => isUnknown(cell, unknown))).toEqual([true, true, true, true, true]);
  expect(['0', 'na', 'no'].map((cell) => isUnknown(cell, unknown))).toEqual([false, false, false]);
});
