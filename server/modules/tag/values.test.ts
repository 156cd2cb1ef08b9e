import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOf, dayOf, decimalOf, flagOf, readValue, shownValue, unitsOf } from './values.ts';

describe('numbers are exact', () => {
  test.each([
    ['18.85', 1885, 2],
    ['-3', -3, 0],
    ['.5', 5, 1],
    ['7.', 7, 0],
    ['+1.500000000', 15, 1],
    ['-0', 0, 0],
    ['0.000001', 1, 6],
    ['1e3', 1000, 0],
    ['1.5E-2', 15, 3],
    ['25e-1', 25, 1],
    ['2251799813685248', 2251799813685248, 0],
  ])('%s', (text, digits, decimals) => expect(decimalOf(text)).toEqual({ digits, decimals }));

  test.each([
    '',
    ' ',
    '-',
    '.',
    'e3',
    '1e',
    '1e99',
    '1e-7',
    '1,234',
    '0x1',
    '1.2.3',
    '0.0000001',
    '2251799813685249',
    '９',
    'NaN',
    'Infinity',
    '1 2',
  ])('“%s” is none', (text) => expect(decimalOf(text)).toBeUndefined());

  test('what JSON sends comes back as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 6 }), (n, decimals) => {
        const value = n / 10 ** decimals;
        const read = readValue('number', value);
        if (read === undefined || !('decimal' in read)) return false;
        const scale = Math.max(decimals, read.decimal.decimals);
        return shownValue({ kind: 'number', scale, values: [] }, unitsOf(read.decimal, scale) ?? null) === value;
      }),
    );
  });

  test('a value that would not be exact in the tag’s units is refused', () => {
    expect(unitsOf({ digits: 2251799813685248, decimals: 0 }, 1)).toBeUndefined();
  });
});

describe('dates are days', () => {
  test.each([
    ['2026-11-21', '2026-11-21'],
    ['2026/1/2', '2026-01-02'],
    ['2026.01.02', '2026-01-02'],
    ['20260102', '2026-01-02'],
    ['2026-01-02 23:59:59', '2026-01-02'],
    ['2026-01-02T00:00:00+08:00', '2026-01-02'],
    ['1899-12-31', '1899-12-31'],
  ])('%s', (text, day) => expect(dateOf(dayOf(text) as number)).toBe(day));

  test.each(['2026-02-30', '2026-13-01', '26-01-01', '20261301', '2026-1', '2026', '', '20260102x', '202601', '1/2/2026'])(
    '“%s” is none',
    (text) => expect(dayOf(text)).toBeUndefined(),
  );
});

test('flags have words in both languages', () => {
  expect(['true', 'TRUE', '1', 'yes', 'Yes', '是'].map(flagOf)).toEqual(Array(6).fill(true));
  expect(['false', '0', 'no', ' No ', '否'].map(flagOf)).toEqual(Array(5).fill(false));
  expect(['', '2', 'y', 'constructor', '未知'].map(flagOf)).toEqual(Array(5).fill(undefined));
});

test('a value of another kind is not bent to fit', () => {
  expect(readValue('number', true)).toBeUndefined();
  expect(readValue('oneOf', '')).toBeUndefined();
  expect(readValue('oneOf', 'a\0b')).toBeUndefined();
  expect(readValue('date', 20260102)).toBeUndefined();
  expect(readValue('flag', 'maybe')).toBeUndefined();
});
