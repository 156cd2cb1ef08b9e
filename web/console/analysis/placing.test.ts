import { expect, test } from 'vitest';
import { asOne, lanesOf } from './lanes.ts';
import { type Box, labelSpots, place, roundedPath } from './placing.ts';

const stage = (id: string) => ({ id, names: { zh: id, en: id }, optional: false });
const milestone = (stageId: string, ...types: string[]) =>
  ({ id: types[0], stage: stageId, steps: types.map((type) => ({ type })) }) as never;
const plan = {
  stages: [stage('first'), stage('second'), stage('third')],
  milestones: [milestone('first', 'a', 'b'), milestone('second', 'c'), milestone('third', 'd')],
};
const goes = (from: string, to: string, count = 1) => ({ from, to, count, p50: 1, p90: 1 });

test('what the plan knows stands in its stage at its place; empty stages are left out', () => {
  expect(lanesOf(['d', 'b', 'a'], plan, [])).toEqual([
    { stage: 'first', nodes: ['a', 'b'] },
    { stage: 'third', nodes: ['d'] },
  ]);
});

test('what the plan does not know stands behind what it mostly follows, or before what follows it', () => {
  const lanes = lanesOf(['a', 'b', 'c', 'x', 'y', 'z'], plan, [goes('a', 'x', 5), goes('c', 'x', 1), goes('x', 'y'), goes('z', 'c')]);
  expect(lanes).toEqual([
    { stage: 'first', nodes: ['a', 'x', 'y', 'b'] },
    { stage: 'second', nodes: ['z', 'c'] },
  ]);
});

test('without a plan they stand as the strongest arrows lead, in pieces', () => {
  const ids = ['h', 'g', 'f', 'e', 'd', 'c', 'b', 'a'];
  const chain = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, i) => goes(id, 'bcdefgh'[i]!, 9));
  expect(lanesOf(ids, undefined, chain).map((lane) => lane.nodes.join(''))).toEqual(['abcdef', 'gh']);
});

const lanes = [
  { stage: 'first', nodes: ['a', 'b', 'c'] },
  { stage: 'second', nodes: ['d'] },
  { stage: 'third', nodes: ['e', 'f'] },
];
const all = ['a', 'b', 'c', 'd', 'e', 'f'];
const everyWay = all.flatMap((from) => all.map((to) => ({ from, to })));

const inside = (box: Box, x: number, y: number) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;

test.each([
  ['wide', place(lanes, new Map(), everyWay, 1200)],
  ['narrow', place(asOne(lanes).lanes, asOne(lanes).heads, everyWay, 340)],
])('no arrow crosses an activity, whoever follows whom (%s)', (_how, placed) => {
  expect(placed.arrows).toHaveLength(everyWay.length);
  for (const { points } of placed.arrows)
    for (const [i, a] of points.entries()) {
      const b = points[i + 1];
      if (!b) continue;
      expect(a.x === b.x || a.y === b.y).toBe(true);
      for (let share = 0; share <= 1; share += 0.05) {
        const [x, y] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
        expect(placed.nodes.some((node) => inside(node, x, y))).toBe(false);
      }
    }
});

test('two arrows never share a piece of a track', () => {
  const { arrows } = place(lanes, new Map(), everyWay, 1200);
  const upright = arrows.flatMap(({ points }) =>
    points.flatMap((a, i) =>
      points[i + 1]?.x === a.x ? [{ x: a.x, top: Math.min(a.y, points[i + 1]!.y), bottom: Math.max(a.y, points[i + 1]!.y) }] : [],
    ),
  );
  for (const [i, a] of upright.entries())
    for (const b of upright.slice(i + 1)) if (a.x === b.x) expect(a.bottom < b.top || b.bottom < a.top).toBe(true);
});

test('the stages use the room that there is, and ask for more where they must', () => {
  const few = [{ from: 'a', to: 'd' }];
  const wide = place(lanes, new Map(), few, 1200);
  expect(wide.width).toBeGreaterThan(1100);
  expect(wide.width).toBeLessThanOrEqual(1200);
  expect(place(lanes, new Map(), few, 300).width).toBeGreaterThan(300);
});

test('what goes against the plan is told as going back', () => {
  const { arrows } = place(lanes, new Map(), everyWay, 1200);
  const back = arrows.filter((arrow) => arrow.back).map(({ from, to }) => `${from}${to}`);
  expect(back).toEqual(everyWay.filter(({ from, to }) => from > to).map(({ from, to }) => `${from}${to}`));
});

test('labels meet neither activities nor each other; the first arrows choose first', () => {
  const placed = place(lanes, new Map(), everyWay, 1200);
  const spots = [...labelSpots(placed, () => 40, 16)];
  expect(spots[0]?.[0]).toBe(0);
  expect(spots.length).toBeGreaterThan(10);
  for (const [i, [, a]] of spots.entries()) {
    expect(placed.nodes.some((node) => inside(node, a.x, a.y))).toBe(false);
    for (const [, b] of spots.slice(i + 1)) expect(Math.abs(a.x - b.x) >= 40 || Math.abs(a.y - b.y) >= 16).toBe(true);
  }
});

test('a path goes from its first to its last point with its corners rounded, at most half of a piece', () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 40 },
  ]);
  expect(path).toBe('M0,0 L5,0 Q10,0 10,5 L10,40');
  expect(roundedPath([])).toBe('');
});

test('nothing to place is nothing', () => {
  expect(place([], new Map(), [], 500)).toMatchObject({ nodes: [], arrows: [] });
});
