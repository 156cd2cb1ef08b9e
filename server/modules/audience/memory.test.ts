import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRoom, PIECE } from './memory.ts';

const BEGIN = 3 * PIECE;
const PIECES = 6;

test('places never overlap, stay in their memory, and all come back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(fc.integer({ min: 1, max: 9_000 }), fc.integer({ min: 1, max: PIECE })), fc.nat(3))),
      (wishes) => {
        const room = makeRoom(new Uint32Array((BEGIN + PIECES * PIECE) / 4), BEGIN, PIECES);
        const taken = new Map<number, number>();
        for (const [bytes, goes] of wishes) {
          const at = room.take(bytes);
          if (at !== 0) {
            expect(at % 64).toBe(0);
            expect(at >= BEGIN && at + bytes <= BEGIN + PIECES * PIECE).toBe(true);
            for (const [other, size] of taken) expect(at + bytes <= other || other + size <= at).toBe(true);
            taken.set(at, bytes);
          }
          const some = [...taken.keys()][goes];
          if (some === undefined) continue;
          room.free(some);
          taken.delete(some);
        }
        for (const at of taken.keys()) room.free(at);
        expect(room.used).toBe(0);
        for (let n = 0; n < PIECES; n++) expect(room.take(PIECE)).not.toBe(0);
        expect(room.take(1)).toBe(0);
      },
    ),
  );
});

test('bitmaps fill a piece without a gap', () => {
  const room = makeRoom(new Uint32Array((BEGIN + PIECES * PIECE) / 4), BEGIN, PIECES);
  for (let n = 0; n < (PIECES * PIECE) / 8_192; n++) expect(room.take(8_192)).not.toBe(0);
  expect(room.take(8_192)).toBe(0);
});
