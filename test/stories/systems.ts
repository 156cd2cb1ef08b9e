import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aLine, SILENT, send } from './seed.ts';
import type { World } from './world.ts';

/** A partner's system that nobody registered. */
const PARTNER = 'partner-app';
const REPO = path.resolve(import.meta.dirname, '../..');
const RECEIPT = path.resolve(REPO, process.env.GLASSHOUSE_DATASETS ?? '../shared/data', 'receipt.csv');

/** A log of 30 cases of three or four steps, in the receipt log's columns. */
const smallLog = (): string =>
  [
    'case:concept:name,concept:name,time:timestamp,org:resource',
    ...Array.from({ length: 30 }, (_, i) =>
      ['Confirmation', 'Check', ...(i % 2 ? ['Adjust'] : []), 'Determine'].map(
        (step, n) => `case-${i},${step},2011-10-${String((i % 28) + 1).padStart(2, '0')}T0${n}:10:00+02:00,Resource${n}`,
      ),
    ).flat(),
  ].join('\n');

/** Those who bring data in, and those who watch at night. */
export function systemStories(world: () => World): void {
  test('integrator: a file dropped is understood, imported and mapped', async () => {
    const real = fs.existsSync(RECEIPT);
    if (!real) console.warn(`receipt.csv is absent (GLASSHOUSE_DATASETS names the folder of the real logs): a small made one stands in`);
    const wanted = real ? ['1,434', '8,577', '116'] : ['30', '105', '2'];
    const file = real ? RECEIPT : { name: 'receipt.csv', mimeType: 'text/csv', buffer: Buffer.from(smallLog()) };
    const v = await world().visit('integrator');
    const { page } = v;
    await page.goto(`${world().url}/console/import`);
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('heading', { name: '前几行会变成什么' }).waitFor();
    await v.click(page.getByRole('button', { name: '开始导入' }));
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('heading', { name: '导入完成' }).waitFor({ timeout: 60_000 });
    const sums = (await page.locator('.c-sums').innerText()).split(/\s+/);
    for (const number of [wanted[0], wanted[1]]) expect(sums).toContain(number);
    await v.click(page.getByRole('link', { name: '流程分析' }));
    await v.click(page.getByRole('combobox', { name: '业务场景' }));
    await page.keyboard.type('receipt');
    await page.getByRole('option', { name: /receipt/ }).waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.getByLabel('从', { exact: true }).fill('2010-01-01');
    const map = async () => (await page.locator('.c-sums').first().innerText()).split(/\s+/);
    await expect.poll(map, { timeout: 15_000 }).toEqual(expect.arrayContaining(wanted));
    await page.getByRole('heading', { name: '订单实际怎么走' }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(4);
    await v.end();
  });

  test('night shift: the silent system is seen at once', async () => {
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/sources`);
    const row = page.getByRole('row').filter({ hasText: SILENT });
    await row.getByText('没有消息', { exact: true }).waitFor();
    await page.getByText('个系统没有消息', { exact: false }).waitFor();
    await v.end();
  });

  test('night shift: a parked event is put on its order with a reason, and taken back', async () => {
    const line = aLine('26990301');
    const lost = { ...line.later('visit.arrived'), source: PARTNER, id: 'lost-1', keys: { workOrder: 'WO-LOST-1' } };
    await send(world().url, [...line.events, lost]);
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/repair?source=${PARTNER}`);
    const row = page.getByRole('row').filter({ hasText: 'WO-LOST-1' });
    await v.click(row.getByRole('button', { name: '归到订单' }));
    const form = page.getByRole('dialog');
    await form.getByLabel('订单号').fill(line.order);
    await form.getByLabel('原因').fill('师傅报错了工单号');
    await v.click(form.getByRole('button', { name: '归到订单' }));
    await row.waitFor({ state: 'detached' });
    await v.type(page.getByRole('textbox', { name: '按号码查订单' }), line.order);
    await page.keyboard.press('Enter');
    const journey = page.getByRole('dialog');
    await journey.getByText('师傅报错了工单号').waitFor();
    await v.click(journey.getByRole('button', { name: '撤销' }));
    await v.click(page.getByRole('tooltip').getByRole('button', { name: /确\s*定/ }));
    await journey.getByText('已撤销', { exact: true }).waitFor();
    await page.goto(`${world().url}/console/repair?source=${PARTNER}`);
    await row.waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(5);
    await v.end();
  });
}
