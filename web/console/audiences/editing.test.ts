import { expect, test } from 'vitest';
import { beginEditing, editing } from './editing.ts';
import { add, aGroup, aLine, put, remove } from './tree.ts';

const begun = beginEditing(aGroup('and'));
const root = begun.history.now;
const line = aLine({ on: 'tag', tag: 'spent', ask: null });
const added = editing(begun, { do: 'change', how: (r) => add(r, r.id, line), open: line.id });
const typed = (state: typeof added, from: number) =>
  editing(state, {
    do: 'change',
    how: (r) => put(r, { ...line, what: { on: 'tag', tag: 'spent', ask: { how: 'range', from, to: null } } }),
    tag: 'from',
  });

test('a new line is open, and closed again when it is gone', () => {
  expect(added.open).toBe(line.id);
  expect(editing(added, { do: 'change', how: (r) => remove(r, line.id) }).open).toBeNull();
  expect(editing(added, { do: 'undo' })).toMatchObject({ open: null, history: { now: root } });
});

test('typing on in one field is one step back', () => {
  const twice = typed(typed(added, 1), 10);
  expect(editing(twice, { do: 'undo' }).history.now).toEqual(added.history.now);
  expect(editing(editing(twice, { do: 'undo' }), { do: 'redo' }).history.now).toEqual(twice.history.now);
});
