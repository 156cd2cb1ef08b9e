import { beforeAll, describe, expect, test } from 'vitest';
import { normal } from '#platform/personal';
import { gradeOf, weightOf } from '../server/modules/duplicate/evidence.ts';
import { evidenceOf, type Known, keysOf, pairsOn } from '../server/modules/duplicate/model.ts';
import { makeCity } from './city.ts';
import { householdsOf, monthsBefore, type Person, type Telling } from './households.ts';
import { morningOf, rowOf } from './warehouse.ts';

/** The finder's rules on 20,000 of the demo's people, who know which of them are one. */

const SIZE = 20_000;
const city = makeCity(7, 'Asia/Shanghai');
const morning = morningOf('2026-11-22');
const rows = Array.from({ length: SIZE }, (_, n) => ({ n, row: rowOf(city, n, undefined, morning) }));
const known = new Map<string, Known>();
const found = new Map<string, string>();

beforeAll(() => {
  const told: Telling = { city, morning, months: monthsBefore(morning), payroll: new Map() };
  const blocks = Map.groupBy(rows.filter((p): p is Person => p.row.own === true), (p) => Math.floor(p.n / 4)); // biome-ignore format: one line
  for (const record of [...blocks.values()].flatMap((block) => householdsOf(told, block))) {
    if (record.kind !== 'party') continue;
    const person = record.person as Partial<Record<'name' | 'phone' | 'idNumber' | 'address', string>>;
    const of = (kind: 'name' | 'phone' | 'idNumber' | 'address'): string[] => (person[kind] === undefined ? [] : [person[kind]]);
    const forms = (kind: 'phone' | 'address'): string[] => of(kind).map((v) => normal(kind, v));
    known.set(String(record.key), { names: of('name'), idNumbers: of('idNumber'), phones: forms('phone'), addresses: forms('address') });
  }
  const keys = [...known].flatMap(([party, k]) => keysOf(k).map(({ kind, text }) => ({ party, key: `${kind} ${text}` })));
  for (const members of Map.groupBy(keys, (k) => k.key).values())
    for (const [a, b] of pairsOn(
      members.map((m) => m.party),
      () => true,
    )) {
      const grade = gradeOf(weightOf(evidenceOf(known.get(a) as Known, known.get(b) as Known)));
      if (grade !== null) found.set(`${a} ${b}`, grade);
    }
});

describe('of the demo’s people', () => {
  const twice = () => [...known.keys()].filter((key) => key.startsWith('K')).map((key) => `${key.slice(1)} ${key}`);
  test('who is known twice is found, all of them and nobody else: precision and recall are 1', () => {
    expect(twice().length).toBeGreaterThan(50);
    expect([...found.keys()].toSorted()).toEqual(twice().toSorted());
  });
  test('those with a slip in a name of three signs are certain, those of two signs are for a person to look at', () => {
    const grades = Map.groupBy(found.values(), (g) => g);
    expect([...grades.keys()].toSorted()).toEqual(['certain', 'likely']);
    for (const [pair, grade] of found)
      expect(grade).toBe([...(known.get(pair.split(' ')[0] as string)?.names[0] ?? '')].length > 2 ? 'certain' : 'likely');
  });
  test('some came over with their numbers, which are those of our own people', () => {
    const phones = new Set(rows.filter((p) => p.row.own).map((p) => p.row.phone));
    const ported = rows.filter((p) => !p.row.own && p.row.phone !== undefined);
    expect(ported.length).toBeGreaterThan(1);
    expect(ported.every((p) => phones.has(p.row.phone as string))).toBe(true);
  });
});
