import { expect, test } from 'vitest';
import { countedOnce } from './once.ts';
import type { Counted, Plan } from './plan.ts';

const plan = (tag: number): Plan => ({ op: 'flag', tag, side: 'yes' });

test('a count that is under way answers whoever asks the same, until a change of tags is heard of', async () => {
  const asked: ((c: Counted) => void)[] = [];
  const once = countedOnce({ count: () => new Promise((done) => asked.push(done)), size: async () => 0 });
  const [a, b, other] = [once.count(plan(1)), once.count(plan(1)), once.count(plan(2))];
  expect(asked.length).toBe(2);
  once.changed();
  const after = once.count(plan(1));
  expect(asked.length).toBe(3);
  for (const [i, done] of asked.entries()) done({ count: i, funnel: [] });
  expect((await Promise.all([a, b, other, after])).map((c) => c.count)).toEqual([0, 0, 1, 2]);
  void once.count(plan(1));
  expect(asked.length).toBe(4);
});

test('a count that failed is asked anew', async () => {
  let times = 0;
  const once = countedOnce({
    count: () => (times++ === 0 ? Promise.reject(new Error('away')) : Promise.resolve({ count: 7, funnel: [] })),
    size: async () => 0,
  });
  await expect(once.count(plan(1))).rejects.toThrow('away');
  expect((await once.count(plan(1))).count).toBe(7);
});

test('a count that nobody waits for any more is given up, and whoever asks then has one of his own', async () => {
  const asked: AbortSignal[] = [];
  const once = countedOnce({
    count: (_, gone) => {
      asked.push(gone as AbortSignal);
      return new Promise(() => undefined);
    },
    size: async () => 0,
  });
  const [first, second] = [new AbortController(), new AbortController()];
  void once.count(plan(1), first.signal);
  void once.count(plan(1), second.signal);
  first.abort();
  expect(asked.map((s) => s.aborted)).toEqual([false]);
  second.abort();
  expect(asked.map((s) => s.aborted)).toEqual([true]);
  void once.count(plan(1), second.signal);
  void once.count(plan(1));
  expect(asked.map((s) => s.aborted)).toEqual([true, true, false]);
});
