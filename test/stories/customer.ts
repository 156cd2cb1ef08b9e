import { expect, test } from 'vitest';
import { aLine, send, ticketOf } from './seed.ts';
import type { World } from './world.ts';

/** A customer with a phone: no account, one screen, at most two fields. */
export function customerStories(world: () => World): void {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const line = aLine('26990101');

  test('by number: stage, what comes next and promise, one field, two presses, on one screen', async () => {
    await send(world().url, line.events);
    const v = await world().visit(null, phone);
    const { page } = v;
    await page.goto(`${world().url}/track`);
    await expect.poll(() => page.getByRole('textbox').count()).toBe(1);
    await v.type(page.getByLabel('业务号码', { exact: true }).and(page.getByRole('textbox')), line.number);
    await v.click(page.getByRole('button', { name: '查进度' }));
    const order = page.getByRole('article');
    for (const fact of ['接下来', '承诺完成']) {
      const said = order.getByText(fact, { exact: true });
      await said.waitFor();
      expect((await said.boundingBox())!.y).toBeLessThan(844);
    }
    expect(await order.getByRole('heading', { level: 2 }).innerText()).not.toBe('');
    expect(await page.getByText(line.person.name).count()).toBe(0);
    expect(await page.evaluate(() => location.href + JSON.stringify(localStorage))).not.toContain(line.number);
    expect(v.clicks()).toBeLessThanOrEqual(2);
    await v.end();
  });

  test('an event told while the page is open changes the stage without a reload', async () => {
    const live = aLine('26990102');
    await send(world().url, live.events);
    const v = await world().visit(null, phone);
    const { page } = v;
    await page.goto(`${world().url}/track`);
    await v.type(page.getByRole('textbox'), live.number);
    await page.keyboard.press('Enter');
    const stage = page.getByRole('article').getByRole('heading', { level: 2 });
    const before = await stage.innerText();
    await page.getByText('实时', { exact: false }).first().waitFor();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await send(world().url, [live.later('visit.arrived'), live.later('install.started'), live.later('install.completed')]);
    await expect.poll(() => stage.innerText()).not.toBe(before);
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
    await v.end();
  });

  test('identity number and phone: who comes, when, and the parcel', async () => {
    const v = await world().visit(null, phone);
    const { page } = v;
    await page.goto(`${world().url}/track`);
    await v.click(page.getByRole('tab', { name: '身份证 + 电话' }));
    await expect.poll(() => page.getByRole('textbox').count()).toBe(2);
    await v.type(page.getByLabel('办理人身份证号'), line.person.idNumber);
    await v.type(page.getByLabel('办单时留的联系电话'), line.person.phone);
    await page.keyboard.press('Enter');
    const visitor = page.getByRole('region', { name: '谁来为您服务' });
    expect(await visitor.innerText()).toContain('0203');
    expect(await page.getByRole('region', { name: '物流' }).innerText()).toContain(line.parcel);
    await page.getByText('预约上门', { exact: true }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(3);
    await v.end();
  });

  test('a private link shows everything at once and leaves the address', async () => {
    const { url } = world();
    const v = await world().visit(null, { ...phone, lang: 'en-US' });
    await v.page.goto(`${url}/track#t=${await ticketOf(url, line.order)}`);
    expect(await v.page.getByRole('article').innerText()).toContain('0203');
    expect(v.page.url()).toBe(`${url}/track`);
    await v.page.getByText('Promised', { exact: false }).first().waitFor();
    expect(await v.page.locator('article').innerText()).not.toMatch(/[\u4e00-\u9fff]{3}.*[\u4e00-\u9fff]{3}.*[\u4e00-\u9fff]{3}/);
    await v.end();
  });

  test.each([
    ['zh-CN', '没有查到订单', '核对号码'],
    ['en-US', 'No order', 'Check the number'],
  ] as const)('a miss says what to do (%s)', async (lang, title, advice) => {
    const v = await world().visit(null, { ...phone, lang });
    await v.page.goto(`${world().url}/track`);
    await v.type(v.page.getByRole('textbox'), 'gh00000000');
    await v.page.keyboard.press('Enter');
    const said = await v.page.getByRole('alert').innerText();
    expect(said).toContain(title);
    expect(said).toContain(advice);
    await v.end();
  });
}
