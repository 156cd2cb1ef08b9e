import { expect, test } from 'vitest';
import { PastDays } from '#model/contract';
import { aucOfCounts } from '../server/modules/model/counts.ts';
import { makeCity } from './city.ts';
import { pastDays } from './model-days.ts';

test('the days before are the door’s form, the same ones every time, and tell of scores that order people well and drift', () => {
  const city = makeCity(7, 'Asia/Shanghai');
  const watched = { id: 'dc-churn', score: 'score.churn', own: true, judged: true, drift: 0.5 };
  const days = pastDays(city, watched, '2026-11-22');
  expect(days).toEqual(pastDays(city, watched, '2026-11-22'));
  expect(PastDays.safeParse({ days }).success).toBe(true);
  expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([60, '2026-09-23', '2026-11-21']);
  const mean = (at: number) => days.at(at)!.scores.reduce((sum, s) => sum + s.score * s.people, 0) / days.at(at)!.scores.reduce((sum, s) => sum + s.people, 0); // biome-ignore format: one line
  expect(mean(-1)).toBeGreaterThan(mean(0) + 20);
  const outcome = days.find((d) => d.judged)?.judged?.scores.toSorted((a, b) => a.score - b.score) ?? [];
  expect(aucOfCounts(outcome.map((s) => s.yes), outcome.map((s) => s.no))).toBeGreaterThan(0.65); // biome-ignore format: one line
});
