import { expect, test } from 'vitest';
import { BYTES, makeWorkload, portions } from './workload.ts';

const workload = makeWorkload({ prefix: 't', journeys: 300, perJourney: 12, duplicates: 0.1, disorder: 0.1, seed: 3 });
type Sent = { id: string; time: string; keys: { order: string } };
const sent = workload.lines.map((l) => JSON.parse(l) as Sent);

test('every event has 350 bytes and two keys', () => {
  for (const line of workload.lines) expect(Buffer.byteLength(line)).toBe(BYTES);
  for (const e of sent) expect(Object.keys(e.keys)).toEqual(['order', 'workOrder']);
});

test('every event is sent, a tenth of them twice', () => {
  expect(workload.events).toBe(3_600);
  expect(new Set(sent.map((e) => e.id)).size).toBe(3_600);
  expect(workload.lines.length).toBe(3_600 + workload.duplicates);
  expect(workload.duplicates / 3_600).toBeGreaterThan(0.08);
  expect(workload.duplicates / 3_600).toBeLessThan(0.12);
});

test('a tenth of the events arrives after a later one of its journey', () => {
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  let late = 0;
  for (const e of sent) {
    if (seen.has(e.id)) continue;
    seen.add(e.id);
    const at = Date.parse(e.time);
    if (at < (latest.get(e.keys.order) ?? 0)) late++;
    latest.set(e.keys.order, Math.max(at, latest.get(e.keys.order) ?? 0));
  }
  expect(late / 3_600).toBeGreaterThan(0.08);
  expect(late / 3_600).toBeLessThan(0.12);
});

test('all journeys are open at once: neighbours in a post are events of different journeys', () => {
  const [middle] = portions(sent.slice(1_800), 100);
  expect(new Set(middle?.map((e) => e.keys.order)).size).toBeGreaterThan(70);
});

test('the same seed gives the same lines', () => {
  expect(makeWorkload({ prefix: 't', journeys: 300, perJourney: 12, duplicates: 0.1, disorder: 0.1, seed: 3 }).lines).toEqual(
    workload.lines,
  );
});

test('portions keep the order and lose nothing', () => {
  expect(portions([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(portions([], 2)).toEqual([]);
});
