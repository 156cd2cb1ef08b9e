import { EvaluationError } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { freshDb } from '../../../test/database.ts';
import { Day, environment } from './cel.ts';
import type { Column } from './column.ts';
import type { Fact, Parameter } from './contract.ts';
import { dayOf, plusMonths } from './day.ts';
import type { Condition, Value } from './expression.ts';
import { aColumn, aFact, aFlag } from './fixtures.ts';
import { understand } from './language.ts';
import { compile } from './program.ts';
import { conditionSql } from './sql.ts';
import { openSweep } from './sweep.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db.close());

const TODAY = dayOf('2028-01-31');
const FACTS: readonly Fact[] = [
  aFact('n.narrow', 'number', { from: 0, to: 240 }),
  aFact('n.middle', 'number', { from: -500, to: 60_000 }),
  aFact('n.wide', 'number', { from: 0, to: 90_000_000 }),
  aFact('n.widest', 'number', { from: -4_000_000_000_000, to: 4_000_000_000_000 }),
  aFact('d.near', 'date', { from: TODAY - 120, to: TODAY + 120 }),
  aFact('d.far', 'date', { from: 0, to: 60_000 }),
  aFact('f.known', 'flag'),
  aFact('f.some', 'flag'),
];
const WIDTH: Readonly<Record<string, Column['width']>> = {
  'n.narrow': 1,
  'n.middle': 2,
  'n.wide': 4,
  'n.widest': 8,
  'd.near': 1,
  'd.far': 2,
};
const PARAMETERS: readonly Parameter[] = [{ id: 'few', value: 3, from: 0, to: 10, unit: 'days', names: { zh: '几', en: 'few' } }];

type Row = ReadonlyMap<string, number | boolean>;

/** Values near each other, so that comparisons go either way, and sometimes none. */
const rowOf = fc.tuple(...FACTS.map((f) => valuesFor(f))).map((values): Row => {
  const row = new Map<string, number | boolean>();
  for (const [i, v] of values.entries()) if (v !== null) row.set((FACTS[i] as Fact).name, v);
  return row;
});
function valuesFor(f: Fact): fc.Arbitrary<number | boolean | null> {
  if (f.name === 'f.known') return fc.boolean();
  if (f.kind === 'flag') return fc.option(fc.boolean(), { freq: 3 });
  const middle = f.name === 'd.far' ? TODAY : Math.max(f.from, 0);
  const near = fc.integer({ min: Math.max(f.from, middle - 40), max: Math.min(f.to, middle + 40) });
  return fc.option(fc.oneof({ weight: 4, arbitrary: near }, { weight: 1, arbitrary: fc.integer({ min: f.from, max: f.to }) }), { freq: 4 });
}

const name = (kind: Fact['kind']) => fc.constantFrom(...FACTS.filter((f) => f.kind === kind).map((f) => f.name));
const small = fc.integer({ min: -45, max: 45 }).map(String);
const { condition } = fc.letrec<{ number: string; date: string; condition: string }>((tie) => ({
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
    fc.constantFrom(...FACTS.map((f) => `has(${f.name})`), 'true', 'false'),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(([a, s, b]) => `(${a} ${s} ${b})`),
    tie('condition').map((c) => `!(${c})`),
  ),
}));
function sign() {
  return fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
}
/** A text with what it means; those that are refused (no fact in it, too large) are others' tests. */
const rule = condition
  .map((text) => ({ text, means: understand(text, FACTS, PARAMETERS) }))
  .filter((r): r is { text: string; means: Condition } => !('reason' in r.means));

function columnOf(f: Fact, rows: readonly Row[], places: readonly number[]): Column | null {
  const values = new Map(
    rows.flatMap((r, i) => (r.has(f.name) ? [[places[i] as number, r.get(f.name)]] : [])) as [number, number | boolean][],
  );
  if (values.size === 0) return null;
  if (f.kind === 'flag') return aFlag(values as Map<number, boolean>, f.name === 'f.known' ? 'all' : 'some');
  const numbers = values as Map<number, number>;
  const width = WIDTH[f.name] as Column['width'];
  return aColumn(numbers, width === 1 ? f.from : Math.min(...numbers.values()), width);
}

