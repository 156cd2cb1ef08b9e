import type { EstateFeature, Figure, Point } from '#place/contract';

/** How estates are put on a drawing: where, in which class of the chosen figure, and how much of their words has room. Pure. */

/** A share of one; null: it cannot be said. */
export const shareOf = (figure: Pick<Figure, 'part' | 'whole'> | undefined): number | null =>
  figure === undefined || figure.part === null || !figure.whole ? null : figure.part / figure.whole;

export const figureOf = (estate: EstateFeature, id: string): Figure | undefined => estate.properties.figures.find((f) => f.id === id);

export const CLASSES = 5;

/** Bounds of the classes from the lowest on, as shares: one more than there are classes; whole percents, so that they can be read. */
export function boundsOf(shares: readonly (number | null)[]): number[] {
  const known = shares.filter((s) => s !== null);
  if (known.length === 0) return [];
  const low = Math.floor(Math.min(...known) * 100);
  const high = Math.max(low + 1, Math.ceil(Math.max(...known) * 100));
  const classes = Math.min(CLASSES, high - low);
  return [...new Set(Array.from({ length: classes + 1 }, (_, i) => Math.round(low + ((high - low) * i) / classes)))].map((p) => p / 100);
}

/** The class of a share, from 0; null where there is none. The upper bound of the last class belongs to it. */
export function classOf(share: number | null, bounds: readonly number[]): number | null {
  if (share === null || bounds.length < 2) return null;
  const passed = bounds.filter((b) => b <= share).length;
  return Math.min(Math.max(passed, 1), bounds.length - 1) - 1;
}

/** How dark a class is drawn, of {@link CLASSES} steps: the highest class is always the darkest. */
export const shadeOf = (at: number, bounds: readonly number[]): number => CLASSES - (bounds.length - 1) + at;

export type Spot = readonly [x: number, y: number];

/** Turns degrees into pixels of a drawing of that width; north is up. */
export function projected([west, south, east, north]: readonly [number, number, number, number], width: number, margin: number) {
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, high] = [Math.max(1e-9, (east - west) * squeeze), Math.max(1e-9, north - south)];
  const scale = Math.max(1, width - 2 * margin) / Math.max(wide, high * 0.75);
  const left = (width - wide * scale) / 2;
  return {
    height: Math.ceil(high * scale + 2 * margin),
    spot: ([lng, lat]: Point): Spot => [left + (lng - west) * squeeze * scale, margin + (north - lat) * scale],
  };
}

/** The ring of an estate without its repeated end, as spots; a point is a small square. */
export function ringOf({ geometry }: EstateFeature, spot: (p: Point) => Spot): Spot[] {
  if (geometry === null) return [];
  if (geometry.type === 'Polygon') return (geometry.coordinates[0] ?? []).slice(0, -1).map(spot);
  const [x, y] = spot(geometry.coordinates);
  return [[x - 6, y - 6], [x + 6, y - 6], [x + 6, y + 6], [x - 6, y + 6]]; // biome-ignore format: one line
}

/** The box of some points, with some room around them: a tenth of its size, and never less than that many degrees. */
export function boxAround(points: readonly Point[], least: number): readonly [number, number, number, number] | null {
  if (points.length === 0) return null;
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [wide, high] = [Math.max((east - west) / 10, least), Math.max((north - south) / 10, least)];
  return [west - wide, south - high, east + wide, north + high];
}

/** A sign on the map for one stop of a walk, or for several in a row that lie too near to one another to be told apart. */
export interface Pin {
  readonly at: Spot;
  /** Counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** `apart`: pixels that two signs need between their middles. */
export function pinsOf(stops: readonly Spot[], apart: number): Pin[] {
  const pins: Pin[] = [];
  for (const [i, at] of stops.entries()) {
    const before = pins.at(-1);
    if (before !== undefined && Math.hypot(before.at[0] - at[0], before.at[1] - at[1]) < apart)
      pins[pins.length - 1] = { ...before, last: i + 1 };
    else pins.push({ at, first: i + 1, last: i + 1 });
  }
  return pins;
}

export interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The middle and the size of what is drawn. */
export function roomOf(ring: readonly Spot[]): Room {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

const LINE = 15;
const SIGN = { han: 12, latin: 6.6 } as const;
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/\p{Script=Han}/u.test(sign) ? SIGN.han : SIGN.latin), 0) + 6;

/** The lines that have room: the name (in two where it has a space), then the figure; the figure alone; nothing. */
export function labelFor(name: string, figure: string, { width, height }: Pick<Room, 'width' | 'height'>): string[] {
  const fits = (lines: readonly string[]) => lines.length * LINE <= height && lines.every((l) => widthOf(l) <= width);
  const words = name.split(' ');
  const broken = words.length > 1 ? [words.slice(0, -1).join(' '), words.at(-1) as string] : [name];
  return [[name, figure], [...broken, figure], [figure]].find(fits) ?? [];
}
