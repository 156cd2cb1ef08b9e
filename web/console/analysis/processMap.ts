import type { ProcessMap } from '#tracking/contract';

export interface MapNode {
  id: string;
  count: number;
}

export interface MapArrow {
  from: string;
  to: string;
  count: number;
  p50: number;
  p90: number;
  /** 0–1: how heavy it is drawn. */
  weight: number;
}

export interface MapPicture {
  nodes: MapNode[];
  arrows: MapArrow[];
  hiddenNodes: number;
  hiddenArrows: number;
}

/** Arrows are compared by how often they are gone, or by the time they cost in all (count × median). */
const heaviness = (measure: 'count' | 'time') => (t: ProcessMap['transitions'][number]) =>
  measure === 'count' ? t.count : t.p50 * t.count;

/**
 * The map as it is drawn: as many activities, the most frequent first, as make up `share` (0–1) of all events, and of the arrows between
 * them as many as carry `share` of all passages; each shown activity keeps its strongest arrow in and out, so nothing floats alone.
 */
export function picture(map: ProcessMap, share: number, measure: 'count' | 'time'): MapPicture {
  const activities = [...map.activities].sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
  const shown = activities.slice(0, Math.max(Math.min(2, activities.length), enough(activities, share)));
  const ids = new Set(shown.map((a) => a.type));
  const between = map.transitions.filter((t) => ids.has(t.from) && ids.has(t.to)).sort((a, b) => b.count - a.count);
  const kept = new Set(between.slice(0, enough(between, share)));
  for (const id of ids) {
    const into = between.find((t) => t.to === id && t.from !== id);
    const out = between.find((t) => t.from === id && t.to !== id);
    if (into) kept.add(into);
    if (out) kept.add(out);
  }
  const heavy = heaviness(measure);
  const most = Math.max(1, ...[...kept].map(heavy));
  return {
    nodes: fromTheStart(
      shown.map((a) => ({ id: a.type, count: a.count })),
      map.transitions,
    ),
    arrows: between.filter((t) => kept.has(t)).map((t) => ({ ...t, weight: heavy(t) / most })),
    hiddenNodes: activities.length - shown.length,
    hiddenArrows: map.transitions.length - kept.size,
  };
}

/** Those that journeys begin with come first: the layout takes the first it is given as the top. */
function fromTheStart(nodes: MapNode[], transitions: ProcessMap['transitions']): MapNode[] {
  const begins = new Map(nodes.map((node) => [node.id, node.count]));
  for (const t of transitions) if (begins.has(t.to)) begins.set(t.to, begins.get(t.to)! - t.count);
  return nodes.sort((a, b) => begins.get(b.id)! - begins.get(a.id)!);
}

/** How many of the sorted things carry `share` of all. */
function enough(sorted: { count: number }[], share: number): number {
  const all = sorted.reduce((sum, t) => sum + t.count, 0);
  let carried = 0;
  for (const [index, arrow] of sorted.entries()) {
    carried += arrow.count;
    if (carried >= all * share) return index + 1;
  }
  return sorted.length;
}

export interface Placed {
  nodes: { id: string; x: number; y: number; width: number; height: number }[];
  arrows: { from: string; to: string; points: { x: number; y: number }[] }[];
  width: number;
  height: number;
}

/** A smooth SVG path through the points that the layout gives for an arrow. */
export function pathThrough(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let d = `M${round(first.x)},${round(first.y)}`;
  for (let i = 0; i < rest.length; i += 1) {
    const point = rest[i]!;
    const next = rest[i + 1];
    if (!next) return `${d} L${round(point.x)},${round(point.y)}`;
    const end = i + 1 === rest.length - 1 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    d += ` Q${round(point.x)},${round(point.y)} ${round(end.x)},${round(end.y)}`;
    if (i + 1 === rest.length - 1) return d;
  }
  return d;
}

const round = (n: number) => Math.round(n * 10) / 10;
