import { expect, test } from 'vitest';
import { evenTime } from './even-time.ts';

const open = () => evenTime({ least: 10, most: 100, half: 5_000 });

test('on a quiet machine every miss takes the same time, whatever it was', () => {
  const wait = open();
  for (const [elapsed, now] of [
    [2, 0],
    [9, 5],
    [0.5, 9],
  ] as const)
    expect(elapsed + wait(elapsed, now)).toBe(10);
});

test('on a busy one misses of every kind take the same time too: that of the slow ones; when it is quiet again, so are they', () => {
  const wait = open();
  const took = (elapsed: number, now: number) => elapsed + wait(elapsed, now);
  const kinds = [17, 18, 17.5, 18.5, 17, 18, 21, 17];
  let now = 0;
  for (let i = 0; i < 400; i++) took((kinds[i % 8] as number) + (i % 3), now++);
  const late = kinds.map((k) => took(k, now++));
  expect(Math.max(...late) - Math.min(...late)).toBeLessThan(1 + Math.min(...late) / 10);
  expect(Math.min(...late)).toBeGreaterThan(20);
  expect(took(2, now + 30_000)).toBe(10);
});

test('one hiccup holds up nobody, and nothing is held up for ever', () => {
  const wait = open();
  wait(5_000, 0);
  expect(5 + wait(5, 1)).toBeLessThan(11);
  for (let i = 0; i < 500; i++) wait(5_000, i);
  expect(5 + wait(5, 500)).toBe(100);
});
