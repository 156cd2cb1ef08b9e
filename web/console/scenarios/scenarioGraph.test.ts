import { expect, test } from 'vitest';
import { scenarioGraph } from './scenarioGraph.ts';

const names = { zh: '名', en: 'name' };
const stage = (id: string) => ({ id, names, optional: false });
const milestone = (id: string, at: string, optional = false, steps = 1) => ({
  id,
  names,
  stage: at,
  holder: 'desk',
  optional,
  steps: Array.from({ length: steps }, (_, i) => ({ type: `${id}.${i}`, source: 's', optional: false, closes: false, p50: 1, p90: 2 })),
});

const scenario = {
  stages: [stage('a'), stage('b')],
  milestones: [milestone('one', 'a'), milestone('two', 'a', true, 5), milestone('three', 'a'), milestone('four', 'b')],
};

test('stages are lanes from left to right, as tall as the tallest', () => {
  const { lanes } = scenarioGraph(scenario);
  expect(lanes.map((lane) => lane.stage)).toEqual(['a', 'b']);
  expect(lanes[1]!.x).toBeGreaterThan(lanes[0]!.x + lanes[0]!.width - 1);
  expect(lanes[0]!.height).toBe(lanes[1]!.height);
});

test('milestones of a stage stand below each other and never overlap', () => {
  const inLane = scenarioGraph(scenario).nodes.filter((node) => node.lane === 0);
  for (const [i, node] of inLane.slice(1).entries()) expect(node.y).toBeGreaterThanOrEqual(inLane[i]!.y + inLane[i]!.height);
});

test('an optional milestone can be passed by', () => {
  expect(scenarioGraph(scenario).edges).toEqual([
    { from: 'one', to: 'two', skips: false },
    { from: 'one', to: 'three', skips: true },
    { from: 'two', to: 'three', skips: false },
    { from: 'three', to: 'four', skips: false },
  ]);
});
