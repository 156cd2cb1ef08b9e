import { describe, expect, test } from 'vitest';
import { Definition } from '#derivation/contract';
import { beginning, choicesOf, lacking, lineChanges, mistakesElsewhere, moved, type Table } from './draft.ts';

const names = { zh: '层级', en: 'Tier' };

test('every beginning is a form that the door takes', () => {
  for (const kind of ['oneOf', 'flag', 'number', 'date'] as const) expect(Definition.safeParse(beginning(kind, names)).success).toBe(true);
});

describe('a row', () => {
  test('moves up and down, and stays where there is no further', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });
  test('gives one of the tag’s values or unknown', () => {
    expect(choicesOf(beginning('oneOf') as Table)).toEqual(['high', 'low', null]);
    expect(choicesOf(beginning('flag') as Table)).toEqual([true, false, null]);
  });
});

test('what is missing is named, one thing at a time', () => {
  expect(lacking('a b', beginning('flag'))).toBe('tag');
  expect(lacking('tier', beginning('flag'))).toBe('names');
  expect(lacking('tier.x', beginning('flag', names))).toBeNull();
  const one = beginning('oneOf', names);
  expect(lacking('tier', { ...one, values: [{ value: '', zh: '', en: '' }] } as Definition)).toBe('values');
});

test('mistakes that no row shows are shown together', () => {
  const at = (path: string) => ({ path, reason: '', start: 0, end: 0, line: 1, column: 1, zh: '', en: '' });
  expect(
    mistakesElsewhere([at('table[0].when'), at('values[1].value'), at('table[7].when')], beginning('oneOf')).map((m) => m.path),
  ).toEqual(['values[1].value', 'table[7].when']);
});

test('a version beside the one before: what went, what came, what stayed', () =>
  expect(lineChanges(['a', 'b'], ['c', 'b'])).toEqual([
    { sign: '-', line: 'a' },
    { sign: '+', line: 'c' },
    { sign: '=', line: 'b' },
  ]));
