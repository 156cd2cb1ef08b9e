import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';
import type { Prepared } from './prepare.ts';

type Piece = Pick<Prepared, 'identity' | 'fold'>;
const anEvent = (identity: string, at: number, seq: number) => ({ identity, fold: { at, seq } }) as Piece;
const posts = fc.array(fc.record({ at: fc.nat(20), seq: fc.nat(2) }), { maxLength: 60 });

test('each event is in one piece, no piece is too large, and none holds anything earlier than the one before it', () => {
  fc.assert(
    fc.property(posts, fc.integer({ min: 1, max: 10 }), (list, size) => {
      const events = list.map(({ at, seq }, i) => anEvent(`e${i}`, at, seq));
      const pieces = piecesOf(events, size);
      const order = pieces.flat();
      expect(order.toSorted((a, b) => a - b)).toEqual(events.map((_, i) => i));
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(size);
      const last = (piece: readonly number[]) => piece.map((p) => events[p]?.fold as Prepared['fold']).map(({ at, seq }) => at * 10 + seq);
      for (const [i, piece] of pieces.entries())
        if (i > 0) expect(Math.min(...last(piece))).toBeGreaterThanOrEqual(Math.max(...last(pieces[i - 1] as number[])));
    }),
  );
});

test('a post that brings something twice stays as it is', () => {
  expect(piecesOf([anEvent('a', 3, 0), anEvent('b', 1, 0), anEvent('a', 2, 0)], 1)).toEqual([[0, 1, 2]]);
});
