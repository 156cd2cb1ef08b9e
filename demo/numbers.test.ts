import { describe, expect, test } from 'vitest';
import { idCheckSign } from '#platform/personal';
import { customerOf, makeCity } from './city.ts';
import { birthsOn, type Calendar, HISTORY_DAYS } from './days.ts';
import { journey } from './life.ts';
import { startOfDay } from './trade.ts';

const zone = 'Asia/Shanghai';
const calendar: Calendar = { seed: 3, zone, origin: startOfDay(Date.UTC(2026, 10, 22, 4), zone, -HISTORY_DAYS) };
const city = makeCity(3, zone);

/** Shapes of numbers that nobody can own, by kind. */
const IMPOSSIBLE: Readonly<Record<string, RegExp>> = {
  serviceNumber: /^(12\d{9}|ghz?\d{7,8}|0980\d{7})$/,
  iccid: /^898699\d{14}$/,
  parcel: /^GH\d{12}$/,
  trade: /^90\d{14}$/,
  imei: /^00\d{13}$/,
};

describe('the city', () => {
  test('has 8 districts, 60 grids, 120 teams and some 2,000 people, the same for the same seed', () => {
    expect([city.districts.length, city.grids.length, city.grids.flatMap((g) => g.teams).length]).toEqual([8, 60, 120]);
    expect(city.staff.length).toBeGreaterThan(1_900);
    expect(city.staff.length).toBeLessThan(2_300);
    expect(new Set(city.staff.map((s) => s.id)).size).toBe(city.staff.length);
    expect(makeCity(3, zone)).toEqual(city);
    expect(makeCity(4, zone).staff).not.toEqual(city.staff);
  });

  test('has one country district and one new town, and units whose parents stand before them', () => {
    expect(city.districts.map((d) => d.kind).filter((k) => k !== 'city')).toEqual(['country', 'new-town']);
    const seen = new Set<string | null>([null]);
    for (const unit of city.units) {
      expect(seen.has(unit.parent), unit.code).toBe(true);
      seen.add(unit.code);
    }
  });

  test('has no two people with one identity number, phone or account', () => {
    const people = Array.from({ length: 20_000 }, (_, i) => customerOf(city, i * 15));
    for (const field of ['idNumber', 'phone', 'broadband', 'number'] as const)
      expect(new Set(people.map((p) => p[field])).size, field).toBe(people.length);
  });
});

describe('numbers', () => {
  const events = [20, 40].flatMap((day) => birthsOn(calendar, day).flatMap((birth) => journey(city, birth)));

  test('of every kind are such as nobody can own', () => {
    const seen = new Set<string>();
    for (const e of events)
      for (const [kind, shape] of Object.entries(IMPOSSIBLE)) {
        const values = e.keys[kind];
        if (values === undefined) continue;
        seen.add(kind);
        for (const value of [values].flat()) expect(value, kind).toMatch(shape);
      }
    expect(seen).toEqual(new Set(Object.keys(IMPOSSIBLE)));
  });

  test('of people are mobile numbers in 12 and identity numbers of the area 99 with a right check sign', () => {
    const people = events.flatMap((e) => e.person ?? []);
    expect(people.length).toBeGreaterThan(400);
    for (const { phone, idNumber } of people) {
      expect(phone).toMatch(/^12\d{9}$/);
      if (idNumber === undefined) continue;
      expect(idNumber).toMatch(/^99\d{15}[\dX]$/);
      expect(idCheckSign(idNumber.slice(0, 17))).toBe(idNumber[17]);
    }
  });
});
