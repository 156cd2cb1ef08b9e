import { expect, test } from 'vitest';
import { type Found, fieldsOf, obstacle, placeOf, under } from './problems.ts';

test.each([
  ['milestones.3.steps.1.p50', 'graph', { kind: 'milestone', at: 3 }],
  ['stages.0.optional', 'graph', { kind: 'stage', at: 0 }],
  ['milestones', 'graph', null],
  ['promise.terms.0.seconds', 'rules', null],
  ['waits.2', 'rules', null],
  ['names.zh', 'rules', null],
  ['line 4', 'text', null],
] as const)('%s is found in the view %s', (path, view, open) => expect(placeOf(path)).toEqual({ view, open }));

test('a problem of a step is a problem of its milestone, and not of the tenth when it is the first', () => {
  const at = (path: string): Found => ({ path, code: 'x', names: { zh: '错', en: 'wrong' } });
  const all = [at('milestones.1.steps.0.p50'), at('milestones.10.names'), at('milestones.1')];
  expect(under(all, 'milestones.1').map(({ path }) => path)).toEqual(['milestones.1.steps.0.p50', 'milestones.1']);
});

test('where the very field is not on show, the nearest thing around it is', () => {
  expect(fieldsOf('stages.0.optional')).toEqual(['stages.0.optional', 'stages.0', 'stages']);
});

test('the first reason against publishing is named, and none when there is none', () => {
  const well = {
    right: false,
    text: false,
    conflict: false,
    incomplete: false,
    unchecked: false,
    unsaved: false,
    same: false,
    problems: 0,
  };
  expect(obstacle(well)).toBeNull();
  expect(obstacle({ ...well, problems: 2, unsaved: true })).toBe('problems');
  expect(obstacle({ ...well, right: true, problems: 2 })).toBe('right');
  expect(obstacle({ ...well, same: true, unsaved: true })).toBe('same');
});
