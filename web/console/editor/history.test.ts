import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin, change, redo, undo } from './history.ts';

test('undo goes back one change, redo forward again', () => {
  const h = change(change(begin('a'), 'b'), 'c');
  expect(undo(h).now).toBe('b');
  expect(undo(undo(h)).now).toBe('a');
  expect(undo(undo(undo(h))).now).toBe('a');
  expect(redo(undo(h))).toEqual({ ...h, tag: null });
});

test('typing on in one field is one step back, another field is another', () => {
  const h = change(change(change(begin({ x: '', y: '' }), { x: 'o', y: '' }, 'x'), { x: 'on', y: '' }, 'x'), { x: 'on', y: '1' }, 'y');
  expect(undo(h).now).toEqual({ x: 'on', y: '' });
  expect(undo(undo(h)).now).toEqual({ x: '', y: '' });
});

test('after an undo, typing in the same field is a step of its own', () => {
  const h = undo(change(begin('a'), 'ab', 'x'));
  expect(undo(change(h, 'abc', 'x')).now).toBe('a');
});

test('a change that changes nothing is none, and keeps what can be done again', () => {
  const h = undo(change(begin({ n: 1 }), { n: 2 }));
  expect(change(h, { n: 1 })).toBe(h);
});

test('as many undos as changes lead back to the beginning, as many redos to the end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 50 }), (values) => {
      const end = values.reduce((h, v) => change(h, v), begin(-1));
      let h = end;
      for (const _ of values) h = undo(h);
      expect(h.now).toBe(-1);
      for (const _ of values) h = redo(h);
      expect(h.now).toBe(end.now);
    }),
  );
});
