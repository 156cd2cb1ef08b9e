import { expect, test } from 'vitest';
import { type BoostOptions, boost, boostedLogOdds } from './boost.ts';
import { chanceOf } from './chance.ts';
import { aColumn, aPopulation, coded } from './fixtures.ts';
import { aucOf } from './metrics.ts';
import { sigmoid } from './odds.ts';

const options: BoostOptions = { trees: 60, depth: 3, rate: 0.2, lambda: 1, rowShare: 0.8, mostRows: 1e6, columnsPerTree: 9, seed: 3 };

test('what only two columns together tell is learned', () => {
  const chance = chanceOf(5);
  const [a, b] = [0, 0].map(() => Array.from({ length: 2000 }, () => (chance() < 0.5 ? 1 : 0)));
  const label = Uint8Array.from(a!, (value, row) => (chance() < (value !== b![row] ? 0.9 : 0.1) ? 1 : 0));
  const { coders, matrix } = coded([aColumn('flag', a!, 'a'), aColumn('flag', b!, 'b')]);
  expect(aucOf(boostedLogOdds(boost(matrix, coders, label, options).model, matrix), label)).toBeGreaterThan(0.88);
});

test('unknown goes its own way, also against both neighbours', () => {
  const chance = chanceOf(6);
  const values = Array.from({ length: 3000 }, () => (chance() < 0.2 ? undefined : chance() * 10));
  const label = Uint8Array.from(values, (value) => (chance() < (value === undefined ? 0.8 : 0.2) ? 1 : 0));
  const { coders, matrix } = coded([aColumn('number', values)]);
  const said = boostedLogOdds(boost(matrix, coders, label, options).model, matrix);
  const mean = (isIn: (row: number) => boolean) => {
    const rows = values.map((_, row) => row).filter(isIn);
    return rows.reduce((sum, row) => sum + sigmoid(said[row]!), 0) / rows.length;
  };
  expect(mean((row) => values[row] === undefined)).toBeCloseTo(0.8, 1);
  expect(mean((row) => values[row] !== undefined)).toBeCloseTo(0.2, 1);
});

test('values of a one-of are grouped by what they show, whatever they are called', () => {
  const chance = chanceOf(7);
  const halls = Array.from({ length: 6000 }, () => Math.floor(chance() * 40));
  const label = Uint8Array.from(halls, (hall) => (chance() < (hall % 2 === 0 ? 0.7 : 0.2) ? 1 : 0));
  const { coders, matrix } = coded([
    aColumn(
      'oneOf',
      halls.map((hall) => `hall ${hall}`),
    ),
  ]);
  const { model } = boost(matrix, coders, label, { ...options, trees: 1, rate: 1 });
  expect(aucOf(boostedLogOdds(model, matrix), label)).toBeGreaterThan(0.73);
});

test('growing ends when the watched rows gain nothing', () => {
  const { columns, label } = aPopulation(1500);
  const { coders, matrix } = coded(columns);
  const noise = chanceOf(8);
  const watch = { matrix, label: label.map(() => (noise() < 0.5 ? 1 : 0)), patience: 5 };
  const { model, losses } = boost(matrix, coders, label, options, watch);
  expect(model.trees.length).toBeLessThan(30);
  expect(losses).toHaveLength(model.trees.length + 1);
});

test('the same seed grows the same trees', () => {
  const { columns, label } = aPopulation(800);
  const { coders, matrix } = coded(columns);
  const once = boost(matrix, coders, label, options).model;
  expect(boost(matrix, coders, label, options).model).toEqual(once);
  expect(boost(matrix, coders, label, { ...options, seed: 4 }).model).not.toEqual(once);
});

test('no columns, or columns that say nothing, leave the share of ones', () => {
  const label = Uint8Array.from({ length: 100 }, (_, row) => (row < 25 ? 1 : 0));
  const { coders, matrix } = coded([
    aColumn(
      'number',
      Array.from({ length: 100 }, () => 1),
    ),
  ]);
  const said = boostedLogOdds(boost(matrix, coders, label, { ...options, rowShare: 1 }).model, matrix);
  expect(sigmoid(said[0]!)).toBeCloseTo(0.25, 1);
  expect(boost({ rows: 100, codes: [] }, [], label, options).model.trees).toEqual([]);
});
