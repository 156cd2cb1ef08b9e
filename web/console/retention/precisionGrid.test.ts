import { expect, test } from 'vitest';
import { precisionGrid } from './precisionGrid.ts';
import type { Precision } from './rules.ts';

const line = (rule: string, period: string | null, over: Partial<Precision> = {}): Precision => ({
  rule,
  names: { zh: rule, en: rule },
  period,
  hits: 0,
  left: 0,
  precision: null,
  base: null,
  lift: null,
  undecided: 0,
  outcomes: {},
  ...over,
});

test('periods stand in order over all rules, one without hits is a gap', () => {
  const { periods, rows } = precisionGrid([
    line('a', null, { lift: 2 }),
    line('a', '2026-09'),
    line('b', null, { lift: 5 }),
    line('b', '2026-10'),
    line('b', '2026-08'),
  ]);
  expect(periods).toEqual(['2026-08', '2026-09', '2026-10']);
  expect(rows.map(({ whole, periods: some }) => [whole.rule, some.map((one) => one?.period ?? null)])).toEqual([
    ['b', ['2026-08', null, '2026-10']],
    ['a', [null, '2026-09', null]],
  ]);
});

test('what cannot be judged yet stands last, the one with more waiting hits before the other', () => {
  const { rows } = precisionGrid([line('x', null, { undecided: 3 }), line('y', null, { undecided: 9 }), line('z', null, { lift: 0 })]);
  expect(rows.map(({ whole }) => whole.rule)).toEqual(['z', 'y', 'x']);
});
