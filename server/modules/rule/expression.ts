import type { Fact } from './contract.ts';

/**
 * A rule's text once it is understood: a tree over facts. A value is an integer, a day or one of a tag's values, unknown where one of its facts is; a
 * number with decimals is an integer of small units, and what stands beside it was made as fine. A condition is yes, no or unknown, as in SQL. `today`
 * stays a word until the day of the sweep.
 */
export type Value =
  | { readonly op: 'fact'; readonly fact: Fact }
  /** `decimals`: 7 with one of them was written 0.7. */
  | { readonly op: 'constant'; readonly value: number; readonly decimals?: number }
  /** The same number in units that are 10^`by` times smaller. */
  | { readonly op: 'finer'; readonly of: Value; readonly by: number }
  | { readonly op: 'today'; readonly months: number }
  /** A value of a one-of; `place`: its place among the values of the fact that it stands beside. */
  | { readonly op: 'text'; readonly text: string; readonly place: number }
  | { readonly op: Arithmetic; readonly kind: ValueKind; readonly left: Value; readonly right: Value };

export type Arithmetic = 'add' | 'subtract' | 'multiply';
export type ValueKind = 'number' | 'date' | 'oneOf';
export type Sign = '<' | '<=' | '>' | '>=' | '==' | '!=';

export type Condition =
  | { readonly op: 'flag'; readonly fact: Fact }
  | { readonly op: 'known'; readonly fact: Fact }
  | { readonly op: 'literal'; readonly value: boolean }
  | { readonly op: 'compare'; readonly sign: Sign; readonly left: Value; readonly right: Value }
  | { readonly op: 'and'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'not'; readonly of: Condition };

/** The facts that conditions and values speak of, each once, in the order in which they are first named; and whether they speak of today. */
export function spokenOf(conditions: readonly Condition[], values: readonly Value[] = []): { facts: Fact[]; today: boolean } {
  const found = new Map<string, Fact>();
  let today = false;
  const value = (v: Value): void => {
    if (v.op === 'fact') found.set(v.fact.name, v.fact);
    else if (v.op === 'today') today = true;
    else if (v.op === 'finer') value(v.of);
    else if ('left' in v) [v.left, v.right].forEach(value);
  };
  const walk = (c: Condition): void => {
    if (c.op === 'flag' || c.op === 'known') found.set(c.fact.name, c.fact);
    else if (c.op === 'compare') [c.left, c.right].forEach(value);
    else if (c.op === 'not') walk(c.of);
    else if (c.op !== 'literal') [c.left, c.right].forEach(walk);
  };
  conditions.forEach(walk);
  values.forEach(value);
  return { facts: [...found.values()], today };
}
