import type { Scenario } from '#scenario/contract';
import type { ProcessMap } from '#tracking/contract';

/** A stage of the plan and what really happened in it, from first to last. */
export interface Lane {
  stage: string;
  nodes: string[];
}

type Transitions = ProcessMap['transitions'];
type Plan = Pick<Scenario, 'stages' | 'milestones'>;

/** Of a map without a plan a lane holds so many. */
const LANE = 6;

/** The strongest arrow first; ties by name, so that the same figures always give the same picture. */
const byStrength = (a: Transitions[number], b: Transitions[number]) =>
  b.count - a.count || a.from.localeCompare(b.from) || a.to.localeCompare(b.to);

/**
 * The shown activities by the stages of the plan, each at its planned place, so that what goes down and to the right goes as planned. What
 * the plan does not know stands behind the activity that it follows most often. Empty stages are left out.
 */
export function lanesOf(ids: string[], plan: Plan | undefined, transitions: Transitions): Lane[] {
  const strong = [...transitions].sort(byStrength);
  const places = plannedPlaces(plan);
  if (places.size === 0) return inPieces(walked(ids, strong));
  const known = ids.filter((id) => places.has(id)).sort((a, b) => places.get(a)!.at - places.get(b)!.at);
  const order = [...known];
  const stage = new Map(known.map((id) => [id, places.get(id)!.stage]));
  const rest = new Set(ids.filter((id) => !places.has(id)));
  for (let found = true; found && rest.size > 0; ) {
    found = false;
    for (const id of rest) {
      const before = strong.find((t) => t.to === id && stage.has(t.from));
      const after = strong.find((t) => t.from === id && stage.has(t.to));
      if (!before && !after) continue;
      found = true;
      rest.delete(id);
      stage.set(id, stage.get(before?.from ?? after!.to)!);
      order.splice(before ? order.indexOf(before.from) + 1 : order.indexOf(after!.to), 0, id);
    }
  }
  for (const id of rest) {
    stage.set(id, plan!.stages[0]!.id);
    order.push(id);
  }
  return plan!.stages
    .map(({ id }) => ({ stage: id, nodes: order.filter((node) => stage.get(node) === id) }))
    .filter((lane) => lane.nodes.length > 0);
}

function plannedPlaces(plan: Plan | undefined): Map<string, { stage: string; at: number }> {
  const places = new Map<string, { stage: string; at: number }>();
  for (const milestone of plan?.milestones ?? [])
    for (const { type } of milestone.steps) if (!places.has(type)) places.set(type, { stage: milestone.stage, at: places.size });
  return places;
}

/** All of them in the order in which the strongest arrows lead on, from what most journeys begin with. */
function walked(ids: string[], strong: Transitions): string[] {
  const into = new Map(ids.map((id) => [id, 0]));
  for (const t of strong) if (t.from !== t.to && into.has(t.to)) into.set(t.to, into.get(t.to)! + t.count);
  const left = new Set([...ids].sort((a, b) => into.get(a)! - into.get(b)!));
  const order: string[] = [];
  for (let next: string | undefined = [...left][0]; next !== undefined; ) {
    const here: string = next;
    left.delete(here);
    order.push(here);
    next = strong.find((t) => t.from === here && left.has(t.to))?.to ?? [...left][0];
  }
  return order;
}

const inPieces = (order: string[]): Lane[] =>
  Array.from({ length: Math.ceil(order.length / LANE) }, (_, i) => ({ stage: '', nodes: order.slice(i * LANE, (i + 1) * LANE) }));

/** Lanes as one, for a narrow room; `heads`: the stages by the node that begins them. */
export const asOne = (lanes: Lane[]): { lanes: Lane[]; heads: Map<string, string> } => ({
  lanes: [{ stage: '', nodes: lanes.flatMap((lane) => lane.nodes) }],
  heads: new Map(lanes.flatMap((lane) => (lane.stage && lane.nodes[0] ? [[lane.nodes[0], lane.stage] as const] : []))),
});
