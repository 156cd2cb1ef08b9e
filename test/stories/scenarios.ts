import { expect, test } from 'vitest';
import { ADMIN, aLine, idOf, send } from './seed.ts';
import type { World } from './world.ts';

const asAdmin = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };

/** Those who say what each kind of order goes through. */
export function scenarioStories(world: () => World): void {
  const ask = async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const answer = await fetch(`${world().url}/api/scenarios/${path}`, {
      method,
      headers: asAdmin,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? null : await answer.json()) as T;
  };

  test('integrator: a step’s time is changed, the check heard, the new version published and an order taken over', async () => {
    const line = aLine('26990501');
    await send(world().url, line.events);
    const v = await world().visit('integrator');
    const { page } = v;
    await page.goto(`${world().url}/console/scenarios/broadband-new`);
    await v.click(page.getByRole('button', { name: '编辑草稿' }));
    await v.click(page.getByRole('button', { name: /^上门 装维工程师/ }));
    const form = page.getByRole('dialog');
    const usual = form.getByLabel('常见用时（p50）').first();
    await usual.fill('5天');
    await form.getByText('大于较慢用时', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('超过承诺的时限', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: '发布', exact: true }).getAttribute('aria-disabled')).toBe('true');
    await v.click(page.getByRole('button', { name: '上门 · visit.started' }));
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('at-milestones-8-steps-0-p50');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('10小时');
    await page.keyboard.press('Escape');
    await page.getByText('检查通过', { exact: false }).waitFor();
    await page.getByText('已保存', { exact: false }).waitFor();
    await v.click(page.getByRole('button', { name: '发布', exact: true }));
    await page.getByRole('dialog').getByText('14小时').waitFor();
    await page.getByRole('dialog').getByText('10小时').waitFor();
    await v.click(page.getByRole('button', { name: '发布第2版' }));
    await page.getByText('第2版已发布').waitFor();
    const before = await fetch(`${world().url}/api/journeys/${await idOf(world().url, line.order)}`, { headers: asAdmin });
    expect(await before.json()).toMatchObject({ scenarioVersion: 1 });
    await v.click(page.getByRole('button', { name: /^迁移\d+张$/ }));
    await v.click(page.getByRole('tooltip').getByRole('button', { name: /确\s*定/ }));
    await page.getByText('在途订单都已按第2版走').waitFor({ timeout: 30_000 });
    const after = await fetch(`${world().url}/api/journeys/${await idOf(world().url, line.order)}`, { headers: asAdmin });
    expect(await after.json()).toMatchObject({ scenarioVersion: 2 });
    expect(v.clicks()).toBeLessThanOrEqual(7);
    await v.end();
  });

  test('two people at one draft: the second is told who was first, loses nothing, and chooses', async () => {
    const current = await ask<{ version: number; names: object }>('fault-repair');
    const v = await world().visit('integrator');
    const { page } = v;
    await page.goto(`${world().url}/console/scenarios/fault-repair/edit`);
    await page.getByText('检查通过', { exact: false }).waitFor();
    await ask('fault-repair/draft', 'PUT', { ...current, names: { zh: '报修', en: 'Repair' } });
    await v.click(page.getByRole('button', { name: /^修复 / }));
    await page.getByRole('dialog').getByLabel('中文名称').fill('修好');
    await page.keyboard.press('Escape');
    await page.getByRole('alert').getByText('admin先保存了这份草稿', { exact: false }).waitFor();
    await v.click(page.getByRole('button', { name: '用我的，盖过对方' }));
    await page.getByText('已保存', { exact: false }).waitFor();
    expect(await ask('fault-repair/draft')).toMatchObject({ scenario: { names: { zh: '故障报修' } } });
    await v.click(page.getByRole('button', { name: '撤销' }));
    await page.getByRole('heading', { name: '编辑：报修' }).waitFor();
    await v.click(page.getByRole('button', { name: '放弃草稿' }));
    await v.click(page.getByRole('tooltip').getByRole('button', { name: '放弃草稿' }));
    await page.getByRole('heading', { level: 1, name: '故障报修' }).waitFor();
    expect(v.errors.every((error) => error.includes('409'))).toBe(true);
    await page.context().close();
  });

  test('a new scenario is written without a mouse: a name, an id, a milestone more, kept as a draft', async () => {
    const v = await world().visit('integrator');
    const { page } = v;
    const { keyboard } = page;
    await page.goto(`${world().url}/console/scenarios`);
    await page.getByRole('button', { name: '新建业务场景' }).press('Enter');
    await page.getByLabel('中文名称').fill('全光房间');
    await page.getByLabel('英文名称').fill('Fibre to the room');
    await page.getByLabel('编号').fill('room-fibre');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: '编辑：全光房间' }).waitFor();
    await page.getByRole('button', { name: '在已提交加节点' }).press('Enter');
    await page.getByRole('dialog').getByLabel('环节类型').fill('room.measured');
    await keyboard.press('Escape');
    await page.getByRole('button', { name: /^新节点/ }).focus();
    await keyboard.press('Alt+ArrowRight');
    await expect
      .poll(
        () =>
          ask<{ scenario: { milestones: { id: string; stage: string }[] } }>('room-fibre/draft').then(
            ({ scenario }) => scenario.milestones,
          ),
        {
          timeout: 10_000,
        },
      )
      .toMatchObject([{ id: 'submitted' }, { id: 'milestone-1', stage: 'done' }, { id: 'completed' }]);
    await page.getByRole('link', { name: '全部场景' }).press('Enter');
    await page.getByRole('region', { name: '还没有发布过的草稿' }).getByRole('link', { name: '全光房间' }).waitFor();
    expect(v.clicks()).toBe(0);
    await v.end();
  });

  test('who may not edit is told so, at the button and at the editor’s address', async () => {
    const v = await world().visit('care');
    const { page } = v;
    await page.goto(`${world().url}/console/scenarios/iptv-new`);
    const edit = page.getByRole('button', { name: '编辑草稿' });
    expect(await edit.getAttribute('aria-disabled')).toBe('true');
    await edit.focus();
    await page.getByText('您的角色没有这项权限').waitFor();
    await page.goto(`${world().url}/console/scenarios/iptv-new/edit`);
    await page.getByText('您的角色没有改场景的权限', { exact: false }).waitFor();
    await v.end();
  });
}
