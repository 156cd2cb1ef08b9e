import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { gather } from './gather.ts';

const sent: number[][] = [];
const doubling =
  (ms = 1) =>
  async (questions: readonly number[]) => {
    sent.push([...questions]);
    await sleep(ms);
    return questions.map((n) => n * 2);
  };
const fresh = <T>(x: T): T => {
  sent.length = 0;
  return x;
};

it('what is asked in one turn goes out together, and everybody gets his own answer', async () => {
  const ask = fresh(gather(doubling()));
  expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
  expect(sent).toEqual([[1, 2, 3]]);
});

it('no more go out at once, nor in one statement, than is said; the rest follows', async () => {
  const ask = fresh(gather(doubling(5), { most: 3, inFlight: 2 }));
  const all = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(ask));
  await sleep(2);
  expect(sent).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(await all).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  expect(sent).toHaveLength(3);
});

it('a question never joins a statement that was sent before it', async () => {
  const ask = fresh(gather(doubling(10), { inFlight: 1 }));
  const first = ask(1);
  await sleep(3);
  const second = ask(2);
  await Promise.all([first, second]);
  expect(sent).toEqual([[1], [2]]);
});

it('a failure is told to those who asked together, and to nobody after', async () => {
  let broken = true;
  const ask = gather(async (questions: readonly number[]) => {
    if (broken) throw new Error('the store is away');
    return questions;
  });
  const both = await Promise.allSettled([ask(1), ask(2)]);
  expect(both.map((r) => r.status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await ask(3)).toBe(3);
});
