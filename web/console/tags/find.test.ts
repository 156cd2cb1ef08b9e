import { expect, test } from 'vitest';
import type { TagView } from '#tag/contract';
import { choices, found, inOrder, type TagLine } from './find.ts';

const aTag = (name: string, over: Partial<TagView> = {}): TagView => ({
  id: 1,
  name,
  kind: 'flag',
  scale: 0,
  names: { zh: '', en: '' },
  meaning: { zh: '', en: '' },
  rule: null,
  owner: null,
  source: null,
  purposes: [],
  speaksOf: null,
  refresh: null,
  confidence: null,
  hidden: false,
  loadedAt: null,
  batch: 0,
  known: 0,
  counting: false,
  movement: null,
  values: [],
  from: null,
  to: null,
  ...over,
});

const lines: TagLine[] = [
  {
    tag: aTag('arpu', { kind: 'number', names: { zh: '月均消费', en: 'Monthly spend' }, source: 'billing', owner: '王芳', known: 9 }),
    fresh: { is: 'late', due: '' },
  },
  {
    tag: aTag('churned', { names: { zh: '已离网', en: 'Left' }, meaning: { zh: '上月销户', en: '' }, source: 'crm' }),
    fresh: { is: 'never' },
  },
  {
    tag: aTag('tenure', { kind: 'number', names: { zh: '在网时长', en: 'Tenure' }, source: 'crm', known: 12 }),
    fresh: { is: 'fresh', due: '' },
  },
];
const named = (some: readonly TagLine[]) => some.map(({ tag }) => tag.name);

test.each([
  ['月均', ['arpu']],
  ['LEFT', ['churned']],
  ['销户', ['churned']],
  ['王芳 spend', ['arpu']],
  ['王芳 tenure', []],
  ['  ', ['arpu', 'churned', 'tenure']],
])('"%s" finds %j', (q, names) => {
  expect(named(found(lines, { q }))).toEqual(names);
});

test('conditions are joined, and each choice says how many it would leave beside the others', () => {
  expect(named(found(lines, { kind: 'number', source: 'crm' }))).toEqual(['tenure']);
  expect(named(found(lines, { fresh: 'late' }))).toEqual(['arpu']);
  expect(choices(lines, { kind: 'number' }, 'source')).toEqual([
    { value: 'billing', count: 1 },
    { value: 'crm', count: 1 },
  ]);
  expect(choices(lines, { source: 'crm' }, 'kind')).toEqual([
    { value: 'flag', count: 1 },
    { value: 'number', count: 1 },
  ]);
});

test('late tags come first where freshness is asked for, the best known first where that is; else the order stays', () => {
  const nameOf = (tag: TagView) => tag.name;
  expect(named(inOrder(lines, 'fresh', nameOf))).toEqual(['arpu', 'tenure', 'churned']);
  expect(named(inOrder(lines, 'known', nameOf))).toEqual(['tenure', 'arpu', 'churned']);
  expect(named(inOrder(lines, 'nonsense', nameOf))).toEqual(['arpu', 'churned', 'tenure']);
});

test('tags are found by how far they moved since the day before; from nothing is further than any', () => {
  const moved = (name: string, share: number | null) => ({
    tag: aTag(name, { movement: { since: '2026-11-21', measure: 'known', by: 1, share } }),
    fresh: { is: 'unsaid' as const },
  });
  const some = [
    moved('little', 0.01),
    moved('much', -0.3),
    moved('fromNothing', null),
    moved('not', 0),
    { ...moved('new', 0), tag: aTag('new') },
  ];
  const names = (percent: string) => found(some, { moved: percent }).map(({ tag }) => tag.name);
  expect(names('0')).toEqual(['little', 'much', 'fromNothing']);
  expect(names('5')).toEqual(['much', 'fromNothing']);
  expect(inOrder(some, 'moved', (tag) => tag.name).map(({ tag }) => tag.name)).toEqual(['fromNothing', 'much', 'little', 'new', 'not']);
});
