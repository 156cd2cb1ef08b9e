import { describe, expect, test } from 'vitest';
import type { Fact } from '#rule/contract';
import { offersFor, taken } from './completion.ts';

const fact = (name: string, zh: string, values?: string[]): Fact => ({
  name,
  kind: values ? 'oneOf' : 'number',
  unit: 'number',
  from: 0,
  to: 9,
  names: { zh, en: zh },
  ...(values && { values }),
});
const FACTS = [fact('arpu', '月均消费'), fact('arpu.before', '以往月均消费'), fact('tenure', '在网时长'), fact('plan.name', '主套餐', ['冰淇淋 199', '畅享 129'])]; // biome-ignore format: one line
const at = (text: string) => offersFor(text, text.length, FACTS).map((o) => o.text);

describe('what is offered', () => {
  test('are tags by the beginning of their name, by a part of it, by their words', () => {
    expect(at('ar')).toEqual(['arpu', 'arpu.before']);
    expect(at('arpu >= 100 && bef')).toEqual(['arpu.before']);
    expect(at('消费')).toEqual(['arpu', 'arpu.before']);
    expect(at('tenure')).toEqual([]);
    expect(at('tenure >= ')).toEqual([]);
  });
  test('are words of the language', () => expect(at('to')).toEqual(['today', 'today.plusMonths()']));
  test('are a tag’s values within quotes, and nothing in any other text', () => {
    expect(at('plan.name == "')).toEqual(['冰淇淋 199"', '畅享 129"']);
    expect(at('plan.name in ["畅享 129", "冰')).toEqual(['冰淇淋 199"']);
    expect(at('arpu == "ar')).toEqual([]);
    expect(at('"ar')).toEqual([]);
  });
});

test('an offer takes the place of what was typed, and the cursor stands where one types on', () => {
  const take = (text: string) => {
    const cursor = text.indexOf('|');
    const plain = text.replace('|', '');
    const [offer] = offersFor(plain, cursor, FACTS);
    const done = taken(plain, cursor, offer as NonNullable<typeof offer>);
    return `${done.text.slice(0, done.cursor)}|${done.text.slice(done.cursor)}`;
  };
  expect(take('ten| >= 3')).toBe('tenure| >= 3');
  expect(take('x > ha|')).toBe('x > has(|)');
  expect(take('plan.name == "畅|')).toBe('plan.name == "畅享 129"|');
});
