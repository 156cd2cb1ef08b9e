import { expect, test } from 'vitest';
import { amountBy, dateWords, refreshWords, tagWords, valueWords } from './values.ts';

const YES_NO = ['是', '否'] as const;

test('a month and a day read as people say them', () => {
  expect([dateWords('2026-10', 'zh-CN'), dateWords('2026-10-03', 'zh-CN')]).toEqual(['2026年10月', '2026年10月3日']);
  expect([dateWords('2026-10', 'en-US'), dateWords('2026-10-03', 'en-US')]).toEqual(['Oct 2026', '3 Oct 2026']);
});

test('a value reads by its kind; nothing known reads as nothing', () => {
  const number = { kind: 'number', scale: 2 } as const;
  expect(valueWords(12345.5, number, 'zh-CN', YES_NO)).toBe('12,345.50');
  expect(valueWords(0, { ...number, scale: 0 }, 'zh-CN', YES_NO)).toBe('0');
  expect(valueWords(false, { kind: 'flag', scale: 0 }, 'zh-CN', YES_NO)).toBe('否');
  expect(valueWords(null, number, 'zh-CN', YES_NO)).toBe('');
  expect(valueWords('2026-01-02', { kind: 'date', scale: 0 }, 'en-US', YES_NO)).toBe('2 Jan 2026');
});

test('a one-of reads by its label in the language, by the value itself where nobody gave one', () => {
  const tariff = { kind: 'oneOf', scale: 0, label: { zh: '冰激凌 199', en: '' } } as const;
  expect(valueWords('P199', tariff, 'zh-CN', YES_NO)).toBe('冰激凌 199');
  expect(valueWords('P199', tariff, 'en-US', YES_NO)).toBe('P199');
});

test('money is kept in fen and read in yuan, and its tag is called without the fen', () => {
  const arpu = { name: 'arpu', kind: 'number', scale: 0, names: { zh: '月均消费（分）', en: 'Monthly spending in fen' } } as const;
  expect([valueWords(6_957, arpu, 'zh-CN', YES_NO), valueWords(-5, arpu, 'en-US', YES_NO)]).toEqual(['69.57 元', '-¥0.05']);
  expect([tagWords(arpu, 'zh-CN'), tagWords(arpu, 'en-US')]).toEqual(['月均消费', 'Monthly spending']);
  expect([amountBy(1_204, arpu.names, 0, 'zh-CN'), amountBy(-50, arpu.names, 0, 'en-US')]).toEqual(['+12.04 元', '−¥0.50']);
  expect(amountBy(-0.5, { zh: '次数', en: 'Times' }, 1, 'zh-CN')).toBe('−0.5');
});

test('a tag without words in the language has those of the other one, else its name', () => {
  expect(tagWords({ name: 'x', names: { zh: '', en: 'Only' } }, 'zh-CN')).toBe('Only');
  expect(tagWords({ name: 'x', names: { zh: '', en: '' } }, 'zh-CN')).toBe('x');
});

test('how often a tag is renewed reads in the language where it is a usual word', () => {
  expect([refreshWords('daily', 'zh-CN'), refreshWords('每月', 'en-US'), refreshWords('Weekly', 'zh-CN')]).toEqual([
    '每日',
    'monthly',
    '每周',
  ]);
  expect(refreshWords('每日 6 点前', 'en-US')).toBe('每日 6 点前');
});
