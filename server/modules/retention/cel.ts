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

/** Facts by their dotted names as CEL wants them: { bill: { current: 'int' } }. */
function schemaOf(facts: readonly Fact[]): Schema {
  const root: Schema = {};
  for (const { name, kind } of facts) {
    const parts = name.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Schema;
    }
    at[parts.at(-1) as string] = { number: 'int', date: 'Day', flag: 'bool' }[kind];
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

/** Where the text cannot be read; or its tree, and whether CEL's own type check accepts it. */
export type Parsed =
  | { readonly ast: ASTNode; readonly fits: () => { start: number; end: number } | null }
  | { readonly start: number; readonly end: number; readonly tooLarge: boolean };

export function parse(env: Environment, text: string): Parsed {
  try {
    const { ast, check } = env.parse(text);
    return {
      ast,
      fits: () => {
        const answer = check();
        if (answer.valid && answer.type === 'bool') return null;
        return answer.error?.range ?? { start: 0, end: text.length };
      },
    };
  } catch (e) {
    if (!(e instanceof ParseError)) throw e;
    return { ...(e.range ?? { start: 0, end: text.length }), tooLarge: /exceed|limit/i.test(`${e.code} ${e.summary}`) };
  }
}
