import { EvaluationError } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { freshDb } from '../../../test/database.ts';
import { Day, environment } from './cel.ts';
import type { Condition } from './expression.ts';
import { aColumn, aFact, aFlag } from './fixtures.ts';
import { answersOfSql, ask, column, columnOf, FACTS, FEW, PARAMETERS, type Row, rowOf, rule, TODAY } from './population.fixture.ts';
import { compile } from './program.ts';
import { asSql } from './sql.ts';
import { openSweep } from './sweep.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db.close());

const shown = (group: string, v: number) => (group === 'd' ? new Day(v) : group === 'o' ? FEW[v] : BigInt(v));

/** CEL itself, row by row: a fact that is not there is an error, which is what unknown is. */
function asked(text: string, row: Row): boolean | null {
  const context: Record<string, unknown> = { n: {}, d: {}, f: {}, o: {}, today: new Day(TODAY), few: 3n };
  for (const [fact, v] of row) {
    const [group, key] = fact.split('.') as [string, string];
    (context[group] as Record<string, unknown>)[key] = typeof v === 'boolean' ? v : shown(group, v);
  }
  try {
    return environment(FACTS, PARAMETERS).parse(text)(context) as boolean;
  } catch (e) {
    if (e instanceof EvaluationError && e.code === 'no_such_key') return null;
    throw e;
  }
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

        const inSql = asSql(column, TODAY);
        const sql = await answersOfSql(
          db,
          rules.map((r) => inSql.condition(r.means)),
          rows,
        );
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
