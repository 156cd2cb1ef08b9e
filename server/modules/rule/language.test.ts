import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn, dayOf, plusMonths, textOf } from './day.ts';
import { openDecision } from './decide.ts';
import { oneOfFact } from './facts.ts';
import { aColumn, aFact } from './fixtures.ts';
import { understand, understandValue } from './language.ts';
import { compile } from './program.ts';
import { conditionWords } from './words.ts';

const FACTS = [
  aFact('bill.current', 'number', { unit: 'fen', to: 100_000_000 }),
  aFact('bill.previous', 'number', { to: 100_000_000 }),
  aFact('contract.ends', 'date'),
  aFact('fault.open', 'flag'),
  oneOfFact('plan', ['red', 'blue'], { zh: '套餐', en: 'Plan' }),
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
    ['bill.current in []', 'not-allowed', '[]'],
    ['bill.current in plan', 'not-allowed', 'plan'],
    ['bill.current in [1, contract.ends]', 'kinds-differ', 'bill.current in [1, contract.ends]'],
    ['plan == "gold"', 'unknown-value', '"gold"'],
    ['plan < "red"', 'kinds-differ', 'plan < "red"'],
    ['plan == plan', 'not-a-text', 'plan'],
    ['"red" == "red"', 'not-a-text', '"red"'],
    ['plan', 'not-a-condition', 'plan'],
    ['plan == 3', 'kinds-differ', 'plan == 3'],
    ['bill["current"] > 1', 'not-allowed', 'bill["current"]'],
    ['fault.open ? true : false', 'not-allowed', 'fault.open ? true : false'],
    ['size("a") > bill.current', 'not-allowed', 'size("a")'],
    ['[1].exists(x, x > bill.current)', 'not-allowed', '[1].exists(x, x > bill.current)'],
    ['contract.ends.plusMonths(1) > today', 'not-allowed', 'contract.ends'],
    ['bill.current > 0.7', 'not-whole', '0.7'],
    ['bill.current > 0.1234567', 'too-fine', '0.1234567'],
    ['contract.ends + 0.5 > today', 'not-whole', 'contract.ends + 0.5'],
    ['contract.ends < today.plusMonths(1.5)', 'not-fixed', '1.5'],
    ['bill.current * 0.0001 * 0.0001 * bill.previous > 0', 'too-large', 'bill.current * 0.0001 * 0.0001 * bill.previous'],
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

describe('a value worked out of facts', () => {
  const worked = (text: string) => understandValue(text, { facts: FACTS, parameters: [], path: 'value' });
  test('is a number or a day', () => {
    expect(worked('bill.current - bill.previous')).toMatchObject({ kind: 'number' });
    expect(worked('contract.ends + 30')).toMatchObject({ kind: 'date' });
    expect(worked('contract.ends - today')).toMatchObject({ kind: 'number' });
  });
  test.each([
    ['bill.current > 3', 'not-a-value'],
    ['plan', 'not-a-value'],
    ['today', 'says-nothing'],
    ['bill.current * 100000000', 'too-large'],
  ])('%s: %s', (text, reason) => expect(worked(text)).toMatchObject({ path: 'value', reason }));
});

describe('numbers with decimals', () => {
  const facts = [
    ...FACTS,
    aFact('score', 'number', { from: 0, to: 10_000, decimals: 4, names: { zh: '评分', en: 'Score' } }),
    aFact('traffic', 'number', { from: 0, to: 1_000_000_00, decimals: 2, names: { zh: '流量', en: 'Traffic' } }),
  ];
  const share = { id: 'share', value: 70, from: 0, to: 100, decimals: 2, unit: 'number' as const, names: { zh: '比例', en: 'share' } };
  const said = (text: string) => {
    const found = understand(text, facts, [share]);
    return 'reason' in found ? found.reason : conditionWords(found, 'en', (_, v) => v);
  };
  test('read as they were written', () => {
    expect(said('score >= 0.7')).toBe('"Score" is at least 0.7');
    expect(said('score > 1 && traffic <= 2.50')).toBe('"Score" is above 1 and "Traffic" is at most 2.5');
    expect(said('bill.current <= bill.previous * share')).toBe('"bill.current" is at most "bill.previous" times 0.7');
    expect(said('score + traffic > 1 - 0.4')).toBe('"Score" plus "Traffic" is above 0.6');
  });
  test('give a value as fine as they are', () => {
    const fine = (text: string) => understandValue(text, { facts, parameters: [share] });
    expect(fine('traffic * 0.5')).toMatchObject({ kind: 'number', decimals: 3 });
    expect(fine('score + traffic')).toMatchObject({ decimals: 4 });
    expect(fine('score * score')).toMatchObject({ reason: 'too-fine' });
  });
  test('are compared as decimals are, to the last unit', () => {
    const units = fc.record({ a: fc.integer({ min: 0, max: 10_000 }), b: fc.integer({ min: 0, max: 9_000 }), c: fc.integer({ min: -999, max: 999 }) }); // biome-ignore format: one line
    fc.assert(
      fc.property(units, fc.constantFrom('<', '<=', '>', '>=', '==', '!='), ({ a, b, c }, sign) => {
        const figure = (c / 100).toFixed(2);
        const means = understand(`score * 3 + ${figure} ${sign} traffic * ${figure} - 1`, facts, []);
        if ('reason' in means) throw new Error(means.reason);
        const program = compile({ rules: [means], values: [], population: null, evidence: [], today: 0 });
        const decide = openDecision(program, { choice: { rows: [1], unknown: 3, otherwise: 2 } });
        const columns = program.columns.map((f) => aColumn(new Map([[7, f.name === 'score' ? a : b]]), 0, 4));
        const [left, right] = [BigInt(a) * 3n + BigInt(c) * 100n, BigInt(b) * BigInt(c) - 10_000n];
        const holds = { '<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right, '==': left === right, '!=': left !== right }[sign]; // biome-ignore format: one line
        expect(decide(columns).outcomes[7]).toBe(holds ? 1 : 2);
        expect(decide(columns).outcomes[8]).toBe(3);
      }),
      { numRuns: 30 * Number(process.env.RUNS ?? 1) },
    );
  });
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
