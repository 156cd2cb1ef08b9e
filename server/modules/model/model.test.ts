import { describe, expect, test } from 'vitest';
import { VERSION_STATES } from './contract.ts';
import { type Candidate, due, healthOf, inputsFor, keepsCopy, MOVES, mayMove, type VersionAct, warningsOf } from './model.ts';

const aTag = (name: string, over: Partial<Candidate> = {}): Candidate => ({
  name,
  purposes: ['analysis'],
  source: 'warehouse',
  rule: null,
  hidden: false,
  ...over,
});
const about = { label: 'left', score: 'score.leaving', purpose: 'analysis', foreseers: ['score.churn'] };

describe('what a model may learn from', () => {
  const chosen = (...tags: Candidate[]) => inputsFor(tags, about);

  test('is every shown tag that its purpose allows', () => {
    expect(
      chosen(aTag('age'), aTag('fee', { purposes: ['risk'] }), aTag('everyone', { purposes: [] }), aTag('x', { hidden: true })),
    ).toEqual({
      inputs: ['age'],
      leftOut: [
        { tag: 'fee', because: 'purpose' },
        { tag: 'everyone', because: 'purpose' },
      ],
    });
  });

  test('is never the label, its own score, or the score of whoever foresees the same', () => {
    const { inputs, leftOut } = chosen(aTag('left'), aTag('score.leaving'), aTag('score.churn'), aTag('age'));
    expect(inputs).toEqual(['age']);
    expect(leftOut.map((l) => l.because)).toEqual(['label', 'lineage', 'lineage']);
  });

  test('is nothing that a rule makes of the label, at first or at second hand', () => {
    const tags = [
      aTag('lost', { rule: 'left && own' }),
      aTag('lostTwice', { rule: 'lost > 1' }),
      aTag('reason', { rule: 'Why he went: taken from left.' }),
      aTag('leftHanded', { rule: 'leftHand == 1 && left.over > 0' }),
    ];
    expect(chosen(...tags).inputs).toEqual(['leftHanded']);
  });
});

describe('a version', () => {
  const acts: VersionAct[] = ['begin', 'finish', 'fail', 'cancel', 'publish', 'replace'];

  test('moves as the table says, and to states that there are', () => {
    for (const state of VERSION_STATES)
      for (const act of acts) {
        expect(mayMove(state, act)).toBe(act in MOVES[state]);
        if (mayMove(state, act)) expect(VERSION_STATES).toContain(MOVES[state][act]);
      }
  });

  test('that failed stays so, and one that was retired may come back', () => {
    expect(acts.filter((act) => mayMove('failed', act))).toEqual([]);
    expect(acts.filter((act) => mayMove('retired', act))).toEqual(['publish']);
  });
});

test('what is too good to be true is said, the whole and each input', () => {
  expect(warningsOf(0.84, [{ tag: 'age', alone: 0.6 }])).toEqual([]);
  expect(warningsOf(0.97, [{ tag: 'reason', alone: 0.96 }])).toEqual([
    { kind: 'too-good', auc: 0.97 },
    { kind: 'alone', tag: 'reason', auc: 0.96 },
  ]);
});

test.each([
  [{}, 'good', []],
  [{ psi: 0.05, aucDrop: -0.01, ece: 0.01, inputPsi: 0.2 }, 'good', []],
  [{ psi: 0.1 }, 'watch', ['psi']],
  [{ inputPsi: 3 }, 'watch', ['inputPsi']],
  [{ psi: 0.12, aucDrop: 0.09 }, 'again', ['psi', 'aucDrop']],
  [{ psi: null, ece: 0.06 }, 'again', ['ece']],
] as const)('%j is %s', (figures, state, because) => {
  expect(healthOf(figures)).toEqual({ state, because });
});

describe('scores that wait for their outcome', () => {
  test('are kept at first, and then four times within a horizon', () => {
    expect(keepsCopy(100, null, 90)).toBe(true);
    expect([100, 122, 123].map((today) => keepsCopy(today, 100, 90))).toEqual([false, false, true]);
    expect([100, 101].map((today) => keepsCopy(today, 100, 1))).toEqual([false, true]);
  });

  test('are judged when the horizon is over', () => {
    expect(due([130, 100, 107], 197, 90)).toEqual([100, 107]);
    expect(due([], 197, 90)).toEqual([]);
  });
});
