import { expect, test } from 'vitest';
import { look } from './faces.ts';
import type { World } from './world.ts';

/** Those who make tags of tags; the customers' own story has put their spending there. */

export function derivationStories(world: () => World): void {
  test('steward: a tag by rule is drafted with a figure of its own, tried over everybody, published, and shown', async () => {
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/derivations/~new`);
    await v.type(page.getByLabel('标签名', { exact: false }), 'household.tier');
    await page.getByLabel('中文名').fill('家庭消费层级');
    await page.getByLabel('英文名').fill('Household tier');
    await v.click(page.getByRole('button', { name: '加一个数' }));
    const figures = page.getByRole('group', { name: '有名字的数' });
    await figures.getByLabel('中文名').fill('高消费起点');
    await figures.getByLabel('英文名').fill('High from');
    await figures.getByLabel('条件里的名字', { exact: false }).fill('high');
    await figures.getByLabel('小数位数').fill('1');
    await figures.getByLabel('值', { exact: true }).fill('59.5');
    await v.type(page.getByLabel('第1行：条件'), 'household.spend >= high');
    await page.keyboard.press('Escape');
    await page.getByText('“家庭月均”不低于 59.5的，为“高”。').waitFor();
    await v.click(page.getByRole('button', { name: /^试\s*算$/ }));
    await page.getByText(/60位的取值会变/).waitFor();
    await v.click(page.getByRole('button', { name: /^发\s*布$/ }));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('为什么改').fill('试点');
    await v.click(dialog.getByRole('button', { name: /^发\s*布$/ }));
    await page.getByRole('heading', { level: 1, name: '家庭消费层级' }).waitFor();
    await page.getByText('已更新', { exact: true }).waitFor();
    await v.click(page.getByRole('link', { name: '看标签' }));
    await page.getByRole('row').filter({ hasText: '高' }).filter({ hasText: '31' }).first().waitFor();
    await page.getByRole('heading', { name: '谁在用' }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(7);
    expect(await look(page, 'a tag by rule')).toEqual([]);
    await v.end();
  });
}
