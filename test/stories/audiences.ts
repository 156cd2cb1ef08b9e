import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { begin } from '../program.ts';
import { look } from './faces.ts';
import { ADMIN, type Login } from './seed.ts';
import type { Visit, World } from './world.ts';

/** Customers as a warehouse has them: every figure follows from the number, so that a plain loop counts what the builder must show. */
const SIZE = 600;
const PLANS = ['冰激凌 99 元', '冰激凌 199 元', '5G 畅享 129 元'];
const customers = Array.from({ length: SIZE }, (_, n) => ({
  key: `9200${String(n).padStart(6, '0')}`,
  area: 'd3-g02',
  own: n % 3 !== 0,
  plan: n % 7 === 0 ? null : PLANS[n % PLANS.length]!,
  months: n % 5 === 0 ? null : n % 120,
  bill: 20 + ((n * 37) % 280),
  fixed: n % 11 === 0 ? null : n % 2 === 0,
  contract: `2027-${String(1 + (n % 12)).padStart(2, '0')}-15`,
}));
const isIn = ({ own, plan, months, bill, fixed }: (typeof customers)[number]): boolean =>
  own && plan !== null && plan !== PLANS[2] && months !== null && months >= 12 && bill >= 100 && fixed === true;

const MAP = `source: warehouse
key: 用户
area: 网格
own: 本网
unknown: [""]
tags:
  主套餐: { column: 主套餐, kind: oneOf }
  在网时长: { column: 在网时长, kind: number }
  月均消费: { column: 月均消费, kind: number }
  有宽带: { column: 有宽带, kind: flag }
  合约到期: { column: 合约到期, kind: date }
`;

async function loadCustomers(url: string): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-customers-'));
  const rows = customers.map((c) => [c.key, c.area, c.own, c.plan ?? '', c.months ?? '', c.bill, c.fixed ?? '', c.contract].join(','));
  fs.writeFileSync(path.join(folder, 'customers.csv'), ['用户,网格,本网,主套餐,在网时长,月均消费,有宽带,合约到期', ...rows].join('\n'));
  fs.writeFileSync(path.join(folder, 'map.yaml'), MAP);
  const run = begin(['customers', 'import', path.join(folder, 'customers.csv'), '--map', path.join(folder, 'map.yaml')], {
    GLASSHOUSE_URL: url,
    GLASSHOUSE_TOKEN: ADMIN,
  });
  const code = await run.ended;
  fs.rmSync(folder, { recursive: true });
  if (code !== 0) throw new Error(run.said());
}

