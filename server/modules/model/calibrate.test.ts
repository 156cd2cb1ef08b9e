import { expect, test } from 'vitest';
import { type Calibration, calibrated, chooseCalibration, isotonicOf, plattOf } from './calibrate.ts';
import { chanceOf } from './chance.ts';
import { sigmoid } from './odds.ts';

/** Scores spread evenly over −3 … 3, and what was seen when the truth is `truth(score)`. */
function scored(count: number, truth: (score: number) => number) {
  const chance = chanceOf(11);
  const logOdds = Float64Array.from({ length: count }, () => chance() * 6 - 3);
  return { logOdds, label: Uint8Array.from(logOdds, (score) => (chance() < sigmoid(truth(score)) ? 1 : 0)) };
}

const all = () => true;

test('scores that keep their word are left as they are', () => {
  const { logOdds, label } = scored(5000, (score) => score);
  expect(chooseCalibration(logOdds, label, chanceOf(1)).kind).toBe('none');
});

test('scores that are too sure are drawn in', () => {
  const { logOdds, label } = scored(20_000, (score) => score / 2 - 0.5);
  const chosen = chooseCalibration(logOdds, label, chanceOf(1));
  expect(chosen.kind).not.toBe('none');
  for (const score of [-2, 0, 2]) expect(calibrated(chosen, score)).toBeCloseTo(score / 2 - 0.5, 0);
  const platt = plattOf(logOdds, label, all);
  expect(platt).toMatchObject({ kind: 'platt', slope: expect.closeTo(0.5, 1), intercept: expect.closeTo(-0.5, 1) });
});

test('a bend that no straight line follows is followed step by step', () => {
  const bent = (score: number) => (score < 0 ? -2 : 2) + score / 10;
  const { logOdds, label } = scored(40_000, bent);
  const chosen = chooseCalibration(logOdds, label, chanceOf(1));
  expect(chosen.kind).toBe('isotonic');
  for (const score of [-2.5, -1, 1, 2.5]) expect(Math.abs(calibrated(chosen, score) - bent(score))).toBeLessThan(0.3);
});

test('whatever is chosen rises, so that no order changes', () => {
  const { logOdds, label } = scored(3000, (score) => Math.sin(score * 2));
  const kinds: Calibration[] = [{ kind: 'none' }, plattOf(logOdds, label, all), isotonicOf(logOdds, label, all)];
  for (const kind of kinds) {
    let last = Number.NEGATIVE_INFINITY;
    for (let score = -5; score <= 5; score += 0.01) {
      const now = calibrated(kind, score);
      expect(now).toBeGreaterThan(last);
      last = now;
    }
  }
});

test.each([
  ['one score for all', new Float64Array(100).fill(0.3)],
  ['infinitely far ones', Float64Array.from({ length: 100 }, (_, row) => (row % 2 ? 700 : -700))],
])('nothing breaks: %s', (_, logOdds) => {
  const label = Uint8Array.from({ length: 100 }, (_row, row) => row % 2);
  for (const fitter of [plattOf, isotonicOf]) expect(Number.isFinite(calibrated(fitter(logOdds, label, all), 0.3))).toBe(true);
});
