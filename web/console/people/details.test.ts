import { expect, test } from 'vitest';
import { detailWords } from './details.ts';

const names = { of: (of: { zh: string; en: string }) => of.zh } as Parameters<typeof detailWords>[1];

test('a name is said in the reader’s language, a word as it is', () => {
  expect(detailWords({ zh: '离网预测', en: 'Leaving' }, names)).toBe('离网预测');
  expect(detailWords('warehouse', names)).toBe('warehouse');
  expect(detailWords(306, names)).toBe('306');
  expect(detailWords(false, names)).toBe('false');
});

test('of a long list the first five and how many there are', () => {
  expect(detailWords(['a', 'b'], names)).toBe('a · b');
  expect(detailWords([1, 2, 3, 4, 5, 6, 7], names)).toBe('1 · 2 · 3 · 4 · 5 … 7');
});

test('what says nothing is left out, what has no words stands as it was written', () => {
  expect([null, undefined, ''].map((value) => detailWords(value, names))).toEqual(['', '', '']);
  expect(detailWords({ min: 1 }, names)).toBe('{"min":1}');
});
