import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK } from '#tag';
import { columnFor, windowsOf } from './customers-columns.ts';

const KINDS = ['flag', 'flag', 'oneOf', 'flag', 'number', 'flag', 'flag'] as const;
const FLAGS = KINDS.filter((k) => k === 'flag').length;

const bit = (bitmap: Uint8Array, at: number): number => ((bitmap[at >> 3] as number) >> (at & 7)) & 1;

test('rows lie in their columns whatever the order and the gaps of their places', () => {
  const place = fc.oneof(fc.nat(100), fc.integer({ min: BLOCK - 20, max: BLOCK + 20 }));
  const runs = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 40 })), { maxLength: 12 });
  fc.assert(
    fc.property(runs, fc.array(fc.nat(2), { minLength: 97, maxLength: 97 }), (some, chances) => {
      const ordinals = [...new Set(some.flatMap(([from, n]) => Array.from({ length: n }, (_, i) => from + i)))];
      const columns = KINDS.map((kind, i) => columnFor(`t${i}`, kind, 0, () => undefined));
      const windows = windowsOf(columns);
      const codeOf = (ordinal: number, column: number): number => chances[(ordinal * 31 + column * 7) % chances.length] as number;
      for (const ordinal of ordinals)
        windows.put(ordinal, {
          flags: Uint8Array.from(KINDS, (_, c) => codeOf(ordinal, c)),
          others: Float64Array.from(KINDS, (_, c) => (codeOf(ordinal, c) === 2 ? Number.NaN : 1 + codeOf(ordinal, c))),
        });
      const taken = new Map(windows.take().map((w) => [w.block, w]));
      expect([...taken.values()].reduce((sum, w) => sum + w.mask.reduce((n, byte) => n + byte.toString(2).replaceAll('0', '').length, 0), 0)).toBe(ordinals.length); // biome-ignore format: one line
      for (const ordinal of ordinals) {
        const window = taken.get(Math.floor(ordinal / BLOCK));
        const at = ordinal % BLOCK;
        let flags = 0;
        for (const [c, cells] of (window?.cells ?? []).entries()) {
          const code = codeOf(ordinal, c);
          if (cells.kind === 'flag') {
            flags++;
            expect([bit(cells.yes, at), bit(cells.known, at)]).toEqual([Number(code === 1), Number(code !== 2)]);
          } else if (cells.kind === 'oneOf') expect(cells.codes[at]).toBe(code === 2 ? 0 : 1 + code);
          else expect(cells.units[at]).toBe(code === 2 ? Number.NaN : 1 + code);
        }
        expect(flags).toBe(FLAGS);
      }
    }),
    { numRuns: 60 },
  );
});
