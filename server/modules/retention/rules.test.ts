import { describe, expect, test } from 'vitest';
import { understand } from '#rule';
import { aFact } from '../rule/fixtures.ts';
import type { RuleText } from './contract.ts';
import { factsAmong, mistakesOf } from './rules.ts';
import { standardFacts, standardRules } from './standard.ts';

const FACTS = [aFact('bill.current', 'number', { to: 100_000_000 })];

describe('a rule', () => {
  const rule: RuleText = {
    names: { zh: '规则', en: 'Rule' },
    meaning: { zh: '口径', en: 'Meaning' },
    effect: 'work',
    priority: 1,
    parameters: [{ id: 'least', value: 5, from: 0, to: 9, unit: 'fen', names: { zh: '下限', en: 'Least' } }],
    when: 'bill.current < least',
    evidence: ['bill.current'],
    inForce: true,
  };
  const reasons = (over: Partial<RuleText>) => mistakesOf({ ...rule, ...over }, FACTS).map((m) => [m.path, m.reason]);
  const least = rule.parameters[0] as RuleText['parameters'][number];

  test('is well when its parts are', () => {
    expect(reasons({})).toEqual([]);
  });
  test('keeps each parameter inside its bounds and under a name of its own', () => {
    expect(reasons({ parameters: [{ ...least, value: 10 }] })).toEqual([['parameters[0].value', 'parameter-out-of-range']]);
    expect(reasons({ parameters: [least, least] })).toEqual([['parameters[1].id', 'parameter-twice']]);
    expect(reasons({ parameters: [{ ...least, id: 'type' }] })).toEqual([['parameters[0].id', 'parameter-twice']]);
    expect(reasons({ parameters: [least, { ...least, id: 'bill' }] })).toEqual([['when', 'unknown-name']]);
    expect(reasons({ parameters: [{ ...least, id: 'today' }] })).toEqual([['parameters[0].id', 'parameter-twice']]);
  });
  test('shows facts that there are', () => {
    expect(reasons({ evidence: ['bill.next'] })).toEqual([['evidence[0]', 'evidence-unknown']]);
  });
});

test('the standard rules are the seven of the trade, who is looked at, and what holds a case back; each is well', () => {
  const rules = standardRules();
  expect(rules.map((r) => [r.id, mistakesOf(r, standardFacts())])).toEqual(rules.map((r) => [r.id, []]));
  expect(rules.filter((r) => r.effect === 'work')).toHaveLength(7);
  expect(rules.filter((r) => r.effect !== 'work').map((r) => r.effect)).toEqual(['population', 'suppress']);
  for (const { meaning, parameters } of rules)
    for (const text of [meaning.zh, meaning.en])
      expect([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1])).toEqual(expect.arrayContaining(parameters.map((p) => p.id)));
});

describe('what tags are called', () => {
  const tag = (name: string, over: object = {}) => ({
    id: 1,
    name,
    kind: 'number' as const,
    scale: 0,
    zh: '',
    en: '',
    loadedAt: null,
    ...over,
  });
  const named = (...tags: Parameters<typeof factsAmong>[0]) =>
    factsAmong(tags)
      .map((f) => f.name)
      .filter((name) => tags.some((t) => t.name === name));

  test('says which of them a rule can speak of', () => {
    expect(
      named(tag('score.churn'), tag('tenure'), tag('网龄'), tag('a-b'), tag('plan', { kind: 'oneOf' }), tag('rate', { scale: 2 })),
    ).toEqual(['score.churn', 'tenure']);
  });
  test('is not what the standard rules mean when it was loaded as something else', () => {
    const names = (over: object) => factsAmong([tag('balance.amount', over)]).map((f) => f.name);
    expect(names({})).toContain('balance.amount');
    expect(names({ scale: 2 })).not.toContain('balance.amount');
    expect(names({ kind: 'flag' })).not.toContain('balance.amount');
  });
  test('never stops the others: words of the language, of JavaScript, a name that is the beginning of another', () => {
    const hostile = ['type', 'int', 'for', 'in', 'google.x', 'constructor.x', 'a.__proto__.polluted', 'fiveG', 'fiveG.phone'];
    expect(named(...hostile.map((name) => tag(name)), tag('tenure'))).toEqual(['fiveG', 'fiveG.phone', 'tenure']);
    expect(named(tag('balance.amount.old'))).toEqual(['balance.amount.old']);
    const both = factsAmong([tag('fiveG', { kind: 'flag' }), tag('fiveG.phone', { kind: 'flag' })]);
    expect(understand('fiveG && !fiveG.phone', both, [])).not.toHaveProperty('reason');
    expect('polluted' in {}).toBe(false);
    expect(understand('tenure > 3', factsAmong([tag('type'), tag('tenure')]), [])).not.toHaveProperty('reason');
  });
});
