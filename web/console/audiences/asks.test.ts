import { expect, test } from 'vitest';
import { type AskWord, dateModeOf, firstAsk, PRESETS, presetOf, WORDS, worded, wordOf } from './asks.ts';
import { type Ask, aLine } from './tree.ts';

const asks: Record<string, readonly Ask[]> = {
  flag: [{ how: 'is', value: true }],
  oneOf: [{ how: 'oneOf', values: ['a'] }],
  number: [{ how: 'range', from: 1, to: null }],
  date: [{ how: 'range', from: null, to: '2026-11-21' }],
};

test.each(Object.entries(WORDS))('a line on a %s reads as the word that was chosen, whatever it read before', (kind, words) => {
  for (const ask of asks[kind]!)
    for (const before of words)
      for (const word of words) {
        const line = worded(worded(aLine({ on: 'tag', tag: 't', ask }), 't', before), 't', word);
        const isOpen = line.what.on === 'tag' && line.what.ask === null;
        expect(wordOf(line)).toBe(word);
        expect(isOpen).toBe(kind !== 'flag' && ['known', 'unknown'].includes(before) && ['in', 'out'].includes(word));
      }
});

test.each<[Ask, AskWord]>([
  [{ how: 'is', value: true }, 'no'],
  [{ how: 'is', value: false }, 'yes'],
  [{ how: 'known', known: true }, 'unknown'],
  [{ how: 'oneOf', values: ['a'] }, 'out'],
])('negated as a whole it reads as the other side', (ask, word) => {
  expect(wordOf(aLine({ on: 'tag', tag: 't', ask }, { not: true }))).toBe(word);
});

test('another tag begins anew', () => {
  const line = aLine({ on: 'tag', tag: 't', ask: { how: 'oneOf', values: ['a'] } });
  expect(worded(line, 'u', 'in').what).toEqual({ on: 'tag', tag: 'u', ask: null });
  expect(firstAsk('own', 'flag')).toMatchObject({ ask: { value: true } });
});

test('each preset is known again by what it says', () => {
  for (const [name, { from, to }] of Object.entries(PRESETS)) expect(presetOf(from, to)).toBe(name);
  expect(presetOf({ edge: 'start', months: -1 }, { edge: 'end', months: -1 })).toBe('lastMonth');
});

test.each([
  [null, null, 'preset'],
  [{ days: 0 }, { days: 30 }, 'preset'],
  ['2026-11-01', null, 'day'],
  [{ days: -3 }, '2026-12-01', 'relative'],
] as const)('ends are shown in the way that has fields for them', (from, to, mode) => {
  expect(dateModeOf(from, to)).toBe(mode);
});
