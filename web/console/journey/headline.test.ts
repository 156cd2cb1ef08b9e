import { expect, test } from 'vitest';
import { causes, headline } from './headline.ts';
import { aJourney, aMilestone, at, aWait, NOW } from './journey.fixture.ts';
import { journeyState } from './journeyState.ts';

const said = (journey: Parameters<typeof headline>[0]) => headline(journey, NOW).map((fact) => fact.is);

test('an open order: who has it, how long that takes, what is next, and the promise', () => {
  expect(said(aJourney())).toEqual(['held', 'usual', 'next', 'promise']);
  expect(headline(aJourney(), NOW)[0]).toMatchObject({ seconds: 7200, beyond: null });
  expect(headline(aJourney(), NOW)[2]).toMatchObject({ milestone: 'completed' });
});

test('a holder beyond his own limit is told so', () => {
  const journey = aJourney({ holder: { ...aJourney().holder!, limit: at(-1) } });
  expect(headline(journey, NOW)[0]).toMatchObject({ is: 'held', beyond: 3600 });
});

test('a late order says why', () => {
  const journey = aJourney({ promise: { ...aJourney().promise!, to: at(-1), overdue: true } });
  expect(said(journey)).toEqual(['held', 'usual', 'next', 'promise', 'slow']);
});

test('a wait is said, and said to be over when its end has passed', () => {
  const names = { zh: 'w', en: 'w' };
  const wait = { id: 'w', names, customer: names, since: at(-9), until: at(-1) };
  expect(headline(aJourney({ wait }), NOW)).toContainEqual({ is: 'waiting', since: at(-9), until: at(-1), overrun: true });
});

test('a silent source is named: silence is no stuck order', () => {
  const source = { id: 'logistics', name: 'L', events: 1, lastAt: at(-5), lastHeardAt: at(-4), silent: true };
  const journey = aJourney({ sources: [source], holder: { ...aJourney().holder!, limit: at(-1) } });
  expect(said(journey)).toContain('silent');
  expect(journeyState(journey, NOW)).not.toBe('heldBack');
  expect(journeyState({ ...journey, sources: [] }, NOW)).toBe('heldBack');
});

test('a done order says how long it took and whether that was as promised', () => {
  const promise = { ...aJourney().promise!, to: at(-2), netSeconds: 3600 };
  expect(headline(aJourney({ state: 'done', finishedAt: at(-1), promise, milestones: [] }), NOW)).toEqual([
    { is: 'done', at: at(-1), seconds: 4 * 3600, net: 3600, late: true },
  ]);
});

test('a withdrawn order says why', () => {
  expect(headline(aJourney({ state: 'cancelled', finishedAt: at(-1), reason: '等太久' }), NOW)).toEqual([
    { is: 'cancelled', at: at(-1), reason: '等太久' },
  ]);
});

test('causes: the dearest first, waits of one kind added up, at most three', () => {
  const journey = aJourney({
    milestones: [aMilestone({ state: 'active', enteredAt: at(-30) })],
    waits: [
      aWait({ since: at(-9), endedAt: at(-8) }),
      aWait({ since: at(-7), endedAt: at(-5) }),
      aWait({ id: 'permit', since: at(-4), endedAt: at(-3) }),
    ],
  });
  expect(causes(journey, NOW).map((cause) => [cause.id, cause.seconds / 3600])).toEqual([
    ['accepted', 25],
    ['customer-reappointed', 3],
    ['permit', 1],
  ]);
});
