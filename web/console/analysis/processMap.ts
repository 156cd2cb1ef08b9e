import type { ProcessMap } from '#tracking/contract';

type Transition = ProcessMap['transitions'][number];

export interface MapNode {
  id: string;
  count: number;
}

export interface MapArrow extends Transition {
  /** 0–1: how heavy it is drawn. */
  weight: number;
}

export interface MapPicture {
  /** The most frequent first. */
  nodes: MapNode[];
  /** The most gone first. */
  arrows: MapArrow[];
  hiddenNodes: number;
  hiddenArrows: number;
}

/** An arrow that less than this share of an activity takes is not needed to understand it. */
const TELLING = 0.1;

export type Measure = 'count' | 'p50' | 'p90';

/** What an arrow is drawn heavy by: how often it is gone, or the time it costs in all (count × median, or the slow tenth's bound). */
const heaviness = (measure: Measure) => (t: Transition) => (measure === 'count' ? t.count : t[measure] * t.count);

/**
 * The map as it is drawn: as many activities, the most frequent first, as make up `nodes` (0–1) of all events, and of the arrows between
 * them as many as carry `arrows` of all passages. Each shown activity keeps its strongest arrow in and out where a tenth of it comes or
 * goes that way, and always the stronger of the two, so nothing floats alone.
 */
export function picture(map: ProcessMap, share: { nodes: number; arrows: number }, measure: Measure): MapPicture {
  const activities = [...map.activities].sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
  const shown = activities.slice(0, Math.max(Math.min(2, activities.length), enough(activities, share.nodes)));
  const ids = new Set(shown.map((a) => a.type));
  const between = map.transitions.filter((t) => ids.has(t.from) && ids.has(t.to)).sort((a, b) => b.count - a.count);
  const kept = new Set(between.slice(0, enough(between, share.arrows)));
  for (const { type, count } of shown) {
    const into = between.find((t) => t.to === type && t.from !== type);
    const out = between.find((t) => t.from === type && t.to !== type);
    const strongest = Math.max(into?.count ?? 0, out?.count ?? 0);
    for (const arrow of [into, out]) if (arrow && (arrow.count >= count * TELLING || arrow.count === strongest)) kept.add(arrow);
  }
  const heavy = heaviness(measure);
  const most = Math.max(1, ...[...kept].map(heavy));
  return {
    nodes: shown.map((a) => ({ id: a.type, count: a.count })),
    arrows: between.filter((t) => kept.has(t)).map((t) => ({ ...t, weight: heavy(t) / most })),
    hiddenNodes: activities.length - shown.length,
    hiddenArrows: map.transitions.length - kept.size,
  };
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

/** The passage that takes the most time of all journeys together (count × median); null where none takes any. */
export function costliest(map: ProcessMap): Transition | null {
  const [first] = [...map.transitions].sort((a, b) => b.count * b.p50 - a.count * a.p50);
  return first && first.count * first.p50 > 0 ? first : null;
}
