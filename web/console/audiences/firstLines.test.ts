import { expect, test } from 'vitest';
import type { TagView } from '#tag/contract';
import { firstLines } from './firstLines.ts';

const aTag = (tag: Partial<TagView>) => ({ known: 10, values: [], from: null, to: null, ...tag }) as TagView;
const own = aTag({ name: 'own', kind: 'flag' });
const plan = aTag({
  name: 'plan',
  kind: 'oneOf',
  values: [
    { value: '199', zh: '', en: 'the 199', count: 7 },
    { value: '99', zh: '', en: '', count: 3 },
  ],
});
const spent = aTag({ name: 'spent', kind: 'number', from: 0, to: 399.5 });
const joined = aTag({ name: 'joined', kind: 'date' });

test('one of each kind, among our own customers, with values that there are', () => {
  expect(firstLines([own, plan, spent, joined]).map(({ where }) => where)).toEqual([
    {
      and: [
        { tag: 'own', is: true },
        { tag: 'plan', oneOf: ['199'] },
      ],
    },
    {
      and: [
        { tag: 'own', is: true },
        { tag: 'spent', from: 200 },
      ],
    },
    {
      and: [
        { tag: 'own', is: true },
        { tag: 'joined', from: { days: -29 }, to: { days: 0 } },
      ],
    },
  ]);
  expect(firstLines([plan])[0]).toMatchObject({ value: { zh: '199', en: 'the 199' }, where: { and: [{ tag: 'plan', oneOf: ['199'] }] } });
});

test('a tag that is known of nobody begins nothing', () => {
  expect(firstLines([own, { ...plan, known: 0 }, { ...spent, from: 5, to: 5 }])).toEqual([]);
});
