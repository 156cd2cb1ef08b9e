import fc from 'fast-check';
import type { Sql } from '#platform/db';
import type { Column } from './column.ts';
import type { Fact, Parameter } from './contract.ts';
import { dayOf, plusMonths } from './day.ts';
import type { Condition, Value } from './expression.ts';
import { oneOfFact } from './facts.ts';
import { aColumn, aFact, aFlag } from './fixtures.ts';
import { understand, understandValue } from './language.ts';

/** For tests only: random rules over random populations, and what a plain loop and PostgreSQL make of them. */

export const TODAY = dayOf('2028-01-31');
/** As people write them: with quotes, and with signs that mean something to somebody. */
export const FEW = ['a', "b'c", '"d\\', '高'];
export const FACTS: readonly Fact[] = [
  aFact('n.narrow', 'number', { from: 0, to: 240 }),
  aFact('n.middle', 'number', { from: -500, to: 60_000 }),
  aFact('n.wide', 'number', { from: 0, to: 90_000_000 }),
  aFact('n.widest', 'number', { from: -4_000_000_000_000, to: 4_000_000_000_000 }),
  aFact('d.near', 'date', { from: TODAY - 120, to: TODAY + 120 }),
  aFact('d.far', 'date', { from: 0, to: 60_000 }),
  aFact('f.known', 'flag'),
  aFact('f.some', 'flag'),
  oneOfFact('o.few', FEW, { zh: '几个', en: 'few' }),
];
const WIDTH: Readonly<Record<string, Column['width']>> = {
  'n.narrow': 1,
  'n.middle': 2,
  'n.wide': 4,
  'n.widest': 8,
  'd.near': 1,
  'd.far': 2,
  'o.few': 1,
};
export const PARAMETERS: readonly Parameter[] = [{ id: 'few', value: 3, from: 0, to: 10, unit: 'days', names: { zh: '几', en: 'few' } }];

export type Row = ReadonlyMap<string, number | boolean>;

/** Values near each other, so that comparisons go either way, and sometimes none. */
export const rowOf = fc.tuple(...FACTS.map((f) => valuesFor(f))).map((values): Row => {
  const row = new Map<string, number | boolean>();
  for (const [i, v] of values.entries()) if (v !== null) row.set((FACTS[i] as Fact).name, v);
  return row;
});
function valuesFor(f: Fact): fc.Arbitrary<number | boolean | null> {
  if (f.name === 'f.known') return fc.boolean();
  if (f.kind === 'flag') return fc.option(fc.boolean(), { freq: 3 });
  if (f.kind === 'oneOf') return fc.option(fc.nat(FEW.length - 1), { freq: 4 });
  const middle = f.name === 'd.far' ? TODAY : Math.max(f.from, 0);
  const near = fc.integer({ min: Math.max(f.from, middle - 40), max: Math.min(f.to, middle + 40) });
  return fc.option(fc.oneof({ weight: 4, arbitrary: near }, { weight: 1, arbitrary: fc.integer({ min: f.from, max: f.to }) }), { freq: 4 });
}

const name = (kind: Fact['kind']) => fc.constantFrom(...FACTS.filter((f) => f.kind === kind).map((f) => f.name));
const small = fc.integer({ min: -45, max: 45 }).map(String);
const { condition, number, date } = fc.letrec<{ number: string; date: string; condition: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name('number'),
    small,
    fc.constant('few'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number')).map(([a, s, b]) => `(${a} ${s} ${b})`),
    fc.tuple(tie('date'), tie('date')).map(([a, b]) => `(${a} - ${b})`),
    tie('number').map((a) => `-(${a})`),
  ),
  date: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name('date'),
    fc.constant('today'),
    fc.integer({ min: -14, max: 14 }).map((n) => `today.plusMonths(${n})`),
    fc.tuple(tie('date'), fc.constantFrom('+', '-'), small).map(([a, s, n]) => `(${a} ${s} (${n}))`),
  ),
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.tuple(tie('number'), sign(), tie('number')).map((p) => p.join(' ')),
    fc.tuple(tie('date'), sign(), tie('date')).map((p) => p.join(' ')),
    name('flag'),
    fc.tuple(fc.constantFrom('==', '!='), quoted()).map(([s, v]) => `o.few ${s} ${v}`),
    fc.array(quoted(), { minLength: 1, maxLength: 3 }).map((v) => `o.few in [${v.join(', ')}]`),
    quoted().map((v) => `${v} == o.few`),
    fc.constantFrom(...FACTS.map((f) => `has(${f.name})`), 'true', 'false'),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(([a, s, b]) => `(${a} ${s} ${b})`),
    tie('condition').map((c) => `!(${c})`),
  ),
}));
function quoted() {
  return fc.constantFrom(...FEW.map((v) => JSON.stringify(v)));
}
function sign() {
  return fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
}
/** A text with what it means; those that are refused (no fact in it, too large) are others' tests. */
export const rule = condition
  .map((text) => ({ text, means: understand(text, FACTS, PARAMETERS) }))
  .filter((r): r is { text: string; means: Condition } => !('reason' in r.means));

