import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { BROWSER_ARGS, ensureChromium } from './chromium.ts';

/**
 * `node scripts/first-paint.ts [URL]`: how soon the customer's page stands on a slow phone (processor four times slower, 1.6 Mbit/s,
 * 150 ms there and back, nothing kept), run after run, and what it weighs. Wants a machine with nothing else to do.
 */

const SLOWER = 4;
const BITS_PER_SECOND = 1_600_000;
const THERE_AND_BACK_MS = 150;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '9' }, useful: { type: 'string', default: 'input' } },
});
const url = positionals[0] ?? 'http://127.0.0.1:8080/track';

interface Run {
  /** Milliseconds from the start of the navigation: anything but blank; text; what the reader came for, ready to be used. */
  readonly paintMs: number;
  readonly contentMs: number;
  readonly usefulMs: number;
  readonly bytes: number;
}

async function visit(browser: Browser): Promise<Run> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true });
  try {
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    const throughput = BITS_PER_SECOND / 8;
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: THERE_AND_BACK_MS,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    let bytes = 0;
    line.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.addInitScript((selector) => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector(selector)) return;
        observer.disconnect();
        requestAnimationFrame(() => performance.mark('useful'));
      }).observe(document, { childList: true, subtree: true });
    }, values.useful);
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName('useful').length > 0);
    const [paintMs, contentMs, usefulMs] = await page.evaluate(() =>
      ['first-paint', 'first-contentful-paint', 'useful'].map((name) => Math.round(performance.getEntriesByName(name)[0]?.startTime ?? 0)),
    );
    return { paintMs: paintMs!, contentMs: contentMs!, usefulMs: usefulMs!, bytes };
  } finally {
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: ensureChromium(), args: BROWSER_ARGS });
try {
  const runs: Run[] = [];
  for (let i = 0; i < Number(values.runs); i++) runs.push(await visit(browser));
  console.table(runs);
  const useful = runs.map(({ usefulMs }) => usefulMs).toSorted((a, b) => a - b);
  console.log(JSON.stringify({ url, bytes: runs[0]?.bytes, usefulMs: { median: useful[useful.length >> 1], least: useful[0] } }));
} finally {
  await browser.close();
}
