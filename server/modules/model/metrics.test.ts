import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aucOf, binsOf, brierOf, decileCounts, eceOf, liftOf, psiOf } from './metrics.ts';

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { minLength: 2, maxLength: 60 });
const split = (rows: readonly (readonly [number, boolean])[]) => ({
  scores: Float64Array.from(rows, ([score]) => score / 6),
  label: Uint8Array.from(rows, ([, yes]) => (yes ? 1 : 0)),
});

test('AUC is the share of pairs in the right order, ties half', () => {
  fc.assert(
    fc.property(pairs, (rows) => {
      const { scores, label } = split(rows);
      let [right, all] = [0, 0];
      for (const [i, yes] of label.entries()) {
        for (const [j, no] of label.entries()) {
          if (yes !== 1 || no !== 0) continue;
          all++;
          right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
        }
      }
      if (all === 0) expect(aucOf(scores, label)).toBeNaN();
      else expect(aucOf(scores, label)).toBeCloseTo(right / all, 12);
    }),
  );
});

test('the order of rows changes no figure', () => {
  fc.assert(
    fc.property(pairs, fc.integer(), (rows, turn) => {
      const at = ((turn % rows.length) + rows.length) % rows.length;
      const [a, b] = [split(rows), split([...rows.slice(at), ...rows.slice(0, at)])];
      expect(eceOf(b.scores, b.label)).toBeCloseTo(eceOf(a.scores, a.label), 12);
      expect(brierOf(b.scores, b.label)).toBeCloseTo(brierOf(a.scores, a.label), 12);
      const near = liftOf(a.scores, a.label).map((times) => expect.closeTo(times, 12));
      if (a.label.includes(1)) expect(liftOf(b.scores, b.label)).toEqual(near);
    }),
  );
});

test('calibration error by hand: ten bins of two rows', () => {
  const scores = Float64Array.from({ length: 20 }, (_, row) => (row + 0.5) / 20);
  const label = Uint8Array.from({ length: 20 }, (_, row) => (row < 10 ? 0 : 1));
  const said = Array.from({ length: 10 }, (_, bin) => (2 * bin + 1) / 20);
  expect(binsOf(scores, label, 10)).toEqual(said.map((mean, bin) => ({ rows: 2, said: expect.closeTo(mean, 12), seen: bin < 5 ? 0 : 1 })));
  expect(eceOf(scores, label)).toBeCloseTo(0.25, 12);
});

test('one probability for all is judged by its mean alone', () => {
  const label = Uint8Array.from({ length: 1000 }, (_, row) => (row < 300 ? 1 : 0));
  expect(eceOf(new Float64Array(1000).fill(0.3), label)).toBeCloseTo(0, 12);
  expect(brierOf(new Float64Array(1000).fill(0.3), label)).toBeCloseTo(0.21, 12);
  for (const times of liftOf(new Float64Array(1000).fill(0.3), label)) expect(times).toBeCloseTo(1, 12);
});

test('lift: all ones are in the first three tenths', () => {
  const scores = Float64Array.from({ length: 100 }, (_, row) => row);
  const label = Uint8Array.from({ length: 100 }, (_, row) => (row >= 70 ? 1 : 0));
  expect(liftOf(scores, label).map((times) => Math.round(times * 1000) / 1000)).toEqual([3.333, 3.333, 3.333, 0, 0, 0, 0, 0, 0, 0]);
});

test('stability: none where nothing moved, and the book’s figure where it did', () => {
  expect(psiOf([100, 200, 700], [10, 20, 70])).toBeCloseTo(0, 12);
  expect(psiOf([50, 50], [60, 40])).toBeCloseTo(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), 12);
  expect(psiOf([100, 0], [0, 100])).toBeGreaterThan(1);
  const before = Float64Array.from({ length: 1000 }, (_, at) => at);
  const counts = decileCounts(
    before,
    before.map((score) => score + 500),
  );
  expect(counts.before).toEqual(Array.from({ length: 10 }, () => 100));
  expect(counts.after).toEqual([0, 0, 0, 0, 0, 100, 100, 100, 100, 600]);
});
