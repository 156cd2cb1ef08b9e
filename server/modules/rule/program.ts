import type { Fact } from './contract.ts';
import { plusMonths } from './day.ts';
import type { Condition, Sign, Value } from './expression.ts';

/**
 * Conditions compiled to steps over columns: each step takes whole runs of customers from one or two slots into another. Numbers lie in slots of doubles
 * (integers below 2^53; NaN is unknown, which arithmetic carries on by itself), truths in slots of bytes: 1 yes, 2 no, 0 unknown. What two rules share
 * is computed once. A program is data: it travels to worker threads as it is.
 */
export type Step =
  | { readonly do: 'load'; readonly column: number; readonly to: number }
  | { readonly do: 'add' | 'subtract' | 'multiply'; readonly a: number; readonly b: number; readonly to: number }
  | { readonly do: 'addFixed' | 'multiplyFixed'; readonly a: number; readonly fixed: number; readonly to: number }
  | { readonly do: 'compare'; readonly sign: Sign; readonly a: number; readonly b: number; readonly to: number }
  | { readonly do: 'compareFixed'; readonly sign: Sign; readonly a: number; readonly fixed: number; readonly to: number }
  /** Is a column's value from `least` to `most` (inside), or not (outside)? Asked of its codes as they lie. */
  | {
      readonly do: 'span';
      readonly column: number;
      readonly least: number;
      readonly most: number;
      readonly side: Side;
      readonly to: number;
    }
  | { readonly do: 'flag'; readonly column: number; readonly to: number }
  | { readonly do: 'known'; readonly column: number; readonly to: number }
  | { readonly do: 'literal'; readonly value: boolean; readonly to: number }
  | { readonly do: 'and' | 'or'; readonly a: number; readonly b: number; readonly to: number }
  | { readonly do: 'not'; readonly a: number; readonly to: number };

export type Side = 'inside' | 'outside';

export interface Program {
  /** The facts whose columns are read, in the order that steps name them by. */
  readonly columns: readonly Fact[];
  readonly steps: readonly Step[];
  /** How many slots of doubles, and of truths. */
  readonly numbers: number;
  readonly truths: number;
  /** Slots of truths with what was asked, in the order of the conditions. */
  readonly rules: readonly number[];
  /** Slots of doubles with the values that were asked for. */
  readonly values: readonly number[];
  /** Slot that says who is looked at; null: everybody. */
  readonly population: number | null;
  /** Columns whose values are told of those who are hit. */
  readonly evidence: readonly number[];
}

/** Bits of a mask: what one sweep can ask. */
export const MOST_RULES = 32;

const MIRROR: Readonly<Record<Sign, Sign>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' };
const HOLDS: Readonly<Record<Sign, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

const ENDLESS = Number.POSITIVE_INFINITY;
/** The whole values for which a sign holds against a fixed one. */
const SPANS: Readonly<Record<Sign, (fixed: number) => { least: number; most: number; side: Side }>> = {
  '<': (v) => ({ least: -ENDLESS, most: v - 1, side: 'inside' }),
  '<=': (v) => ({ least: -ENDLESS, most: v, side: 'inside' }),
  '>': (v) => ({ least: v + 1, most: ENDLESS, side: 'inside' }),
  '>=': (v) => ({ least: v, most: ENDLESS, side: 'inside' }),
  '==': (v) => ({ least: v, most: v, side: 'inside' }),
  '!=': (v) => ({ least: v, most: v, side: 'outside' }),
};

/** A step without its slot, as it is looked for among those that are there. */
type Unplaced<S> = S extends Step ? Omit<S, 'to'> : never;
/** A value is a fixed number or lies in a slot; `column`: it is a column as it stands. */
type Place = { readonly fixed: number } | { readonly slot: () => number } | { readonly slot: () => number; readonly column: number };
type Span = Omit<Extract<Step, { do: 'span' }>, 'to'>;

export interface Asked {
  readonly rules: readonly Condition[];
  readonly values?: readonly Value[];
  /** Who is looked at at all; null: everybody. */
  readonly population: Condition | null;
  /** Facts whose values are wanted of those who are hit. */
  readonly evidence: readonly Fact[];
  /** Days since 1970-01-01. */
  readonly today: number;
}

