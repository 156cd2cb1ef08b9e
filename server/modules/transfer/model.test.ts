import { expect, test } from 'vitest';
import { UNDO_DAYS, undoObstacle, undoUntil } from './model.ts';

const made = { made_at: 1_000, undone_at: null };
const last = undoUntil(made);

test.each<[what: string, t: { made_at: number; undone_at: number | null }, later: boolean, now: number, because: string | null]>([
  ['at once', made, false, 1_000, null],
  ['at the last instant of the window', made, false, last, null],
  ['after it', made, false, last + 1, 'transfer.window-over'],
  ['while a later one stands', made, true, 2_000, 'transfer.later'],
  ['a second time', { ...made, undone_at: 3_000 }, true, last + 1, 'transfer.undone'],
])('taking a transfer back %s', (_, t, later, now, because) => expect(undoObstacle(t, { later, now })).toBe(because));

test('the window is seven days', () => expect([UNDO_DAYS, last - made.made_at]).toEqual([7, 604_800_000]));
