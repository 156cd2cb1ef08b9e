import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PEOPLE, passwordOf } from '../demo/accounts.ts';
import { BROWSER_ARGS, ensureChromium } from './chromium.ts';
import { differing, toWebp } from './pixels.ts';

/**
 * `npm run pictures`: the demo operator at a fixed instant, every page × language × width, into `pictures/`; each is compared with the one
 * of the run before. Those of the READMEs are compared with those in `docs/pictures`, which change with `-- --accept` alone; `--only=NAME`, or
 * `--shown` for those of the READMEs.
 */

const REPO = path.resolve(import.meta.dirname, '..');
const OUT = path.join(REPO, 'pictures');
const SHOWN = path.join(REPO, 'docs', 'pictures');
/** A Friday morning in the city. The program's clock stands here: a thousandth of the world's pace. */
const NOW = Date.parse('2026-11-20T10:30:00+08:00');
const ACCEPT = process.argv.includes('--accept');
const ONLY = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const SHOWN_ALONE = process.argv.includes('--shown');
const KEY = Buffer.alloc(32, 7);
/** Always the same, because it stands in pictures. */
const PORT = '8765';
const ADMIN = 'the-token-of-the-pictures';
const THRESHOLD = 0.001;
const MOST_BYTES = 100_000;
const HEIGHTS: Readonly<Record<number, number>> = { 1440: 900, 390: 844 };

/** Read before the program begins: `Date` as of the fixed instant. */
const CLOCK = `const D=Date,b=D.now(),n=()=>Math.floor(${NOW}+(D.now()-b)/1000);
globalThis.Date=class extends D{constructor(...a){a.length?super(...a):super(n())}static now(){return n()}};`;

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly dark?: true;
  /** Under which name it stands in the READMEs, and in which face. */
  readonly shown?: { readonly as: string; readonly width: 1440 | 390 };
  readonly before?: (page: Page) => Promise<void>;
}

/** Starts the demo at the fixed instant, with all of its history. */
async function start(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GLASSHOUSE_|PORT$|HOST$|DATABASE_URL$)/.test(name)));
  const child = spawn(path.join(REPO, 'glasshouse'), ['start', '--demo', '--port', PORT, '--data', folder], {
    env: {
      ...clean,
      GLASSHOUSE_ADMIN_TOKEN: ADMIN,
      GLASSHOUSE_LIMITS: 'off',
      GLASSHOUSE_KEY: KEY.toString('base64'),
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(CLOCK)}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  const url = await new Promise<string>((done, fail) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text);
      said += text;
      const [, address] = /^Glasshouse is ready: (\S+)$/m.exec(said) ?? [];
      const [, part, whole] = [...said.matchAll(/older history \[.*?\] (\d+)\/(\d+) days/g)].at(-1) ?? [];
      if (address && part !== undefined && part === whole) done(address);
    });
    ended.then(() => fail(new Error('the program ended before all was in')));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const asAdmin = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
