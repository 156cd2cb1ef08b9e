import { describe, expect, test } from 'vitest';
import { Definition } from '#derivation/contract';
import {
  beginning,
  choicesOf,
  figureBeside,
  isFreeId,
  lacking,
  lineChanges,
  measured,
  mistakesElsewhere,
  moved,
  renamed,
  rowsNaming,
  type Table,
} from './draft.ts';

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

describe('a figure with a name', () => {
  const figure = { id: 'high', value: 12_900, from: 100, to: 1_000_000, unit: 'fen' as const, names };
  const of = { ...beginning('oneOf', names), parameters: [figure], table: [{ when: 'arpu >= high && plan != "high"', value: 'high' }, { when: 'bill.high > 3', value: 'low' }, { when: 'has(arpu) && high > 2', value: 'low' }] } as Table; // biome-ignore format: one line
  test('is called otherwise wherever it is named, and nowhere else', () => {
    const now = renamed(of, 0, 'top') as Table;
    expect(now.parameters[0]?.id).toBe('top');
    expect(now.table.map((row) => row.when)).toEqual(['arpu >= top && plan != "high"', 'bill.high > 3', 'has(arpu) && top > 2']);
    expect(renamed({ ...beginning('number', names), parameters: [figure], expression: 'a - high' } as Definition, 0, 'x')).toMatchObject({ expression: 'a - x' }); // biome-ignore format: one line
  });
  test('is not taken away while a row names it', () => {
    expect(rowsNaming(of, 'high')).toEqual([1, 3]);
    expect(rowsNaming(of, 'none')).toEqual([]);
  });
  test('has a name of its own', () => {
    const two = [figure, figureBeside([figure])];
    expect(two[1]?.id).toBe('figure2');
    expect(figureBeside([{ ...figure, id: 'figure2' }]).id).toBe('figure3');
    expect([isFreeId(two, 1, 'high'), isFreeId(two, 0, 'high'), isFreeId(two, 1, 'today'), isFreeId(two, 1, '3x')]).toEqual([false, true, false, false]); // biome-ignore format: one line
    expect(lacking('tier', { ...of, parameters: two } as Definition)).toBe('figures');
  });
  test('keeps what was typed when its unit or its decimals change', () => {
    expect(measured(figure, 'number', 0)).toMatchObject({ value: 129, from: 1, to: 10_000 });
    const score = measured({ ...figure, value: 7_000, from: 0, to: 10_000 }, 'number', 2);
    expect(score).toMatchObject({ value: 7_000, to: 10_000, decimals: 2 });
    expect(measured(score, 'number', 0)).toMatchObject({ value: 70, to: 100 });
    expect('decimals' in measured(score, 'days', 0)).toBe(false);
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
