import { expect, test } from 'vitest';
import { board, neighbour } from './board.ts';
import { removeMilestone } from './operations.ts';
import { aScenario, standard } from './scenario.fixture.ts';

test('every milestone is led to by an arrow, but the first', () => {
  for (const s of standard) {
    const { arrows } = board(s);
    for (const m of s.milestones.slice(1)) expect(arrows.some(({ key }) => key.endsWith(` ${m.id}`))).toBe(true);
  }
});

test('a lane without milestones has its place and its button all the same', () => {
  const { lanes } = board(removeMilestone(aScenario(), 2));
  expect(lanes).toHaveLength(3);
  expect(lanes[1]!.bottom).toBeLessThan(lanes[1]!.height);
});

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowUp', 1, 0],
  ['ArrowUp', 0, null],
  ['ArrowRight', 1, 2],
  ['ArrowLeft', 3, 2],
  ['ArrowRight', 3, null],
  ['Enter', 0, null],
])('%s from %d leads to %s', (key, from, to) => expect(neighbour(board(aScenario()).nodes, from, key)).toBe(to));

test('an empty lane is stepped over', () => {
  expect(neighbour(board(removeMilestone(aScenario(), 2)).nodes, 1, 'ArrowRight')).toBe(2);
});
