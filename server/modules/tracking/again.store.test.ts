import { afterAll, beforeAll, expect, test } from 'vitest';
import type { House } from '#platform/module';
import { foldOutdated } from './again.ts';
import { aTrackingHouse, takeIn } from './fixtures.ts';

let house: House;
beforeAll(async () => {
  house = await aTrackingHouse();
});
afterAll(() => house?.db.close());

const rows = () =>
  house.db.query<{ root_value: string; fold_version: number; milestone: string }>(
    '',
    'select root_value, fold_version, milestone from tracking.journey order by 1',
  );

test('journeys that an older program folded are folded anew, the others are left alone', async () => {
  const orders = Array.from({ length: 250 }, (_, i) => `A${String(i).padStart(3, '0')}`);
  await takeIn(
    house,
    orders.map((order) => ({ id: order, type: 'order.checked', time: '2026-11-01T00:00:00Z', keys: { order }, scenario: 'broadband-new' })),
  );
  const right = await rows();
  await house.db.query('', `update tracking.journey set fold_version = 0, milestone = 'nowhere' where root_value < 'A230'`);
  const batches = async () => (await house.db.query<{ n: number }>('', 'select count(*) n from tracking.batch'))[0]?.n ?? 0;
  const before = await batches();
  expect(await foldOutdated(house)).toBe(230);
  expect(await rows()).toEqual(right);
  expect(await batches()).toBe(before + 2);
  expect(await foldOutdated(house)).toBe(0);
});
