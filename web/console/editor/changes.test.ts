import { describe, expect, test } from 'vitest';
import type { Scenario } from '#scenario/contract';
import { type Change, changes, movedAmong } from './changes.ts';
import * as op from './operations.ts';
import { aMilestone, aScenario, standard } from './scenario.fixture.ts';

const word = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? ((value as { en?: string }).en ?? (value as { type?: string }).type ?? (Array.isArray(value) ? value.join() : 'thing'))
    : String(value);
const said = ({ how, what, name, field, from, to }: Change) =>
  [how, what, word(name), field ?? '', from === undefined ? '' : word(from), to === undefined ? '' : word(to)].filter(Boolean).join(' ');
const after = (change: (s: Scenario) => Scenario) => changes(aScenario(), change(aScenario())).map(said);

test('nothing changed is no change, in whatever order the fields stand', () => {
  for (const s of standard) expect(changes(s, s)).toEqual([]);
  const { names, ...rest } = aScenario();
  expect(changes(aScenario(), { ...rest, version: 7, names: { en: names.en, zh: names.zh } })).toEqual([]);
});

describe('each operation of the editor is one sentence', () => {
  test.each<[string, (s: Scenario) => Scenario, string[]]>([
    ['a longer time', (s) => op.withStep(s, 0, 0, { p90: 900 }), ['changed step a1.done p90 600 900']],
    ['another holder', (s) => op.withMilestone(s, 0, { holder: 'stock' }), ['changed milestone a1 holder desk stock']],
    ['another name', (s) => op.withMilestone(s, 0, { names: { zh: 'a1节点', en: 'First' } }), ['changed milestone a1 names.en a1 First']],
    ['a milestone more', (s) => op.addMilestone(s, aMilestone('n', 'b')), ['added milestone n']],
    ['a milestone less', (s) => op.removeMilestone(s, 1), ['removed milestone a2']],
    ['a milestone earlier', (s) => op.moveMilestone(s, 1, -1), ['moved milestone a1']],
    ['a milestone in another stage', (s) => op.moveMilestone(s, 1, 1), ['changed milestone a2 stage a b']],
    ['another type', (s) => op.retypeStep(s, 0, 0, 'x.y'), ['changed step a1.done type a1.done x.y']],
    ['another source', (s) => op.withStep(s, 0, 0, { source: 'field' }), ['changed step a1.done source ordercentre field']],
    ['a stage more', (s) => op.addStage(s, 2, { id: 'd', names: { zh: 'd段', en: 'd' }, optional: false }), ['added stage d']],
    ['a stage renamed', (s) => op.renameStage(s, 0, 'x'), ['changed stage a id a x']],
    ['a stage moved', (s) => op.moveStage(s, 2, -1), ['moved stage b']],
    ['a wait more', (s) => ({ ...s, waits: [...s.waits, 'outage'] }), ['added wait outage']],
    ['an exception less', (s) => ({ ...s, exceptions: [] }), ['removed exception E1']],
    ['a longer promise', (s) => op.withTerm(s, 0, { seconds: 7_200 }), ['changed term c1 seconds 3600 7200']],
    ['a promise from the beginning', (s) => op.withTerm(s, 0, { from: undefined }), ['changed term c1 from a1']],
    ['a promise more', (s) => op.addTerm(s, { milestone: 'b1', seconds: 60, clock: 'desk' }), ['added term b1 thing']],
    ['another root', (s) => ({ ...s, root: ['trade'] }), ['changed scenario root order trade']],
  ])('%s', (_, change, sentences) => expect(after(change)).toEqual(sentences));
});

test('a step handed over is moved, not lost and found', () => {
  expect(after((s) => op.giveStep(op.addStep(s, 1, { ...s.milestones[0]!.steps[0]!, type: 'more' }), 1, 1, 2))).toEqual([
    'added step more more',
    'moved step a2.done a2 b1',
  ]);
});

test('a renamed milestone is the same one', () => {
  expect(after((s) => op.renameMilestone(s, 1, 'z'))).toEqual(['changed milestone a2 id a2 z']);
});

test('of a list only what left its place has moved', () => {
  expect(movedAmong(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toEqual(['d']);
  expect(movedAmong(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([]);
  expect(movedAmong([], [])).toEqual([]);
});
