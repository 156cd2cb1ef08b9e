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
    await v.click(page.getByRole('link', { name: '看流程图' }));
    const map = async () => (await page.locator('.c-sums').first().innerText()).split(/\s+/);
    await expect.poll(map).toEqual(expect.arrayContaining(wanted));
    await page.getByRole('heading', { name: '订单实际怎么走' }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(2);
    await v.end();
  });

  test('integrator: a column that was not understood is named by hand, and the rows that are still refused say why', async () => {
    const log = '订单,发生了什么,时间\nMAP-1,下单,2026-11-01 09:00\nMAP-1,装机,昨天\nMAP-2,下单,2026-11-01 10:00\n';
    const v = await world().visit('integrator');
    const { page } = v;
    await page.goto(`${world().url}/console/import`);
    await page.locator('input[type=file]').setInputFiles({ name: 'by-hand.csv', mimeType: 'text/csv', buffer: Buffer.from(log) });
    await page.getByText('还没有指明：发生了什么').waitFor();
    const begin = page.getByRole('button', { name: '开始导入' });
    expect(await begin.isDisabled()).toBe(true);
    await v.click(page.getByRole('combobox', { name: '发生了什么作为' }));
    await page.keyboard.press('Home');
    await v.click(page.locator('.ant-select-item-option').filter({ hasText: /^环节$/ }));
    await page.getByText('3行里2行可用').waitFor();
    await page.getByText('时间的写法认不出').waitFor();
    await v.click(begin);
    await page.getByRole('heading', { name: '导入完成' }).waitFor({ timeout: 60_000 });
    await page.getByText('时间的写法认不出').waitFor();
    await page.getByText(/^2张订单，开始于 ?2026-11-01 至 ?2026-11-01$/).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(3);
    await v.end();
  });

  test('manager: from the map to the orders of an arrow, by keyboard alone, and the table says the same', async () => {
    const v = await world().visit('manager');
    const { page } = v;
    await page.goto(`${world().url}/console/analysis`);
    const map = page.getByRole('region', { name: '订单实际怎么走' });
    const step = map.getByRole('button', { name: /次，看订单/ }).first();
    await step.focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-step'))).not.toBe(await step.getAttribute('data-step'));
    await step.focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByText(/张订单/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const arrow = map.getByRole('button', { name: / → .*次，中位/ }).first();
    const said = (await arrow.getAttribute('aria-label'))!;
    await page.getByRole('radio', { name: '表格' }).first().focus();
    await page.keyboard.press('Space');
    const [, way, count] = /^(.*)：([\d,]+) ?次/.exec(said)!;
    await page.getByRole('button', { name: `${way} ${count}` }).waitFor();
    expect(v.clicks()).toBe(0);
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
