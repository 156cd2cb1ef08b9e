import { describe, expect, test } from 'vitest';
import { Scenario } from '#scenario/contract';
import * as op from './operations.ts';
import { aMilestone, aScenario } from './scenario.fixture.ts';

const order = (s: Scenario) => s.milestones.map((m) => `${m.id}@${m.stage}`).join(' ');

describe('a milestone moves', () => {
  test.each([
    ['down past its neighbour', 0, 1, 'a2@a a1@a b1@b c1@c'],
    ['down into the next stage when it is the last of its own', 1, 1, 'a1@a a2@b b1@b c1@c'],
    ['up into the stage before when it is the first of its own', 2, -1, 'a1@a a2@a b1@a c1@c'],
    ['nowhere up when it is the very first', 0, -1, 'a1@a a2@a b1@b c1@c'],
    ['nowhere down when it is the very last', 3, 1, 'a1@a a2@a b1@b c1@c'],
  ] as const)('%s', (_, at, by, after) => expect(order(op.moveMilestone(aScenario(), at, by))).toBe(after));

  test('into an empty stage between, not over it', () => {
    const s = op.removeMilestone(aScenario(), 2);
    expect(order(op.moveMilestone(s, 2, -1))).toBe('a1@a a2@a c1@b');
  });

  test.each([
    ['forward to the beginning of a stage', 0, 'c', 'a2@a b1@b a1@c c1@c'],
    ['back to the end of a stage', 3, 'a', 'a1@a a2@a c1@a b1@b'],
    ['not at all into its own', 1, 'a', 'a1@a a2@a b1@b c1@c'],
  ])('%s', (_, at, stage, after) => expect(order(op.intoStage(aScenario(), at, stage))).toBe(after));

  test('by a stage, and no further than the last', () => {
    expect(order(op.shiftMilestone(aScenario(), 0, 1))).toBe('a2@a a1@b b1@b c1@c');
    expect(order(op.shiftMilestone(aScenario(), 3, 1))).toBe(order(aScenario()));
  });
});

describe('a stage', () => {
  test('moves with its milestones', () => expect(order(op.moveStage(aScenario(), 2, -1))).toBe('a1@a a2@a c1@c b1@b'));
  test('taken out leaves its milestones to the one before', () => {
    expect(order(op.removeStage(aScenario(), 1))).toBe('a1@a a2@a b1@a c1@c');
    expect(order(op.removeStage(aScenario(), 0))).toBe('a1@b a2@b b1@b c1@c');
  });
  test('stays when it is the only one', () => {
    const s = aScenario({ stages: aScenario().stages.slice(0, 1) });
    expect(op.removeStage(s, 0)).toBe(s);
  });
  test('renamed takes its milestones along', () => expect(order(op.renameStage(aScenario(), 0, 'x'))).toBe('a1@x a2@x b1@b c1@c'));
});

describe('a new milestone', () => {
  test('stands at the end of its stage', () =>
    expect(order(op.addMilestone(aScenario(), aMilestone('n', 'a')))).toBe('a1@a a2@a n@a b1@b c1@c'));
  test('of an empty stage stands between its neighbours', () => {
    const s = op.addStage(aScenario(), 0, { id: 'x', names: { zh: '新', en: 'New' }, optional: false });
    expect(order(op.addMilestone(s, aMilestone('n', 'x')))).toBe('a1@a a2@a n@x b1@b c1@c');
  });
});

describe('names that others speak of', () => {
  test('a renamed milestone takes its promises along', () => {
    expect(op.renameMilestone(aScenario(), 3, 'end').promise.terms[0]).toMatchObject({ milestone: 'end', from: 'a1' });
    expect(op.renameMilestone(aScenario(), 0, 'start').promise.terms[0]).toMatchObject({ milestone: 'c1', from: 'start' });
  });
  test('a retyped step takes its promise along, unless another step still has the type', () => {
    expect(op.retypeStep(aScenario(), 1, 0, 'new.type').promise.terms[0]?.fromStep).toBe('new.type');
    const twice = op.addStep(aScenario(), 0, { ...aScenario().milestones[1]!.steps[0]!, source: 'field' });
    expect(op.retypeStep(twice, 1, 0, 'new.type').promise.terms[0]?.fromStep).toBe('a2.done');
  });
  test('a removed milestone leaves its promise for the check to point at', () => {
    expect(op.removeMilestone(aScenario(), 3).promise).toEqual(aScenario().promise);
  });
});

describe('steps', () => {
  test('that are new stand in front of what closes the milestone', () => {
    const s = op.addStep(aScenario(), 0, { ...aScenario().milestones[0]!.steps[0]!, type: 'new', closes: false });
    expect(s.milestones[0]!.steps.map((step) => step.type)).toEqual(['new', 'a1.done']);
  });
  test('go to another milestone in front of what closes it', () => {
    const s = op.giveStep(aScenario(), 1, 0, 0);
    expect(s.milestones.map((m) => m.steps.map((step) => step.type))).toEqual([['a2.done', 'a1.done'], [], ['b1.done'], ['c1.done']]);
  });
  test('change places', () => {
    const s = op.giveStep(aScenario(), 1, 0, 0);
    expect(op.moveStep(s, 0, 0, 1).milestones[0]!.steps.map((step) => step.type)).toEqual(['a1.done', 'a2.done']);
  });
});

test('a field of a promise that is emptied is gone, not undefined', () => {
  expect(op.withTerm(aScenario(), 0, { from: undefined }).promise.terms[0]).toStrictEqual({
    milestone: 'c1',
    fromStep: 'a2.done',
    seconds: 3_600,
    clock: 'running',
  });
});

test('a code comes into a list at its place and goes out again; codes nobody knows stay', () => {
  const known = ['E1', 'E2', 'E3'];
  expect(op.toggled(['E1', 'E3', 'E99'], 'E2', known)).toEqual(['E1', 'E2', 'E3', 'E99']);
  expect(op.toggled(['E1', 'E99'], 'E3', known)).toEqual(['E1', 'E99', 'E3']);
  expect(op.toggled(['E1', 'E2'], 'E1', known)).toEqual(['E2']);
});

test('what is open is found again after a move, a renaming, a removal', () => {
  const s = aScenario();
  expect(op.follow(s.milestones, op.moveMilestone(s, 0, 1).milestones, 0)).toBe(1);
  expect(op.follow(s.milestones, op.renameMilestone(s, 0, 'x').milestones, 0)).toBe(0);
  expect(op.follow(s.milestones, op.removeMilestone(s, 0).milestones, 0)).toBeNull();
  expect(op.follow(s.milestones, op.removeMilestone(s, 0).milestones, 2)).toBe(1);
});

test('an empty scenario is of the agreed form', () => {
  expect(Scenario.safeParse(op.emptyScenario('new-one', { zh: '新', en: 'New' })).success).toBe(true);
  expect(op.freeId('stage', ['stage-1', 'stage-3'])).toBe('stage-2');
});
