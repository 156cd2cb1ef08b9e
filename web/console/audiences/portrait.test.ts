import { expect, test } from 'vitest';
import { namer } from '../words.ts';
import { pieceWords, portraitLines, shortened, spanned } from './portrait.ts';

const names = namer({ holders: [], waits: [], exceptions: [], systems: [], kinds: [], figures: [], scenarios: [], areas: [] }, 'zh-CN');
const plan = {
  kind: 'oneOf' as const,
  names: { zh: '套餐', en: 'Plan' },
  bars: [
    { value: '99', names: { zh: '99 元', en: '99' }, count: 10, base: 500 },
    { value: '199', count: 30, base: 500 },
    { value: '299', count: 0, base: 0 },
  ],
};

test('shares are of those of whom it is known, 100 is as everybody, and nobody has no index', () => {
  expect(portraitLines(plan, names, 'zh-CN')).toEqual([
    { key: '199', label: '199', count: 30, base: 500, share: 0.75, baseShare: 0.5, index: 150 },
    { key: '99', label: '99 元', count: 10, base: 500, share: 0.25, baseShare: 0.5, index: 50 },
    { key: '299', label: '299', count: 0, base: 0, share: 0, baseShare: 0, index: null },
  ]);
});

test('numbers stay in their order, and an audience of nobody divides by nothing', () => {
  const spent = {
    kind: 'number' as const,
    names: { zh: '次数', en: 'Times' },
    bars: [
      { from: 0, to: 9.5, count: 0, base: 1 },
      { from: 1000, to: 1000, count: 0, base: 3 },
    ],
  };
  expect(portraitLines(spent, names, 'zh-CN').map(({ label, share, index }) => [label, share, index])).toEqual([
    ['0–9.5', 0, 0],
    ['1,000', 0, 0],
  ]);
  const bill = { ...spent, names: { zh: '账单（分）', en: 'Bill in fen' }, bars: [{ from: 1_900, to: 123_450, count: 1, base: 1 }] };
  expect([portraitLines(bill, names, 'zh-CN')[0]?.label, portraitLines(bill, names, 'en-US')[0]?.label]).toEqual([
    '19–1,234.5 元',
    '¥19–1,234.5',
  ]);
});

test('many values are the first ones and the rest as one line', () => {
  const [, rest] = shortened(portraitLines(plan, names, 'zh-CN'), 2, (others) => `其余 ${others.length}`);
  expect(rest).toMatchObject({ label: '其余 2', count: 10, base: 500, share: 0.25, index: 50 });
});

test('the rest of a number is one span, in years as in money', () => {
  const lines = (...labels: string[]) =>
    labels.map((label) => ({ key: label, label, count: 1, base: 1, share: 0, baseShare: 0, index: null }));
  expect(spanned(lines('60–64', '65–69', '90–94'))).toBe('60–94');
  expect(spanned(lines('-20–-11', '3'))).toBe('-20–3');
  expect(spanned(lines('19–49.99 元', '50–99.99 元'))).toBe('19–99.99 元');
  expect(spanned(lines('¥19–49.99', '¥50–99.99'))).toBe('¥19–99.99');
});

test.each([
  ['day', '2026-11-21', '2026-11-21', '2026年11月21日', '21 Nov 2026'],
  ['week', '2026-11-16', '2026-11-22', '2026年11月16日–2026年11月22日', '16 Nov 2026–22 Nov 2026'],
  ['month', '2026-11-01', '2026-11-30', '2026年11月', 'Nov 2026'],
  ['quarter', '2026-10-01', '2026-12-31', '2026年4季度', 'Q4 2026'],
  ['year', '2026-01-01', '2026-12-31', '2026年', '2026'],
  ['decade', '2020-01-01', '2029-12-31', '2020–2029', '2020–2029'],
] as const)('a %s of the calendar is called by its name', (piece, from, to, zh, en) => {
  expect([pieceWords(piece, from, to, 'zh-CN'), pieceWords(piece, from, to, 'en-US')]).toEqual([zh, en]);
});
