import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as tree from './tree.ts';
import { aGroup, aLine, type Group, type Node, type Step } from './tree.ts';

const line = (tag: string): tree.Line => aLine({ on: 'tag', tag, ask: { how: 'known', known: true } });
/** A tree in letters: `a (b c)`, groups in brackets. */
const drawn = (group: Group): string =>
  group.of
    .map((node) => (node.is === 'group' ? `(${drawn(node)})` : node.what.on === 'tag' ? `${node.not ? '-' : ''}${node.what.tag}` : '?'))
    .join(' ');

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(line) as [tree.Line, tree.Line, tree.Line, tree.Line];
const inner = aGroup('or', [b, c]);
const root = aGroup('and', [a, inner, d]);

describe('moving by place', () => {
  test.each([
    [a, root, 3, '(b c) d a'],
    [d, root, 0, 'd a (b c)'],
    [a, inner, 1, '(b a c) d'],
    [c, root, 0, 'c a (b) d'],
    [a, root, 1, 'a (b c) d'],
  ])('a node goes where it is put', (node, into, at, said) => {
    expect(drawn(tree.move(root, node.id, into.id, at))).toBe(said);
  });

  test('a group never goes into itself', () => {
    expect(tree.move(root, inner.id, inner.id, 0)).toBe(root);
    expect(tree.move(root, root.id, inner.id, 0)).toBe(root);
  });
});

describe('moving by key', () => {
  test.each<[tree.Line, Step, string]>([
    [a, 'down', '(b c) a d'],
    [a, 'up', 'a (b c) d'],
    [a, 'in', '(a b c) d'],
    [d, 'in', 'a (b c d)'],
    [b, 'up', 'a b (c) d'],
    [c, 'down', 'a (b) c d'],
    [b, 'out', 'a (c) b d'],
    [d, 'out', 'a (b c) d'],
  ])('one step', (node, to, said) => {
    expect(drawn(tree.step(root, node.id, to))).toBe(said);
  });
});

test('a line is wrapped in a group of the other kind, and the group dissolved again', () => {
  const wrapped = tree.wrap(root, a.id);
  expect(drawn(wrapped)).toBe('(a) (b c) d');
  const group = wrapped.of[0] as Group;
  expect(group.op).toBe('or');
  expect(drawn(tree.dissolve(wrapped, group.id))).toBe('a (b c) d');
});

test('a copy stands behind its model and has ids of its own', () => {
  const copied = tree.duplicate(root, inner.id);
  expect(drawn(copied)).toBe('a (b c) (b c) d');
  const ids = [...tree.walk(copied)].map(({ node }) => node.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('lines are numbered as they are read, and tags named once each', () => {
  expect([...tree.numbersOf(root).values()]).toEqual(['1', '2', '2.1', '2.2', '3']);
  expect(tree.tagsOf(tree.duplicate(root, inner.id))).toEqual(['a', 'b', 'c', 'd']);
});

test('negated twice is as before; off and on as well', () => {
  expect(drawn(tree.negate(root, b.id))).toBe('a (-b c) d');
  expect(tree.negate(tree.negate(root, b.id), b.id)).toEqual(root);
  expect(tree.turnOff(tree.turnOff(root, inner.id), inner.id)).toEqual(root);
});

test('what is off or not filled in is no line of the definition', () => {
  const half = tree.add(root, inner.id, aLine({ on: 'tag', tag: 'e', ask: null }));
  expect(tree.linesIn(half)).toBe(4);
  expect(tree.linesIn(tree.turnOff(half, inner.id))).toBe(2);
});

test('what changes nothing answers the same tree', () => {
  for (const same of [tree.remove(root, 'nobody'), tree.negate(root, 'nobody'), tree.step(root, 'nobody', 'up')]) expect(same).toBe(root);
});

const anyNode = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', 'c').map(line),
    fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('node'), { maxLength: 4 })).map(([op, of]) => aGroup(op, of)),
  ),
})).node;
const anyRoot = fc.array(anyNode, { maxLength: 5 }).map((of) => aGroup('and', of.map(tree.renewed)));
const letters = (group: Group): string =>
  drawn(group)
    .replace(/[^a-z]/g, '')
    .split('')
    .sort()
    .join('');

test('no move, by place or by key, loses or doubles a line', () => {
  fc.assert(
    fc.property(anyRoot, fc.nat(), fc.nat(), fc.nat(6), fc.constantFrom<Step>('up', 'down', 'in', 'out'), (group, which, where, at, to) => {
      const nodes = [...tree.walk(group)].map(({ node }) => node);
      fc.pre(nodes.length > 0);
      const id = nodes[which % nodes.length]!.id;
      const groups = [group, ...nodes.filter((node) => node.is === 'group')];
      const target = groups[where % groups.length]!;
      const before = [...tree.walk(group)].map(({ node }) => node.id).sort();
      for (const moved of [tree.move(group, id, target.id, Math.min(at, target.of.length)), tree.step(group, id, to)]) {
        expect([...tree.walk(moved)].map(({ node }) => node.id).sort()).toEqual(before);
        expect(letters(moved)).toBe(letters(group));
      }
    }),
  );
});
