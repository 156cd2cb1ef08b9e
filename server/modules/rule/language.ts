import type { ASTNode } from '@marcbachmann/cel-js';
import { decimalOf } from '#tag';
import { isNameable, LONGEST, misfit, parse } from './cel.ts';
import type { Fact, Mistake, Parameter } from './contract.ts';
import { type Condition, type Sign, spokenOf, type Value, type ValueKind } from './expression.ts';
import { type MistakeReason, mistake } from './mistakes.ts';
import { equallyFine, figure, mostOf, type Weighed } from './weighed.ts';

/** Text → condition. What cannot run over columns, or could be counted inexactly, is refused with its place in the text. */

const EXACT = Number.MAX_SAFE_INTEGER;
const SIGNS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);
const ARITHMETIC = { '+': 'add', '-': 'subtract', '*': 'multiply' } as const;
/** Days that `today` may be: 1970 to 2243. */
const TODAY = { from: 0, to: 100_000 };
const MOST_MONTHS = 1_200;
/** The largest number that a tag keeps, and its decimals. */
const MOST_KEPT = 2 ** 51;
const MOST_DECIMALS = 6;

type Understood = Weighed | { readonly condition: Condition; readonly kind: 'flag' };

/** Carries one mistake out of the depth of a text; never leaves this file. */
class Wrong extends Error {
  readonly mistake: Mistake;
  constructor(found: Mistake) {
    super(found.reason);
    this.mistake = found;
  }
}

interface Reading {
  readonly text: string;
  /** Where the text stands in what was sent: `when`, `rows[2].when`. */
  readonly path: string;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /**
   * Says what CEL itself could not: `has()` of a name without a dot, both `a` and `a.b`, which it reads as a part of `a`, or a number with decimals, which
   * it puts beside no whole one.
   */
  beyondCel: boolean;
}

/** What a text may speak of, and where it stands in what was sent (`when` where nothing else is said). */
export interface Speech {
  readonly facts: readonly Fact[];
  readonly parameters: readonly Parameter[];
  readonly path?: string;
}

/** Understands a rule's condition over these facts; or says the first thing that is wrong with it. */
export function understand(text: string, facts: readonly Fact[], parameters: readonly Parameter[], path = 'when'): Condition | Mistake {
  return understood(text, { facts, parameters, path }, (r, ast) => {
    const condition = conditionAt(r, ast);
    return { found: condition, spoken: spokenOf([condition]).facts, type: 'bool' };
  });
}

/** Understands a number or a day worked out of facts; or says the first thing that is wrong with it. */
export function understandValue(text: string, speech: Speech): { value: Value; kind: 'number' | 'date'; decimals: number } | Mistake {
  return understood(text, speech, (r, ast) => {
    const found = at(r, ast);
    if ('condition' in found || found.kind === 'oneOf') return refuse(r, ast, 'not-a-value', found.kind);
    const { value, kind, decimals } = found;
    if (decimals > MOST_DECIMALS) return refuse(r, ast, 'too-fine', said(r, ast), String(MOST_DECIMALS));
    if (kind === 'number' && mostOf(found) > MOST_KEPT)
      return refuse(r, ast, 'too-large', (mostOf(found) / 10 ** decimals).toPrecision(3), String(MOST_KEPT / 10 ** decimals));
    return { found: { value, kind, decimals }, spoken: spokenOf([], [value]).facts, type: kind === 'date' ? 'Day' : 'int' };
  });
}

interface Meant<T> {
  readonly found: T;
  readonly spoken: readonly Fact[];
  /** What CEL must find it to be. */
  readonly type: string;
}

