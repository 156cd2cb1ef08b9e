import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { World } from './world.ts';

/** Compressed bytes of a page in all, as the design grants them: who waits on a bad line waits for these. */
const TRACK_BYTES = 160_000;
const CONSOLE_SCRIPT_BYTES = 450_000;

interface Part {
  readonly type: string;
  readonly path: string;
  readonly bytes: number;
}

/** Opens a page with nothing kept, and answers what came over the line until it stood. */
async function weigh(page: Page, at: string, stands: () => Promise<unknown>): Promise<Part[]> {
  const parts: Promise<Part>[] = [];
  page.on('requestfinished', (request) =>
    parts.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => ({
        type: request.resourceType(),
        path: new URL(request.url()).pathname,
        bytes: responseBodySize + responseHeadersSize,
      })),
    ),
  );
  await page.goto(at);
  await stands();
  return Promise.all(parts);
}

const bytesOf = (parts: readonly Part[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0);

/** What the pages weigh; how fast they stand on a slow phone is measured by `scripts/first-paint.ts`. */
export function weightStories(world: () => World): void {
  test("the customer's page is light, and the document names everything it needs", async () => {
    const v = await world().visit(null, { viewport: { width: 390, height: 844 } });
    const parts = await weigh(v.page, `${world().url}/track`, () => v.page.getByRole('textbox').waitFor());
    const scripts = parts.filter(({ type }) => type === 'script').map(({ path }) => path);
    const document = await (await fetch(`${world().url}/track`)).text();
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((path) => !document.includes(path))).toEqual([]);
    expect(parts.filter(({ type }) => type === 'font' || type === 'image')).toEqual([]);
    expect(bytesOf(parts)).toBeLessThanOrEqual(TRACK_BYTES);
    await v.end();
  });

  test('the first page of the console brings no more script than it needs', async () => {
    const v = await world().visit('manager');
    const parts = await weigh(v.page, `${world().url}/console/overview`, () => v.page.getByRole('table').first().waitFor());
    const scripts = parts.filter(({ type }) => type === 'script');
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytesOf(scripts)).toBeLessThanOrEqual(CONSOLE_SCRIPT_BYTES);
    await v.end();
  });

  test('the console brings the words of the language on show, the other ones when they are asked for', async () => {
    const v = await world().visit('manager');
    const { page } = v;
    const brought: string[] = [];
    page.on('request', (request) => brought.push(/\/console\.(zh|en)-/.exec(request.url())?.[1] ?? ''));
    const words = () => brought.filter((lang) => lang !== '');
    await page.goto(`${world().url}/console/overview`);
    await page.getByRole('heading', { name: '总览' }).waitFor();
    expect(words()).toEqual(['zh']);
    await v.click(page.getByRole('button', { name: 'English' }));
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect([words(), await page.locator('html').getAttribute('lang')]).toEqual([['zh', 'en'], 'en-US']);
    await v.click(page.getByRole('button', { name: '中文' }));
    await page.getByRole('heading', { name: '总览' }).waitFor();
    expect(words()).toEqual(['zh', 'en']);
    await v.end();
  });
}
