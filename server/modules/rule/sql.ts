import type { Fact } from './contract.ts';
import { textOf } from './day.ts';
import type { Choice } from './decide.ts';
import type { Condition, Value } from './expression.ts';

/**
 * The same conditions and values as SQL over a plain table of facts, for whoever checks a pass from outside: numbers as bigint (with decimals: in their
 * units), dates as date, flags as boolean, one-ofs as text, unknown as null. `columnOf` gives a fact's column as it is written in SQL.
 */
export function asSql(columnOf: (fact: Fact) => string, today: number): { condition(c: Condition): string; value(v: Value): string } {
  const day = `date '${textOf(today)}'`;
  const value = (v: Value): string => {
    if (v.op === 'constant') return `(${v.value})::bigint`;
    if (v.op === 'today') return v.months === 0 ? day : `(${day} + interval '1 month' * ${v.months})::date`;
    if (v.op === 'fact') return columnOf(v.fact);
    if (v.op === 'text') return `'${v.text.replaceAll("'", "''")}'`;
    if (v.op === 'finer') return `(${value(v.of)} * ${10 ** v.by})`;
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
  return { condition: where, value };
}

/** A table as SQL: the outcome of the first row that is yes (decide.ts). */
export function choiceSql(rules: readonly Condition[], { rows, unknown, otherwise }: Choice, inSql: ReturnType<typeof asSql>): string {
  const asked = rules.flatMap((rule, i) => {
    const condition = inSql.condition(rule);
    return [`when ${condition} then ${rows[i]}`, ...(unknown === null ? [] : [`when (${condition}) is null then ${unknown}`])];
  });
  return `case ${asked.join(' ')} else ${otherwise} end`;
}
