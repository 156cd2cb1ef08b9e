import { expect, test } from 'vitest';
import type { JourneyShift } from '#tracking/contract';
import { countShifts, differing } from './shifts.ts';

const face: JourneyShift['before'] = {
  state: 'open',
  stage: 'a',
  stageName: '受理',
  milestone: 'a1',
  milestoneName: '审核',
  holder: 'desk',
  dueAt: '2026-03-01T00:00:00.000Z',
};
const shift = (after: Partial<typeof face>): JourneyShift => ({
  id: '1',
  root: { kind: 'order', value: 'O-1' },
  version: 1,
  before: face,
  after: { ...face, ...after },
  changed: true,
});

test('each respect is counted for itself', () => {
  const items = [shift({ milestone: 'b1', milestoneName: '派单', holder: 'dispatch' }), shift({ holder: 'review' }), shift({})];
  expect(countShifts(items)).toEqual({ state: 0, stage: 0, milestone: 1, holder: 2, dueAt: 0 });
});

test('a milestone that only has another id reads the same', () => {
  expect(differing(shift({ milestone: 'renamed' })).milestone).toBe(false);
});
