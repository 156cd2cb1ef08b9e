import { expect, test } from 'vitest';
import { look } from './faces.ts';
import type { World } from './world.ts';

/** Those who keep the models; the customers' own story has put the tags there. */

export function modelStories(world: () => World): void {
  test('analyst: scores from outside are registered by their tag, and everybody who has one is counted', async () => {
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/models`);
    await v.click(page.getByRole('button', { name: '登记模型' }).first());
    const dialog = page.getByRole('dialog');
    await v.click(dialog.getByText('外部评分', { exact: true }));
    await dialog.getByLabel('中文名').fill('消费力');
    await dialog.getByLabel('英文名').fill('Spending');
    await dialog.getByLabel('编号').fill('spending');
    await dialog.getByLabel('负责人').fill('大数据中心');
    await v.type(dialog.getByLabel('评分标签'), 'household.spend');
    await page.locator('.ant-select-item-option-active', { hasText: 'household.spend' }).waitFor();
    await page.keyboard.press('Enter');
    await v.click(dialog.getByText('全体客户', { exact: true }));
    await v.click(dialog.getByRole('button', { name: /登\s*记/ }));
    await page.getByRole('heading', { level: 1, name: '消费力' }).waitFor();
    await page.getByText('60位客户已评分', { exact: false }).waitFor();
    await page.getByRole('heading', { name: '评分的分布变了吗？' }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(5);
    expect(await look(page, 'a model')).toEqual([]);
    await v.end();
  });
}
