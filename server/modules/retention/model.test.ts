import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf } from '#rule';
import {
  ACTS,
  type Act,
  assignObstacle,
  type CaseState,
  decide,
  isAsAssigned,
  isBelievable,
  obstacle,
  precisionOf,
  QUIET,
} from './model.ts';
import { periodOf } from './precision.ts';

const STATES: readonly CaseState[] = ['open', 'suppressed', 'taken', 'closed'];

describe('acts on a case', () => {
  const cases = STATES.flatMap((state) =>
    (Object.keys(ACTS) as Act[]).flatMap((act) => ['me', 'other'].map((holder) => ({ state, act, holder }))),
  );
  test.each(cases)('$act of a case that is $state and held by $holder', ({ state, act, holder }) => {
    const held = state === 'taken' || state === 'closed' ? holder : null;
    const may = (ACTS[act].from as readonly CaseState[]).includes(state) && (!ACTS[act].own || held === 'me');
    expect(obstacle(act, { state, holder: held }, 'me') === null).toBe(may);
  });
  test('say why not', () => {
    expect(obstacle('close', { state: 'closed', holder: 'me' }, 'me')).toBe('case.closed');
    expect(obstacle('take', { state: 'taken', holder: 'other' }, 'me')).toBe('case.taken');
    expect(obstacle('close', { state: 'open', holder: null }, 'me')).toBe('case.not-taken');
    expect(obstacle('close', { state: 'taken', holder: 'other' }, 'me')).toBe('case.not-yours');
  });
});

describe('a day’s hits', () => {
  const nothing = { suppressing: [], live: null, quietUntil: null };
  test('open a case', () => expect(decide(nothing, 10)).toEqual({ state: 'open', because: null }));
  test('leave one that is being talked about to whoever talks', () =>
    expect(decide({ ...nothing, live: 'taken', suppressing: ['open-fault'] }, 10)).toEqual({ state: 'taken', because: null }));
  test('are held back by an open fault, also when the case was open', () =>
    expect(decide({ ...nothing, live: 'open', suppressing: ['open-fault'] }, 10)).toEqual({ state: 'suppressed', because: 'open-fault' }));
  test('are given out when the fault is gone', () => expect(decide({ ...nothing, live: 'suppressed' }, 10).state).toBe('open'));
  test('are held back while he is left in peace, to the last day', () => {
    expect(decide({ ...nothing, quietUntil: 10 }, 10)).toEqual({ state: 'suppressed', because: QUIET });
    expect(decide({ ...nothing, quietUntil: 10 }, 11).state).toBe('open');
  });
});

describe('precision and lift', () => {
  const day = { day: 1, hits: 100, hitsLeft: 10, customers: 10_000, customersLeft: 200 };
  test('are the share of hits that left, and that over the share of all', () =>
    expect(precisionOf([day])).toEqual({ hits: 100, left: 10, precision: 0.1, base: 0.02, lift: 5 }));
  test('weigh days by their hits', () => {
    const quiet = { day: 2, hits: 300, hitsLeft: 6, customers: 10_000, customersLeft: 100 };
    const { precision, base, lift } = precisionOf([day, quiet]);
    expect([precision, base]).toEqual([16 / 400, (100 * 0.02 + 300 * 0.01) / 400]);
    expect(lift).toBeCloseTo(3.2);
  });
  test('are not said where there is nothing to say', () => {
    expect(precisionOf([])).toEqual({ hits: 0, left: 0, precision: null, base: null, lift: null });
    expect(precisionOf([{ ...day, hitsLeft: 0, customersLeft: 0 }])).toEqual({ hits: 100, left: 0, precision: 0, base: 0, lift: null });
  });
  test('a rule that speaks of everybody has lift 1', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.001, max: 1, noNaN: true })), { minLength: 1 }),
        (days) => {
          const all = days.map(([customers, share], i) => {
            const left = Math.ceil(customers * share);
            return { day: i, hits: customers, hitsLeft: left, customers, customersLeft: left };
          });
          expect(precisionOf(all).lift).toBeCloseTo(1);
        },
      ),
    ));
});

test('a night in which a twentieth of all leaves is not believed', () => {
  expect(isBelievable(50_000, 1_000_000)).toBe(true);
  expect(isBelievable(50_001, 1_000_000)).toBe(false);
  expect(isBelievable(3, 10)).toBe(true);
});

describe('giving cases away', () => {
  const li = { id: 'li', areas: ['east'] };
  const open = { state: 'open', holder: null, area: 'east' } as const;
  test.each([
    ['one that is open', open, null],
    ['one that is held back', { ...open, state: 'suppressed' }, null],
    ['another’s', { ...open, state: 'taken', holder: 'wang' }, null],
    ['his own', { ...open, state: 'taken', holder: 'li' }, 'case.with-him'],
    ['one that is over', { ...open, state: 'closed' }, 'case.closed'],
    ['one of another area', { ...open, area: 'west' }, 'case.not-his-area'],
    ['one of no area', { ...open, area: null }, 'case.not-his-area'],
  ] as const)('%s', (_what, one, because) => {
    expect(assignObstacle(one, li)).toBe(because);
  });
  test('is taken back only where nobody acted since', () => {
    const given = { to: 'li', at: 5 };
    expect(isAsAssigned({ state: 'taken', holder: 'li', taken_at: 5 }, given)).toBe(true);
    expect(isAsAssigned({ state: 'taken', holder: 'li', taken_at: 6 }, given)).toBe(false);
    expect(isAsAssigned({ state: 'taken', holder: 'wang', taken_at: 5 }, given)).toBe(false);
    expect(isAsAssigned({ state: 'closed', holder: 'li', taken_at: 5 }, given)).toBe(false);
  });
});

test('a week begins on its Monday', () => {
  expect(['2026-11-22', '2026-11-23', '2026-11-29', '2027-01-01', '1970-01-01'].map((d) => periodOf(dayOf(d), 'week'))).toEqual([
    '2026-11-16',
    '2026-11-23',
    '2026-11-23',
    '2026-12-28',
    '1969-12-29',
  ]);
});
