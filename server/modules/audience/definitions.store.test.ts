import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { makeLog } from '#platform/log';
import { orThrow } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { tag } from '../tag/module.ts';
import { linesPlan, planOf, unsureOf } from './compile.ts';
import { readDefinition } from './definition.ts';
import { openEngine } from './engine.ts';
import { aCatalogue, definitionArb, populationArb, store } from './fixtures.ts';
import { EVERYBODY, linesOf } from './model.ts';
import { judge, naiveMembers, type Population } from './naive.fixture.ts';
import type { Engine } from './plan.ts';
import { referenceEngine } from './reference.fixture.ts';
import { countSql, membersSql, type Statement } from './sql.ts';

let db: Db;
let population: Population;
beforeAll(async () => {
  db = await freshDb([tag]);
});
afterAll(() => db.close());

/** Whatever counts plans is held to the same answers. */
const engines: readonly { name: string; runs: number; definitions: number; open: () => Engine }[] = [
  { name: 'sets of ordinals', runs: 30, definitions: 4, open: () => referenceEngine(() => population) },
  { name: 'the engine', runs: 6, definitions: 15, open: () => openEngine({ db, log: makeLog('silent'), workers: 2, budgetMb: 64 }) },
];

const ask = <R extends Record<string, number>>({ text, values }: Statement) => db.query<R>('', text, [...values]);

test.each(engines)(
  'a plan ($name), SQL over the blocks and a plain loop find the same people; the lines of a funnel add up',
  async ({ open, runs, definitions }) => {
    await fc.assert(
      fc.asyncProperty(populationArb, fc.array(definitionArb, { minLength: 1, maxLength: definitions }), async (people, sent) => {
        population = people;
        await store(db, population);
        const engine = open();
        for (const json of sent) {
          const d = orThrow(readDefinition(json, aCatalogue()));
          const naive = naiveMembers(d, population);
          const lines = linesOf(d).map((l) => l.line);
          const funnel = lines.map((_, i) => naiveMembers({ op: 'and', of: lines.slice(0, i + 1) }, population).length);
          const counted = await engine.count(linesPlan([planOf(EVERYBODY), ...lines.map(planOf)]));
          expect(counted).toEqual({ count: naive.length, funnel: [population.people.length, ...funnel] });
          expect(funnel.at(-1) ?? population.people.length).toBe(naive.length);
          expect([...(await engine.members(planOf(d), 1_000))]).toEqual(naive);

          const [row] = await ask(countSql(lines));
          expect(Object.values(row ?? {})).toEqual([population.people.length, ...funnel]);
          expect((await ask<{ ordinal: number }>(membersSql(d, 1_000))).map((r) => r.ordinal)).toEqual(naive);

          const verdict = judge(d, population);
          expect(await engine.size(planOf(d))).toBe(naive.length);
          expect(await engine.size(unsureOf(d))).toBe(population.people.filter((o) => verdict(o) === null).length);
        }
        await engine.close();
      }),
      { numRuns: Number(process.env.RUNS ?? runs), interruptAfterTimeLimit: 100_000 },
    );
  },
  120_000,
);
