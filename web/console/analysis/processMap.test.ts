import { expect, test } from 'vitest';
import type { ProcessMap } from '#tracking/contract';
import { pathThrough, picture } from './processMap.ts';
import { stageGrid } from './stageGrid.ts';

const arrow = (from: string, to: string, count: number, p50 = 60) => ({ from, to, count, p50, p90: p50 * 2 });

const map: ProcessMap = {
  at: '2026-11-21T09:00:00.000Z',
  journeys: 100,
  events: 300,
  variants: 3,
  activities: [
    { type: 'submitted', count: 100 },
    { type: 'accepted', count: 100 },
    { type: 'done', count: 95 },
    { type: 'cancelled', count: 5 },
  ],
  durations: { p50: 1, p90: 2, mean: 1 },
  transitions: [
    arrow('submitted', 'accepted', 100),
    arrow('accepted', 'done', 95, 7200),
    arrow('accepted', 'cancelled', 5),
    arrow('accepted', 'accepted', 1),
  ],
};

test('all of it shows every step and arrow', () => {
  const all = picture(map, 1, 'count');
  expect(all.nodes).toHaveLength(4);
  expect(all.arrows).toHaveLength(4);
  expect([all.hiddenNodes, all.hiddenArrows]).toEqual([0, 0]);
});

test('rare steps go first, and take their arrows with them', () => {
  const some = picture(map, 0.9, 'count');
  expect(some.nodes.map((n) => n.id)).not.toContain('cancelled');
  expect(some.arrows.every((a) => a.to !== 'cancelled')).toBe(true);
  expect(some.hiddenNodes).toBe(1);
});

test('a shown step always keeps its strongest arrow in and out', () => {
  const few = picture(map, 0.1, 'count');
  expect(few.nodes).toHaveLength(2);
  expect(few.arrows).toContainEqual(expect.objectContaining({ from: 'submitted', to: 'accepted' }));
});

test('what journeys begin with stands first', () => {
  expect(picture(map, 1, 'count').nodes[0]?.id).toBe('submitted');
});

test('weight follows the measure: the most gone way, or the one that costs most time', () => {
  const heaviest = (measure: 'count' | 'time') => picture(map, 1, measure).arrows.find((a) => a.weight === 1)?.to;
  expect(heaviest('count')).toBe('accepted');
  expect(heaviest('time')).toBe('done');
});

test('an empty map is an empty picture', () => {
  expect(picture({ ...map, activities: [], transitions: [] }, 0.5, 'count')).toEqual({
    nodes: [],
    arrows: [],
    hiddenNodes: 0,
    hiddenArrows: 0,
  });
});

test('a path goes from its first to its last point', () => {
  const path = pathThrough([
    { x: 0, y: 0 },
    { x: 5, y: 10 },
    { x: 0, y: 20 },
  ]);
  expect(path.startsWith('M0,0')).toBe(true);
  expect(path.endsWith('0,20')).toBe(true);
  expect(pathThrough([])).toBe('');
});

test('weeks by stages, in the order of the scenario, holes left empty', () => {
  const item = (week: string, stage: string, p50: number) => ({ week, stage, journeys: 1, p50, p90: p50 * 2 });
  const grid = stageGrid([item('2026-11-09', 'done', 5), item('2026-11-02', 'submitted', 1)], ['submitted', 'done'], 'p50');
  expect(grid.weeks).toEqual(['2026-11-02', '2026-11-09']);
  expect(grid.rows).toEqual([
    { stage: 'submitted', seconds: [1, null] },
    { stage: 'done', seconds: [null, 5] },
  ]);
});
