import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import type { Fact, Parameter } from './contract.ts';
import { plusMonths } from './day.ts';

/**
 * CEL as rules use it: facts, parameters and `today` as variables; days are a type of their own, so that nobody compares a date with money. Evaluated row
 * by row, a fact that is not there is an error, and CEL's `&&` and `||` take errors as SQL takes unknowns.
 */

/** A day as CEL sees it. */
export class Day {
  readonly days: number;
  constructor(days: number) {
    this.days = days;
  }
}

/** More than any rule that a person can read. */
const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxCallArguments: 4 };
export const LONGEST = `2,000 / ${LIMITS.maxAstNodes} / ${LIMITS.maxDepth}`;

interface Schema {
  [name: string]: string | Schema;
}

/** Without a prototype: names come from outside. */
const empty = (): Schema => Object.create(null) as Schema;

/** Facts by their dotted names as CEL wants them: { bill: { current: 'int' } }. */
function schemaOf(facts: readonly Fact[]): Schema {
  const root = empty();
  for (const { name, kind } of facts) {
    const parts = name.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= empty();
      at = at[part] as Schema;
    }
    at[parts.at(-1) as string] = { number: 'int', date: 'Day', flag: 'bool', oneOf: 'string' }[kind];
  }
  return root;
}

export function environment(facts: readonly Fact[], parameters: readonly Parameter[]): Environment {
  const env = new Environment({ limits: LIMITS })
    .registerType('Day', { ctor: Day })
    .registerOperator('Day - Day: int', (a: Day, b: Day) => BigInt(a.days - b.days))
    .registerOperator('Day + int: Day', (a: Day, n: bigint) => new Day(a.days + Number(n)))
    .registerOperator('Day - int: Day', (a: Day, n: bigint) => new Day(a.days - Number(n)))
    .registerOperator('Day < Day', (a: Day, b: Day) => a.days < b.days)
    .registerOperator('Day <= Day', (a: Day, b: Day) => a.days <= b.days)
    .registerOperator('Day > Day', (a: Day, b: Day) => a.days > b.days)
    .registerOperator('Day >= Day', (a: Day, b: Day) => a.days >= b.days)
    .registerOperator('Day == Day', (a: Day, b: Day) => a.days === b.days)
    .registerFunction('Day.plusMonths(int): Day', (a: Day, n: bigint) => new Day(plusMonths(a.days, Number(n))))
    .registerVariable('today', 'Day');
  for (const [name, type] of Object.entries(schemaOf(facts)))
    env.registerVariable(name, typeof type === 'string' ? { type } : { schema: type });
  for (const { id } of parameters) env.registerVariable(id, 'int');
  return env;
}

const free = new Map<string, boolean>();

/** Can something be called so? Not where CEL itself has that name (`type`, `int`, `for`), nor where JavaScript would trip over it. */
export function isNameable(name: string): boolean {
  const [first = '', ...more] = name.split('.');
  if ([first, ...more].some((part) => part in Object.prototype)) return false;
  const known = free.get(first);
  if (known !== undefined) return known;
  const works = tries(() => new Environment().registerVariable(first, 'int').parse(first));
  if (free.size < 10_000) free.set(first, works);
  return works;
}

function tries(what: () => unknown): boolean {
  try {
    what();
    return true;
  } catch {
    return false;
  }
}

/** The tree of a text, or where it cannot be read. What its names mean is not asked. */
export type Parsed = { readonly ast: ASTNode } | { readonly start: number; readonly end: number; readonly tooLarge: boolean };

export function parse(text: string): Parsed {
  try {
    return { ast: new Environment({ limits: LIMITS }).parse(text).ast };
  } catch (e) {
    if (!(e instanceof ParseError)) throw e;
    return { ...(e.range ?? { start: 0, end: text.length }), tooLarge: /exceed|limit/i.test(`${e.code} ${e.summary}`) };
  }
}

/** CEL's own type check: null when the text is of this type over these facts, else the place that it does not accept. */
export function misfit(
  text: string,
  facts: readonly Fact[],
  parameters: readonly Parameter[],
  type: string,
): { start: number; end: number } | null {
  const answer = environment(facts, parameters).check(text);
  if (answer.valid && answer.type === type) return null;
  return answer.error?.range ?? { start: 0, end: text.length };
}
