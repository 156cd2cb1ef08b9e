import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDb } from '../../test/database.ts';
import { column } from './columns.ts';
import type { Db } from './db.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb([]);
});
afterAll(() => db?.close());

const uuid = fc.uuid();
const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((s) => s.isWellFormed() && !s.includes('\0'));
const whole = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const some = <T>(of: fc.Arbitrary<T>) => fc.array(fc.option(of, { nil: null }), { maxLength: 20 });

test.each([
  ['uuid', some(uuid), (v: never) => column.uuid(v)],
  ['text', some(text), (v: never) => column.text(v)],
  ['bigint', some(whole), (v: never) => column.bigint(v)],
  ['int', some(fc.integer()), (v: never) => column.int(v)],
  ['smallint', some(fc.integer({ min: -32_768, max: 32_767 })), (v: never) => column.smallint(v)],
  ['bytea', some(fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b))), (v: never) => column.bytea(v)],
] as [string, fc.Arbitrary<unknown[]>, (v: never) => Buffer][])('a column of %s comes back as it was', async (type, cells, made) => {
  await fc.assert(
    fc.asyncProperty(cells, async (values) => {
      const rows = await db.query<{ x: unknown }>(`column-${type}`, `select x from unnest($1::${type}[]) x`, [made(values as never)]);
      expect(rows.map((r) => r.x)).toEqual(values);
    }),
    { numRuns: 60 },
  );
});

test('JSON cells are JSON there, and a column longer than the room that was there grows it', async () => {
  const cells = [JSON.stringify({ a: '"\\' }), null, JSON.stringify({ long: '中'.repeat(700_000) })];
  const rows = await db.query<{ x: unknown }>('column-json', 'select x from unnest($1::json[]) x', [column.json(cells)]);
  expect(rows.map((r) => r.x)).toEqual(cells.map((c) => c && JSON.parse(c)));
});
