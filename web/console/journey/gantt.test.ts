import { expect, test } from 'vitest';
import { gantt } from './gantt.ts';
import { aJourney, aMilestone, at, aWait, NOW } from './journey.fixture.ts';

const hour = 3_600_000;

test('a finished milestone is drawn where it was, with its usual time beside it', () => {
  const [row] = gantt(aJourney(), NOW).rows;
  expect(row?.actual).toEqual({ from: NOW - 5 * hour, to: NOW - 2 * hour, open: false });
  expect(row?.plan).toEqual({ from: NOW - 5 * hour, p50: NOW - 4.5 * hour, p90: NOW - 4 * hour });
});

test('an open milestone reaches to now', () => {
  expect(gantt(aJourney(), NOW).rows[1]?.actual).toEqual({ from: NOW - 2 * hour, to: NOW, open: true });
});

test('what is to come follows from now, one after the other', () => {
  const journey = aJourney({
    milestones: [aMilestone({ state: 'active', enteredAt: at(-2) }), aMilestone({ id: 'b' }), aMilestone({ id: 'c' })],
  });
  const rows = gantt(journey, NOW).rows;
  expect(rows[1]?.plan?.from).toBe(NOW);
  expect(rows[2]?.plan?.from).toBe(NOW + hour / 2);
});

test('the picture reaches to the promise of an open journey and to the end of one that is over', () => {
  expect(gantt(aJourney(), NOW).to).toBe(NOW + 10 * hour);
  expect(gantt(aJourney({ state: 'done', finishedAt: at(-1) }), NOW).to).toBe(NOW - hour);
});

test('time spent waiting makes nobody slow', () => {
  const long = aMilestone({ state: 'active', enteredAt: at(-4), planned: { p50: 1800, p90: 2 * 3600 } });
  expect(gantt(aJourney({ milestones: [long] }), NOW).rows[0]?.slow).toBe(true);
  const waited = aJourney({ milestones: [long], waits: [aWait({ since: at(-3.5), endedAt: at(-1) })] });
  expect(gantt(waited, NOW).rows[0]?.slow).toBe(false);
});

test('a wait without an end lasts until now, and is clipped to its milestone', () => {
  const journey = aJourney({ waits: [aWait({ since: at(-3), endedAt: null })] });
  const rows = gantt(journey, NOW).rows;
  expect(rows[0]?.waits).toMatchObject([{ from: NOW - 3 * hour, to: NOW - 2 * hour }]);
  expect(rows[1]?.waits).toMatchObject([{ from: NOW - 2 * hour, to: NOW }]);
});

test('a few seconds beyond a short step are not called slow', () => {
  const quick = aMilestone({ state: 'done', enteredAt: at(-1), leftAt: at(-0.99), planned: { p50: 0, p90: 0 } });
  expect(gantt(aJourney({ milestones: [quick] }), NOW).rows[0]?.slow).toBe(false);
});

test('skipped milestones and those a cancelled order never reached have no bar', () => {
  const journey = aJourney({ state: 'cancelled', milestones: [aMilestone({ state: 'skipped' }), aMilestone({ id: 'b' })] });
  for (const row of gantt(journey, NOW).rows) expect([row.actual, row.plan]).toEqual([null, null]);
});
