import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cells, closeBlock, codeAt, hasBit, merge, noCells, openBlock, putCode, rescale, setBit, tallyOf } from './codes.ts';
import type { TagKind } from './contract.ts';
import { BITMAP_BYTES, BLOCK, type Block, MOST_UNITS } from './model.ts';

const KINDS: readonly TagKind[] = ['flag', 'oneOf', 'number', 'date'];
const place = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: BLOCK - 1 }));
const codeOf = (kind: TagKind) =>
  fc.oneof(
    { arbitrary: fc.constant(Number.NaN), weight: 1 },
    {
      arbitrary:
        kind === 'flag'
          ? fc.integer({ min: 0, max: 1 })
          : kind === 'oneOf'
            ? fc.oneof(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 1, max: 65_535 }))
            : fc.oneof(
                fc.integer({ min: -100, max: 100 }),
                fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
                fc.integer({ min: -MOST_UNITS, max: MOST_UNITS }),
                fc.constantFrom(MOST_UNITS, -MOST_UNITS, -1, 0),
              ),
      weight: 4,
    },
  );
const writes = (kind: TagKind) => fc.array(fc.tuple(place, codeOf(kind)), { maxLength: 40 });
const cellsOf = (kind: TagKind, w: readonly (readonly [number, number])[]): Cells => {
  const cells = noCells(kind);
  for (const [at, code] of w) putCode(cells, at, code);
  return cells;
};

describe.each(KINDS)('a block of a %s', (kind) => {
  test('comes back as it was kept', () => {
    fc.assert(
      fc.property(writes(kind), (w) => {
        const cells = cellsOf(kind, w);
        const block = closeBlock(7, 3, cells);
        const back = openBlock(kind, block ?? undefined);
        for (const [at] of w) expect(codeAt(back, at)).toBe(codeAt(cells, at));
        const someKnown = w.some(([at]) => !Number.isNaN(codeAt(cells, at)));
        expect(block === null).toBe(!someKnown);
        expect(closeBlock(7, 3, back)).toEqual(block);
      }),
      { numRuns: 20 },
    );
  });

  test('merges what a mask names, and says who changed', () => {
    fc.assert(
      fc.property(writes(kind), writes(kind), fc.uniqueArray(place, { maxLength: 30 }), (a, b, named) => {
        const [into, from, before] = [cellsOf(kind, a), cellsOf(kind, b), cellsOf(kind, a)];
        const [mask, changed] = [Buffer.alloc(BITMAP_BYTES), Buffer.alloc(BITMAP_BYTES)];
        for (const at of named) setBit(mask, at);
        merge(into, from, mask, changed);
        for (const at of new Set([...named, ...a.map(([p]) => p), ...b.map(([p]) => p)])) {
          const want = named.includes(at) ? codeAt(from, at) : codeAt(before, at);
          expect(codeAt(into, at)).toBe(want);
          expect(hasBit(changed, at)).toBe(!Object.is(codeAt(before, at), want));
        }
      }),
      { numRuns: 20 },
    );
  });
});

test('a column is as narrow as its values', () => {
  const widthOf = (codes: readonly number[]) => (closeBlock(7, 0, cellsOf('number', codes.map((c, i) => [i, c]))) as Block).width; // biome-ignore format: one line
  expect(widthOf([1_000_000, 1_000_254])).toBe(1);
  expect(widthOf([1_000_000, 1_000_255])).toBe(2);
  expect(widthOf([0, 65_534])).toBe(2);
  expect(widthOf([0, 65_535])).toBe(4);
  expect(widthOf([0, 2 ** 32 - 2])).toBe(4);
  expect(widthOf([0, 2 ** 32 - 1])).toBe(8);
  expect((closeBlock(7, 0, cellsOf('oneOf', [[5, 255]])) as Block).width).toBe(1);
  expect((closeBlock(7, 0, cellsOf('oneOf', [[5, 256]])) as Block).width).toBe(2);
});

test('a flag known of all 65,536 says so by saying nothing', () => {
  const all = noCells('flag');
  for (let i = 0; i < BLOCK; i++) putCode(all, i, i % 2);
  expect(closeBlock(7, 0, all)?.known).toBeNull();
  putCode(all, 9, Number.NaN);
  expect(closeBlock(7, 0, all)?.known).not.toBeNull();
});

test('finer units are refused where they would not be exact', () => {
  const cells = cellsOf('number', [[0, 12], [1, -5]]); // biome-ignore format: one line
  expect(rescale(cells, 2)).toBe(true);
  expect([codeAt(cells, 0), codeAt(cells, 1), codeAt(cells, 2)]).toEqual([1200, -500, Number.NaN]);
  expect(rescale(cellsOf('number', [[0, 2 ** 50]]), 1)).toBe(false);
});

test('figures are of those who count', () => {
  const everyone = Buffer.alloc(BITMAP_BYTES);
  for (const at of [0, 1, 2, 9]) setBit(everyone, at);
  const none = { yes: 0, low: null, high: null, sum: null, counts: [] };
  const flag = cellsOf('flag', [[0, 1], [1, 0], [9, 1], [10, 1]]); // biome-ignore format: one line
  expect(tallyOf(flag, everyone)).toEqual({ ...none, known: 3, yes: 2 });
  const oneOf = cellsOf('oneOf', [[0, 2], [1, 2], [2, 1], [10, 9]]); // biome-ignore format: one line
  expect(tallyOf(oneOf, everyone)).toEqual({ ...none, known: 3, counts: [1, 2] });
  const number = cellsOf('number', [[0, -4], [2, 8], [10, 99]]); // biome-ignore format: one line
  expect(tallyOf(number, everyone)).toEqual({ ...none, known: 2, low: -4, high: 8, sum: 4n });
});
