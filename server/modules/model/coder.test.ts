import { expect, test } from 'vitest';
import { codesOf, learnCoder } from './coder.ts';
import { mostLevels } from './column.ts';
import { aColumn, allRows } from './fixtures.ts';

const learned = (column: ReturnType<typeof aColumn>) => learnCoder(column, allRows(column.values.length));

test('unknown has a code of its own, never that of 0 or of no', () => {
  const flag = learned(aColumn('flag', [1, 0, undefined, 0]));
  expect([...flag.codes]).toEqual([1, 0, 2, 0]);
  const number = learned(aColumn('number', [0, 5, undefined, -5]));
  expect([...number.codes]).toEqual([1, 2, 3, 0]);
  const level = learned(aColumn('oneOf', [...Array.from({ length: 10 }, () => 'a'), undefined, 'b']));
  expect([...level.codes].slice(-3)).toEqual([0, 2, 1]);
});

test('a number’s code stands for its distance from the mean in deviations; unknown ones do not count', () => {
  const { coder } = learned(aColumn('number', [10, 20, undefined, 30, undefined]));
  if (coder.kind !== 'number') throw new Error('no number');
  expect([...coder.values].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([-1.224745, 0, 1.224745]);
  expect([...coder.counts]).toEqual([1, 1, 1, 2]);
});

test('many different numbers fall into bins of equal count', () => {
  const column = aColumn(
    'number',
    Array.from({ length: 50_000 }, (_, row) => ((row * 7919) % 50_000) ** 2),
  );
  const { coder } = learned(column);
  expect(coder.size).toBeGreaterThan(240);
  expect(coder.size).toBeLessThan(256);
  const known = [...coder.counts].slice(0, -1);
  expect(Math.max(...known)).toBeLessThan(2 * (50_000 / coder.size));
});

test.each([
  ['the largest there are', [1.7e308, -1.7e308, 1e308, 0]],
  ['neighbouring large ones', [1e15, 1e15 + 1, 1e15 + 2]],
  ['tiny ones', [1e-300, 2e-300, 3e-300]],
  ['one value', [7, 7, 7]],
  ['none', [undefined, undefined]],
  ['infinite distances', [Number.MAX_VALUE, -Number.MAX_VALUE]],
])('numbers: %s', (_, values) => {
  const { coder, codes } = learned(aColumn('number', values));
  if (coder.kind !== 'number') throw new Error('no number');
  for (const value of coder.values) expect(Number.isFinite(value)).toBe(true);
  const different = new Set(values).size;
  expect(new Set(codes).size).toBe(different);
});

test('rare values of a one-of are one; so is a value that training has not seen', () => {
  const rare = Array.from({ length: 5000 }, (_, at) => `rare ${at}`);
  const column = aColumn('oneOf', [...Array.from({ length: 3000 }, (_, at) => `hall ${at % 300}`), ...rare, 'new']);
  const { coder } = learnCoder(column, allRows(8000));
  expect(coder.size).toBe(251);
  expect([...codesOf(column, coder, allRows(8001))].slice(-2)).toEqual([250, 250]);
});

test('a one-of of more values than are kept apart goes on', () => {
  const column = aColumn('oneOf', [...Array.from({ length: mostLevels + 5 }, (_, at) => `v${at}`), 'v0', undefined]);
  expect([...(column.values as Int16Array)].slice(-4)).toEqual([-2, -2, 0, -1]);
  expect([...learned(column).codes].slice(-4)).toEqual([0, 0, 0, 1]);
});

test('nothing is learned from other rows', () => {
  const values = [1, 2, 3, 4, 1000, undefined];
  const some = allRows(4);
  const { coder } = learnCoder(aColumn('number', values), some);
  expect(coder).toEqual(learnCoder(aColumn('number', [1, 2, 3, 4]), some).coder);
});
