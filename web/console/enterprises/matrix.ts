import type { Level, Levels, Matrix } from '#enterprise/contract';

/** The matrix as a picture: three panels of three by three. Pure. */

/** From the top down, and from left to right. */
export const ROWS: readonly Level[] = ['high', 'middle', 'low'];
export const COLUMNS: readonly Level[] = ['low', 'middle', 'high'];
export const PANELS: readonly Level[] = ['low', 'middle', 'high'];

export interface Cell {
  readonly value: Level;
  readonly loyalty: Level;
  readonly competition: Level;
  readonly place: string | null;
  readonly count: number;
  /** Fen a year. */
  readonly revenue: number;
  /** Of the revenue of the cell that brings most, 0 to 1. */
  readonly share: number;
}

/** Every cell of a panel, row by row; one without anybody is there with zero. `placeOf` names the place of an empty one. */
export function panelOf({ cells }: Pick<Matrix, 'cells'>, competition: Level, placeOf: (levels: Levels) => string | null): Cell[] {
  const most = Math.max(0, ...cells.map((c) => (c.value && c.loyalty && c.competition ? c.revenue : 0)));
  return ROWS.flatMap((value) =>
    COLUMNS.map((loyalty): Cell => {
      const found = cells.find((c) => c.value === value && c.loyalty === loyalty && c.competition === competition);
      return {
        value,
        loyalty,
        competition,
        place: found?.place ?? placeOf({ value, loyalty, competition }),
        count: found?.count ?? 0,
        revenue: found?.revenue ?? 0,
        share: most > 0 ? (found?.revenue ?? 0) / most : 0,
      };
    }),
  );
}

/** Those of whom at least one axis is unknown. */
export const unplacedIn = ({ cells }: Pick<Matrix, 'cells'>): number =>
  cells.reduce((n, c) => (c.value === null || c.loyalty === null || c.competition === null ? n + c.count : n), 0);

export interface PlaceSum {
  readonly place: string;
  readonly count: number;
  readonly revenue: number;
}

/** Number and revenue by place, those that bring most first. */
export function byPlace({ cells }: Pick<Matrix, 'cells'>): PlaceSum[] {
  const sums = new Map<string, PlaceSum>();
  for (const { place, count, revenue } of cells) {
    if (place === null) continue;
    const sum = sums.get(place) ?? { place, count: 0, revenue: 0 };
    sums.set(place, { place, count: sum.count + count, revenue: sum.revenue + revenue });
  }
  return [...sums.values()].sort((a, b) => b.revenue - a.revenue || b.count - a.count);
}

/** Percent of the accent in a cell's ground: what is there at all can be seen, and the root keeps the largest from hiding the rest. */
const MOST_TINT = 46;
const LEAST_TINT = 5;
export const tintOf = ({ count, share }: Pick<Cell, 'count' | 'share'>): number =>
  count === 0 ? 0 : Math.round(LEAST_TINT + (MOST_TINT - LEAST_TINT) * Math.sqrt(share));
