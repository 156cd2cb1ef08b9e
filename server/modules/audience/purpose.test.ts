import { expect, test } from 'vitest';
import { isRefusal } from '#platform/result';
import { readDefinition } from './definition.ts';
import { aCatalogue, TAGS } from './fixtures.ts';
import type { Definition, NamedTag } from './model.ts';
import { firstAgainst, purposesOf, usesOf } from './purpose.ts';

const allowed: Readonly<Record<string, Partial<NamedTag>>> = {
  fiveG: { purposes: ['marketing', 'analysis'] },
  churn: { purposes: ['analysis'] },
  area: { purposes: [], ours: true },
  months: { purposes: ['marketing', 'service'] },
};
const catalogue = aCatalogue({ tags: new Map(TAGS.map((t) => [t.name, { ...t, ...allowed[t.name] }])) });
const uses = (where: object) => {
  const read = readDefinition(where, catalogue);
  if (isRefusal(read)) throw new Error(read.code);
  return usesOf(read as Definition);
};

test('a tag that the purpose lacks is named by its place, however deep it stands', () => {
  const where = { and: [{ tag: 'fiveG', is: true }, { or: [{ not: { tag: 'churn', from: 0.5 } }] }] };
  expect(firstAgainst(uses(where), 'marketing')).toMatchObject({ path: 'where.and[1].or[0].not.tag', tag: { name: 'churn' } });
  expect(firstAgainst(uses(where), 'analysis')).toBeUndefined();
  expect(firstAgainst(uses({ top: { n: 5, by: 'churn', of: { tag: 'fiveG', is: true } } }), 'marketing')?.path).toBe('where.top.by');
});

test('what a saved audience looks at stands at its own place', () => {
  expect(firstAgainst(uses({ and: [{ audience: 'young' }] }), 'analysis')).toMatchObject({ path: 'where.and[0].audience', tag: { name: 'months' } }); // biome-ignore format: one line
});

test('the whole is allowed what all of its tags are; ours, lists and samples forbid nothing', () => {
  expect(purposesOf(uses({ and: [] }))).toEqual(['service', 'marketing', 'analysis', 'risk']);
  expect(
    purposesOf(
      uses({
        and: [
          { tag: 'fiveG', is: true },
          { tag: 'months', from: 3 },
        ],
      }),
    ),
  ).toEqual(['marketing']);
  expect(purposesOf(uses({ and: [{ tag: 'churn', known: true }, { tag: 'area', is: 'east' }, { list: 'vip' }, { sample: { share: 0.5, salt: 'x' } }] }))).toEqual(['analysis']); // biome-ignore format: one line
});
