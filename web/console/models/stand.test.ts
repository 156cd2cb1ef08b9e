import { expect, test } from 'vitest';
import type { Model, Version } from './models.ts';
import { goodnessOf, pathOf, shareOf, standOf, three, timesOf } from './stand.ts';

const aVersion = (n: number, state: Version['state'], over: Partial<Version> = {}): Version => ({ n, state, progress: null, ...over }) as Version; // biome-ignore format: one line

test('a model says first what is under way, then what is in use, then what waits', () => {
  const progress = { step: 'judging', done: 2, total: 6 } as const;
  const one = aVersion(1, 'published');
  expect(standOf({ kind: 'outside', latest: one, published: one })).toMatchObject({ state: 'outside' });
  expect(standOf({ kind: 'trained', latest: null, published: null }).state).toBe('none');
  expect(standOf({ kind: 'trained', latest: aVersion(2, 'training', { progress }), published: one })).toEqual({
    state: 'training',
    n: 2,
    share: 1 / 3,
  });
  expect(standOf({ kind: 'trained', latest: aVersion(2, 'failed'), published: one })).toMatchObject({ state: 'published', n: 1 });
  expect(standOf({ kind: 'trained', latest: aVersion(1, 'trained'), published: null })).toMatchObject({ state: 'trained', n: 1 });
});

test('shares, figures and factors read as people say them', () => {
  expect([shareOf({ done: 0, total: 0 }), shareOf({ done: 7, total: 5 })]).toEqual([0, 1]);
  expect([three(0.84926), three(null)]).toEqual(['0.849', '–']);
  expect([timesOf(Math.log(1.84)), timesOf(Math.log(0.447)), timesOf(Math.log(12.3)), timesOf(0)]).toEqual(['1.8', '0.45', '12', '1.0']);
});

test('a curve is drawn from the lower left', () => {
  expect(pathOf([{ x: 0, y: 0 }, { x: 0.5, y: 1 }], 100)).toBe('M0.0 100.0L50.0 0.0'); // biome-ignore format: one line
});

test('scores from outside are as good as those of a day were that has been judged', () => {
  const judged = { of: '2026-10-02', n: 900, positives: 80, auc: 0.81, ece: 0.02 };
  const health: NonNullable<Model['health']> = { state: 'good', day: '2026-11-22', because: [], judged };
  const one = aVersion(1, 'published', { figures: { auc: 0.9, ece: 0.01 } as Version['figures'] });
  expect(goodnessOf({ kind: 'outside', latest: one, published: one, health })).toMatchObject({ auc: 0.81, ece: 0.02, of: '2026-10-02' }); // biome-ignore format: one line
  expect(goodnessOf({ kind: 'outside', latest: one, published: one, health: null })).toEqual({ auc: null, ece: null, of: null });
  expect(goodnessOf({ kind: 'trained', latest: one, published: null, health: null })).toEqual({ auc: 0.9, ece: 0.01, of: null });
});
