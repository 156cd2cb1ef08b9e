import { type Choice, type Condition, mistake, parameterMistakes, spokenOf, understand, understandValue, type Value } from '#rule';
import type { Fact, Mistake } from '#rule/contract';
import type { Definition } from './contract.ts';

/** What a definition means, and in which order derivations follow one another: decided here, without the store. */

/** A definition that is understood. Outcome n of a table stands for `outcomes[n − 1]`, 0 for unknown. */
export interface Meaning {
  readonly rules: readonly Condition[];
  readonly choice: Choice | null;
  readonly value: Value | null;
  readonly outcomes: readonly (string | boolean)[];
  /** Of the value of a number: it is worked out in units of 10^−decimals. */
  readonly decimals: number;
  /** The tags that it is made of. */
  readonly inputs: readonly Fact[];
  readonly today: boolean;
}

/** What a definition means over these facts, or everything that is wrong with it: a mistake a row at most. */
export function meaningOf(definition: Definition, facts: readonly Fact[]): Meaning | readonly Mistake[] {
  const wrong = [...parameterMistakes(definition.parameters)];
  if (wrong.length > 0) return wrong;
  if ('expression' in definition) return expressionOf(definition, facts);
  const rules: Condition[] = [];
  for (const [i, row] of definition.table.entries()) {
    const found = understand(row.when, facts, definition.parameters, `table[${i}].when`);
    if ('reason' in found) wrong.push(found);
    else rules.push(found);
  }
  const outcomes = definition.kind === 'flag' ? [true, false] : definition.values.map((v) => v.value);
  wrong.push(...valueMistakes(definition, outcomes));
  if (wrong.length > 0) return wrong;
  const outcomeOf = (value: string | boolean | null): number => (value === null ? 0 : outcomes.indexOf(value as never) + 1);
  const otherwise = outcomeOf(definition.otherwise);
  const unknown = { unknown: 0, pass: null, otherwise }[definition.whenUnknown];
  const { facts: inputs, today } = spokenOf(rules);
  return {
    rules,
    choice: { rows: definition.table.map((r) => outcomeOf(r.value)), unknown, otherwise },
    value: null,
    outcomes,
    decimals: 0,
    inputs,
    today,
  };
}

type Expression = Extract<Definition, { expression: string }>;
type Table = Extract<Definition, { table: unknown }>;

function expressionOf(definition: Expression, facts: readonly Fact[]): Meaning | readonly Mistake[] {
  const text = definition.expression;
  const found = understandValue(text, { facts, parameters: definition.parameters, path: 'expression' });
  if ('reason' in found) return [found];
  if (found.kind !== definition.kind)
    return [mistake({ path: 'expression', text, start: 0, end: text.length }, 'other-kind', found.kind, definition.kind)];
  const { facts: inputs, today } = spokenOf([], [found.value]);
  return { rules: [], choice: null, value: found.value, outcomes: [], decimals: found.decimals, inputs, today };
}

/** Values that the table gives and does not have, and those that it has twice. */
function valueMistakes(definition: Table, outcomes: readonly (string | boolean)[]): Mistake[] {
  const at = (path: string, value: string | boolean, reason: 'value-unknown' | 'value-twice') =>
    mistake({ path, text: String(value), start: 0, end: String(value).length }, reason, String(value));
  const given = [...definition.table.map((r, i) => [`table[${i}].value`, r.value] as const), ['otherwise', definition.otherwise] as const];
  return [
    ...outcomes.flatMap((v, i) => (outcomes.indexOf(v) < i ? [at(`values[${i}].value`, v, 'value-twice')] : [])),
    ...given.flatMap(([path, v]) => (v === null || outcomes.includes(v) ? [] : [at(path, v, 'value-unknown')])),
  ];
}

export const isMeaning = (found: Meaning | readonly Mistake[]): found is Meaning => !Array.isArray(found);

/** Which derivation is made of which tags. */
export type Inputs = ReadonlyMap<string, readonly string[]>;

/** The tags that are made of this one. */
export const madeOf = (tag: string, inputs: Inputs): string[] => [...inputs].flatMap(([name, of]) => (of.includes(tag) ? [name] : []));

/** The ring that `tag` would close, from itself to itself; null: none. */
export function ringOf(tag: string, inputs: Inputs): string[] | null {
  const seen = new Set<string>();
  const walk = (at: string, way: readonly string[]): string[] | null => {
    for (const next of inputs.get(at) ?? []) {
      if (next === tag) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(tag, [tag]);
}

/** Every derivation after those that it is made of, else by name. What stands in a ring comes last: it was refused, and waits. */
export function inOrder(inputs: Inputs): string[] {
  const done: string[] = [];
  const left = new Set([...inputs.keys()].toSorted());
  for (;;) {
    const next = [...left].find((tag) => (inputs.get(tag) ?? []).every((input) => !left.has(input)));
    if (next === undefined) return [...done, ...left];
    left.delete(next);
    done.push(next);
  }
}

/** The names that a definition may speak of, before it is understood: which tags' values have to be known to read it. */
export function namesIn(definition: Definition): string[] {
  const texts = 'expression' in definition ? [definition.expression] : definition.table.map((r) => r.when);
  return [...new Set(texts.flatMap((text) => text.match(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g) ?? []))];
}