const ask = async <T>(url: string, body?: object): Promise<T> => {
  const answer = await fetch(url, { headers: asAdmin, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

/** The demo's administrator signs in; answers his session. */
async function session(url: string): Promise<string> {
  const { login } = PEOPLE[0]!;
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: asAdmin,
    body: JSON.stringify({ login, password: passwordOf(KEY, login) }),
  });
  return /^glasshouse=([^;]+)/.exec(answer.headers.getSetCookie().find((c) => c.startsWith('glasshouse='))!)![1]!;
}

/** One that the demo's analyst has saved. */
const AUDIENCE = '可升级 5G 的客户';
const PEOPLE_IN_ALL = 300_000;

/** Once all of the city's people are counted: a saved audience and somebody of it. */
async function audienceOf(url: string): Promise<{ audience: string; customer: string }> {
  const everyone = { tag: 'everyone', is: true };
  for (const until = Date.now() + 15 * 60_000; ; ) {
    const counted = await ask<{ count: number }>(`${url}/api/audiences/count`, { where: everyone }).catch(() => ({ count: 0 }));
    const { items } = await ask<{ items: { id: string; where: object }[] }>(`${url}/api/audiences?q=${encodeURIComponent(AUDIENCE)}`);
    if (counted.count >= PEOPLE_IN_ALL && items[0]) {
      const { id, where } = items[0];
      const examples = await ask<{ items: { id: string }[] }>(`${url}/api/audiences/examples`, { where, limit: 1 });
      return { audience: id, customer: examples.items[0]!.id };
    }
    if (Date.now() > until) throw new Error(`only ${counted.count} people and ${items.length} audiences came`);
    await new Promise((done) => setTimeout(done, 2_000));
  }
}

interface Rows {
  readonly items: readonly { readonly id: string; readonly root: { readonly value: string } }[];
}

/** An order that is late and has had a visit planned: it has something to tell. */
async function tellingOrder(url: string): Promise<string> {
  const late = await ask<Rows>(`${url}/api/journeys?scenario=bundle-new&overdue=true&holder=installer&sort=startedAt&limit=5`);
  return (late.items[2] ?? late.items[0])!.id;
}

/** A customer's private link to an order whose installer is known and has agreed when he comes. */
async function comingTicket(url: string): Promise<string> {
  const open = await ask<Rows>(`${url}/api/journeys?scenario=broadband-new&holder=installer&overdue=false&waiting=false&limit=60`);
  let ticket = '';
  for (const { id } of open.items) {
    ({ ticket } = await ask<{ ticket: string }>(`${url}/api/journeys/${encodeURIComponent(id)}/ticket`, {}));
    const { orders } = await ask<{ orders: { slot: object | null; visitor: object | null; late: boolean }[] }>(`${url}/api/track`, {
      ticket,
    });
    if (orders[0]?.slot && orders[0].visitor && !orders[0].late) return ticket;
  }
  return ticket;
}

const STEPS = ['申请', '审核', '派单', '完工'];
const LOG = [
  'case:concept:name,concept:name,time:timestamp,org:resource',
  ...Array.from({ length: 40 }, (_, i) => `B${100 + (i >> 2)},${STEPS[i % 4]},2026-11-1${i % 4}T0${i % 9}:30:00,041${i % 7}`),
].join('\n');
const dropLog = async (page: Page) => {
  await page.locator('input[type=file]').setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(LOG) });
  await page.getByRole('table').first().waitFor();
};

/** The store's own clock is the world's: when people signed in is no part of a picture. */
const withoutSignIns = async (page: Page) => {
  await page.getByRole('table').waitFor();
  await page.addStyleTag({ content: 'time { visibility: hidden; }' });
};

async function shotsOf(url: string): Promise<Shot[]> {
  const late = await tellingOrder(url);
  const ticket = await comingTicket(url);
  const { audience, customer } = await audienceOf(url);
  const page = (name: string, more: Partial<Shot> = {}): Shot => ({ name, path: `/console/${name}`, ...more });
  return [
    page('overview', { dark: true, shown: { as: 'overview', width: 1440 } }),
    page('orders', { path: '/console/orders?tab=overdue', dark: true, shown: { as: 'orders', width: 1440 } }),
    page('journey', { path: `/console/journeys/${encodeURIComponent(late)}`, dark: true, shown: { as: 'journey', width: 1440 } }),
    page('analysis', { path: '/console/analysis?scenario=broadband-new', shown: { as: 'process-map', width: 1440 } }),
    page('scenarios'),
    page('scenario', { path: '/console/scenarios/broadband-new' }),
    page('scenario-editor', { path: '/console/scenarios/broadband-new/edit', dark: true }),
    page('scenario-rules', { path: '/console/scenarios/broadband-new/edit?view=rules' }),
    page('customers'),
    page('customer', { path: `/console/customers/${customer}`, dark: true }),
    page('duplicates'),
    page('audiences'),
    page('audience', { path: `/console/audiences/${audience}`, dark: true, shown: { as: 'audience', width: 1440 } }),
    page('grid', { path: '/console/grid?tab=map', shown: { as: 'grid', width: 390 } }),
    page('homes', { path: '/console/grid' }),
    page('retention'),
    page('retention-rules', { path: '/console/retention/rules' }),
    page('tags'),
    page('tag', { path: '/console/tags/arpu' }),
    page('derivations'),
    page('derivation', { path: '/console/derivations/tier.contribution' }),
    page('models'),
    page('model', { path: '/console/models/leaving' }),
    page('enterprises', { shown: { as: 'enterprises', width: 1440 } }),
    page('repair'),
    page('sources'),
    page('feeds'),
    page('import', { before: dropLog, shown: { as: 'import', width: 1440 } }),
    page('people', { before: withoutSignIns }),
    page('api'),
    page('track-form', { path: '/track' }),
    page('track', { path: `/track#t=${ticket}`, shown: { as: 'track', width: 390 } }),
  ];
}

