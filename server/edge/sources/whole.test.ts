import { expect, test } from 'vitest';
import { countIn, marksOf, patternOf } from './whole.ts';

test.each<[text: string, size: number, count: number | undefined]>([
  ['1200', 9, 1200],
  ['1200\r\n', 9, 1200],
  ['BSS_20261121_0007.txt|1200|98304', 98_304, 1200],
  ['BSS_20261121_0007.txt|98304|1200', 98_304, 1200],
  ['rows=12', 9, 12],
  ['12', 12, 12],
  ['0', 0, 0],
  ['', 9, undefined],
  ['BSS.txt|many', 9, undefined],
])('the .chk %j of a file of %i bytes names %s rows', (text, size, count) => expect(countIn(text, size)).toBe(count));

test('a mark stands beside its file under its whole name or in the place of its extension', () => {
  const marks = ['a.txt.chk', 'a.ok', 'b.CHK', 'c.txt.ok'];
  expect(marksOf('a.txt', marks)).toEqual(['a.txt.chk', 'a.ok']);
  expect(marksOf('b.txt', marks)).toEqual(['b.CHK']);
  expect(marksOf('d.txt', marks)).toEqual([]);
});

test.each([
  ['*', 'x.txt', true],
  ['BSS_*.txt', 'BSS_1.txt', true],
  ['BSS_*.txt', 'BSSx1.txt', false],
  ['a.?', 'a.b', true],
  ['a.?', 'axb', false],
  ['(a+)+$', '(a+)+$', true],
])('the pattern %s and the name %s: %s', (pattern, name, fits) => expect(patternOf(pattern).test(name)).toBe(fits));
