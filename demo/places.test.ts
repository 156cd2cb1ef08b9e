import { describe, expect, test } from 'vitest';
import { customerOf, makeCity } from './city.ts';
import { estatesOf } from './places.ts';
import { buildingName, placesToTell } from './places-load.ts';
import { PEOPLE } from './warehouse.ts';

const city = makeCity(7, 'Asia/Shanghai');
const estates = city.grids.flatMap((grid) => estatesOf(city, grid));
const boxOf = (points: readonly (readonly [number, number])[]) => {
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return { west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) };
};

describe('the city’s places', () => {
  test('are a dozen estates in each grid, the same for the same seed, each with a name of its own', () => {
    expect(estates).toHaveLength(12 * city.grids.length);
    expect(new Set(estates.map((e) => e.value)).size).toBe(estates.length);
    const again = makeCity(7, 'Asia/Shanghai');
    expect(again.grids.flatMap((grid) => estatesOf(again, grid))).toEqual(estates);
  });

  test('lie beside one another, buildings within their estate', () => {
    const boxes = estates.map((e) => boxOf(e.outline));
    const apart = (a: (typeof boxes)[0], b: (typeof boxes)[0]) =>
      a.east < b.west || b.east < a.west || a.north < b.south || b.north < a.south;
    expect(boxes.filter((a, i) => !boxes.slice(i + 1).every((b) => apart(a, b)))).toEqual([]);
    for (const { outline, buildings } of estates) {
      const { west, east, south, north } = boxOf(outline);
      for (const { centre: [x, y] } of buildings) expect(x > west && x < east && y > south && y < north).toBe(true); // biome-ignore format: one line
    }
  });

  test('are where people live: every address is a flat of a building of an estate of the customer’s grid', () => {
    for (let n = 0; n < PEOPLE; n += 1_499) {
      const { grid, home, address } = customerOf(city, n);
      const estate = estatesOf(city, grid).find((e) => e.value === home.estate);
      const building = estate?.buildings.find((b) => b.number === home.building);
      const [, unit, floor, door] = /(\d+)单元(\d+)0(\d)室$/.exec(address)!.map(Number) as [number, number, number, number];
      expect([unit <= building!.units, floor <= building!.floors, door <= 2]).toEqual([true, true, true]);
      expect(address).toContain(`${estate!.street}${estate!.names.zh}${home.building}`);
    }
  });

  test('have flats for their people, two or three in each', () => {
    const flats = estates.reduce((sum, e) => sum + e.households, 0);
    expect(PEOPLE / flats).toBeGreaterThan(1.8);
    expect(PEOPLE / flats).toBeLessThan(3.2);
  });
});

test('where an order waits no port is free, and nowhere more lines are used than there are ports', () => {
  const [first, second] = estates[0]!.buildings.map((b) => buildingName(estates[0]!.value, b.number)) as [string, string];
  const told = placesToTell(city, { lines: new Map([[first, 9], [second, 200]]), waiting: new Set([first]) }); // biome-ignore format: one line
  const [one, two, three] = told.filter((p) => 'portsFree' in p) as { portsTotal: number; portsFree: number }[];
  expect([one?.portsTotal, one?.portsFree]).toEqual([9, 0]);
  expect([two?.portsTotal, two?.portsFree]).toEqual([200, 0]);
  expect(three?.portsFree).toBe(three?.portsTotal);
  expect(told.length).toBeLessThan(10_000);
});
