import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { freshDb } from '../../../test/database.ts';
import { type Choice, openDecision } from './decide.ts';
import type { Condition } from './expression.ts';
import { aFact, aFlag } from './fixtures.ts';
import { answersOfSql, ask, column, columnOf, expression, type Row, rowOf, rule, TODAY, work } from './population.fixture.ts';
import { compile, type Program } from './program.ts';
import { asSql, choiceSql } from './sql.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb();
});
afterAll(() => db.close());

const LOOKED = aFact('looked.at', 'flag');
const runs = { numRuns: 40 * Number(process.env.RUNS ?? 1) };
const people = fc.record({
  rows: fc.array(rowOf, { minLength: 1, maxLength: 60 }),
  first: fc.integer({ min: 0, max: 60_000 }),
  /** Who of them is looked at. */
  odd: fc.integer({ min: 1, max: 5 }),
});

/** A block with the people at every 89th place; `places` where they are, `looked` who of them is looked at. */
function blockOf(program: Program, { rows, first, odd }: { rows: readonly Row[]; first: number; odd: number }) {
  const places = rows.map((_, i) => first + i * 89);
  const looked = places.map((_, i) => i % odd === 0);
  const there = aFlag(new Map(places.map((p, i) => [p, looked[i] as boolean])), 'some');
  return { places, looked, columns: program.columns.map((f) => (f === LOOKED ? there : columnOf(f, rows, places))) };
}

/** The plain loop: the first row that is yes, 0 = unknown. */
function chosen(rules: readonly Condition[], { rows, unknown, otherwise }: Choice, row: Row): number {
  for (const [i, c] of rules.entries()) {
    const answer = ask(c, row);
    if (answer === true) return rows[i] as number;
    if (answer === null && unknown !== null) return unknown;
  }
  return otherwise;
}

describe('a decision table', () => {
  const outcome = fc.integer({ min: 0, max: 254 });
  const table = fc.array(fc.record({ rule, gives: outcome }), { minLength: 1, maxLength: 8 });

  test('gives by column what a plain loop and PostgreSQL give, to the last unknown', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.option(outcome), outcome, people, async (rows, unknown, otherwise, who) => {
        const choice: Choice = { rows: rows.map((r) => r.gives), unknown, otherwise };
        const rules = rows.map((r) => r.rule.means);
        const program = compile({ rules, population: { op: 'flag', fact: LOOKED }, evidence: [], today: TODAY });
        const { places, looked, columns } = blockOf(program, who);
        const { outcomes, customers } = openDecision(program, { choice })(columns);
        const loop = who.rows.map((r) => chosen(rules, choice, r));
        const [sql] = await answersOfSql<number>(db, [choiceSql(rules, choice, asSql(column, TODAY))], who.rows);
        expect(sql).toEqual(loop);
        expect(places.map((p) => outcomes[p])).toEqual(loop.map((o, i) => (looked[i] ? o : 0)));
        expect(customers).toBe(looked.filter(Boolean).length);
        expect(outcomes.reduce((n, o) => n + (o === 0 ? 0 : 1), 0)).toBe(loop.filter((o, i) => looked[i] && o !== 0).length);
      }),
      runs,
    );
  });
});

describe('an expression', () => {
  test('gives by column what a plain loop and PostgreSQL give, and nothing beyond its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(expression, people, async ({ means: { value, kind } }, who) => {
        const program = compile({ rules: [], values: [value], population: { op: 'flag', fact: LOOKED }, evidence: [], today: TODAY });
        const { places, looked, columns } = blockOf(program, who);
        const bounds = kind === 'date' ? { least: 0, most: 100_000 } : { least: -5_000_000, most: 5_000_000 };
        const { values } = openDecision(program, { bounds })(columns);
        const loop = who.rows.map((r) => work(value, r));
        const inSql = asSql(column, TODAY).value(value);
        const [sql] = await answersOfSql<number | null>(db, [kind === 'date' ? `(${inSql} - date '1970-01-01')::bigint` : inSql], who.rows);
        expect(sql).toEqual(loop);
        const kept = loop.map((v, i) => (looked[i] && v !== null && v >= bounds.least && v <= bounds.most ? v : Number.NaN));
        expect(places.map((p) => (values[p] as number) + 0)).toEqual(kept.map((v) => v + 0));
      }),
      runs,
    );
  });
});