/** A number or a day with what it means. */
export const expression = fc
  .oneof(number, date)
  .map((text) => ({ text, means: understandValue(text, { facts: FACTS, parameters: PARAMETERS }) }))
  .filter((e): e is { text: string; means: { value: Value; kind: 'number' | 'date'; decimals: number } } => !('reason' in e.means));

export function columnOf(f: Fact, rows: readonly Row[], places: readonly number[]): Column | null {
  const values = new Map(
    rows.flatMap((r, i) => (r.has(f.name) ? [[places[i] as number, r.get(f.name)]] : [])) as [number, number | boolean][],
  );
  if (values.size === 0) return null;
  if (f.kind === 'flag') return aFlag(values as Map<number, boolean>, f.name === 'f.known' ? 'all' : 'some');
  const numbers = values as Map<number, number>;
  const width = WIDTH[f.name] as Column['width'];
  if (f.kind === 'oneOf') return aColumn(numbers, 0, width);
  return aColumn(numbers, width === 1 ? f.from : Math.min(...numbers.values()), width);
}

/** The plain loop: a value of one customer, null = unknown; a one-of's by its place. */
export function work(v: Value, row: Row): number | null {
  if (v.op === 'constant') return v.value;
  if (v.op === 'text') return FEW.indexOf(v.text);
  if (v.op === 'today') return plusMonths(TODAY, v.months);
  if (v.op === 'fact') return (row.get(v.fact.name) as number | undefined) ?? null;
  if (v.op === 'finer') {
    const of = work(v.of, row);
    return of === null ? null : of * 10 ** v.by;
  }
  const [a, b] = [work(v.left, row), work(v.right, row)];
  if (a === null || b === null) return null;
  return v.op === 'add' ? a + b : v.op === 'subtract' ? a - b : a * b;
}

/** A rule on one customer, null = unknown. */
export function ask(c: Condition, row: Row): boolean | null {
  if (c.op === 'flag') return (row.get(c.fact.name) as boolean | undefined) ?? null;
  if (c.op === 'known') return row.has(c.fact.name);
  if (c.op === 'literal') return c.value;
  if (c.op === 'compare') {
    const [a, b] = [work(c.left, row), work(c.right, row)];
    if (a === null || b === null) return null;
    return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b, '==': a === b, '!=': a !== b }[c.sign];
  }
  if (c.op === 'not') {
    const of = ask(c.of, row);
    return of === null ? null : !of;
  }
  const [a, b] = [ask(c.left, row), ask(c.right, row)];
  const decides = c.op === 'or';
  if (a === decides || b === decides) return decides;
  return a === null || b === null ? null : !decides;
}

export const column = (f: Fact): string => f.name.replace('.', '_');
const TYPES = { number: 'bigint', date: 'integer', flag: 'boolean', oneOf: 'text' } as const;

/** What PostgreSQL answers, by expression and then by row; `expressions` over the columns of `column`. */
export async function answersOfSql<T>(sql: Sql, expressions: readonly string[], rows: readonly Row[]): Promise<T[][]> {
  const given = rows.map((r) => Object.fromEntries(FACTS.map((f) => [column(f), written(f, r.get(f.name) ?? null)])));
  const read = FACTS.map((f) => `${column(f)} ${TYPES[f.kind]}`).join(', ');
  const shown = FACTS.map((f) => (f.kind === 'date' ? `date '1970-01-01' + ${column(f)} ${column(f)}` : column(f))).join(', ');
  const found = await sql.query<Record<string, T>>(
    '',
    `with facts as (select nr, ${shown} from rows from (json_to_recordset($1) as (${read})) with ordinality f(${FACTS.map(column).join(', ')}, nr))
     select ${expressions.map((e, i) => `${e} r${i}`).join(', ')} from facts order by nr`,
    [JSON.stringify(given)],
  );
  return expressions.map((_, i) => found.map((r) => r[`r${i}`] as T));
}

const written = (f: Fact, v: number | boolean | null) => (f.kind === 'oneOf' && typeof v === 'number' ? FEW[v] : v);
