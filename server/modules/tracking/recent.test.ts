import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('what is used stays, what is not goes, and never more than asked for is kept', () => {
  const recent = new Recent<number>(4);
  for (let i = 0; i < 20; i++) {
    recent.set(`n${i}`, i);
    expect(recent.get('n0')).toBe(0);
  }
  expect(Array.from({ length: 20 }, (_, i) => i).filter((i) => recent.has(`n${i}`)).length).toBeLessThanOrEqual(4);
  expect(recent.has('n19')).toBe(true);
  expect(recent.has('n5')).toBe(false);
});

test('what is deleted or cleared is gone from both halves', () => {
  const recent = new Recent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.delete('a');
  expect(recent.get('a')).toBeUndefined();
  recent.clear();
  expect(recent.has('b')).toBe(false);
});