/** One context a face; the browser's clock stands where the program's does. */
async function face(browser: Browser, url: string, cookie: string, lang: string, width: number, dark: boolean): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHTS[width]! },
    deviceScaleFactor: width < 500 ? 2 : 1,
    locale: lang,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.addCookies([{ name: 'glasshouse', value: cookie, url }]);
  await context.addInitScript((l) => localStorage.setItem('glasshouse.lang', l), lang);
  await context.clock.setFixedTime(NOW);
  return context;
}

async function shoot(context: BrowserContext, url: string, shot: Shot): Promise<Buffer> {
  const page = await context.newPage();
  try {
    await page.goto(`${url}${shot.path}`);
    await page.getByRole('heading').first().waitFor();
    await shot.before?.(page);
    await page.waitForFunction(() => !document.querySelector('.g-loading, .c-alone'), undefined, { timeout: 20_000 });
    await page.evaluate(() => document.fonts.ready);
    await new Promise((done) => setTimeout(done, 600));
    return await page.screenshot({ animations: 'disabled', caret: 'hide' });
  } finally {
    await page.close();
  }
}

/** Notes how much a picture differs from the one that lies there, and puts it there where none does or `replace` says so. */
async function compare(desk: Page, file: string, picture: Buffer, replace: boolean): Promise<void> {
  const share = fs.existsSync(file) ? await differing(desk, fs.readFileSync(file), picture) : 0;
  if (share > THRESHOLD) differences.push(`${path.relative(REPO, file)}: ${(share * 100).toFixed(2)} % differ`);
  if (replace || !fs.existsSync(file)) fs.writeFileSync(file, picture);
}

const isWanted = ({ name, dark, shown }: Shot, width: number, inDark: boolean): boolean => {
  if (SHOWN_ALONE) return !inDark && shown?.width === width;
  return (dark || !inDark) && (ONLY === undefined || name === ONLY);
};

const differences: string[] = [];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-pictures-'));
const program = await start(folder);
const browser = await chromium.launch({ executablePath: ensureChromium(), args: BROWSER_ARGS });
try {
  const [cookie, shots, desk] = [await session(program.url), await shotsOf(program.url), await browser.newPage()];
  fs.mkdirSync(SHOWN, { recursive: true });
  fs.mkdirSync(OUT, { recursive: true });
  for (const lang of ['zh', 'en'])
    for (const width of [1440, 390])
      for (const dark of [false, true]) {
        const context = await face(browser, program.url, cookie, lang === 'zh' ? 'zh-CN' : 'en-US', width, dark);
        for (const shot of shots.filter((s) => isWanted(s, width, dark))) {
          const name = `${shot.name}.${lang}.${width}${dark ? '.dark' : ''}.png`;
          const png = await shoot(context, program.url, shot);
          await compare(desk, path.join(OUT, name), png, true);
          if (shot.shown?.width === width && !dark)
            await compare(desk, path.join(SHOWN, `${shot.shown.as}.${lang}.webp`), await toWebp(desk, png, MOST_BYTES), ACCEPT);
        }
        await context.close();
      }
} finally {
  await browser.close();
  await program.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(differences.length > 0 ? differences.join('\n') : 'no picture differs');
process.exitCode = differences.length > 0 ? 1 : 0;
