import { describe, expect, test } from 'vitest';
import type { RuleText } from './contract.ts';
import { dayIn, dayOf, plusMonths, textOf } from './day.ts';
import { aFact } from './fixtures.ts';
import { mistakesOf, understand } from './language.ts';
import { factsAmong } from './rules.ts';
import { standardFacts, standardRules } from './standard.ts';

const FACTS = [
  aFact('bill.current', 'number', { to: 100_000_000 }),
  aFact('bill.previous', 'number', { to: 100_000_000 }),
  aFact('contract.ends', 'date'),
  aFact('fault.open', 'flag'),
];
const understood = (text: string) => understand(text, FACTS, []);

describe('a condition is refused at the place that is wrong', () => {
  const wrong: readonly [text: string, reason: string, place: string, line?: number][] = [
    ['', 'empty', ''],
    ['bill.current +', 'unreadable', ''],
    ['bill.current > 1 and fault.open', 'unreadable', 'and'],
    ['fault.open ||\n  bill.current >\n  )', 'unreadable', ')', 3],
    ['bill.now > 1', 'unknown-name', 'bill.now'],
    ['bill > 1', 'unknown-name', 'bill'],
    ['has(nothing)', 'unknown-name', 'nothing'],
    ['bill.current / 2 > 1', 'not-allowed', 'bill.current / 2'],
    ['bill.current % 2 == 1', 'not-allowed', 'bill.current % 2'],
    ['bill.current in [1, 2]', 'not-allowed', 'bill.current in [1, 2]'],
    ['bill["current"] > 1', 'not-allowed', 'bill["current"]'],
    ['fault.open ? true : false', 'not-allowed', 'fault.open ? true : false'],
    ['size("a") > bill.current', 'not-allowed', 'size("a")'],
    ['[1].exists(x, x > bill.current)', 'not-allowed', '[1].exists(x, x > bill.current)'],
    ['contract.ends.plusMonths(1) > today', 'not-allowed', 'contract.ends'],
    ['bill.current > 0.7', 'not-whole', '0.7'],
    ['contract.ends > 3', 'kinds-differ', 'contract.ends > 3'],
    ['contract.ends + today > today', 'kinds-differ', 'contract.ends + today'],
    ['fault.open == true', 'kinds-differ', 'fault.open'],
    ['bill.current', 'not-a-condition', 'bill.current'],
    ['!contract.ends', 'not-a-condition', 'contract.ends'],
    ['contract.ends < today.plusMonths(bill.current)', 'not-fixed', 'bill.current'],
    ['contract.ends < today.plusMonths(99999)', 'not-fixed', '99999'],
    ['fault.open || bill.current * bill.previous > 0', 'too-large', 'bill.current * bill.previous'],
    ['bill.current < 9007199254740992', 'too-large', '9007199254740992'],
    ['1 < 2', 'says-nothing', '1 < 2'],
    [`${'('.repeat(60)}fault.open${')'.repeat(60)}`, 'too-large-a-text', ''],
    [Array(300).fill('fault.open').join(' || '), 'too-large-a-text', ''],
  ];
  test.each(wrong)('%s: %s', (text, reason, place, line = 1) => {
    const found = understood(text);
    expect(found).toMatchObject({ path: 'when', reason, line });
    if (!('reason' in found)) return;
    expect(text.slice(found.start, found.end)).toBe(place);
    expect([found.zh, found.en].every((said) => said.length > 5)).toBe(true);
  });

  test('the column is counted from the line on which it stands', () => {
    expect(understood('fault.open ||\n  bill.now > 1')).toMatchObject({ line: 2, column: 3 });
  });
});

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

test('months are the calendar’s, and end with it', () => {
  const moved = (text: string, months: number) => textOf(plusMonths(dayOf(text), months));
  expect(moved('2026-01-31', 1)).toBe('2026-02-28');
  expect(moved('2028-01-31', 1)).toBe('2028-02-29');
  expect(moved('2026-11-22', 3)).toBe('2027-02-22');
  expect(moved('2026-03-31', -13)).toBe('2025-02-28');
  expect(() => dayOf('2026-02-30')).toThrow();
  expect(textOf(dayIn('Asia/Shanghai', Date.UTC(2026, 10, 21, 16)))).toBe('2026-11-22');
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
  test('never stops the others: words of the language, of JavaScript, and a name that is the beginning of another', () => {
    const hostile = ['type', 'int', 'for', 'in', 'google.x', 'constructor.x', 'a.__proto__.polluted', 'fiveG', 'fiveG.phone'];
    expect(named(...hostile.map((name) => tag(name)), tag('tenure'))).toEqual(['fiveG.phone', 'tenure']);
    expect(named(tag('balance.amount.old'))).toEqual([]);
    expect('polluted' in {}).toBe(false);
    expect(understand('tenure > 3', factsAmong([tag('type'), tag('tenure')]), [])).not.toHaveProperty('reason');
  });
});
