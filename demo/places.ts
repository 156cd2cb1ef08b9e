import type { City, Grid } from './city.ts';
import { between, type Dice, diceOf, whole } from './dice.ts';
import { estateName, street } from './names.ts';

/**
 * Where the people of the city live: estates in cells of their grid, buildings in cells of their estate, flats in buildings. All of it follows from
 * the seed. The city lies in the open sea, so that nobody's house is meant.
 */

/** [longitude, latitude] */
type Point = readonly [number, number];

export interface BuildingPlan {
  /** "3幢": its number within the estate, as the tag says it. */
  readonly number: string;
  readonly centre: Point;
  readonly floors: number;
  readonly units: number;
  readonly households: number;
}

export interface EstatePlan {
  readonly key: string;
  /** As the tag says it: unique in the city. */
  readonly value: string;
  readonly names: { readonly zh: string; readonly en: string };
  readonly street: string;
  readonly centre: Point;
  readonly outline: readonly Point[];
  readonly buildings: readonly BuildingPlan[];
  readonly households: number;
}

/** A flat, and how a letter to it is addressed. */
export interface Home {
  readonly estate: string;
  readonly building: string;
  readonly address: string;
}

const WEST = 124.2;
const SOUTH = 29.2;
const KM = 1 / 111.32; // degrees of latitude
const KM_EAST = KM / Math.cos((29.3 * Math.PI) / 180);
const ESTATES = 12;
/** Flats on a floor of one stairway. */
const DOORS = 2;

/** Cells of a grid of so many columns: the n-th one's corner and size within a box. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const cellOf = ({ x, y, width, height }: Cell, n: number, columns: number, rows: number): Cell => ({
  x: x + ((n % columns) * width) / columns,
  y: y + (Math.floor(n / columns) * height) / rows,
  width: width / columns,
  height: height / rows,
});

const CITY_CELL: Cell = { x: 0, y: 0, width: 32, height: 16 }; // km
const pointAt = (x: number, y: number): Point => [Math.round((WEST + x * KM_EAST) * 1e6) / 1e6, Math.round((SOUTH + y * KM) * 1e6) / 1e6];

const plans = new WeakMap<City, Map<string, readonly EstatePlan[]>>();

/** The estates of a grid. */
export function estatesOf(city: City, grid: Grid): readonly EstatePlan[] {
  const known = plans.get(city) ?? new Map<string, readonly EstatePlan[]>();
  plans.set(city, known);
  const found = known.get(grid.code) ?? planGrid(city, grid);
  known.set(grid.code, found);
  return found;
}

function planGrid(city: City, grid: Grid): EstatePlan[] {
  const district = city.districts.indexOf(grid.district);
  const place = city.grids.filter((g) => g.district === grid.district).indexOf(grid);
  const cell = cellOf(cellOf(CITY_CELL, district, 4, 2), place, 2, 4);
  return Array.from({ length: ESTATES }, (_, e) => {
    const dice = diceOf(city.seed, 'estate', grid.code, e);
    const names = estateName(place * ESTATES + e, grid.district.number);
    const inside = cellOf(cell, e, 4, 3);
    const buildings = planBuildings(dice, inside, grid.district.kind === 'country');
    return {
      key: `${grid.code}-e${String(e + 1).padStart(2, '0')}`,
      value: `${grid.district.names.zh}${names.zh}`,
      names,
      street: street(dice),
      centre: pointAt(inside.x + inside.width / 2, inside.y + inside.height / 2),
      outline: outlineOf(dice, inside),
      buildings,
      households: buildings.reduce((sum, b) => sum + b.households, 0),
    };
  });
}

/** Eight corners on the sides of the cell, each a little drawn in, against the clock. */
function outlineOf(dice: Dice, { x, y, width, height }: Cell): Point[] {
  const corners: [number, number][] = [[0, 0], [0.5, 0], [1, 0], [1, 0.5], [1, 1], [0.5, 1], [0, 1], [0, 0.5]]; // biome-ignore format: one line
  return corners.map(([u, v]) => {
    const drawn = (side: number) =>
      side === 0 ? between(dice, 0.04, 0.14) : side === 1 ? between(dice, 0.86, 0.96) : between(dice, 0.4, 0.6);
    return pointAt(x + drawn(u) * width, y + drawn(v) * height);
  });
}

function planBuildings(dice: Dice, cell: Cell, low: boolean): BuildingPlan[] {
  const count = whole(dice, 4, 7);
  return Array.from({ length: count }, (_, i) => {
    const inside = cellOf({ x: cell.x + cell.width * 0.16, y: cell.y + cell.height * 0.16, width: cell.width * 0.68, height: cell.height * 0.68 }, i, 3, 3); // biome-ignore format: one line
    const floors = low ? whole(dice, 3, 6) : whole(dice, 6, 11);
    const units = whole(dice, 1, 3);
    return {
      number: `${i + 1}幢`,
      centre: pointAt(inside.x + inside.width / 2, inside.y + inside.height / 2),
      floors,
      units,
      households: floors * units * DOORS,
    };
  });
}

/** A flat of the grid, every one as likely as the others. */
export function homeIn(city: City, grid: Grid, dice: Dice): Home {
  const estates = estatesOf(city, grid);
  let flat = whole(dice, 0, estates.reduce((sum, e) => sum + e.households, 0) - 1);
  for (const estate of estates)
    for (const b of estate.buildings) {
      if (flat >= b.households) {
        flat -= b.households;
        continue;
      }
      const door = (flat % DOORS) + 1;
      const unit = (Math.floor(flat / DOORS) % b.units) + 1;
      const floor = Math.floor(flat / (DOORS * b.units)) + 1;
      const address = `琉璃市${grid.district.names.zh}${estate.street}${estate.names.zh}${b.number}${unit}单元${floor}0${door}室`;
      return { estate: estate.value, building: b.number, address };
    }
  throw new RangeError(`${grid.code} has no such flat`);
}
