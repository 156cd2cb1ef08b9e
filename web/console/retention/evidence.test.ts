import { expect, test } from 'vitest';
import { moneyWords } from '../money.ts';
import { dailyOf, dailyWords, inOneLine, type Speech, shownWords } from './evidence.ts';

const zh: Speech = {
  lang: 'zh-CN',
  yes: '是',
  no: '否',
  unknown: '未知',
  counted: (unit, count) => `${count} ${unit === 'days' ? '天' : '次'}`,
};

const fact = (name: string, last: number | string | boolean | null, unit = 'number') => ({
  fact: name,
  names: { zh: name, en: name },
  unit,
  first: last,
  last,
});
const bill = (current: number | null, days: number, previous: number, before: number) => [
  fact('bill.current', current, 'fen'),
  fact('days.current', days, 'days'),
  fact('bill.previous', previous, 'fen'),
  fact('days.previous', before, 'days'),
];

test('money is kept in fen and read in yuan', () => {
  expect([moneyWords(320, 'zh-CN'), moneyWords(-5, 'en-US'), moneyWords(123_456_789, 'en-US')]).toEqual([
    '3.20 元',
    '-¥0.05',
    '¥1,234,567.89',
  ]);
});

test('a bill is compared by the day, so a short month is no fall', () => {
  const fell = dailyOf(bill(22 * 190, 22, 31 * 320, 31))!;
  expect(dailyWords(fell, 'zh-CN')).toBe('3.20 → 1.90 元，−41%');
  expect(dailyWords(fell, 'en-US')).toBe('¥3.20 → ¥1.90, −41%');
  expect(dailyOf(bill(28 * 320, 28, 31 * 320, 31))?.change).toBe(0);
});

test.each([
  ['a bill that is not known', bill(null, 22, 31, 31)],
  ['no day billed', bill(100, 0, 31, 31)],
  ['nothing billed before', bill(100, 22, 0, 31)],
  ['facts of another kind', [fact('balance.amount', 3)]],
])('%s compares with nothing', (_, evidence) => {
  expect(dailyOf(evidence)).toBeNull();
});

test('a value reads by its unit, the unknown is said', () => {
  expect(shownWords(4, 'days', zh)).toBe('4 天');
  expect(shownWords('2026-12-01', 'date', zh)).toBe('2026年12月1日');
  expect(shownWords(true, 'flag', zh)).toBe('是');
  expect(shownWords(null, 'fen', zh)).toBe('未知');
});

test('one line says three facts at most', () => {
  const many = ['a', 'b', 'c', 'd'].map((name) => fact(name, 1));
  expect(inOneLine(many, '', zh)).toBe('a 1；b 1；c 1；…');
});

test('one line says the bill by the day first, leaves out its parts and what is unknown', () => {
  const evidence = [...bill(22 * 190, 22, 31 * 320, 31), fact('voice.silentDays', 4, 'days'), fact('plan.fee', null, 'fen')];
  expect(inOneLine(evidence, '日均账单', zh)).toBe('日均账单 3.20 → 1.90 元，−41%；voice.silentDays 4 天');
});