function understood<T>(
  text: string,
  { facts, parameters, path = 'when' }: Speech,
  means: (r: Reading, ast: ASTNode) => Meant<T>,
): T | Mistake {
  const wrong = (reason: MistakeReason, start: number, end: number, what?: string): Mistake =>
    mistake({ path, text, start, end }, reason, what);
  if (text.trim() === '') return wrong('empty', 0, text.length);
  const parsed = parse(text);
  if (!('ast' in parsed)) return wrong(parsed.tooLarge ? 'too-large-a-text' : 'unreadable', parsed.start, parsed.end, LONGEST);
  const reading: Reading = {
    text,
    path,
    facts: new Map(facts.map((f) => [f.name, f])),
    parameters: new Map(parameters.map((p) => [p.id, p])),
    beyondCel: false,
  };
  try {
    const { found, spoken, type } = means(reading, parsed.ast);
    if (spoken.length === 0) return wrong('says-nothing', 0, text.length);
    const isPart = spoken.some((f) => spoken.some((g) => g.name.startsWith(`${f.name}.`)));
    const place = reading.beyondCel || isPart ? null : misfit(text, spoken, parameters, type); // never so far: what CEL would not take was refused above, by its name
    return place === null ? found : wrong('unreadable', place.start, place.end);
  } catch (e) {
    if (e instanceof Wrong) return e.mistake;
    throw e;
  }
}

/** What is wrong with a rule's parameters: names that are taken, values out of bounds. */
export function parameterMistakes(parameters: readonly Parameter[]): Mistake[] {
  const at = (path: string, text: string) => ({ path, text, start: 0, end: text.length });
  return parameters.flatMap((p, i) => {
    const taken = p.id === 'today' || !isNameable(p.id) || parameters.findIndex((q) => q.id === p.id) < i;
    if (taken) return [mistake(at(`parameters[${i}].id`, p.id), 'parameter-twice', p.id)];
    const inside = p.from <= p.value && p.value <= p.to;
    return inside ? [] : [mistake(at(`parameters[${i}].value`, String(p.value)), 'parameter-out-of-range', p.id, `${p.from} – ${p.to}`)];
  });
}

function refuse({ text, path }: Reading, { start, end }: ASTNode, reason: MistakeReason, what?: string, other?: string): never {
  throw new Wrong(mistake({ path, text, start, end }, reason, what, other));
}

const said = ({ text }: Reading, { start, end }: ASTNode): string => text.slice(start, end).slice(0, 60);

function conditionAt(r: Reading, node: ASTNode): Condition {
  const found = at(r, node);
  return 'condition' in found ? found.condition : refuse(r, node, 'not-a-condition', found.kind);
}

function valueAt(r: Reading, node: ASTNode, sign: string): Weighed {
  const found = at(r, node);
  return 'condition' in found ? refuse(r, node, 'kinds-differ', sign, 'flag') : found;
}

const flag = (condition: Condition): Understood => ({ condition, kind: 'flag' });

function at(r: Reading, node: ASTNode): Understood {
  switch (node.op) {
    case 'value':
      return literal(r, node, node.args);
    case 'id':
    case '.':
      return named(r, node);
    case '!_':
      return flag({ op: 'not', of: conditionAt(r, node.args) });
    case '-_':
      return arithmetic(r, node, '-', figure(0), valueAt(r, node.args, '-'));
    case '&&':
    case '||':
      return flag({
        op: node.op === '&&' ? 'and' : 'or',
        left: conditionAt(r, node.args[0]),
        right: conditionAt(r, node.args[1]),
      });
    case '+':
    case '-':
    case '*':
      return arithmetic(r, node, node.op, valueAt(r, node.args[0], node.op), valueAt(r, node.args[1], node.op));
    case 'call':
      return node.args[0] === 'has' && node.args[1].length === 1
        ? flag({ op: 'known', fact: factIn(r, node.args[1][0] as ASTNode) })
        : refuse(r, node, 'not-allowed', `${node.args[0]}()`);
    case 'rcall':
      return monthsOn(r, node, node.args);
    case 'in':
      return among(r, node, node.args as [ASTNode, ASTNode]);
    default:
      return SIGNS.has(node.op)
        ? comparison(r, node, node.op as Sign, node.args as [ASTNode, ASTNode])
        : refuse(r, node, 'not-allowed', node.op === '?:' ? '? :' : said(r, node));
  }
}

