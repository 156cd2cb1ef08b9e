import { expect, test } from 'vitest';
import { EnterpriseIn } from '#enterprise/contract';
import { makeCity } from './city.ts';
import { ENTERPRISES, enterpriseOf } from './enterprises.ts';

const city = makeCity(7, 'Asia/Shanghai');
const today = { date: '2026-11-22', daysBack: 0 };
const all = Array.from({ length: ENTERPRISES }, (_, n) => enterpriseOf(city, n, today));

test('1,200 enterprises of a city that is nowhere, each as the door wants it', () => {
  expect(all).toHaveLength(1_200);
  for (const one of all) expect(EnterpriseIn.safeParse(one).error).toBeUndefined();
  expect(new Set(all.map((e) => e.key)).size).toBe(all.length);
  expect(all.every((e) => e.name.startsWith('琉璃市') && e.contact?.phone?.startsWith('12'))).toBe(true);
  expect(new Set(all.map((e) => e.area)).size).toBeGreaterThan(50);
});

test('an enterprise is the same again, and one in six is not as it was some weeks ago', () => {
  expect(enterpriseOf(city, 5, today)).toEqual(all[5]);
  const moved = all.filter((e, n) => JSON.stringify(enterpriseOf(city, n, { ...today, daysBack: 35 }).facts) !== JSON.stringify(e.facts));
  expect(moved.length / all.length).toBeGreaterThan(0.1);
  expect(moved.length / all.length).toBeLessThan(0.25);
});
