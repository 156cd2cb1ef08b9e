import type { Point } from './contract.ts';
import { METRES } from './shape.ts';

/** A short way between a few points on the earth, in degrees. Pure. No streets are known, so all is as the crow flies. */

/** Metres between two points that lie in one town. */
export function metresBetween(a: Point, b: Point): number {
  const squeeze = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return Math.hypot((a[0] - b[0]) * squeeze, a[1] - b[1]) * METRES;
}

export const lengthOf = (points: readonly Point[], order: readonly number[]): number =>
  order.slice(1).reduce((sum, to, i) => sum + metresBetween(points[order[i] as number] as Point, points[to] as Point), 0);

/**
 * In which order to go, as indexes: always to the nearest one left, from whichever start gives the shortest way, then turned round wherever that makes it
 * shorter (nearest neighbour, 2-opt). It begins at that end of the two which comes first among the points. For the few homes of a day: its cost grows with
 * the fourth power of their number.
 */
export function shortWalk(points: readonly Point[]): number[] {
  const walks = points.map((_, start) => untangled(points, nearestFirst(points, start)));
  const best = walks.reduce<number[]>((a, b) => (a.length === 0 || lengthOf(points, b) < lengthOf(points, a) - LEAST ? b : a), []);
  return (best[0] ?? 0) <= (best.at(-1) ?? 0) ? best : best.toReversed();
}

const LEAST = 1e-6; // metres: less is rounding

function nearestFirst(points: readonly Point[], start: number): number[] {
  const order = [start];
  const left = new Set(points.keys());
  left.delete(start);
  while (left.size > 0) {
    const here = points[order.at(-1) as number] as Point;
    const next = [...left].reduce((a, b) => (metresBetween(here, points[b] as Point) < metresBetween(here, points[a] as Point) ? b : a));
    order.push(next);
    left.delete(next);
  }
  return order;
}

/** Turns round stretches of the way as long as one of them makes it shorter. */
function untangled(points: readonly Point[], order: readonly number[]): number[] {
  for (let from = 0; from < order.length - 1; from++)
    for (let to = from + 1; to < order.length; to++) {
      const turned = [...order.slice(0, from), ...order.slice(from, to + 1).reverse(), ...order.slice(to + 1)];
      if (lengthOf(points, turned) < lengthOf(points, order) - LEAST) return untangled(points, turned);
    }
  return [...order];
}
