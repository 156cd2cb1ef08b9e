import type { Point } from './contract.ts';

/** Outlines on the earth, in degrees. Pure. A place is small: within it a degree of longitude is as long everywhere as at its middle. */

export type Box = readonly [west: number, south: number, east: number, north: number];

export const METRES = 111_320; // of a degree of latitude

/** The least box around the points; undefined for none. */
export function boxOf(points: readonly Point[]): Box | undefined {
  if (points.length === 0) return undefined;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The box around boxes. */
export const around = (boxes: readonly Box[]): Box | undefined =>
  boxOf(boxes.flatMap(([w, s, e, n]): Point[] => [[w, s], [e, n]])); // biome-ignore format: one line

/** The middle of an outline's area; of one without area, or that crosses itself so that it would lie outside, of its box. */
export function middleOf(ring: readonly Point[]): Point | undefined {
  const box = boxOf(ring);
  if (box === undefined) return undefined;
  const [x0, y0] = ring[0] as Point;
  let [area, x, y] = [0, 0, 0];
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] as Point;
    const cross = (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0);
    area += cross;
    x += (a[0] + b[0] - 2 * x0) * cross;
    y += (a[1] + b[1] - 2 * y0) * cross;
  }
  const [west, south, east, north] = box;
  const middle: Point = [x0 + x / (3 * area), y0 + y / (3 * area)];
  const inside = middle[0] >= west && middle[0] <= east && middle[1] >= south && middle[1] <= north;
  return inside ? middle : [(west + east) / 2, (south + north) / 2]; // no area: not a number, which is nowhere inside
}

/** The ring without points that lie nearer than `metres` to the line they leave behind (Ramer, Douglas and Peucker); three points at least stay. */
export function simplified(ring: readonly Point[], metres: number): Point[] {
  if (ring.length <= 4 || metres <= 0) return [...ring];
  const wide = METRES * Math.cos(((ring[0] as Point)[1] * Math.PI) / 180);
  const flat = ring.map(([x, y]): Point => [x * wide, y * METRES]);
  const far = flat.map((p) => Math.hypot(p[0] - (flat[0] as Point)[0], p[1] - (flat[0] as Point)[1]));
  const opposite = far.indexOf(Math.max(...far));
  const kept = new Set([
    0,
    opposite,
    ...keep(flat, 0, opposite, metres),
    ...keep([...flat, flat[0] as Point], opposite, flat.length, metres),
  ]);
  kept.delete(flat.length);
  return kept.size < 3 ? [...ring] : [...kept].sort((a, b) => a - b).map((i) => ring[i] as Point);
}

/** Indexes between two ends that must stay. */
function keep(line: readonly Point[], from: number, to: number, metres: number): number[] {
  const [a, b] = [line[from] as Point, line[to] as Point];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let [worst, at] = [0, -1];
  for (let i = from + 1; i < to; i++) {
    const p = line[i] as Point;
    const off =
      length === 0
        ? Math.hypot(p[0] - a[0], p[1] - a[1])
        : Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length;
    if (off > worst) [worst, at] = [off, i];
  }
  return worst <= metres ? [] : [...keep(line, from, at, metres), at, ...keep(line, at, to, metres)];
}

/** Metres that may go unseen on a map of this box drawn a thousand pixels wide: half a pixel. */
export function unseen([west, south, east, north]: Box): number {
  const wide = METRES * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.max((east - west) * wide, (north - south) * METRES) / 2_000;
}
