import { expect, test } from 'vitest';
import { dueAt, dueBy, openLoop } from './schedule.ts';

test('the first request is due at once, the others at the rate, and never more than all', () => {
  expect(dueBy(-1, 100, 10)).toBe(0);
  expect(dueBy(0, 100, 10)).toBe(1);
  expect(dueBy(9.99, 100, 10)).toBe(1);
  expect(dueBy(10, 100, 10)).toBe(2);
  expect(dueBy(1e9, 100, 10)).toBe(10);
});

test('a request is due exactly when it counts as due', () => {
  for (const rate of [1, 3, 7, 333, 1_000, 12_345])
    for (let i = 0; i < 2_000; i += 37) expect(dueBy(dueAt(i, rate), rate, 1e9)).toBe(i + 1);
});

/** A clock that moves only while somebody pauses. */
function fakeClock() {
  let now = 0;
  const waiting: { at: number; go: () => void }[] = [];
  return {
    now: () => now,
    pause: (ms: number) =>
      new Promise<void>((go) => {
        waiting.push({ at: now + ms, go });
      }),
    async run(until: number) {
      while (now <= until) {
        await new Promise((tick) => setImmediate(tick));
        waiting.sort((a, b) => a.at - b.at);
        const next = waiting.shift();
        if (next === undefined) return;
        now = Math.max(now, next.at);
        next.go();
      }
    },
  };
}

test('every request goes out when it is due, and a quick server is quick', async () => {
  const clock = fakeClock();
  const sentAt: number[] = [];
  const loop = openLoop({ rate: 100, total: 50, now: clock.now, pause: clock.pause, send: async () => void sentAt.push(clock.now()) });
  await clock.run(10_000);
  const { latency, failed } = await loop;
  expect(sentAt).toEqual(Array.from({ length: 50 }, (_, i) => i * 10));
  expect(failed).toBe(0);
  expect(latency.max).toBe(0);
});

test('a server that stands still pays for every request that fell due meanwhile', async () => {
  const clock = fakeClock();
  const stop = { until: 1_000 };
  const send = async () => {
    if (clock.now() < stop.until) await clock.pause(stop.until - clock.now());
  };
  const loop = openLoop({ rate: 100, total: 200, now: clock.now, pause: clock.pause, send });
  await clock.run(10_000);
  const { latency } = await loop;
  expect(latency.count).toBe(200);
  expect(latency.max).toBe(1_000); // the first waited the whole second, the next 10 ms less …
  expect(latency.percentile(0.75)).toBeGreaterThan(480);
  expect(latency.percentile(0.75)).toBeLessThan(520);
});

test('a generator that oversleeps sends what is due at once and counts from when it was due', async () => {
  let now = 0;
  const naps = [500];
  const pause = async (ms: number) => {
    await new Promise((answered) => setImmediate(answered));
    now += Math.max(ms, naps.shift() ?? 0);
  };
  const { latency } = await openLoop({ rate: 100, total: 51, now: () => now, pause, send: async () => undefined });
  expect(latency.max).toBe(490);
});

test('failures are counted, not timed', async () => {
  const { failed, why, latency } = await openLoop({
    rate: 1e6,
    total: 3,
    send: (i) => (i === 1 ? Promise.reject(new Error('no')) : Promise.resolve()),
  });
  expect({ failed, why, count: latency.count }).toEqual({ failed: 1, why: 'no', count: 2 });
});
