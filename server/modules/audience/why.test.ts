import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orThrow } from '#platform/result';
import { readDefinition } from './definition.ts';
import { aCatalogue, aPopulation, definitionArb, populationArb, TAGS } from './fixtures.ts';
import { type Definition, tagsIn } from './model.ts';
import { judge as naive, type Population } from './naive.fixture.ts';
import { referenceEngine } from './reference.fixture.ts';
import { deciding, judge, linesOf } from './why.ts';

const read = (json: object): Definition => orThrow(readDefinition(json, aCatalogue()));

const judged = (d: Definition, ordinal: number, population: Population) => {
  const engine = referenceEngine(() => population, new Map(TAGS.map((t) => [t.id, t.kind])));
  const values = new Map([...tagsIn(d)].map((tag) => [tag, population.values.get(tag)?.get(ordinal) ?? null]));
  return judge(d, { ordinal, values, engine });
};

test('one customer is judged as the plain loop judges him, places in rankings included', async () => {
  await fc.assert(
    fc.asyncProperty(populationArb, definitionArb, async (population, json) => {
      const d = read(json);
      const verdict = naive(d, population);
      for (const o of population.people.slice(0, 12))
        expect((await judged(d, o, population)).verdict).toBe(String(verdict(o) ?? 'unknown'));
    }),
    { numRuns: Number(process.env.RUNS ?? 100), interruptAfterTimeLimit: 50_000 },
  );
});

test.each<[string, object, string[]]>([
  [
    'all of what is true',
    {
      and: [
        { tag: 'fiveG', is: true },
        { tag: 'months', from: 5 },
      ],
    },
    ['where.and[0]', 'where.and[1]'],
  ],
  [
    'what is false alone',
    {
      and: [
        { tag: 'fiveG', is: true },
        { tag: 'months', from: 6 },
        { tag: 'churn', known: true },
      ],
    },
    ['where.and[1]'],
  ],
  [
    'false before unknown',
    {
      and: [
        { tag: 'plan', is: 'a' },
        { tag: 'months', from: 6 },
      ],
    },
    ['where.and[1]'],
  ],
  [
    'unknown, where nothing is false',
    {
      and: [
        { tag: 'plan', is: 'a' },
        { tag: 'fiveG', is: true },
      ],
    },
    ['where.and[0]'],
  ],
  [
    'one that is true',
    {
      or: [
        { tag: 'months', to: 3 },
        { tag: 'fiveG', is: true },
      ],
    },
    ['where.or[1]'],
  ],
  [
    'through not',
    {
      not: {
        or: [
          { tag: 'fiveG', is: false },
          { tag: 'months', to: 3 },
        ],
      },
    },
    ['where.not.or[0]', 'where.not.or[1]'],
  ],
  [
    'through an audience',
    { and: [{ audience: 'dear' }, { tag: 'fiveG', is: true }] },
    [
      'where.and[0]',
      'where.and[0].audience.and[0]',
      'where.and[0].audience.and[1]',
      'where.and[0].audience.and[1].audience',
      'where.and[1]',
    ],
  ],
])('what decided: %s', async (_, json, paths) => {
  const population = aPopulation({ fiveG: [true], months: [5], churn: [1], plan: [null] });
  const whole = await judged(read(json), 0, population);
  const decided = deciding(whole);
  expect(
    linesOf(whole)
      .filter((l) => decided.has(l.judged))
      .map((l) => l.judged.path),
  ).toEqual(paths);
});
