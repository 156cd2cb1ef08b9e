import { readdirSync, readFileSync } from 'node:fs';
import type { Milestone, Scenario } from '#scenario/contract';
import { readScenario } from './scenarioText.ts';

const folder = new URL('../../../server/modules/scenario/standard/', import.meta.url);

/** The seventeen standard scenarios, as their files stand. */
export const standard: readonly Scenario[] = readdirSync(folder)
  .filter((file) => /^\d\d-/.test(file))
  .map((file) => {
    const answer = readScenario(readFileSync(new URL(file, folder), 'utf8'));
    if ('problems' in answer) throw new Error(`${file}: ${JSON.stringify(answer.problems)}`);
    return answer.scenario;
  });

export const aMilestone = (id: string, stage: string, more: Partial<Milestone> = {}): Milestone => ({
  id,
  names: { zh: `${id}节点`, en: id },
  stage,
  holder: 'desk',
  optional: false,
  steps: [{ type: `${id}.done`, source: 'ordercentre', optional: false, closes: true, p50: 60, p90: 600 }],
  ...more,
});

/** Three stages a, b, c; milestones a1, a2 in a, b1 in b, c1 in c; c1 is promised, counted from a1. */
export const aScenario = (more: Partial<Scenario> = {}): Scenario => ({
  id: 'garden-fence',
  version: 1,
  names: { zh: '围栏', en: 'Fence' },
  root: ['order'],
  stages: ['a', 'b', 'c'].map((id) => ({ id, names: { zh: `${id}段`, en: id }, optional: false })),
  milestones: [aMilestone('a1', 'a'), aMilestone('a2', 'a'), aMilestone('b1', 'b'), aMilestone('c1', 'c')],
  promise: {
    names: { zh: '很快', en: 'Soon' },
    terms: [{ milestone: 'c1', from: 'a1', fromStep: 'a2.done', seconds: 3_600, clock: 'running' }],
    slot: false,
  },
  waits: ['no-resource'],
  exceptions: ['E1'],
  ...more,
});
