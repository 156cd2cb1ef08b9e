import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aucOfCounts, eceOfCounts, meanOfCounts, psiOfCounts, STEPS, stepOf } from './counts.ts';
import { aucOf, eceOf } from './metrics.ts';

const people = fc.array(fc.record({ step: fc.integer({ min: 0, max: STEPS - 1 }), one: fc.boolean() }), { minLength: 20, maxLength: 300 });

const counted = (rows: readonly { step: number; one: boolean }[]) => {
  const [ones, zeros] = [0, 1].map(() => Array.from({ length: STEPS }, () => 0)) as [number[], number[]];
  for (const { step, one } of rows) (one ? ones : zeros)[step]!++;
  return { ones, zeros };
};

test('counted by score, AUC and calibration error are those of the rows', () => {
  fc.assert(
    fc.property(people, (rows) => {
      const { ones, zeros } = counted(rows);
      const scores = Float64Array.from(rows, (r) => r.step / (STEPS - 1));
      const label = Uint8Array.from(rows, (r) => Number(r.one));
      const auc = aucOf(scores, label);
      if (Number.isNaN(auc)) expect(aucOfCounts(ones, zeros)).toBeNull();
      else expect(aucOfCounts(ones, zeros)).toBeCloseTo(auc, 10);
      expect(eceOfCounts(ones, zeros)).toBeCloseTo(eceOf(scores, label), 10);
    }),
  );
});

test('of nobody nothing is said', () => {
  const none = Array.from({ length: STEPS }, () => 0);
  expect([aucOfCounts(none, none), eceOfCounts(none, none), meanOfCounts(none)]).toEqual([null, null, null]);
  expect(psiOfCounts([...none, 0], [...none, 0])).toBe(0);
});

test('a probability has its thousandth, and what lies beyond the ends of 0 and 1', () => {
  expect([0, 0.0004, 0.0006, 0.5, 1, 7, -1].map(stepOf)).toEqual([0, 0, 1, 500, 1000, 1000, 0]);
});

test('a spread is stable against itself and against any multiple, and not when it moves or becomes unknown', () => {
  const before = Array.from({ length: 102 }, (_, at) => (at < 101 ? 10 + at : 50));
  expect(psiOfCounts(before, before)).toBeCloseTo(0, 12);
  expect(psiOfCounts(before, before.map((n) => n * 3))).toBeCloseTo(0, 6); // biome-ignore format: one line
  const moved = [...before.slice(20, 101), ...before.slice(0, 20), 50];
  expect(psiOfCounts(before, moved)).toBeGreaterThan(0.25);
  const lost = before.map((n, at) => (at < 101 ? n / 2 : 50 + 3_000));
  expect(psiOfCounts(before, lost)).toBeGreaterThan(0.1);
});

test('one value that nearly all have makes no groups of its neighbours', () => {
  const before = [5, 9_900, 3, 2, 1, 4, 0];
  expect(psiOfCounts(before, [0, 9_900, 6, 1, 3, 5, 0])).toBeLessThan(0.01);
});