/** The plain loop: a rule on one customer, null = unknown. */
function ask(c: Condition, row: Row): boolean | null {
  const value = (v: Value): number | null => {
    if (v.op === 'constant') return v.value;
    if (v.op === 'today') return plusMonths(TODAY, v.months);
    if (v.op === 'fact') return (row.get(v.fact.name) as number | undefined) ?? null;
    const [a, b] = [value(v.left), value(v.right)];
    if (a === null || b === null) return null;
    return v.op === 'add' ? a + b : v.op === 'subtract' ? a - b : a * b;
  };
  if (c.op === 'flag') return (row.get(c.fact.name) as boolean | undefined) ?? null;
  if (c.op === 'known') return row.has(c.fact.name);
  if (c.op === 'literal') return c.value;
  if (c.op === 'compare') {
    const [a, b] = [value(c.left), value(c.right)];
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

/** CEL itself, row by row: a fact that is not there is an error, which is what unknown is. */
function asked(text: string, row: Row): boolean | null {
  const context: Record<string, unknown> = { n: {}, d: {}, f: {}, today: new Day(TODAY), few: 3n };
  for (const [fact, v] of row) {
    const [group, key] = fact.split('.') as [string, string];
    (context[group] as Record<string, unknown>)[key] = typeof v === 'boolean' ? v : group === 'd' ? new Day(v) : BigInt(v);
  }
  try {
    return environment(FACTS, PARAMETERS).parse(text)(context) as boolean;
  } catch (e) {
    if (e instanceof EvaluationError && e.code === 'no_such_key') return null;
    throw e;
  }
}

const column = (f: Fact): string => f.name.replace('.', '_');
const TYPES = { number: 'bigint', date: 'date', flag: 'boolean' } as const;

async function answersOfSql(rules: readonly { means: Condition }[], rows: readonly Row[]): Promise<(boolean | null)[][]> {
  const given = rows.map((r) => Object.fromEntries(FACTS.map((f) => [column(f), r.get(f.name) ?? null])));
  const read = FACTS.map((f) => `${column(f)} ${f.kind === 'date' ? 'integer' : TYPES[f.kind]}`).join(', ');
  const shown = FACTS.map((f) => (f.kind === 'date' ? `date '1970-01-01' + ${column(f)} ${column(f)}` : column(f))).join(', ');
  const found = await db.query<Record<string, boolean | null>>(
    '',
    `with facts as (select nr, ${shown} from rows from (json_to_recordset($1) as (${read})) with ordinality f(${FACTS.map(column).join(', ')}, nr))
     select ${rules.map((r, i) => `${conditionSql(r.means, column, TODAY)} r${i}`).join(', ')} from facts order by nr`,
    [JSON.stringify(given)],
  );
  return rules.map((_, i) => found.map((r) => r[`r${i}`] as boolean | null));
}

test('a sweep, SQL on PostgreSQL, CEL row by row and a plain loop answer alike, to the last customer and the last unknown', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 12 }),
      fc.array(rowOf, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 60_000 }),
      async (rules, rows, first) => {
        const places = rows.map((_, i) => first + i * 89);
        const everybody = aFact('everybody', 'flag');
        const means = rules.map((r) => r.means);
        const program = compile({ rules: means, population: { op: 'flag', fact: everybody }, evidence: FACTS, today: TODAY });
        const there = aFlag(new Map(places.map((p) => [p, true])), 'all');
        const s = openSweep(program, 0xffffffff)(program.columns.map((f) => (f === everybody ? there : columnOf(f, rows, places))));

        const sql = await answersOfSql(rules, rows);
        const hit = new Map([...s.hits].map((p, i) => [p, i]));
        expect(s.customers).toBe(rows.length);
        for (const [k, { text, means: m }] of rules.entries()) {
          const loop = rows.map((r) => ask(m, r));
          const rowByRow = rows.map((r) => asked(text, r));
          expect(sql[k]).toEqual(loop);
          expect(rowByRow).toEqual(loop);
          const yes = places.map((p) => (((s.masks[hit.get(p) ?? -1] ?? 0) >>> k) & 1) === 1);
          expect(yes).toEqual(loop.map((a) => a === true));
          expect([s.yes[k], s.known[k]]).toEqual([loop.filter((a) => a === true).length, loop.filter((a) => a !== null).length]);
        }
        for (const [i, p] of places.entries()) {
          const at = hit.get(p);
          if (at === undefined) continue;
          const told = FACTS.map((f, c) => [f.name, s.evidence[c]?.[at]] as const).filter(([, v]) => !Number.isNaN(v));
          expect(new Map(told)).toEqual(new Map([...(rows[i] as Row)].map(([f, v]) => [f, Number(v)])));
        }
      },
    ),
    { numRuns: 40 * Number(process.env.RUNS ?? 1) },
  );
});

test('a value outside the range in which its fact is believed counts as unknown and is counted', () => {
  const fact = aFact('balance', 'number', { from: -1_000, to: 1_000 });
  const values = new Map([
    [0, 5],
    [1, 1_000],
    [2, 1_001],
    [3, -1_001],
    [4, 70_000],
  ]);
  for (const width of [4, 8] as const) {
    const below: Condition = { op: 'compare', sign: '<', left: { op: 'fact', fact }, right: { op: 'constant', value: 900 } };
    const known: Condition = { op: 'known', fact };
    const program = compile({ rules: [below, { op: 'not', of: below }, known], population: null, evidence: [], today: TODAY });
    const s = openSweep(program, 7)([aColumn(values, -2_000, width)]);
    expect([...s.yes]).toEqual([1, 1, 2]);
    expect([...s.known]).toEqual([2, 2, 65_536]);
    expect([...s.doubtful]).toEqual([3]);
  }
});
