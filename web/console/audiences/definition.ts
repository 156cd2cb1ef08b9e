import type { RelativeDayJson } from '#audience/contract';
import { type Among, type Ask, aGroup, aLine, type Condition, type End, type Group, isComplete, type Json, type Node } from './tree.ts';

/** Between the tree on the screen and the definition that is sent; the definition's form is described in docs/audiences.md. */

/** `paths`: which node a path of the definition leads to. */
export interface Written {
  readonly where: Json;
  readonly paths: ReadonlyMap<string, string>;
}

export function toDefinition(root: Group): Written {
  const paths = new Map<string, string>([['where', root.id]]);
  return { where: writeGroup(root, 'where', paths) ?? { and: [] }, paths };
}

type Paths = Map<string, string>;

/** Undefined: nothing of it is on and filled in. A group of nothing would mean everybody or nobody, and neither was said. */
function write(node: Node, path: string, paths: Paths, above: readonly Json[]): Json | undefined {
  if (node.off) return undefined;
  const inside = node.not ? `${path}.not` : path;
  const json = node.is === 'group' ? writeGroup(node, inside, paths) : isComplete(node.what) ? conditionJson(node.what, above) : undefined;
  if (json === undefined) return undefined;
  paths.set(path, node.id);
  return node.not ? { not: json } : json;
}

function writeGroup({ op, of }: Group, path: string, paths: Paths): Json | undefined {
  const out: Json[] = [];
  for (const node of of) {
    const json = write(node, `${path}.${op}[${out.length}]`, paths, op === 'and' ? out : []);
    if (json !== undefined) out.push(json);
  }
  return out.length > 0 ? { [op]: out } : undefined;
}

/** `above`: the lines before it in its group, where all of them must hold. */
function conditionJson(what: Condition, above: readonly Json[]): Json {
  switch (what.on) {
    case 'tag':
      return { tag: what.tag, ...askJson(what.ask!) };
    case 'audience':
      return { audience: what.id };
    case 'list':
      return { list: what.id };
    case 'sample':
      return { sample: { share: what.share, salt: what.salt } };
    case 'top': {
      const { n, by, order, among } = what;
      const of = among === 'above' ? (above.length > 0 ? { and: [...above] } : undefined) : among === 'everyone' ? undefined : among;
      return { top: { n, by, ...(order === 'lowest' && { order }), ...(of && { of }) } };
    }
    case 'raw':
      return what.json as Json;
  }
}

function askJson(ask: Ask): Json {
  switch (ask.how) {
    case 'is':
      return { is: ask.value };
    case 'oneOf':
      return { oneOf: [...ask.values] };
    case 'known':
      return { known: ask.known };
    case 'range':
      return { ...(ask.from !== null && { from: ask.from }), ...(ask.to !== null && { to: ask.to }) };
  }
}

/** The node that a path leads to, or into: `where.and[2].tag` is the third line. */
export function nodeAt(paths: ReadonlyMap<string, string>, path: string): string | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.search(/(?:\.[^.[\]]*|\[\d+\])$/)))) {
    const id = paths.get(at);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Deeper than this the server refuses a definition; it is kept as it stands. */
const MOST_DEEP = 32;

const isJson = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);
const has = (json: Json, ...fields: string[]): boolean => {
  const there = Object.keys(json);
  return there.length > 0 && there.every((field) => fields.includes(field));
};

/** A definition as a tree. What the tree has no fields for (mistakes too) stands in it word for word, so that nothing is lost by opening it. */
export function fromDefinition(where: unknown): Group {
  const node = read(where, 1, []);
  if (node.is === 'group' && !node.not) return node;
  return aGroup('and', isJson(where) && has(where, 'and') && Array.isArray(where.and) && where.and.length === 0 ? [] : [node]);
}

function read(json: unknown, deep: number, above: readonly Json[]): Node {
  if (!isJson(json) || deep > MOST_DEEP) return aLine({ on: 'raw', json });
  if (has(json, 'not') && isJson(json.not)) {
    const inside = read(json.not, deep + 1, []);
    return inside.not ? aGroup('and', [inside], { not: true }) : { ...inside, not: true };
  }
  for (const op of ['and', 'or'] as const)
    if (has(json, op) && Array.isArray(json[op]) && json[op].length > 0) {
      const members: readonly unknown[] = json[op];
      const before = (at: number) => (op === 'and' ? (members.slice(0, at) as Json[]) : []);
      return aGroup(
        op,
        members.map((one, at) => read(one, deep + 1, before(at))),
      );
    }
  return aLine(readCondition(json, above) ?? { on: 'raw', json });
}

function readCondition(json: Json, above: readonly Json[]): Condition | undefined {
  if (has(json, 'audience') && typeof json.audience === 'string') return { on: 'audience', id: json.audience };
  if (has(json, 'list') && typeof json.list === 'string') return { on: 'list', id: json.list };
  if (has(json, 'sample') && isJson(json.sample)) return readSample(json.sample);
  if (has(json, 'top') && isJson(json.top)) return readTop(json.top, above);
  if (typeof json.tag !== 'string' || json.tag === '') return undefined;
  const ask = readAsk(json);
  return ask && { on: 'tag', tag: json.tag, ask };
}

function readSample({ share, salt, ...more }: Json): Condition | undefined {
  const isOurs = typeof share === 'number' && typeof salt === 'string' && salt !== '' && Object.keys(more).length === 0;
  return isOurs ? { on: 'sample', share, salt } : undefined;
}

function readTop({ n, by, order = 'highest', of, ...more }: Json, above: readonly Json[]): Condition | undefined {
  if (typeof n !== 'number' || typeof by !== 'string' || by === '' || Object.keys(more).length > 0) return undefined;
  if ((order !== 'highest' && order !== 'lowest') || (of !== undefined && !isJson(of))) return undefined;
  const isAbove = above.length > 0 && JSON.stringify(of) === JSON.stringify({ and: above });
  const among: Among = of === undefined ? 'everyone' : isAbove ? 'above' : of;
  return { on: 'top', n, by, order, among };
}

function readAsk(json: Json): Ask | undefined {
  const { tag: _, ...asked } = json;
  if (has(asked, 'is') && ['boolean', 'string'].includes(typeof asked.is)) return { how: 'is', value: asked.is as boolean | string };
  if (has(asked, 'known') && typeof asked.known === 'boolean') return { how: 'known', known: asked.known };
  if (has(asked, 'oneOf') && Array.isArray(asked.oneOf) && asked.oneOf.every((one) => typeof one === 'string'))
    return { how: 'oneOf', values: asked.oneOf };
  if (has(asked, 'from', 'to') && [asked.from, asked.to].every((end) => end === undefined || isEnd(end)))
    return { how: 'range', from: (asked.from ?? null) as End, to: (asked.to ?? null) as End };
  return undefined;
}

const isEnd = (x: unknown): x is End =>
  typeof x === 'number' || typeof x === 'string' || (isJson(x) && has(x, 'days', 'months', 'edge') && isDay(x as RelativeDayJson));
const isDay = ({ days, months, edge }: RelativeDayJson): boolean =>
  [days, months].every((n) => n === undefined || Number.isInteger(n)) && (edge === undefined || edge === 'start' || edge === 'end');
