import { expect, test } from 'vitest';
import { inTurns, type Sliced, slice, wholly } from './worker-slices.ts';

function* counting(name: string, slices: number, seen: string[]): Sliced<string> {
  for (let i = 1; i < slices; i++) {
    seen.push(name);
    yield;
  }
  seen.push(name);
  return `${name} is done`;
}

test('a short question that comes later is answered before a long one, and none is left out', () => {
  const [seen, answers, waiting]: [string[], string[], (() => void)[]] = [[], [], []];
  const turns = inTurns((fn) => waiting.push(fn));
  const ask = (n: number, name: string, slices: number) =>
    turns.begin(
      n,
      counting(name, slices, seen),
      (v) => answers.push(v),
      () => undefined,
    );
  ask(1, 'long', 5);
  ask(2, 'short', 1);
  ask(3, 'middle', 2);
  while (waiting.length > 0) waiting.shift()?.();
  expect(seen.join(' ')).toBe('long long short middle long middle long long');
  expect(answers).toEqual(['short is done', 'middle is done', 'long is done']);
});

test('who fails is told, as is who is stopped, and the others go on', () => {
  const [answers, waiting]: [unknown[], (() => void)[]] = [[], []];
  const turns = inTurns((fn) => waiting.push(fn));
  const ask = (n: number, work: Sliced<string>) =>
    turns.begin(
      n,
      work,
      (v) => answers.push(v),
      (e) => answers.push((e as Error).message),
    );
  const failing = function* (): Sliced<string> {
    yield;
    throw new Error('no room');
  };
  ask(1, failing());
  ask(2, counting('stopped', 9, []));
  ask(3, counting('other', 2, []));
  turns.stop(2);
  while (waiting.length > 0) waiting.shift()?.();
  turns.stop(3);
  expect(answers).toEqual(['nobody waits for it', 'no room', 'other is done']);
});

test('portions leave out nothing and nobody twice', () => {
  const seen: number[] = [];
  const all = (function* (): Sliced<number> {
    let slices = 0;
    for (let at = 0; at < 1_000; slices++) {
      at = slice(at, 1_000, 16, (from, to) => {
        for (let i = from; i < to; i++) seen.push(i);
      });
      yield;
    }
    return slices;
  })();
  expect(wholly(all)).toBeGreaterThan(0);
  expect(seen).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
});
