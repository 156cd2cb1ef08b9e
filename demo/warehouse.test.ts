import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeCity } from './city.ts';
import { orderedBy } from './ordered.ts';
import { labelsOf } from './values.ts';
import { morningOf, PEOPLE, rowOf } from './warehouse.ts';

const ZONE = 'Asia/Shanghai';
const city = makeCity(7, ZONE);
const morning = morningOf('2026-11-22');
const ORIGIN = Date.UTC(2026, 8, 22, 16);
const PERSON = new Set(['key', 'name', 'phone', 'idNumber', 'address']);

const rows = (n: number) => Array.from({ length: n }, (_, i) => rowOf(city, i * Math.floor(PEOPLE / n), undefined, morning));

test('a morning knows its month and the one before', () => {
  expect(morningOf('2026-03-05')).toEqual({ day: Date.UTC(2026, 2, 5) / 86_400_000, ofMonth: 5, ofMonthBefore: 28 });
  expect(morningOf('2027-01-31').ofMonthBefore).toBe(31);
});

test('a person is the same again, and another morning changes what a day changes', () => {
  const n = Array.from({ length: 50 }, (_, i) => i).find((i) => rowOf(city, i, undefined, morning).own) as number;
  const today = rowOf(city, n, undefined, morning);
  expect(rowOf(city, n, undefined, morning)).toEqual(today);
  const tomorrow = rowOf(city, n, undefined, morningOf('2026-11-23'));
  expect(tomorrow).toMatchObject({
    'days.current': 23,
    joined: today.joined,
    'plan.name': today['plan.name'],
    'bill.previous': today['bill.previous'],
  });
});

test('every column has its words, and every word its column', () => {
  const words = parse(fs.readFileSync(path.join(import.meta.dirname, 'tags.yaml'), 'utf8')) as Record<string, string[]>;
  const columns = new Set(rows(2_000).flatMap((row) => Object.keys(row)));
  expect([...columns].filter((c) => !PERSON.has(c)).sort()).toEqual(Object.keys(words).sort());
  /** The eighth, where there is one: how sure it is, percent. */
  const isWhole = (w: readonly unknown[]) =>
    w.length === 7 || (w.length === 8 && Number.isInteger(w[7]) && Number(w[7]) > 0 && Number(w[7]) <= 100);
  expect(Object.values(words).filter((w) => !isWhole(w))).toEqual([]);
});

test('every value of a one-of tag that is a word is called something in English, too', async () => {
  const kinds = parse(fs.readFileSync(path.join(import.meta.dirname, 'tags.yaml'), 'utf8')) as Record<string, string[]>;
  const labels = await labelsOf(city);
  const nameless = new Set<string>();
  for (const row of rows(4_000))
    for (const [tag, value] of Object.entries(row)) {
      if (kinds[tag]?.[0] !== 'oneOf' || typeof value !== 'string' || !/\p{Script=Han}/u.test(value)) continue;
      const en = labels.get(tag)?.(value)?.en;
      if (en === undefined || en === '' || /\p{Script=Han}/u.test(en)) nameless.add(`${tag} ${value}`);
    }
  expect([...nameless]).toEqual([]);
});

test('four in ten are own customers; of the others much is unknown', () => {
  const all = rows(4_000);
  const own = all.filter((r) => r.own);
  expect(own.length / all.length).toBeGreaterThan(0.35);
  expect(own.length / all.length).toBeLessThan(0.42);
  expect(own.every((r) => r['plan.name'] !== null && typeof r['score.churn'] === 'number')).toBe(true);
  const others = all.filter((r) => !r.own);
  expect(others.every((r) => !('plan.name' in r) && !('idNumber' in r))).toBe(true);
  expect(others.filter((r) => r.age === null).length / others.length).toBeGreaterThan(0.4);
});

test('money and counts are whole, scores lie in 0 to 1000', () => {
  for (const row of rows(2_000)) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'number') continue;
      expect(Number.isFinite(value)).toBe(true);
      if (name !== 'data.used' && name !== 'kqi') expect(Number.isInteger(value), name).toBe(true);
      if (name.startsWith('score.')) expect(value >= 0 && value <= 1_000).toBe(true);
    }
  }
});

test('who ordered a line is a customer of ours and has it; his faults are those of his tickets', () => {
  const calendar = { seed: 7, zone: ZONE, origin: ORIGIN };
  const ordered = orderedBy(city, calendar, 0, 20);
  expect(ordered.size).toBeGreaterThan(2_000);
  let seen = 0;
  for (let n = 0; n < PEOPLE && seen < 300; n++) {
    const one = ordered.get(`C${String(n + 1).padStart(7, '0')}`);
    if (one === undefined) continue;
    seen++;
    const row = rowOf(city, n, one, morning);
    if (one.broadband) expect([row.own, row.broadband]).toEqual([true, true]);
    if (one.card !== null) expect([row.own, row.joined]).toEqual([true, one.card]);
    if (row.own) expect([row.orders, row['orders.last'], row.faults]).toEqual([one.orders, one.last, one.faults]);
  }
  expect(seen).toBe(300);
});
