import { expect, test } from 'vitest';
import { aLine, idOf, send } from './seed.ts';
import type { Visit, World } from './world.ts';

/** Those who answer for orders: the care agent on the phone, the manager in the morning, the district's manager. */
export function deskStories(world: () => World): void {
  const late = aLine('26990201', { since: 96, slot: -60 });
  const foreign = aLine('26990202', { area: 'd5-g01' });

  /** The first sentence of the journey on show, and the whole of its head. */
  async function answer(v: Visit) {
    const drawer = v.page.getByRole('dialog');
    await drawer.getByRole('heading', { name: late.order }).waitFor();
    const [first, ...rest] = await drawer.locator('.c-headline p').allInnerTexts();
    return { first: first!, rest: rest.join('\n') };
  }

  test.each([
    ['the order number', () => late.order],
    ['the service number', () => late.number],
    ['identity number and phone, which are never in an address', () => `${late.person.idNumber} ${late.person.phone}`],
  ])('care: by %s, who has it, since when, why late, in one press and ten seconds', async (_what, value) => {
    await send(world().url, late.events);
    const v = await world().visit('care');
    const asked: string[] = [];
    v.page.on('request', (r) => asked.push(r.url()));
    await v.page.goto(`${world().url}/console/`);
    const search = v.page.getByRole('textbox', { name: '按号码查订单' });
    await search.waitFor();
    const began = performance.now();
    await v.type(search, value());
    await v.page.keyboard.press('Enter');
    const { first, rest } = await answer(v);
    expect(first).toMatch(/^现在(由|在).*0203.*接手，已/);
    expect(rest).toMatch(/已超时/);
    expect(rest).toMatch(/时间主要花在/);
    expect((performance.now() - began) / 1_000).toBeLessThan(10);
    expect(v.clicks()).toBeLessThanOrEqual(2);
    const personal = [late.number, late.person.phone, late.person.idNumber];
    expect(asked.filter((url) => personal.some((text) => url.includes(text)))).toEqual([]);
    await v.end();
  });

  test('manager: from the overview to the overdue orders of the worst district in one press, and the numbers are equal', async () => {
    const v = await world().visit('manager');
    const { page } = v;
    await page.goto(`${world().url}/console/`);
    const figure = page.getByRole('table', { name: '哪个区域超时多' }).getByRole('link', { name: /超时/ }).first();
    const shown = async () => Number((await figure.innerText()).replace(/\D/g, ''));
    const before = await shown();
    expect(before).toBeGreaterThan(0);
    await v.click(figure);
    await page.getByRole('heading', { level: 1, name: /工作台/ }).waitFor();
    const said = await page.getByText(/共\s*\d+\s*条/).innerText();
    const listed = Number(/共\s*(\d+)\s*条/.exec(said)![1]);
    await expect.poll(() => page.getByRole('tab', { name: /超时/ }).innerText()).toContain(String(listed)); // counts of tabs are a question of their own
    expect(v.clicks()).toBeLessThanOrEqual(2);
    await page.goto(`${world().url}/console/`);
    // Nothing comes in meanwhile, but an order may become overdue between two looks.
    expect(listed).toBeGreaterThanOrEqual(before);
    expect(listed).toBeLessThanOrEqual(await shown());
    await v.end();
  });

  test('district: its own orders only, and a foreign number is not found', async () => {
    await send(world().url, foreign.events);
    const v = await world().visit('district');
    const { page } = v;
    await page.goto(`${world().url}/console/orders?tab=all`);
    await page.getByRole('table').waitFor();
    const answers = await page.evaluate(async () => {
      const list = await (await fetch('/api/journeys?limit=200')).json();
      return (list.items as { area: string | null }[]).map((row) => row.area ?? '');
    });
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter((area) => !area.startsWith('d3'))).toEqual([]);
    for (const number of [foreign.order, foreign.person.phone]) {
      await v.type(page.getByRole('textbox', { name: '按号码查订单' }), number);
      await page.keyboard.press('Enter');
      await page.getByText('没有找到。请核对号码').waitFor();
      await page.keyboard.press('Escape');
    }
    const id = await idOf(world().url, foreign.order);
    v.pardon('404');
    expect(await page.evaluate(async (path) => (await fetch(path)).status, `/api/journeys/${encodeURIComponent(id)}`)).toBe(404);
    await v.end();
  });
}