export function compile({ rules: asked, values: worked = [], population, evidence, today }: Asked): Program {
  const columns: Fact[] = [];
  const steps: Step[] = [];
  const found = new Map<string, number>();
  const used = { numbers: 0, truths: 0 };

  const columnOf = (fact: Fact): number => {
    const at = columns.findIndex((c) => c.name === fact.name);
    return at >= 0 ? at : columns.push(fact) - 1;
  };
  const place = (bank: 'numbers' | 'truths', step: Unplaced<Step>): number => {
    const key = JSON.stringify(step);
    const before = found.get(key);
    if (before !== undefined) return before;
    const to = used[bank]++;
    steps.push({ ...step, to } as Step);
    found.set(key, to);
    return to;
  };

  const value = (v: Value): Place => {
    if (v.op === 'constant') return { fixed: v.value };
    if (v.op === 'today') return { fixed: plusMonths(today, v.months) };
    if (v.op === 'text') return { fixed: v.place };
    if (v.op === 'fact') {
      const column = columnOf(v.fact);
      return { column, slot: () => place('numbers', { do: 'load', column }) };
    }
    if (v.op === 'finer') {
      const [of, fixed] = [value(v.of), 10 ** v.by];
      return 'fixed' in of ? { fixed: of.fixed * fixed } : { slot: () => place('numbers', { do: 'multiplyFixed', a: of.slot(), fixed }) };
    }
    const [a, b] = [value(v.left), value(v.right)];
    if ('fixed' in a && 'fixed' in b)
      return { fixed: v.op === 'add' ? a.fixed + b.fixed : v.op === 'subtract' ? a.fixed - b.fixed : a.fixed * b.fixed };
    if (!('fixed' in a) && !('fixed' in b)) return { slot: () => place('numbers', { do: v.op, a: a.slot(), b: b.slot() }) };
    const [moving, fixed] = 'fixed' in a ? [b as Exclude<Place, { fixed: number }>, a.fixed] : [a, (b as { fixed: number }).fixed];
    if (v.op === 'multiply') return { slot: () => place('numbers', { do: 'multiplyFixed', a: moving.slot(), fixed }) };
    if (v.op === 'add') return { slot: () => place('numbers', { do: 'addFixed', a: moving.slot(), fixed }) };
    if (moving === a) return { slot: () => place('numbers', { do: 'addFixed', a: moving.slot(), fixed: -fixed }) };
    const negative = () => place('numbers', { do: 'multiplyFixed', a: moving.slot(), fixed: -1 });
    return { slot: () => place('numbers', { do: 'addFixed', a: negative(), fixed }) };
  };

  const compare = (sign: Sign, a: Place, b: Place): number => {
    if ('fixed' in a) {
      if ('fixed' in b) return place('truths', { do: 'literal', value: HOLDS[sign](a.fixed, b.fixed) });
      return compare(MIRROR[sign], b, a);
    }
    if (!('fixed' in b)) return place('truths', { do: 'compare', sign, a: a.slot(), b: b.slot() });
    if ('column' in a) return place('truths', { do: 'span', column: a.column, ...SPANS[sign](b.fixed) });
    return place('truths', { do: 'compareFixed', sign, a: a.slot(), fixed: b.fixed });
  };

  const truth = (c: Condition): number => {
    if (c.op === 'flag' || c.op === 'known') return place('truths', { do: c.op, column: columnOf(c.fact) });
    if (c.op === 'literal') return place('truths', { do: 'literal', value: c.value });
    if (c.op === 'compare') return compare(c.sign, value(c.left), value(c.right));
    if (c.op === 'not') return place('truths', { do: 'not', a: truth(c.of) });
    const narrower = c.op === 'and' ? spanOf(c) : null;
    if (narrower !== null) return place('truths', narrower);
    const [a, b] = [truth(c.left), truth(c.right)];
    return place('truths', { do: c.op, a, b });
  };

  /** One span for a condition that asks one column alone for a span, or for two at once; null for any other. */
  const spanOf = (c: Condition): Span | null => {
    if (c.op === 'and') {
      const [a, b] = [spanOf(c.left), spanOf(c.right)];
      if (a === null || b === null || a.column !== b.column || a.side !== 'inside' || b.side !== 'inside') return null;
      return { ...a, least: Math.max(a.least, b.least), most: Math.min(a.most, b.most) };
    }
    if (c.op !== 'compare') return null;
    const [a, b] = [value(c.left), value(c.right)];
    if ('fixed' in b && 'column' in a) return { do: 'span', column: a.column, ...SPANS[c.sign](b.fixed) };
    if ('fixed' in a && 'column' in b) return { do: 'span', column: b.column, ...SPANS[MIRROR[c.sign]](a.fixed) };
    return null;
  };

  const slotOf = (v: Value): number => {
    const at = value(v);
    if ('fixed' in at) throw new Error('a value that speaks of no fact is the same for everybody');
    return at.slot();
  };

  const rules = asked.map(truth);
  const values = worked.map(slotOf);
  const looked = population === null ? null : truth(population);
  return { evidence: evidence.map(columnOf), columns, steps, population: looked, rules, values, ...used };
}
