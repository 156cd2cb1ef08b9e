import { expect, test } from 'vitest';
import { apart } from './apart.ts';

const row = (kind: string, state: 'open' | 'done' | 'cancelled', value: string) => ({ root: { kind, value }, state });

test('tickets stand apart from orders, those under way before those that are over, and tasks only where there are some', () => {
  const rows = [row('order', 'open', '1'), row('ticket', 'done', '2'), row('trade', 'done', '3'), row('ticket', 'open', '4'), row('order', 'cancelled', '5')]; // biome-ignore format: one line
  const said = (all: ReturnType<typeof apart<(typeof rows)[number]>>) =>
    all.map(({ group, open, over }) => [group, open.map((r) => r.root.value), over.map((r) => r.root.value)]);
  expect(said(apart(rows))).toEqual([
    ['care', ['4'], ['2']],
    ['orders', ['1'], ['3', '5']],
  ]);
  expect(said(apart([row('task', 'open', '9')]))).toEqual([
    ['care', [], []],
    ['orders', [], []],
    ['tasks', ['9'], []],
  ]);
});
