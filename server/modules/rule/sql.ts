import type { Fact } from './contract.ts';
import { textOf } from './day.ts';
import type { Condition, Value } from './expression.ts';

/**
 * The same conditions as SQL over a plain table of facts, for whoever checks a sweep from outside: numbers as bigint, dates as date, flags as boolean,
 * unknown as null. `columnOf` gives a fact's column as it is written in SQL.
 */
export function conditionSql(condition: Condition, columnOf: (fact: Fact) => string, today: number): string {
  const day = `date '${textOf(today)}'`;
  const value = (v: Value): string => {
    if (v.op === 'constant') return `(${v.value})::bigint`;
    if (v.op === 'today') return v.months === 0 ? day : `(${day} + interval '1 month' * ${v.months})::date`;
    if (v.op === 'fact') return columnOf(v.fact);
    const [left, right] = [value(v.left), value(v.right)];
    if (v.op === 'multiply') return `(${left} * ${right})`;
    const sign = v.op === 'add' ? '+' : '-';
    if (v.kind === 'number') return `(${left} ${sign} ${right})::bigint`; // the difference of two days is a narrower integer
    return `(${left} ${sign} (${right})::integer)`;
  };
  const signs = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '==': '=', '!=': '<>' } as const;
  const where = (c: Condition): string => {
    if (c.op === 'flag') return columnOf(c.fact);
    if (c.op === 'known') return `(${columnOf(c.fact)} is not null)`;
    if (c.op === 'literal') return String(c.value);
    if (c.op === 'compare') return `(${value(c.left)} ${signs[c.sign]} ${value(c.right)})`;
    if (c.op === 'not') return `(not ${where(c.of)})`;
    return `(${where(c.left)} ${c.op} ${where(c.right)})`;
  };
  return where(condition);
}
