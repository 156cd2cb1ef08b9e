import { expect, test } from 'vitest';
import type { Plan } from '#audience';
import { BLOCK, type Cells, EVERYONE, noCells, putCode } from '#tag';
import { drawn, membersIn, type Settled, tagsIn } from './population.ts';

const cells = (kind: Cells['kind'], values: Readonly<Record<number, number>>): Cells => {
  const made = noCells(kind);
  for (const [at, code] of Object.entries(values)) putCode(made, Number(at), code);
  return made;
};
/** People 0 to 4; 5 counts no more. A flag 11, a one-of 12, a number 13. */
const opened = new Map([
  [EVERYONE, cells('flag', { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 0 })],
  [11, cells('flag', { 0: 1, 1: 0, 2: 1, 5: 1 })],
  [12, cells('oneOf', { 0: 1, 1: 2, 2: 3 })],
  [13, cells('number', { 0: -5, 1: 0, 3: 70_000 })],
]);
const who = (plan: Settled): number[] => [...membersIn(plan, 0, opened)].flatMap((one, at) => (one === 1 ? [at] : []));
const range = (from: number | null, to: number | null, side: 'in' | 'out' = 'in'): Settled & Plan => ({
  op: 'range',
  tag: 13,
  from,
  to,
  side,
});

test.each<[Settled, number[]]>([
  [{ op: 'everyone' }, [0, 1, 2, 3, 4]],
  [{ op: 'nobody' }, []],
  [{ op: 'flag', tag: 11, side: 'yes' }, [0, 2]],
  [{ op: 'flag', tag: 11, side: 'no' }, [1]],
  [{ op: 'unknown', tag: 11 }, [3, 4]],
  [{ op: 'known', tag: 99 }, []],
  [{ op: 'unknown', tag: 99 }, [0, 1, 2, 3, 4]],
  [{ op: 'codes', tag: 12, codes: [1, 3], side: 'in' }, [0, 2]],
  [{ op: 'codes', tag: 12, codes: [1, 3], side: 'out' }, [1]],
  [range(-5, 0), [0, 1]],
  [range(0, null), [1, 3]],
  [range(null, 0, 'out'), [3]],
  [{ op: 'or', of: [{ op: 'flag', tag: 11, side: 'no' }, range(1, null)] }, [1, 3]],
  [
    {
      op: 'and',
      of: [
        { op: 'known', tag: 13 },
        { op: 'known', tag: 12 },
      ],
    },
    [0, 1],
  ],
  [{ op: 'and', of: [] }, [0, 1, 2, 3, 4]],
  [{ op: 'or', of: [] }, []],
])('%j means %j', (plan, people) => {
  expect(who(plan)).toEqual(people);
});

test('every tag is seen, in a ranking too; and a settled one knows who of a block is among the best', () => {
  const top: Plan = { op: 'top', n: 5, by: 13, order: 'highest', of: { op: 'everyone' }, side: 'in' };
  const nested: Plan = {
    op: 'and',
    of: [
      { op: 'known', tag: 12 },
      { op: 'or', of: [top, range(0, 1)] },
    ],
  };
  expect(tagsIn(nested)).toEqual([12, 13]);
  const best = (last: number | null, equal: Record<number, number>, side: 'in' | 'out' = 'in') =>
    who({ op: 'best', by: 13, order: 'highest', of: { op: 'known', tag: 12 }, last, equal, side });
  expect(best(null, {})).toEqual([0, 1]);
  expect(best(0, { 0: 1 })).toEqual([1]);
  expect(best(-5, {})).toEqual([1]);
  expect(best(-5, {}, 'out')).toEqual([0, 2, 3, 4]);
});

test('a sample is the share that was asked for, the same every time, and all where there are no more', () => {
  const all = new Uint8Array(BLOCK).fill(1);
  const some = drawn(all, 3, { most: 10_000, all: 100_000 });
  const count = some.reduce((sum, one) => sum + one, 0);
  expect(count / BLOCK).toBeGreaterThan(0.095);
  expect(count / BLOCK).toBeLessThan(0.105);
  expect(drawn(all, 3, { most: 10_000, all: 100_000 })).toEqual(some);
  expect(drawn(all, 3, { most: 100_000, all: 100_000 })).toBe(all);
});