/** The campaign analyst: who is meant, how many they are, why somebody is not. */
export function audienceStories(world: () => World): void {
  const ask = async <T>(at: string, method = 'GET', body?: object): Promise<T> => {
    const answer = await fetch(`${world().url}${at}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const save = (name: string, where: object) => ask<{ id: string }>('/api/audiences', 'POST', { name, share: 'unit', where });
  const open = async (who: Login, at: string, options: Parameters<World['visit']>[1] = {}): Promise<Visit> => {
    const v = await world().visit(who, options);
    await v.page.goto(`${world().url}/console/audiences/${at}`);
    await v.page.getByRole('region', { name: '人数' }).waitFor();
    return v;
  };
  const counted = (page: Page, count: number) =>
    expect
      .poll(() => page.getByRole('region', { name: '人数' }).getByRole('status').first().innerText())
      .toBe(count.toLocaleString('en-US'));
  const hasCursor = (target: Locator) => expect.poll(() => target.evaluate((e) => e === document.activeElement)).toBe(true);
  const where = {
    and: [
      { tag: 'own', is: true },
      { tag: '主套餐', oneOf: [PLANS[0]] },
    ],
  };

  beforeAll(() => loadCustomers(world().url), 120_000);

  test('an analyst builds five conditions, sees the exact count and saves: within a minute, by the keyboard alone', async () => {
    const began = performance.now();
    const v = await open('manager', 'new');
    const { page } = v;
    const { keyboard } = page;
    const line = async (at: number, tag: string) => {
      await keyboard.press('Control+Enter');
      const picker = page.getByRole('combobox', { name: `条件${at}的标签`, exact: false });
      await hasCursor(picker);
      const found = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === tag);
      await keyboard.type(tag);
      await found; // what was found for the first letters of it is not there any more
      // The list of the line before may still be closing, and have the same tag in it.
      const list = page.locator('.ant-select-dropdown', { has: page.locator(`[id="${await picker.getAttribute('aria-controls')}"]`) });
      await list.locator('.ant-select-item-option-active', { hasText: tag }).waitFor();
      await keyboard.press('Enter');
    };
    // A slider of the same name may stand beside the field by now.
    const field = (label: string) => page.getByLabel(label).and(page.locator('input'));
    const cursorIn = (label: string) => hasCursor(field(label));
    await line(1, '本网客户');
    await line(2, '主套餐');
    await cursorIn('条件2的取值');
    for (const plan of ['99', '199']) {
      await keyboard.type(`冰激凌 ${plan}`);
      await page.locator('.ant-select-item-option-active', { hasText: `冰激凌 ${plan} 元` }).waitFor();
      await keyboard.press('Enter');
    }
    await line(3, '在网时长');
    await cursorIn('条件3从');
    await keyboard.type('12');
    await line(4, '月均消费');
    await cursorIn('条件4从');
    await keyboard.type('100');
    await line(5, '有宽带');
    await counted(page, customers.filter(isIn).length);
    await page.getByText('是本网客户，且', { exact: false }).first().waitFor();
    await keyboard.press('Control+s');
    const name = page.getByRole('dialog').getByLabel('名称');
    await hasCursor(name);
    await keyboard.type('值得维系的老客户');
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '值得维系的老客户' }).waitFor();
    expect(v.clicks()).toBe(0);
    expect(performance.now() - began).toBeLessThan(60_000);
    await page.goto(`${world().url}/console/audiences`);
    await page.getByRole('row', { name: /值得维系的老客户.*是本网客户，且/ }).waitFor();
    await v.end();
  }, 90_000);

  test('why one customer is out: the tab, his number, and the line that decided', async () => {
    const { id } = await save('看为什么', where);
    const out = customers.findIndex((c) => c.own && c.plan === PLANS[1]);
    const v = await open('manager', id);
    const { page } = v;
    await v.click(page.getByRole('tab', { name: '为什么' }));
    await page.getByLabel('客户编号').fill(customers[out]!.key);
    await page.keyboard.press('Enter');
    await page.getByText('不在这个客群里', { exact: true }).waitFor();
    const decided = page.getByRole('listitem').filter({ hasText: '由它决定' });
    expect(await decided.count()).toBe(1);
    expect(await decided.innerText()).toContain(`他的值：${PLANS[1]}`);
    expect(page.url()).not.toContain(customers[out]!.key);
    expect(v.clicks()).toBeLessThanOrEqual(2);
    await v.end();
  });

  test('the tree without a mouse: moved, wrapped, taken back; the draft survives a reload, and leaving is asked about', async () => {
    const v = await open('manager', 'new');
    const { page } = v;
    await page.getByRole('tab', { name: 'JSON' }).press('Enter');
    const json = page.getByRole('textbox', { name: 'JSON' });
    await json.fill(
      JSON.stringify({
        and: [
          { tag: 'own', is: true },
          { tag: '月均消费', from: 100 },
        ],
      }),
    );
    const grip = page.getByRole('button', { name: '移动条件2' });
    await grip.focus();
    await page.keyboard.press('Alt+ArrowUp');
    const now = () => json.inputValue().then((text) => JSON.parse(text) as { and: object[] });
    await expect.poll(now).toMatchObject({ and: [{ tag: '月均消费' }, { tag: 'own' }] });
    await hasCursor(page.getByRole('button', { name: '移动条件1' }));
    await page.keyboard.press('Control+z');
    await expect.poll(now).toMatchObject({ and: [{ tag: 'own' }, { tag: '月均消费' }] });
    await page.getByRole('button', { name: '条件1的操作' }).press('Enter');
    await page.getByRole('menuitem', { name: '放进新分组' }).press('Enter');
    await expect.poll(now).toMatchObject({ and: [{ or: [{ tag: 'own' }] }, { tag: '月均消费' }] });
    await page.getByText('未保存，草稿在这个浏览器里').waitFor();
    await page.reload();
    await counted(page, customers.filter((c) => c.own && c.bill >= 100).length);
    await page.getByRole('link', { name: '全部客群' }).press('Enter');
    await page.getByRole('dialog').getByText('草稿会留在这个浏览器里', { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '离开' }).press('Enter');
    await page.getByRole('tab', { name: '我的' }).waitFor();
    expect(v.clicks()).toBe(0);
    await v.end();
  });

  test('a mistake is told at its line with its place, and the number before it stays', async () => {
    const v = await open('manager', 'new?view=json');
    const { page } = v;
    const json = page.getByRole('textbox', { name: 'JSON' });
    await json.fill(JSON.stringify({ and: [{ tag: 'own', is: true }] }));
    await counted(page, customers.filter((c) => c.own).length);
    await json.fill('{"and": [');
    await page.getByText('不是 JSON', { exact: false }).waitFor();
    await json.fill(
      JSON.stringify({
        and: [
          { tag: 'own', is: true },
          { tag: '月均消费', from: 9, to: 1 },
        ],
      }),
    );
    await page.getByRole('group', { name: '条件2' }).getByRole('status').waitFor();
    await page.getByText('where.and[1].from').waitFor();
    await counted(page, customers.filter((c) => c.own).length);
    expect(await page.getByRole('button', { name: '保存', exact: true }).getAttribute('aria-disabled')).toBe('true');
    expect(v.errors.every((error) => error.includes('400'))).toBe(true);
    await page.context().close();
  });

  test('two people at one audience: the second is told, and chooses whose it is', async () => {
    const { id } = await save('两个人', where);
    const v = await open('night', id);
    const { page } = v;
    await counted(page, customers.filter((c) => c.own && c.plan === PLANS[0]).length);
    await ask(`/api/audiences/${id}`, 'PUT', { version: 1, where: { and: [{ tag: 'own', is: true }] } });
    await page.getByRole('button', { name: '删除条件1' }).click();
    await counted(page, customers.filter((c) => c.plan === PLANS[0]).length);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('alert').getByText('别人已经保存了第2版', { exact: false }).waitFor();
    await page.getByRole('button', { name: '用对方的' }).click();
    await counted(page, customers.filter((c) => c.own).length);
    expect(v.errors.every((error) => /403|409/.test(error))).toBe(true);
    await page.context().close();
  });

  test('a list is pasted into a line, the audience saved and taken out as a file with a reason', async () => {
    const v = await open('night', 'new');
    const { page } = v;
    const some = customers.slice(0, 120);
    await v.click(page.getByRole('button', { name: '加条件' }));
    await hasCursor(page.getByRole('combobox', { name: '条件1的标签', exact: false }));
    await page.keyboard.type('客户名单');
    await page.locator('.ant-select-item-option-active', { hasText: '客户名单' }).waitFor();
    await page.keyboard.press('Enter');
    await v.click(page.getByRole('button', { name: '带入名单' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('名称').fill('外呼回来的');
    await dialog.getByLabel('客户', { exact: true }).fill([...some.map(({ key }) => key), '9999999999'].join('\n'));
    await v.click(dialog.getByRole('button', { name: '保存' }));
    await dialog.getByText('名单里有120人，1个没有找到').waitFor();
    await dialog.getByRole('row', { name: '121 9999999999' }).waitFor();
    await v.click(dialog.getByRole('button', { name: '完成' }));
    await counted(page, some.length);
    await v.click(page.getByRole('button', { name: '保存', exact: true }));
    await dialog.getByLabel('名称').fill('名单上的人');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '名单上的人' }).waitFor();
    await v.click(page.getByRole('button', { name: '更多', exact: true }));
    await v.click(page.getByRole('menuitem', { name: '导出名单' }));
    await page.getByLabel('原因').fill('十一月维系');
    await page.keyboard.press('Enter');
    const [file] = await Promise.all([page.waitForEvent('download'), v.click(page.getByRole('link', { name: '下载' }))]);
    expect(
      fs
        .readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\n').length,
    ).toBeGreaterThan(some.length);
    await v.end();
  });

  test.each(['zh-CN', 'en-US'] as const)(
    'a builder full of lines, and each view of it: no serious fault, no sideways scroll (%s)',
    async (lang) => {
      const full = {
        and: [
          ...where.and,
          {
            not: {
              or: [
                { tag: '在网时长', from: 3, to: 24 },
                { tag: '合约到期', from: { days: 0 }, to: { months: 3 } },
              ],
            },
          },
          { sample: { share: 0.5, salt: 'x' } },
          { top: { n: 50, by: '月均消费', order: 'lowest' } },
        ],
      };
      const { id } = await save(`满的 ${lang}`, full);
      const v = await world().visit('night', { lang });
      const wrong: string[] = [];
      for (const view of ['reach', 'portrait', 'examples', 'why', 'overlap', 'change', 'json']) {
        await v.page.goto(`${world().url}/console/audiences/${id}?view=${view}${view === 'reach' ? '&versions=open' : ''}`);
        await v.page.getByRole('heading', { level: 1 }).waitFor();
        wrong.push(...(await look(v.page, view)));
      }
      expect(wrong).toEqual([]);
      await v.end();
    },
    180_000,
  );

  test('put away and brought back; who may not see audiences is told so', async () => {
    await save('要归档的', where);
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/audiences?tab=all&q=${encodeURIComponent('要归档的')}`);
    await v.click(page.getByRole('button', { name: '归档 要归档的' }));
    await page.getByText('已归档“要归档的”。', { exact: false }).waitFor();
    await page.getByText('没有找到这样的客群').waitFor();
    await v.click(page.getByRole('button', { name: '撤销' }));
    await page.getByRole('row', { name: /要归档的/ }).waitFor();
    expect(v.clicks()).toBe(2);
    await v.end();
    const other = await world().visit('care');
    await other.page.goto(`${world().url}/console/audiences/new`);
    await other.page.getByText('您的角色不能打开“客群”').waitFor();
    await other.end();
  });
}
