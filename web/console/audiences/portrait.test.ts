import { expect, test } from 'vitest';
import { namer } from '../words.ts';
import { portraitLines, shortened } from './portrait.ts';

const names = namer({ holders: [], waits: [], exceptions: [], systems: [], kinds: [], figures: [], scenarios: [], areas: [] }, 'zh-CN');
const plan = {
  kind: 'oneOf' as const,
  bars: [
    { value: '99', names: { zh: '99 元', en: '99' }, count: 10, base: 500 },
    { value: '199', count: 30, base: 500 },
    { value: '299', count: 0, base: 0 },
  ],
};

test('shares are of those of whom it is known, 100 is as everybody, and nobody has no index', () => {
  expect(portraitLines(plan, names)).toEqual([
    { key: '199', label: '199', count: 30, base: 500, share: 0.75, baseShare: 0.5, index: 150 },
    { key: '99', label: '99 元', count: 10, base: 500, share: 0.25, baseShare: 0.5, index: 50 },
    { key: '299', label: '299', count: 0, base: 0, share: 0, baseShare: 0, index: null },
  ]);
});

test('numbers stay in their order, and an audience of nobody divides by nothing', () => {
  const spent = {
    kind: 'number' as const,
    bars: [
      { from: 0, to: 9.5, count: 0, base: 1 },
      { from: 1000, to: 1000, count: 0, base: 3 },
    ],
  };
  expect(portraitLines(spent, names).map(({ label, share, index }) => [label, share, index])).toEqual([
    ['0–9.5', 0, 0],
    ['1,000', 0, 0],
  ]);
});

test('many values are the first ones and the rest as one line', () => {
  const [, rest] = shortened(portraitLines(plan, names), 2, '其余');
  expect(rest).toMatchObject({ label: '其余 2', count: 10, base: 500, share: 0.25, index: 50 });
});
