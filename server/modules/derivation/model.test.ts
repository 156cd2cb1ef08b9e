import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aFact } from '../rule/fixtures.ts';
import type { Definition } from './contract.ts';
import { inOrder, isMeaning, meaningOf, namesIn, ringOf } from './model.ts';
import { standardFacts, standardTables } from './standard.ts';
import { rowsOf, textOf } from './words.ts';

const FACTS = [
  aFact('arpu', 'number', { unit: 'fen', from: 0, to: 100_000_000, names: { zh: '月均消费', en: 'Monthly spending' } }),
  aFact('joined', 'date', { from: 0, to: 100_000, names: { zh: '入网日期', en: 'Joined' } }),
];
const tier: Extract<Definition, { kind: 'oneOf' }> = {
  kind: 'oneOf',
  names: { zh: '层级', en: 'Tier' },
  meaning: { zh: '', en: '' },
  parameters: [],
  values: [
    { value: 'high', zh: '高', en: 'High' },
    { value: 'low', zh: '低', en: 'Low' },
  ],
  table: [{ when: 'arpu >= 10000', value: 'high' }],
  otherwise: 'low',
  whenUnknown: 'unknown',
};
const wrong = (over: Partial<typeof tier>) => {
  const found = meaningOf({ ...tier, ...over }, FACTS);
  return isMeaning(found) ? [] : found.map((m) => [m.path, m.reason, m.start, m.end]);
};

describe('a table', () => {
  test('is well when its parts are', () => {
    expect(meaningOf(tier, FACTS)).toMatchObject({
      choice: { rows: [1], unknown: 0, otherwise: 2 },
      outcomes: ['high', 'low'],
      today: false,
    });
    expect(meaningOf({ ...tier, whenUnknown: 'pass' }, FACTS)).toMatchObject({ choice: { unknown: null } });
    expect(meaningOf({ ...tier, whenUnknown: 'otherwise' }, FACTS)).toMatchObject({ choice: { unknown: 2 } });
  });
  test('names the row and the place of every mistake', () => {
    const table = [{ when: 'arpu >= 1', value: 'top' }, { when: 'arpu > ', value: 'low' }, { when: 'arpu > 1 || spend > 3', value: 'high' }]; // biome-ignore format: one line
    expect(wrong({ table, otherwise: 'none' })).toEqual([
      ['table[1].when', 'unreadable', 7, 7],
      ['table[2].when', 'unknown-name', 12, 17],
      ['table[0].value', 'value-unknown', 0, 3],
      ['otherwise', 'value-unknown', 0, 4],
    ]);
  });
  test('has each value once', () => {
    expect(wrong({ values: [...tier.values, { value: 'high', zh: '', en: '' }] })).toEqual([['values[2].value', 'value-twice', 0, 4]]);
  });
  test('reads as a sentence a row', () => {
    const label = () => '';
    expect(rowsOf(tier, FACTS, label).zh).toEqual([
      '“月均消费”不低于 100 元的，为“高”。',
      '其余为“低”。',
      '轮到某一行时条件是否成立不知道的，结果未知。',
    ]);
    expect(rowsOf({ ...tier, table: [{ when: 'arpu >', value: null }] }, FACTS, label)).toEqual({ zh: [], en: [] });
    expect(textOf(tier)).toBe('arpu >= 10000 → high\notherwise → low\nunknown → unknown');
  });
});

test('an expression gives what its tag is', () => {
  const days = (kind: 'number' | 'date', expression: string) =>
    meaningOf({ kind, names: tier.names, meaning: tier.meaning, parameters: [], expression }, FACTS);
  expect(days('number', 'today - joined')).toMatchObject({ choice: null, today: true });
  expect(days('date', 'today - joined')).toMatchObject([{ path: 'expression', reason: 'other-kind' }]);
  expect(days('date', 'joined + 30')).toMatchObject({ today: false });
});

test('every standard table is well and speaks of the facts that come along, or of tables before it', () => {
  let facts = [...standardFacts()];
  for (const { tag, definition } of standardTables()) {
    const found = meaningOf(definition, facts);
    expect([tag, isMeaning(found) ? [] : found]).toEqual([tag, []]);
    expect(rowsOf(definition, facts, (_, v) => v).zh.length).toBeGreaterThan(3);
    const values = definition.kind === 'oneOf' ? definition.values.map((v) => v.value) : [];
    facts = [...facts, aFact(tag, 'oneOf', { from: 0, to: 99, values })];
  }
});

describe('derivations of derivations', () => {
  const made = new Map([
    ['a', ['b', 'x']],
    ['b', ['c']],
    ['c', ['y']],
    ['d', ['d']],
  ]);
  test('come after what they are made of', () => expect(inOrder(made).slice(0, 3)).toEqual(['c', 'b', 'a']));
  test('may stand in no ring, which is named', () => {
    expect(ringOf('a', made)).toBeNull();
    expect(ringOf('c', new Map([...made, ['c', ['a', 'y']]]))).toEqual(['c', 'a', 'b', 'c']);
    expect(ringOf('d', made)).toEqual(['d', 'd']);
  });
  test('have an order exactly where no ring is', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 }), (edges) => {
        const inputs = new Map(
          Array.from({ length: 7 }, (_, n) => [`${n}`, edges.filter(([from]) => from === n).map(([, to]) => `${to}`)]),
        );
        const order = inOrder(inputs);
        expect([...order].sort()).toEqual([...inputs.keys()]);
        if ([...inputs.keys()].every((tag) => ringOf(tag, inputs) === null))
          for (const [tag, of] of inputs) for (const input of of) expect(order.indexOf(input)).toBeLessThan(order.indexOf(tag));
      }),
    ));
});

test('names in a definition are found before it is understood', () =>
  expect(namesIn({ ...tier, table: [{ when: 'a.b == "c" && has(d)', value: null }] })).toEqual(['a.b', 'c', 'has', 'd']));
