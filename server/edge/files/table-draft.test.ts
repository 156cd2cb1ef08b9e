import { expect, test } from 'vitest';
import { kindDrafter } from './table-draft.ts';

const drafted = (columns: Record<string, string[]>, apart: string[] = []) => {
  const drafter = kindDrafter(new Set(['', 'NA']), new Set(apart));
  const names = Object.keys(columns);
  const rows = Math.max(...Object.values(columns).map((cells) => cells.length));
  for (let row = 0; row < rows; row++) drafter.take(names.map((name) => columns[name]?.[row] ?? ''));
  return drafter.draft(names);
};

const times = (count: number, cell: (at: number) => string) => Array.from({ length: count }, (_, at) => cell(at));

test.each([
  ['flag', ['Yes', 'no', '', '是']],
  ['flag', ['1', '0', 'NA']],
  ['flag', ['1', '1']],
  ['oneOf', ['Yes', 'No', 'No phone service']],
  ['oneOf', ['DSL', 'Fiber optic', 'DSL']],
  ['oneOf', ['0417', '0418', '0417']],
  ['oneOf', ['8986991234567890123', '8986991234567890123']],
  ['number', ['1', '2', '29.85', '-3e2', ' 4 ']],
  ['number', ['202611', '202612']],
  ['number', [...times(99, String), 'N/A']],
  ['oneOf', [...times(9, String), 'none']],
  ['date', ['2026-11-21', '2026/1/2', '']],
  ['date', ['20261121', '20261122']],
  ['date', ['2026年11月21日', '2026-11-21 09:30:00']],
  ['number', ['20261121', '20269999']],
] as const)('%s is drafted from %j', (kind, cells) => {
  expect(drafted({ a: [...cells] }).tags[0]?.kind).toBe(kind);
});

test('slips are counted and one is shown', () => {
  expect(drafted({ a: [...times(99, String), 'N/A'] }).tags).toEqual([
    { name: 'a', column: 'a', kind: 'number', known: 100, odd: 1, oddCell: 'N/A' },
  ]);
});

test('what is named apart, what nothing is known of and a row’s own number are no tags', () => {
  const { tags, leftOut } = drafted(
    {
      id: times(30, (at) => `C-${at}`),
      hall: times(30, (at) => `H-${at % 3}`),
      none: times(30, () => 'NA'),
      Churn: times(30, () => 'Yes'),
    },
    ['Churn'],
  );
  expect(tags.map(({ name }) => name)).toEqual(['hall']);
  expect(leftOut).toEqual([
    { column: 'id', because: 'a number of its own in each row' },
    { column: 'none', because: 'nothing known' },
    { column: 'Churn', because: 'named' },
  ]);
});

test('a column that a later row of NDJSON brings is drafted too', () => {
  const drafter = kindDrafter(new Set(['']), new Set());
  drafter.take(['1']);
  drafter.take(['2', 'a']);
  expect(drafter.draft(['x', 'y']).tags.map(({ kind }) => kind)).toEqual(['number', 'oneOf']);
});