function literal(r: Reading, node: ASTNode, value: unknown): Understood {
  if (typeof value === 'boolean') return flag({ op: 'literal', value });
  if (typeof value === 'number') {
    const written = decimalOf(said(r, node)) ?? refuse(r, node, 'too-fine', said(r, node), String(MOST_DECIMALS));
    r.beyondCel = true;
    return figure(written.digits, written.decimals);
  }
  if (typeof value === 'string') return { value: { op: 'text', text: value, place: -1 }, kind: 'oneOf', from: 0, to: 0, decimals: 0 };
  if (typeof value !== 'bigint') return refuse(r, node, 'not-allowed', said(r, node));
  return value <= EXACT && value >= -EXACT ? figure(Number(value)) : refuse(r, node, 'too-large', String(value), String(EXACT));
}

/** "bill.current" out of a chain of selections; undefined when it is none. */
function dotted(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const before = dotted(node.args[0]);
  return before === undefined ? undefined : `${before}.${node.args[1]}`;
}

function factAt(r: Reading, node: ASTNode): Fact {
  const name = dotted(node);
  const hidden = r.parameters.has(name?.split('.')[0] ?? ''); // a rule's own word goes first: no new tag may silence a rule
  return (hidden ? undefined : r.facts.get(name ?? '')) ?? refuse(r, node, 'unknown-name', name ?? said(r, node));
}

/** The fact within `has()`. */
function factIn(r: Reading, node: ASTNode): Fact {
  if (node.op === 'id') r.beyondCel = true;
  return factAt(r, node);
}

function named(r: Reading, node: ASTNode): Understood {
  const name = dotted(node);
  if (name === 'today') return { value: { op: 'today', months: 0 }, kind: 'date', ...TODAY, decimals: 0 };
  const parameter = r.parameters.get(name ?? '');
  if (parameter !== undefined) return decimal(r, figure(parameter.value, parameter.decimals));
  const fact = factAt(r, node);
  if (fact.kind === 'flag') return flag({ op: 'flag', fact });
  return decimal(r, { value: { op: 'fact', fact }, kind: fact.kind, from: fact.from, to: fact.to, decimals: fact.decimals ?? 0 });
}

function decimal(r: Reading, found: Weighed): Weighed {
  if (found.decimals > 0) r.beyondCel = true;
  return found;
}

function monthsOn(r: Reading, node: ASTNode, [method, on, args]: [string, ASTNode, ASTNode[]]): Understood {
  if (method !== 'plusMonths' || args.length !== 1) return refuse(r, node, 'not-allowed', `${method}()`);
  if (on.op !== 'id' || on.args !== 'today') return refuse(r, on, 'not-allowed', `${said(r, on)}.plusMonths()`);
  const months = valueAt(r, args[0] as ASTNode, method);
  const fixed = months.kind === 'number' && months.from === months.to && months.decimals === 0 && Math.abs(months.from) <= MOST_MONTHS;
  if (!fixed) return refuse(r, args[0] as ASTNode, 'not-fixed', 'plusMonths()');
  return {
    value: { op: 'today', months: months.from },
    kind: 'date',
    from: TODAY.from - MOST_MONTHS * 31,
    to: TODAY.to + MOST_MONTHS * 31,
    decimals: 0,
  };
}

