import { expect, test } from 'vitest';
import { beginEditing, editing } from './editing.ts';
import * as op from './operations.ts';
import { aScenario } from './scenario.fixture.ts';

const open = (at: number) => editing(beginEditing(aScenario()), { do: 'open', what: { kind: 'milestone', at } });

test('an open milestone stays open while it moves, is renamed, and while that is taken back', () => {
  const moved = editing(open(0), { do: 'change', how: (s) => op.moveMilestone(s, 0, 1) });
  expect(moved.open).toEqual({ kind: 'milestone', at: 1 });
  const renamed = editing(moved, { do: 'change', how: (s) => op.renameMilestone(s, 1, 'other') });
  expect(renamed.open).toEqual({ kind: 'milestone', at: 1 });
  expect(editing(editing(renamed, { do: 'undo' }), { do: 'undo' }).open).toEqual({ kind: 'milestone', at: 0 });
});

test('a removed milestone is closed, and not opened again by an undo', () => {
  const gone = editing(open(2), { do: 'change', how: (s) => op.removeMilestone(s, 2) });
  expect(gone.open).toBeNull();
  expect(editing(gone, { do: 'undo' }).open).toBeNull();
});

test('a change can open what it has made', () => {
  const state = editing(open(0), { do: 'change', how: (s) => op.moveStage(s, 0, 1), open: () => ({ kind: 'stage', at: 1 }) });
  expect(state.open).toEqual({ kind: 'stage', at: 1 });
});
