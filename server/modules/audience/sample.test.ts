import { afterAll, expect, test } from 'vitest';
import { emptyDb } from '../../../test/database.ts';
import { hashOf, hashSql } from './sample.ts';

const db = await emptyDb(1);
afterAll(() => db.close());

test('SQL and the program give the same hash', async () => {
  const ordinals = [0, 1, 65_535, 65_536, 66_999_999, 2 ** 31, 2 ** 32 - 1];
  for (const salt of [0, 1, 2 ** 32 - 1]) {
    const rows = await db.query<{ h: number }>(
      '',
      `select ${hashSql('o', salt)} h from unnest($1::bigint[]) with ordinality u(o, n) order by n`,
      [ordinals],
    );
    expect(rows.map((r) => r.h)).toEqual(ordinals.map((o) => hashOf(o, salt)));
  }
});

test('a tenth of the customers is a tenth, and two salts have a tenth of it in common', () => {
  const below = 2 ** 32 / 10;
  const among = Array.from({ length: 200_000 }, (_, o) => [hashOf(o, 1) < below, hashOf(o, 2) < below]);
  expect(among.filter(([a]) => a).length / 200_000).toBeCloseTo(0.1, 2);
  expect(among.filter(([a, b]) => a && b).length / 200_000).toBeCloseTo(0.01, 2);
});
