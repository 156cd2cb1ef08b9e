import { expect, test } from 'vitest';
import type { ProcessMap } from '#tracking/contract';
import { costliest, picture } from './processMap.ts';
import { stageGrid, strongestChange } from './stageGrid.ts';
import { difference, stepWords, toldWay } from './stepWords.ts';

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
const share = (part: number) => ({ nodes: part, arrows: part });

test('all of it shows every step and arrow', () => {
  const all = picture(map, share(1), 'count');
  expect(all.nodes).toHaveLength(4);
  expect(all.arrows).toHaveLength(4);
  expect([all.hiddenNodes, all.hiddenArrows]).toEqual([0, 0]);
});

test('rare steps go first, and take their arrows with them', () => {
  const some = picture(map, share(0.9), 'count');
  expect(some.nodes.map((n) => n.id)).not.toContain('cancelled');
  expect(some.arrows.every((a) => a.to !== 'cancelled')).toBe(true);
  expect(some.hiddenNodes).toBe(1);
});

test('steps and arrows are shown more or less each for themselves', () => {
  const few = picture(map, { nodes: 1, arrows: 0.1 }, 'count');
  expect(few.nodes).toHaveLength(4);
  expect(few.arrows.map((a) => a.to)).not.toContain('accepted accepted');
  expect(few.hiddenArrows).toBe(1);
});

test('a shown step always keeps its strongest arrow in and out', () => {
  const few = picture(map, share(0.1), 'count');
  expect(few.nodes).toHaveLength(2);
  expect(few.arrows).toContainEqual(expect.objectContaining({ from: 'submitted', to: 'accepted' }));
});

test.each([
  ['count', 'accepted'],
  ['p50', 'done'],
  ['p90', 'done'],
] as const)('weight follows the measure %s: the most gone way, or the one that costs most time', (measure, to) => {
  expect(picture(map, share(1), measure).arrows.find((a) => a.weight === 1)?.to).toBe(to);
});

test('an arrow that nearly nobody takes is not kept for the sake of its ends', () => {
  const rare = { ...map, transitions: [...map.transitions, arrow('done', 'submitted', 2)] };
  const ends = picture(rare, { nodes: 0.98, arrows: 0.5 }, 'count').arrows.map((a) => `${a.from} ${a.to}`);
  expect(ends).toEqual(['submitted accepted', 'accepted done']);
});

test('an empty map is an empty picture, and nothing in it costs time', () => {
  const empty = { ...map, activities: [], transitions: [] };
  expect(picture(empty, share(0.5), 'count')).toEqual({ nodes: [], arrows: [], hiddenNodes: 0, hiddenArrows: 0 });
  expect(costliest(empty)).toBeNull();
});

test('what costs the most time is told by all passages together', () => {
  expect(costliest(map)).toMatchObject({ from: 'accepted', to: 'done' });
});

const item = (week: string, stage: string, p50: number, journeys = 10) => ({ week, stage, journeys, p50, p90: p50 * 2 });

test('weeks by stages, in the order of the scenario, holes left empty', () => {
  const [late, early] = [item('2026-11-09', 'done', 5), item('2026-11-02', 'submitted', 1)];
  const grid = stageGrid([late, early], ['submitted', 'done'], 'p50');
  expect(grid.weeks).toEqual(['2026-11-02', '2026-11-09']);
  expect(grid.rows).toEqual([
    { stage: 'submitted', weeks: [early, null], change: null },
    { stage: 'done', weeks: [null, late], change: null },
  ]);
});

test('a stage changed by its last week against its first, weeks with few orders aside', () => {
  const weeks = [item('1', 'a', 9_999, 1), item('2', 'a', 1_000), item('3', 'a', 700), item('4', 'a', 1, 4)];
  expect(stageGrid(weeks, ['a'], 'p50').rows[0]?.change).toBeCloseTo(-0.3);
});

test('the strongest change is that of the most time, not of the greatest share; seconds are no change', () => {
  const rows = [item('1', 'a', 10), item('2', 'a', 40), item('1', 'b', 10_000), item('2', 'b', 12_000)];
  expect(strongestChange(stageGrid(rows, ['a', 'b'], 'p50'), 'p50')?.stage).toBe('b');
  expect(strongestChange(stageGrid(rows.slice(0, 2), ['a'], 'p50'), 'p50')).toBeNull();
});

const both = (text: string) => ({ zh: text, en: text });
const words = stepWords({
  scenario: {
    milestones: [
      { names: both('受理'), steps: [{ type: 'trade.accepted' }, { type: 'order.accepted' }] },
      { names: both('接单'), steps: [{ type: 'work.taken' }] },
    ] as never,
  },
  words: {
    exceptions: [{ names: both('退单'), events: [{ type: 'work.returned' }] }] as never,
    waits: [{ id: 'papers', names: both('待补资料') }] as never,
  },
  names: { of: (names) => names?.zh ?? '', wait: (id) => id },
  said: (type) => ({ 'rating.given': '客户评价', 'work.taken': '师傅接单' })[type] ?? '',
  waiting: (wait) => `等待：${wait}`,
});

test.each([
  ['trade.accepted', '受理', '受理', true],
  ['work.taken', '师傅接单', '接单', false],
  ['work.returned', '退单', '退单', false],
  ['wait.papers', '等待：待补资料', '等待：待补资料', false],
  ['rating.given', '客户评价', '客户评价', false],
  ['never.heard', 'never.heard', 'never.heard', false],
])('%s is called %s, in a way %s; its code tells it apart: %s', (type, name, milestone, shared) => {
  expect(words(type)).toEqual({ name, milestone, shared });
});

test('a way is told by what it has more and less than the commonest', () => {
  const usual = ['trade.accepted', 'work.taken', 'rating.given'];
  expect(difference(['trade.accepted', 'work.taken', 'work.returned', 'work.taken', 'work.taken'], usual, words)).toEqual({
    more: ['师傅接单 ×2', '退单'],
    less: ['客户评价'],
    moved: false,
  });
  expect(difference(['work.taken', 'trade.accepted', 'rating.given'], usual, words)).toEqual({ more: [], less: [], moved: true });
  expect(difference(usual, usual, words).moved).toBe(false);
});

test('a way tells equal neighbours once', () => {
  expect(toldWay(['trade.accepted', 'order.accepted', 'work.taken', 'trade.accepted'], words)).toEqual(['受理', '接单', '受理']);
});
