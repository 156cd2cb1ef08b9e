import { expect, test } from 'vitest';
import { HouseholdRecord } from '#household/contract';
import { makeCity } from './city.ts';
import { billsOf, companiesSay, householdsOf, monthsBefore, type Person, type Said, type Telling } from './households.ts';
import { morningOf, rowOf } from './warehouse.ts';

const city = makeCity(7, 'Asia/Shanghai');
const morning = morningOf('2026-11-22');
const people: Person[] = Array.from({ length: 2_000 }, (_, n) => ({ n, row: rowOf(city, n, undefined, morning) })).filter((p) => p.row.own);

function tell(): Said[] {
  const told: Telling = { city, morning, months: monthsBefore(morning), payroll: new Map() };
  const blocks = Map.groupBy(people, (p) => Math.floor(p.n / 4));
  return [...[...blocks.values()].flatMap((block) => householdsOf(told, block)), ...companiesSay(told)];
}
const all = tell();
const of = (kind: string) => all.filter((r) => r.kind === kind);

test('everything that is said can be taken, and is the same again', () => {
  for (const r of all) expect(HouseholdRecord.safeParse(r).error, JSON.stringify(r)).toBeUndefined();
  expect(tell()).toEqual(all);
});

test('bills add up to what the warehouse says of last month and of the mean', () => {
  expect(monthsBefore(morningOf('2027-01-05'))).toEqual(['2026-12', '2026-11', '2026-10', '2026-09', '2026-08', '2026-07']);
  for (const p of people.slice(0, 300)) {
    const [a = 0, b = 0, c = 0] = billsOf(city.seed, p);
    expect(a).toBe(p.row['bill.previous']);
    expect(a + b + c).toBe(Math.max(a, 3 * Number(p.row.arpu)));
  }
  const billed = of('bill').filter((b) => b.month === '2026-10' && b.source === 'warehouse').reduce((sum, b) => sum + Number(b.amount), 0); // biome-ignore format: one line
  const companies = of('bill').filter((b) => b.month === '2026-10' && String(b.account).startsWith('AE')).length; // biome-ignore format: one line
  expect(billed - companies * 80_000).toBe(people.reduce((sum, p) => sum + Number(p.row['bill.previous']), 0));
});

test('families and companies pay for several, and about one in a hundred is known twice by the same papers', () => {
  const accounts = Map.groupBy(of('charge').filter((c) => /^M[^-]*$/.test(String(c.service))), (c) => c.account); // biome-ignore format: one line
  expect([...accounts.values()].filter((c) => c.length > 1).length).toBeGreaterThan(30);
  const papers = Map.groupBy(of('party').filter((p) => p.is === 'person'), (p) => (p.person as { idNumber: string }).idNumber); // biome-ignore format: one line
  const twice = [...papers.values()].filter((p) => p.length > 1);
  expect(twice.length / people.length).toBeGreaterThan(0.003);
  expect(twice.length / people.length).toBeLessThan(0.025);
  for (const both of twice) expect(new Set(both.map((p) => (p.person as { name: string }).name)).size).toBe(2);
});

test('numbers of services and devices are such as nobody can own, and no two are one', () => {
  const numbers = of('service').map((s) => String(s.number));
  for (const number of numbers) expect(number).toMatch(/^(12\d{9}|ghz?\d{7,8}(@iptv)?)$/);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const { serial } of of('device')) expect(serial).toMatch(/^(GHON\d{10}|GHTV\d{10}|00\d{13})$/);
});
