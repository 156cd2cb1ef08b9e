import { expect, it } from 'vitest';
import { gather } from './gather.ts';

const sent: number[][] = [];
const doubling = async (questions: readonly number[]) => {
  sent.push([...questions]);
  return questions.map((n) => n * 2);
};
/** Answers when it is told to. */
function slowly() {
  const answers = Promise.withResolvers<void>();
  const ask = async (questions: readonly number[]) => {
    const doubled = doubling(questions);
    await answers.promise;
    return doubled;
  };
  return { ask, answer: answers.resolve };
}
/** Whatever goes out has gone out: a statement goes at the end of its turn, the next one a turn later. */
const turns = async () => {
  for (let n = 0; n < 5; n++) await new Promise((done) => setImmediate(done));
};
const fresh = <T>(x: T): T => {
  sent.length = 0;
  return x;
};

it('what is asked in one turn goes out together, and everybody gets his own answer', async () => {
  const ask = fresh(gather(doubling));
  expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
  expect(sent).toEqual([[1, 2, 3]]);
});

it('no more go out at once, nor in one statement, than is said; the rest follows', async () => {
  const store = slowly();
  const ask = fresh(gather(store.ask, { most: 3, inFlight: 2 }));
  const all = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(ask));
  await turns();
  expect(sent).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  store.answer();
  expect(await all).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  expect(sent).toHaveLength(3);
});

it('a question never joins a statement that was sent before it', async () => {
  const store = slowly();
  const ask = fresh(gather(store.ask, { inFlight: 1 }));
  const first = ask(1);
  await turns();
  const second = ask(2);
  await turns();
  store.answer();
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
