import { expect, test } from 'vitest';
import { type Fact, factsLike, formOf, groupsOf } from './facts.ts';
import { saidBy } from './sources.ts';

const fact = (name: string, source: string | null, over: Partial<Fact> = {}): Fact => ({
  name,
  names: { zh: '', en: '' },
  value: true,
  label: null,
  source,
  speaksOf: null,
  loadedAt: null,
  confidence: null,
  ...over,
});

test('what is known stands by its source, the one that knows most first; consents are not among it', () => {
  const groups = groupsOf([
    fact('a', 'crm'),
    fact('b', 'billing'),
    fact('consent.sms', 'glasshouse'),
    fact('c', 'billing'),
    fact('d', null),
  ]);
  expect(groups.map(({ source, facts }) => [source, facts.map(({ name }) => name)])).toEqual([
    ['billing', ['b', 'c']],
    ['', ['d']],
    ['crm', ['a']],
  ]);
});

test.each([
  [true, 'flag', 0],
  [12.25, 'number', 2],
  [18, 'number', 0],
  ['2025-05-01', 'date', 0],
  ['2025-05', 'oneOf', 0],
])('%s is read as a %s', (value, kind, scale) => {
  expect(formOf({ value, label: null })).toEqual({ kind, scale, label: null });
});

test('a fact is sought by its name in both languages, its code and its value', () => {
  const facts = [
    fact('arpu', 'warehouse', { names: { zh: '月均消费', en: 'Monthly spend' }, value: 128 }),
    fact('plan', 'warehouse', { names: { zh: '套餐', en: 'Plan' }, value: 'p-99', label: { zh: '畅享', en: 'Easy' } }),
  ];
  const found = (sought: string) => factsLike(facts, sought).map(({ name }) => name);
  expect(['', ' 消费', 'SPEND', 'plan', '畅享', 'easy', 'p-99', '没有'].map(found)).toEqual([
    ['arpu', 'plan'],
    ['arpu'],
    ['arpu'],
    ['plan'],
    ['plan'],
    ['plan'],
    ['plan'],
    [],
  ]);
});

test('who says it is a source, a rule, a model, this program, or nobody', () => {
  expect(['crm', 'rule', 'model:churn', 'glasshouse', ''].map(saidBy)).toEqual(['source', 'rule', 'model', 'system', 'nobody']);
});

test('a labelled value is one of several, whatever it looks like', () => {
  expect(formOf({ value: '2025-05-01', label: { zh: '首批', en: 'First wave' } }).kind).toBe('oneOf');
});
