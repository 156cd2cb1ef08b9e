import type { Scenario } from '#scenario/contract';
import { type GraphNode, SIZES, scenarioGraph } from '../scenarios/scenarioGraph.ts';

/** A scenario's picture: its lanes and nodes, and the arrows as paths; where it is edited, with room for a button below each lane. */

export interface Arrow {
  readonly key: string;
  readonly path: string;
  readonly skips: boolean;
}

const BUTTON = 44;
const BEND = 10;

/** From the bottom of one node to the top of another: straight within a lane, over the gap between lanes to the next one. */
export function arrowPath(from: GraphNode, to: GraphNode, skips: boolean): string {
  const [x1, y1] = [from.x + SIZES.node / 2, from.y + from.height];
  const y2 = to.y;
  if (from.lane === to.lane && !skips && y2 > y1) return `M${x1} ${y1}V${y2}`;
  if (from.lane === to.lane) {
    const side = from.x - BEND;
    return `M${from.x} ${y1 - BEND}H${side}V${y2 + BEND}H${to.x}`;
  }
  const forward = to.x > from.x;
  const start = forward ? from.x + SIZES.node : from.x;
  const end = forward ? to.x : to.x + SIZES.node;
  const middle = forward ? end - BEND * 2 : end + BEND * 2;
  return `M${start} ${y1 - BEND * 2}H${middle}V${y2 + BEND * 2}H${end}`;
}

export function board(scenario: Pick<Scenario, 'stages' | 'milestones'>, use: 'edit' | 'read' = 'edit') {
  const { lanes, nodes, edges } = scenarioGraph(scenario);
  const bottoms = lanes.map((_, i) =>
    Math.max(SIZES.top, ...nodes.filter((n) => n.lane === i).map((n) => n.y + n.height + SIZES.between / 2)),
  );
  const height = Math.max(...bottoms, SIZES.top) + (use === 'edit' ? BUTTON + SIZES.gap : 0);
  const at = (id: string) => nodes.find((n) => n.milestone.id === id)!;
  const arrows = edges.map(({ from, to, skips }): Arrow => ({ key: `${from} ${to}`, path: arrowPath(at(from), at(to), skips), skips }));
  return {
    lanes: lanes.map((lane, i) => ({ ...lane, height, bottom: bottoms[i]! })),
    nodes,
    arrows,
    height,
    width: lanes.length * (SIZES.lane + SIZES.gap),
  };
}

/** Which milestone an arrow key leads to: up and down along the way, left and right into the lane beside, at about the same height. */
export function neighbour(nodes: readonly GraphNode[], at: number, key: string): number | null {
  const here = nodes[at];
  if (!here) return null;
  const inLane = (lane: number) => nodes.map((node, i) => ({ node, i })).filter(({ node }) => node.lane === lane);
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const lane = inLane(here.lane);
    const to = lane[lane.findIndex(({ i }) => i === at) + (key === 'ArrowDown' ? 1 : -1)];
    return to?.i ?? null;
  }
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const most = Math.max(...nodes.map((node) => node.lane));
  for (let lane = here.lane + by; by !== 0 && lane >= 0 && lane <= most; lane += by) {
    const near = inLane(lane).toSorted((a, b) => Math.abs(a.node.y - here.y) - Math.abs(b.node.y - here.y))[0];
    if (near) return near.i;
  }
  return null;
}
