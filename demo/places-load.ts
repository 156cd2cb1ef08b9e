import type { City } from './city.ts';
import { estatesOf } from './places.ts';

/** What the geographic system and the access network tell of places: outlines and buildings, ports and how many of them are free. */

export const GIS = 'gis';
/** Ports are put in by boxes of eight, enough for so many of a building's flats. */
const BOX = 8;
const READY = 0.55;

export const buildingName = (estate: string, building: string): string => `${estate} ${building}`;

export interface Uses {
  /** Lines in use, and buildings where an order waits because no port is free; both by `buildingName`. */
  readonly lines: ReadonlyMap<string, number>;
  readonly waiting: ReadonlySet<string>;
}

const boxes = (n: number): number => Math.ceil(n / BOX) * BOX;

/** All places of the city, estates before their buildings. Where an order waits, no port is free. */
export function placesToTell(city: City, { lines, waiting }: Uses): object[] {
  const plans = city.grids.flatMap((grid) => estatesOf(city, grid).map((estate) => ({ grid, estate })));
  const estates = plans.map(({ grid, estate: { key, value, names, centre, outline, households } }) => ({
    kind: 'estate',
    source: GIS,
    key,
    area: grid.code,
    value,
    names,
    centre,
    outline,
    households,
  }));
  const buildings = plans.flatMap(({ estate }) =>
    estate.buildings.map(({ number, centre, floors, units, households }) => {
      const name = buildingName(estate.value, number);
      const used = lines.get(name) ?? 0;
      const portsTotal = waiting.has(name) ? used : Math.max(boxes(households * READY), boxes(used));
      return {
        kind: 'building',
        source: GIS,
        key: `${estate.key}-${Number.parseInt(number, 10)}`,
        estate: estate.key,
        value: number,
        names: { zh: number, en: `Building ${Number.parseInt(number, 10)}` },
        centre,
        floors,
        units,
        households,
        portsTotal,
        portsFree: portsTotal - used,
      };
    }),
  );
  return [...estates, ...buildings];
}
