import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { ADMIN } from './seed.ts';
import type { World } from './world.ts';

/** Who keeps the customers' records: one person, two records, and the way back. */

const asAdmin = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
const ID = '990002198309057701';
const party = (key: string, name: string) => ({ kind: 'party', source: 'counter', at: '2026-11-01T00:00:00+08:00', key, is: 'person', area: 'd3-g02', person: { name, idNumber: ID } }); // biome-ignore format: one line

/** Two records of one person, and the finder asked to look. */
async function load(url: string): Promise<void> {
  const said = await fetch(`${url}/api/households`, { method: 'POST', headers: asAdmin, body: JSON.stringify([party('D-1', '汐小五'), party('D-2', '汐晓五')]) }); // biome-ignore format: one line
  expect(said.status).toBe(200);
  await fetch(`${url}/api/duplicates/finding`, { method: 'POST', headers: { authorization: asAdmin.authorization } });
  for (let looked = 0; (await openPairs(url)) === 0; looked++) {
    if (looked > 60) throw new Error('the finder found nobody');
    await sleep(500);
  }
}

const openPairs = async (url: string): Promise<number> =>
  ((await (await fetch(`${url}/api/duplicates?grade=certain`, { headers: asAdmin })).json()) as { total: number }).total;

export function duplicateStories(world: () => World): void {
  beforeAll(() => load(world().url), 60_000);

  test('two records are one customer and two again, by keys alone, and nobody is shown in full', async () => {
    const v = await world().visit('manager');
    const { page } = v;
    await page.goto(`${world().url}/console/duplicates`);
    await page.getByRole('row').filter({ hasText: '证件号相同' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: /合\s*并/ }).waitFor();
    await page.keyboard.press('m');
    await drawer.getByLabel('原因').waitFor();
    await drawer
      .getByRole('form', { name: '合并' })
      .getByRole('button', { name: /合\s*并/ })
      .press('Enter');
    await drawer.getByText('已合并', { exact: true }).waitFor();
    await page.keyboard.press('u');
    await drawer.getByRole('form', { name: '撤销合并' }).getByRole('button', { name: '撤销合并' }).press('Enter');
    await drawer.getByText('待定', { exact: true }).waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/小五|晓五|990002198309057701/);
    expect(v.clicks()).toBe(0);
    await v.end();
  });
}
