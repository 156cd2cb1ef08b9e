import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { aLine, idOf, PASSWORD, send } from './seed.ts';
import { drawn, StoodStill, within } from './still.ts';
import type { World } from './world.ts';

const CONSOLE = [
  'overview',
  'orders?tab=all',
  'customers',
  'grid?tab=map',
  'duplicates',
  'retention',
  'retention/rules',
  'tags',
  'tags/everyone',
  'derivations',
  'derivations/~new',
  'models',
  'analysis',
  'audiences',
  'audiences/new',
  'scenarios',
  'scenarios/broadband-new',
  'scenarios/broadband-new/edit',
  'scenarios/fault-repair/edit?view=rules',
  'repair',
  'sources',
  'feeds',
  'import',
  'people',
  'api',
];
const WIDTHS = [360, 390, 768, 1440, 1920];
const SETTLES_MS = 5_000;
const LANGS = ['zh-CN', 'en-US'] as const;
type Lang = (typeof LANGS)[number];

/** Serious and critical faults of what is on show; in the second colours only what depends on them. */
async function faults(page: Page, what: string, mode: 'light' | 'dark'): Promise<string[]> {
  const read = page.evaluate(
    (rules) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      return run(document, { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) });
    },
    mode === 'dark' ? ['color-contrast', 'link-in-text-block'] : null,
  );
  const { violations } = await within(`${what} ${mode}: axe`, read);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

/** Widths at which the page can be pushed sideways. */
async function sideways(page: Page, what: string): Promise<string[]> {
  const out: string[] = [];
  for (const width of WIDTHS) {
    await within(`${what}: to ${width}`, page.setViewportSize({ width, height: 900 }));
    await drawn(page, `${what} at ${width}`);
    const fits = (most: number) => document.documentElement.scrollWidth <= most;
    // What follows its own measure (a table, a chart) is drawn again some frames later: a page that stays too wide is at fault.
    await page.waitForFunction(fits, width, { polling: 50, timeout: SETTLES_MS }).catch(() => undefined);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) out.push(`${wide} at ${width}`);
  }
  await within(`${what}: back`, page.setViewportSize({ width: 1440, height: 900 }));
  return out;
}

/** Looks at a page in both colours and at all widths; answers what is wrong. */
export async function look(page: Page, what: string): Promise<string[]> {
  await page.locator('main').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.g-loading, .c-alone'), undefined, { polling: 50 });
  await within(`${what}: axe's text`, page.evaluate(axe.source));
  const out: string[] = (await page.title()) === '' ? [`${what}: no title`] : [];
  for (const mode of ['light', 'dark'] as const) {
    await page.evaluate((m) => {
      document.documentElement.dataset.theme = m;
    }, mode);
    await drawn(page, `${what} ${mode}`);
    out.push(...(await faults(page, what, mode)).map((fault) => `${what} ${mode} ${fault}`));
  }
  out.push(...(await sideways(page, what)).map((width) => `${what}: ${width}`));
  return out;
}

/** What every page owes everybody, whatever it is about. */
export function faceStories(world: () => World): void {
  const line = aLine('26990401');
  beforeAll(() => send(world().url, line.events));

  test.concurrent.each(LANGS)('the console: no serious fault, no sideways scroll, a title, no error (%s)', async (lang: Lang) => {
    let v = await world().visit('night', { lang });
    const wrong: string[] = [];
    const titles = new Set<string>();
    const pages = [...CONSOLE, `journeys/${encodeURIComponent(await idOf(world().url, line.order))}`];
    const walk = async (path: string) => {
      await v.page.goto(`${world().url}/console/${path}`);
      await v.page.getByRole('heading', { level: 1 }).first().waitFor();
      wrong.push(...(await look(v.page, path)));
      titles.add(await v.page.title());
    };
    for (const path of pages) {
      await walk(path).catch(async (e) => {
        if (!(e instanceof StoodStill)) throw e;
        // A tab without a screen stands still once in hundreds of pages; a page that does so twice is at fault.
        console.warn(e.message);
        v = await world().visit('night', { lang });
        await walk(path);
      });
    }
    expect(wrong).toEqual([]);
    expect(titles.size).toBe(pages.length);
    await v.end();
  });

  test.concurrent.each(LANGS)("the customer's page and the sign-in: the same (%s)", async (lang: Lang) => {
    const v = await world().visit(null, { lang });
    const wrong: string[] = [];
    await v.page.goto(`${world().url}/console/`);
    await v.page.getByRole('heading', { level: 1 }).waitFor();
    wrong.push(...(await look(v.page, 'sign-in')));
    await v.page.goto(`${world().url}/track`);
    wrong.push(...(await look(v.page, 'form')));
    await v.page.getByRole('tab').nth(1).click();
    await v.page.getByRole('textbox').nth(0).fill(line.person.idNumber);
    await v.page.getByRole('textbox').nth(1).fill(line.person.phone);
    await v.page.keyboard.press('Enter');
    await v.page.getByRole('article').waitFor();
    wrong.push(...(await look(v.page, 'order')));
    expect(wrong).toEqual([]);
    await v.end();
  });

  test('sign-in and search without a mouse', async () => {
    const v = await world().visit();
    const { keyboard } = v.page;
    await v.page.goto(`${world().url}/console/`);
    await v.page.getByLabel('账号').waitFor();
    await keyboard.type('care');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await v.page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await keyboard.press('/');
    await keyboard.type(line.order);
    await keyboard.press('Enter');
    await v.page.getByRole('dialog').getByRole('heading', { name: line.order }).waitFor();
    await keyboard.press('Escape');
    await v.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(v.clicks()).toBe(0);
    await v.end();
  });
}
