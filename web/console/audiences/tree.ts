import type { RelativeDayJson } from '#audience/contract';

/** What the analyst works on: groups and lines. Lines that are off or not filled in yet belong to the draft and not to the definition. */

/** A part of a definition as it is sent: plain JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** An end of a range: a number, a day `yyyy-MM-dd`, or a day relative to today; null is open. */
export type End = number | string | RelativeDayJson | null;

/** What is asked of a tag. */
export type Ask =
  | { readonly how: 'is'; readonly value: boolean | string }
  | { readonly how: 'oneOf'; readonly values: readonly string[] }
  | { readonly how: 'range'; readonly from: End; readonly to: End }
  | { readonly how: 'known'; readonly known: boolean };

/** Among whom the best are looked for: everybody, those who pass the lines above in the same group, or another definition as it stands. */
export type Among = 'everyone' | 'above' | Json;

export type Condition =
  | { readonly on: 'tag'; readonly tag: string; readonly ask: Ask | null }
  | { readonly on: 'audience' | 'list'; readonly id: string }
  | { readonly on: 'sample'; readonly share: number | null; readonly salt: string }
  | { readonly on: 'top'; readonly n: number | null; readonly by: string; readonly order: 'highest' | 'lowest'; readonly among: Among }
  /** A form that the tree has no fields for; it is kept word for word. */
  | { readonly on: 'raw'; readonly json: unknown };

interface Common {
  readonly id: string;
  readonly not: boolean;
  readonly off: boolean;
}
export interface Line extends Common {
  readonly is: 'line';
  readonly what: Condition;
}
export interface Group extends Common {
  readonly is: 'group';
  readonly op: 'and' | 'or';
  readonly of: readonly Node[];
}
export type Node = Line | Group;

let last = 0;
const newId = (): string => `n${++last}`;

export const aLine = (what: Condition, { not = false, off = false } = {}): Line => ({ is: 'line', id: newId(), not, off, what });
export const aGroup = (op: 'and' | 'or', of: readonly Node[] = [], { not = false, off = false } = {}): Group => ({
  is: 'group',
  id: newId(),
  not,
  off,
  op,
  of,
});

/** The same with ids of its own: a copy, or what was kept from another visit. */
export const renewed = <N extends Node>(node: N): N =>
  node.is === 'group' ? { ...node, id: newId(), of: node.of.map((one) => renewed(one)) } : { ...node, id: newId() };

/** Each node with its group, from the top, in the order of reading. */
export function* walk(group: Group, deep = 0): Generator<{ node: Node; group: Group; at: number; deep: number }> {
  for (const [at, node] of group.of.entries()) {
    yield { node, group, at, deep };
    if (node.is === 'group') yield* walk(node, deep + 1);
  }
}

const place = (root: Group, id: string) => [...walk(root)].find(({ node }) => node.id === id);

export const find = (root: Group, id: string): Node | undefined => (root.id === id ? root : place(root, id)?.node);

/** What stands in the place of a node; an empty answer takes it out. The root is only changed, never taken out. */
function replace(group: Group, id: string, how: (node: Node) => readonly Node[]): Group {
  let changed = false;
  const of = group.of.flatMap((node) => {
    const next = node.id === id ? how(node) : node.is === 'group' ? [replace(node, id, how)] : [node];
    changed ||= next.length !== 1 || next[0] !== node;
    return next;
  });
  return changed ? { ...group, of } : group;
}

const change = (root: Group, id: string, how: (node: Node) => Node): Group =>
  root.id === id ? (how(root) as Group) : replace(root, id, (node) => [how(node)]);

export const remove = (root: Group, id: string): Group => replace(root, id, () => []);
export const duplicate = (root: Group, id: string): Group => replace(root, id, (node) => [node, renewed(node)]);
export const negate = (root: Group, id: string): Group => change(root, id, (node) => ({ ...node, not: !node.not }));
export const turnOff = (root: Group, id: string): Group => change(root, id, (node) => ({ ...node, off: !node.off }));
/** Another node in the place of the one with its id. */
export const put = (root: Group, node: Node): Group => change(root, node.id, () => node);
export const join = (root: Group, id: string, op: 'and' | 'or'): Group =>
  change(root, id, (node) => (node.is === 'group' ? { ...node, op } : node));

