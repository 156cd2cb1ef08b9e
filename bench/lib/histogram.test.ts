import { expect, test } from 'vitest';
import { makeHistogram, summary } from './histogram.ts';

test('nothing recorded: everything is 0', () => {
  expect(summary(makeHistogram())).toEqual({ count: 0, p50: 0, p99: 0, max: 0 });
});

test('percentiles are within 1 % of the exact ones, from microseconds to minutes', () => {
  const h = makeHistogram();
  const values = Array.from({ length: 10_000 }, (_, i) => 0.002 * 1.0019 ** i);
  for (const v of values) h.record(v);
  for (const share of [0.01, 0.5, 0.9, 0.99, 0.999, 1]) {
    const exact = values[Math.ceil(share * values.length) - 1] as number;
    expect(h.percentile(share) / exact).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(h.percentile(share) / exact).toBeLessThan(1.0101);
  }
});

test('of few values the percentile is the one at that rank', () => {
  const h = makeHistogram();
  for (const v of [1, 2, 100]) h.record(v);
  expect(h.percentile(0.5)).toBeCloseTo(2, 1);
  expect(h.percentile(0.99)).toBe(100);
  expect(h.max).toBe(100);
});

test('what is too short or too long counts at the ends', () => {
  const h = makeHistogram();
  h.record(0);
  h.record(-5);
  h.record(1e9);
  expect(h.count).toBe(3);
  expect(h.percentile(0.5)).toBeLessThanOrEqual(0.001);
  expect(h.max).toBe(1e9);
});

test('added together, histograms say the same as one that heard everything', () => {
  const [a, b, all] = [makeHistogram(), makeHistogram(), makeHistogram()];
  for (let i = 1; i <= 1_000; i++) {
    (i % 3 === 0 ? a : b).record(i / 7);
    all.record(i / 7);
  }
  a.add(b);
  expect(summary(a)).toEqual(summary(all));
  expect(a.buckets()).toEqual(all.buckets());
});
