import { describe, expect, test } from 'vitest';
import { ago, clock, day, duration, exact, figure, integer, moment, nearMoment, offset, percent, spaced, tied, window } from './format.ts';

const zh = { lang: 'zh-CN', zone: 'Asia/Shanghai' } as const;
const en = { lang: 'en-US', zone: 'Asia/Shanghai' } as const;
const now = '2026-11-21T09:30:00+08:00';
const secondsAgo = (seconds: number) => new Date(Date.parse(now) - seconds * 1000);

describe('a moment', () => {
  test("reads as printed, in the operator's zone wherever the reader is", () => {
    expect(moment('2026-11-21T01:30:00Z', zh, now)).toBe('11月21日 周六 09:30');
    expect(moment('2026-11-21T01:30:00Z', en, now)).toBe('Sat 21 Nov, 09:30');
    expect(clock('2026-11-20T16:00:00Z', zh)).toBe('00:00');
    expect(day('2026-11-20T16:00:00Z', { ...zh, zone: 'UTC' }, now)).toBe('11月20日 周五');
  });
  test('names the year only when it is another', () => {
    expect(moment('2027-01-02T08:00:00+08:00', zh, now)).toBe('2027年1月2日 周六 08:00');
    expect(day('2027-01-02T08:00:00+08:00', en, now)).toBe('Sat 2 Jan 2027');
  });
  test('near days have names', () => {
    expect(nearMoment('2026-11-22T08:00:00+08:00', zh, now)).toBe('明天 08:00');
    expect(nearMoment('2026-11-20T23:59:00+08:00', en, now)).toBe('yesterday 23:59');
    expect(nearMoment('2026-11-24T08:00:00+08:00', zh, now)).toBe('11月24日 周二 08:00');
  });
  test('exactly, with its offset', () => {
    expect(exact('2026-11-21T01:30:05Z', zh)).toBe('2026-11-21 09:30:05 +08:00');
    expect(offset(now, 'America/St_Johns')).toBe('-03:30');
  });
  test('a window names the second day only when it differs', () => {
    expect(window(now, '2026-11-21T11:30:00+08:00', zh, now)).toBe('11月21日 周六 09:30–11:30');
    expect(window(now, '2026-11-22T11:30:00+08:00', zh, now)).toBe('11月21日 周六 09:30 至 11月22日 周日 11:30');
    expect(window(now, '2026-11-22T11:30:00+08:00', en, now)).toBe('Sat 21 Nov, 09:30 to Sun 22 Nov, 11:30');
  });
});

describe('how long ago', () => {
  test.each([
    [0, '刚刚', 'just now'],
    [59, '刚刚', 'just now'],
    [60, '1 分钟前', '1 min ago'],
    [3 * 60 + 59, '3 分钟前', '3 min ago'],
    [2 * 3600, '2 小时前', '2 h ago'],
    [86_400, '昨天 09:30', 'yesterday 09:30'],
    [3 * 86_400, '11月18日 周三 09:30', 'Wed 18 Nov, 09:30'],
    [-180, '3 分钟后', 'in 3 min'],
    [-86_400, '明天 09:30', 'tomorrow 09:30'],
  ])('%d s', (seconds, chinese, english) => {
    expect(ago(secondsAgo(seconds), zh, now)).toBe(chinese);
    expect(ago(secondsAgo(seconds), en, now)).toBe(english);
  });
});

test.each([
  [0, '0秒', '0 s'],
  [-5, '0秒', '0 s'],
  [40, '40秒', '40 s'],
  [300, '5分钟', '5 min'],
  [3599, '1小时', '1 h'],
  [3600 + 90, '1小时2分钟', '1 h 2 min'],
  [2 * 86_400 + 3 * 3600 + 59, '2天3小时', '2 d 3 h'],
  [86_400 + 120, '1天', '1 d'],
])('%d seconds last %s', (seconds, chinese, english) => {
  expect(duration(seconds, 'zh-CN')).toBe(chinese);
  expect(duration(seconds, 'en-US')).toBe(english);
});

test.each([
  [9999, '9,999', '9,999'],
  [34_100, '3.4 万', '34.1k'],
  [1_030_000, '103 万', '1M'],
  [-120_000_000, '-1.2 亿', '-120M'],
  [0, '0', '0'],
])('%d is read as %s', (n, chinese, english) => {
  expect(figure(n, 'zh-CN')).toBe(chinese);
  expect(figure(n, 'en-US')).toBe(english);
});

test('a tied phrase has no place to break', () => {
  expect(tied('2 d 3 h')).toBe('2\u00a0d\u00a03\u00a0h');
});

test('whole figures are grouped, shares are percentages', () => {
  expect(integer(1_234_567)).toBe('1,234,567');
  expect(percent(0.9734)).toBe('97.3%');
  expect(percent(0.5)).toBe('50%');
});

test.each([
  ['宽带300M新装', '宽带 300M 新装'],
  ['师傅工号0417接单', '师傅工号 0417 接单'],
  ['11月21日前完成,还有2天3小时', '11月21日前完成,还有 2天3小时'],
  ['达标90%以上', '达标 90% 以上'],
  ['plain words', 'plain words'],
  ['已经 有 空', '已经 有 空'],
])('%s is set as %s', (raw, set) => {
  expect(spaced(raw)).toBe(set);
  expect(spaced(set)).toBe(set);
});
