import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { BROWSER_ARGS, ensureChromium } from '../../scripts/chromium.ts';
import { endAll, start } from '../program.ts';
import { ADMIN, type Login, PASSWORD, seed, ZONE } from './seed.ts';

/** What all stories share: one server with a small operator, one browser. */
export interface World {
  readonly url: string;
  readonly browser: Browser;
  /** A page of its own for one person: nobody, or signed in. Words of the console are Chinese unless told. */
  visit(who?: Login | null, options?: BrowserContextOptions & { lang?: 'zh-CN' | 'en-US' }): Promise<Visit>;
  end(): Promise<void>;
}

/** Somebody at a page; every press of the mouse is counted. */
export interface Visit {
  readonly page: Page;
  readonly clicks: () => number;
  click(target: Locator): Promise<void>;
  /** One press into a field that does not have the cursor yet, then the text. */
  type(target: Locator, text: string): Promise<void>;
  /** What the page complained of so far. */
  readonly errors: string[];
  /** A complaint with these words is what the story asks for, whenever the browser comes to write it down. */
  pardon(words: string): void;
  /** Fails when the page complained of anything else. */
  end(): Promise<void>;
}

/** Who is not signed in is told so with 401, which the browser writes down; that alone is no fault. */
const isWhoAmI = (text: string, url: string): boolean => text.includes('401') && url.endsWith('/api/me');

async function cookieOf(url: string, login: Login): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  const [, value] = /^glasshouse=([^;]+)/.exec(answer.headers.getSetCookie().find((c) => c.startsWith('glasshouse=')) ?? '') ?? [];
  if (value === undefined) throw new Error(`${login} could not sign in: ${answer.status}`);
  return value;
}

function visitOf(page: Page): Visit {
  let clicks = 0;
  const errors: string[] = [];
  const pardoned: string[] = [];
  page.on('console', (m) => {
    if (m.type() === 'error' && !isWhoAmI(m.text(), m.location().url)) errors.push(`${page.url()}: ${m.text()} ${m.location().url}`);
  });
  page.on('pageerror', (e) => errors.push(`${page.url()}: ${e.message}`));
  const click = async (target: Locator) => {
    clicks++;
    await target.click();
  };
  return {
    page,
    clicks: () => clicks,
    click,
    async type(target, text) {
      if (!(await target.evaluate((e) => e === document.activeElement))) await click(target);
      await target.fill(text);
    },
    errors,
    pardon: (words) => void pardoned.push(words),
    async end() {
      await page.context().close();
      expect(errors.filter((error) => !pardoned.some((words) => error.includes(words)))).toEqual([]);
    },
  };
}

/** Starts and fills everything. */
export async function makeWorld(): Promise<World> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-stories-'));
  const program = await start(folder, [], { GLASSHOUSE_ADMIN_TOKEN: ADMIN, GLASSHOUSE_DEMO: '0', GLASSHOUSE_LIMITS: 'off' });
  const { url } = program;
  const launched = chromium.launch({ executablePath: ensureChromium(), args: BROWSER_ARGS });
  const [browser] = await Promise.all([launched, seed(url)]).catch((e: Error) => {
    endAll();
    throw e;
  });
  const cookies = new Map<Login, string>();
  return {
    url,
    browser,
    async visit(who = null, { lang = 'zh-CN', ...options } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: lang,
        timezoneId: ZONE,
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(30_000);
      await context.addInitScript((l) => localStorage.setItem('glasshouse.lang', l), lang);
      if (who) {
        if (!cookies.has(who)) cookies.set(who, await cookieOf(url, who));
        await context.addCookies([{ name: 'glasshouse', value: cookies.get(who)!, url }]);
      }
      return visitOf(await context.newPage());
    },
    async end() {
      await browser.close();
      await program.end('SIGTERM');
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
