import type { Milestone, Scenario } from '#scenario/contract';

/** Where a milestone stands in the picture: stages are lanes from left to right, milestones follow each other downwards inside. */
export interface GraphNode {
  milestone: Milestone;
  lane: number;
  x: number;
  y: number;
  height: number;
}

export interface GraphLane {
  stage: string;
  x: number;
  width: number;
  height: number;
}

export interface ScenarioGraph {
  lanes: GraphLane[];
  nodes: GraphNode[];
  /** `skips`: a way past an optional milestone. */
  edges: { from: string; to: string; skips: boolean }[];
}

export const SIZES = { lane: 272, node: 244, gap: 24, top: 64, head: 58, step: 22, foot: 12, between: 40 };

const heightOf = (milestone: Milestone) => SIZES.head + milestone.steps.length * SIZES.step + SIZES.foot;

/** The picture of a scenario; a milestone of a stage that does not exist stands in the first lane. */
export function scenarioGraph(scenario: Pick<Scenario, 'stages' | 'milestones'>): ScenarioGraph {
  const lane = new Map(scenario.stages.map((stage, i) => [stage.id, i]));
  const filled = scenario.stages.map(() => SIZES.top);
  const nodes = scenario.milestones.map((milestone): GraphNode => {
    const at = lane.get(milestone.stage) ?? 0;
    const y = filled[at] ?? SIZES.top;
    const height = heightOf(milestone);
    filled[at] = y + height + SIZES.between;
    return { milestone, lane: at, x: at * (SIZES.lane + SIZES.gap) + (SIZES.lane - SIZES.node) / 2, y, height };
  });
  const tall = Math.max(SIZES.top, ...filled);
  const edges: ScenarioGraph['edges'] = [];
  scenario.milestones.forEach((milestone, i) => {
    const next = scenario.milestones[i + 1];
    if (!next) return;
    edges.push({ from: milestone.id, to: next.id, skips: false });
    const after = scenario.milestones.findIndex((m, j) => j > i + 1 && !m.optional);
    if (next.optional && !milestone.optional && after > 0)
      edges.push({ from: milestone.id, to: scenario.milestones[after]!.id, skips: true });
  });
  return {
    lanes: scenario.stages.map((stage, i) => ({ stage: stage.id, x: i * (SIZES.lane + SIZES.gap), width: SIZES.lane, height: tall })),
    nodes,
    edges,
  };
}
