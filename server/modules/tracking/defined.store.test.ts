import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { book, publishNext } from '#scenario';
import { takeEffect } from './defined.ts';
import { aTrackingHouse, takeIn } from './fixtures.ts';

let house: House;
beforeAll(async () => {
  house = await aTrackingHouse();
});
afterAll(() => house?.db.close());

test('a scenario that an event named before it existed takes effect when it is defined', async () => {
  await takeIn(house, [
    { id: '1', type: 'order.submitted', time: '2026-11-01T00:00:00Z', keys: { order: 'D1' }, scenario: 'roof-garden' },
    { id: '2', type: 'order.checked', time: '2026-11-01T01:00:00Z', keys: { order: 'D1' } },
  ]);
  const state = async () =>
    (await house.db.query<{ scenario: string; stage: string | null }>('', 'select scenario, stage from tracking.journey'))[0];
  expect(await state()).toEqual({ scenario: 'unclassified', stage: null });
  const like = book.current('broadband-new');
  if (like === undefined) throw new Error('the standard scenarios are missing');
  await house.db.inTx(systemActor('test'), ({ tx }) => publishNext(tx, { ...like, id: 'roof-garden' }, 'test', Date.now()));
  await book.reload(house.db);
  expect(await takeEffect(house)).toBe(1);
  expect(await state()).toEqual({ scenario: 'roof-garden', stage: 'submitted' });
  expect(await takeEffect(house)).toBe(0);
});
