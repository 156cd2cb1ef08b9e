import { expect, test } from 'vitest';
import { aColumn, allRows, aPopulation } from './fixtures.ts';
import { pack, unpack } from './packed.ts';
import { train } from './train.ts';
import { matrixOf, probabilitiesOf } from './trained.ts';

test('a model that was packed and opened again scores everybody to the last bit as before', () => {
  const { columns, label } = aPopulation(1_200, { bent: true });
  const { trained } = train(columns, allRows(1_000), label.subarray(0, 1_000), 3);
  expect(trained.boosted?.trees.length).toBeGreaterThan(0);
  const opened = unpack(pack(trained));
  const rows = allRows(1_200);
  const scores = probabilitiesOf(opened, matrixOf(opened.coders, columns, rows));
  expect(scores).toEqual(probabilitiesOf(trained, matrixOf(trained.coders, columns, rows)));
  expect(pack(opened)).toBe(pack(trained));
});

test('one of nothing but a share stays one', () => {
  const { trained } = train([aColumn('flag', [1, 1, 1, 1], 'same')], allRows(4), Uint8Array.of(0, 1, 0, 1), 1);
  expect(pack(unpack(pack(trained)))).toBe(pack(trained));
});