/** Puts a node into a group; without `at` at its end. */
export const add = (root: Group, into: string, node: Node, at?: number): Group =>
  change(root, into, (group) => (group.is === 'group' ? { ...group, of: group.of.toSpliced(at ?? group.of.length, 0, node) } : group));

/** A group around one node: of the other kind than the one it stands in, since one of the same would say nothing new. */
export function wrap(root: Group, id: string): Group {
  const found = place(root, id);
  return found ? replace(root, id, (node) => [aGroup(found.group.op === 'and' ? 'or' : 'and', [node])]) : root;
}

/** The group goes, what is in it stays in its place. */
export const dissolve = (root: Group, id: string): Group => replace(root, id, (node) => (node.is === 'group' ? node.of : [node]));

const holds = (node: Node, id: string): boolean => node.id === id || (node.is === 'group' && node.of.some((one) => holds(one, id)));

/** Takes a node to a place before the `at`-th member of a group as it is now; never into itself. */
export function move(root: Group, id: string, into: string, at: number): Group {
  const from = place(root, id);
  const target = find(root, into);
  if (!from || target?.is !== 'group' || holds(from.node, into)) return root;
  const isSame = from.group.id === into;
  if (isSame && (at === from.at || at === from.at + 1)) return root;
  return add(remove(root, id), into, from.node, isSame && at > from.at ? at - 1 : at);
}

export type Step = 'up' | 'down' | 'in' | 'out';

/** One step by key: past a neighbour (at a group's edge: out of it), into the group before or after, out behind its own group. */
export function step(root: Group, id: string, to: Step): Group {
  const here = place(root, id);
  if (!here) return root;
  const { group, at } = here;
  const outer = place(root, group.id);
  const isLast = at === group.of.length - 1;
  if (to === 'up' && at > 0) return move(root, id, group.id, at - 1);
  if (to === 'down' && !isLast) return move(root, id, group.id, at + 2);
  if (to === 'in') {
    const [before, after] = [group.of[at - 1], group.of[at + 1]];
    if (before?.is === 'group') return move(root, id, before.id, before.of.length);
    return after?.is === 'group' ? move(root, id, after.id, 0) : root;
  }
  return outer ? move(root, id, outer.group.id, to === 'up' ? outer.at : outer.at + 1) : root;
}

/** How many lines say something in the definition. */
export const linesIn = (node: Node): number =>
  node.off ? 0 : node.is === 'group' ? node.of.reduce((n, one) => n + linesIn(one), 0) : isComplete(node.what) ? 1 : 0;

/** Everything is chosen that the condition needs to be sent. */
export function isComplete(what: Condition): boolean {
  switch (what.on) {
    case 'tag':
      return what.tag !== '' && what.ask !== null && !(what.ask.how === 'range' && what.ask.from === null && what.ask.to === null);
    case 'audience':
    case 'list':
      return what.id !== '';
    case 'sample':
      return what.share !== null && what.salt !== '';
    case 'top':
      return what.n !== null && what.by !== '';
    case 'raw':
      return true;
  }
}

/** The names of tags that the lines speak of, off or not, each once. */
export const tagsOf = (root: Group): string[] => {
  const named = [...walk(root)].map(({ node }) =>
    node.is === 'line' && node.what.on === 'tag' ? node.what.tag : node.is === 'line' && node.what.on === 'top' ? node.what.by : '',
  );
  return [...new Set(named.filter(Boolean))];
};

/** Each node's number as people say it, by its id: `2` the second of the outermost group, `2.1` the first within it. */
export function numbersOf(group: Group, before = ''): Map<string, string> {
  const out = new Map<string, string>();
  for (const [at, node] of group.of.entries()) {
    const number = `${before}${at + 1}`;
    out.set(node.id, number);
    if (node.is === 'group') for (const [id, inner] of numbersOf(node, `${number}.`)) out.set(id, inner);
  }
  return out;
}