function comparison(r: Reading, node: ASTNode, sign: Sign, [a, b]: [ASTNode, ASTNode]): Understood {
  const [left, right] = [valueAt(r, a, sign), valueAt(r, b, sign)];
  if (left.kind !== right.kind) return refuse(r, node, 'kinds-differ', sign, `${left.kind} ${right.kind}`);
  if (left.kind !== 'oneOf') {
    for (const [one, other, at] of [[left, right, a], [right, left, b]] as const) // biome-ignore format: one line
      if (one.value.op === 'constant' && one.decimals > 0 && isWhole(other)) refuse(r, at, 'not-whole', said(r, at));
    const [x, y] = fine(r, node, left, right);
    return flag({ op: 'compare', sign, left: x.value, right: y.value });
  }
  if (sign !== '==' && sign !== '!=') return refuse(r, node, 'kinds-differ', sign, 'oneOf');
  if (left.value.op === 'text') return flag({ op: 'compare', sign, left: right.value, right: textBeside(r, right, left, a) });
  return flag({ op: 'compare', sign, left: left.value, right: textBeside(r, left, right, b) });
}

/** Counted in units of which there are no parts: half a fen, half a day beside it is a mistake. */
const isWhole = ({ value }: Weighed): boolean => value.op === 'fact' && WHOLE.has(value.fact.unit);
const WHOLE: ReadonlySet<Fact['unit']> = new Set(['fen', 'days', 'months', 'times']);

/** Both in the finer units of the two, as far as that is exact. */
function fine(r: Reading, node: ASTNode, a: Weighed, b: Weighed): [Weighed, Weighed] {
  const both = equallyFine(a, b);
  for (const one of both) if (mostOf(one) > EXACT) refuse(r, node, 'too-large', mostOf(one).toPrecision(3), String(EXACT));
  return both;
}

/** A text beside a one-of: one of that tag's values. */
function textBeside(r: Reading, { value: of }: Weighed, { value: given }: Weighed, node: ASTNode): Value {
  if (of.op !== 'fact' || given.op !== 'text') return refuse(r, node, 'not-a-text', said(r, node));
  const place = (of.fact.values ?? []).indexOf(given.text);
  return place < 0 ? refuse(r, node, 'unknown-value', given.text, of.fact.name) : { ...given, place };
}

/** `tag in ["a", "b"]`: equal to one of them. */
function among(r: Reading, node: ASTNode, [of, list]: [ASTNode, ASTNode]): Understood {
  if (list.op !== 'list' || list.args.length === 0) return refuse(r, list, 'not-allowed', `in ${said(r, list)}`);
  const [first, ...more] = list.args.map((item: ASTNode) => comparison(r, node, '==', [of, item])).map((u) => (u as { condition: Condition }).condition); // biome-ignore format: one line
  return flag(more.reduce((left, right): Condition => ({ op: 'or', left, right }), first as Condition));
}

/** Kinds that go together, and what comes of them: number ∘ number, date ± number, date − date. */
const RESULTS: Readonly<Record<string, ValueKind>> = {
  'number + number': 'number',
  'number - number': 'number',
  'number * number': 'number',
  'date + number': 'date',
  'date - number': 'date',
  'date - date': 'number',
};

function arithmetic(r: Reading, node: ASTNode, sign: '+' | '-' | '*', left: Weighed, right: Weighed): Understood {
  const kind = RESULTS[`${left.kind} ${sign} ${right.kind}`] ?? refuse(r, node, 'kinds-differ', sign, `${left.kind} ${right.kind}`);
  if (kind === 'date' && right.decimals > 0) return refuse(r, node, 'not-whole', said(r, node)); // half a day
  const [a, b] = sign === '*' ? [left, right] : fine(r, node, left, right);
  const decimals = sign === '*' ? a.decimals + b.decimals : a.decimals;
  const ends = [a.from, a.to].flatMap((x) => [b.from, b.to].map((y) => (sign === '+' ? x + y : sign === '-' ? x - y : x * y)));
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const most = mostOf({ from, to });
  if (most > EXACT) return refuse(r, node, 'too-large', most.toPrecision(3), String(EXACT));
  return { value: { op: ARITHMETIC[sign], kind, left: a.value, right: b.value }, kind, from: from + 0, to: to + 0, decimals };
}
