import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromDefinition, nodeAt, toDefinition } from './definition.ts';
import { add, aGroup, aLine, type Json, turnOff, walk } from './tree.ts';

const own = { tag: 'own', is: true };
const plan = { tag: 'plan', oneOf: ['199', '299'] };
const spent = { tag: 'spent', from: 0, to: 99.5 };
const joined = { tag: 'joined', from: { months: -1, edge: 'start' }, to: { months: -1, edge: 'end' } };
const best = { top: { n: 500, by: 'churn', of: { and: [own, plan] } } };

/** Opened and written again. */
const again = (where: unknown) => toDefinition(fromDefinition(where)).where;

test.each<[string, Json]>([
  ['everybody', { and: [] }],
  ['each kind of condition', { and: [own, plan, spent, joined, { tag: 'area', is: 'd3' }, { tag: 'plan', known: false }] }],
  ['other sets', { and: [{ audience: 'a1' }, { list: 'l1' }, { sample: { share: 0.1, salt: 'x' } }] }],
  ['groups in groups', { or: [own, { and: [plan, { or: [spent, joined] }] }] }],
  ['negations', { and: [{ not: own }, { not: { or: [plan, spent] } }] }],
  ['the best of everybody', { and: [{ top: { n: 10, by: 'churn', order: 'lowest' } }] }],
  ['the best of those above', { and: [own, plan, best] }],
  ['the best of other people', { and: [spent, best] }],
  ['nobody', { and: [{ or: [] }, { tag: 'plan', oneOf: [] }] }],
  ['a form of the future and a mistake', { and: [{ within: { days: 3 } }, { tag: 'x', is: 4 }, 'what', null] }],
])('%s comes back as it was', (_, where) => {
  expect(again(where)).toEqual(where);
});

test('one condition alone is a line of the outermost group', () => {
  expect(again(own)).toEqual({ and: [own] });
  expect(again({ not: own })).toEqual({ and: [{ not: own }] });
  expect(again({ not: { not: own } })).toEqual({ and: [{ not: { and: [{ not: own }] } }] });
});

test('who stands above the best is found anew when a line above changes', () => {
  const root = fromDefinition({ and: [own, plan, best] });
  expect(toDefinition(turnOff(root, root.of[0]!.id)).where).toEqual({ and: [plan, { top: { n: 500, by: 'churn', of: { and: [plan] } } }] });
});

test('what is off or empty is not sent, and a group of such lines is not sent either', () => {
  let root = fromDefinition({ and: [own, { or: [plan, spent] }] });
  for (const { node } of walk(root)) if (node.is === 'line' && root.of[0] !== node) root = turnOff(root, node.id);
  root = add(root, root.id, aLine({ on: 'tag', tag: '', ask: null }));
  expect(toDefinition(add(root, root.id, aGroup('or'))).where).toEqual({ and: [own] });
});

describe('a path leads to its line', () => {
  const root = fromDefinition({ and: [own, { not: { or: [plan, { not: spent }] } }] });
  const [first, group] = root.of;
  const { paths } = toDefinition(root);
  const inside = group?.is === 'group' ? group.of : [];
  test.each([
    ['where.and[0].is', first],
    ['where.and[1]', group],
    ['where.and[1].not', group],
    ['where.and[1].not.or[0].oneOf[1]', inside[0]],
    ['where.and[1].not.or[1].not.from', inside[1]],
    ['where', root],
    ['where.and', root],
    ['name', undefined],
  ])('%s', (path, node) => {
    expect(nodeAt(paths, path)).toBe(node?.id);
  });

  test('lines that are off do not count', () => {
    const off = turnOff(root, first!.id);
    expect(nodeAt(toDefinition(off).paths, 'where.and[0].not')).toBe(group!.id);
  });
});

test('whatever is pasted can be opened, and what is written is opened as the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (where) => {
      const once = again(where);
      expect(again(once)).toEqual(once);
    }),
  );
});

test('something very deep is kept', () => {
  let deep: object = own;
  for (let i = 0; i < 100; i++) deep = { and: [deep] };
  expect(again(deep)).toEqual(deep);
});
