import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { TrackedOrder } from '../../server/modules/tracking/contract.ts';
import { trackedOrder } from '../../server/modules/tracking/track.ts';
import { openVault } from '../../server/platform/vault.ts';
import { customerOf } from './bulk.ts';
import { type Pool, requestOf } from './http.ts';
import { openLoop } from './schedule.ts';
import { postEvents } from './server.ts';
import { makeSightings, type Sightings } from './sightings.ts';
import type { Store } from './store.ts';
import { folding, preparedOf, recordOfEvents } from './truth.ts';
import { eventLine, FIRST_MS } from './workload.ts';

/** Customers with their orders open, and single events that come to those orders at a steady rate. */

export const PAGES = 1_000;
export const RATE = 1_000;
const PREFIX = 'v';
const JSON_HEADERS = { 'content-type': 'application/json', 'accept-language': 'en' };
/** Nothing that is not seen by then counts as seen. */
const PATIENCE_MS = 10_000;

const atOf = (k: number): number => FIRST_MS + k * 60_000;
export const lineOf = (page: number, k: number): string =>
  eventLine(PREFIX, String(page), k, atOf(k), { keys: { serviceNumber: customerOf(page).serviceNumber } });

/** All pages of the product: what they show, which frames said nothing new, and how many events each journey was sent. */
export interface Scene {
  readonly sent: number[];
  readonly shown: (TrackedOrder | undefined)[];
  frames: number;
  doubled: number;
}

const withoutWatch = (order: TrackedOrder): object => ({ ...order, watch: '' });

export function hearOrder(scene: Scene, sightings: Sightings) {
  return (page: number, data: unknown, now: number) => {
    const order = data as TrackedOrder;
    const before = scene.shown[page];
    scene.shown[page] = order;
    sightings.saw(page, Date.parse(order.updatedAt), now);
    if (before === undefined) return; // a page's first frame is the present, not news
    scene.frames++;
    if (before.updatedAt === order.updatedAt && isDeepStrictEqual(withoutWatch(before), withoutWatch(order))) scene.doubled++;
  };
}

/** One event for every journey, so that its customer finds it; answers each page's stream. */
export async function openScene(pool: Pool): Promise<{ scene: Scene; streams: string[] }> {
  const scene: Scene = { sent: Array.from({ length: PAGES }, () => 1), shown: [], frames: 0, doubled: 0 };
  for (let i = 0; i < PAGES; i += 200) await pool.ask(postEvents(Array.from({ length: 200 }, (_, n) => lineOf(i + n, 0))));
  const streams: string[] = [];
  for (let page = 0; page < PAGES; page++) {
    const { orders } = JSON.parse((await pool.ask(askFor(page))).body) as { orders: TrackedOrder[] };
    streams.push(orders[0]?.watch ?? '');
  }
  return { scene, streams };
}

const askFor = (page: number): Buffer =>
  requestOf('POST', '/api/track', JSON_HEADERS, JSON.stringify({ serviceNumber: customerOf(page).serviceNumber }));

/** Posts at the rate, a page after the other, and waits until all is seen. */
export async function post(scene: Scene, sightings: Sightings, pool: Pool, seconds: number) {
  const posts = await openLoop({
    rate: RATE,
    total: RATE * seconds,
    send: (i, due) => {
      const page = i % PAGES;
      const k = (scene.sent[page] as number)++;
      sightings.sent(page, atOf(k), due);
      return pool.ask(postEvents([lineOf(page, k)]));
    },
  });
  await seenOrLate(sightings);
  return posts;
}

async function seenOrLate(sightings: Sightings): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; sightings.open > 0 && performance.now() < until; ) await sleep(10);
}

export async function bareRound(sightings: Sightings, pool: Pool, marks: { next: number }, seconds: number): Promise<void> {
  await openLoop({
    rate: RATE,
    total: RATE * seconds,
    send: (i, due) => {
      const mark = marks.next++;
      sightings.sent(i % PAGES, mark, due);
      return pool.ask(requestOf('POST', '/note', JSON_HEADERS, JSON.stringify({ page: i % PAGES, mark, text: 'x'.repeat(300) })));
    },
  });
  await seenOrLate(sightings);
}

/** The same posts, seen by pages that ask once a second each instead of listening. */
export async function pollRound(scene: Scene, pool: Pool, askers: Pool, seconds: number): Promise<{ p50: number; p99: number }> {
  const sightings = makeSightings(PAGES);
  const polls = openLoop({
    rate: PAGES,
    total: PAGES * (seconds + 2),
    send: async (i) => {
      const page = (i * 617) % PAGES; // in another order than they are posted to
      const { orders } = JSON.parse((await askers.ask(askFor(page))).body) as { orders: TrackedOrder[] };
      sightings.saw(page, Date.parse(orders[0]?.updatedAt ?? ''), performance.now());
    },
  });
  await sleep(137); // asking and posting go their own ways
  await post(scene, sightings, pool, seconds);
  await polls;
  return { p50: sightings.latency.percentile(0.5), p99: sightings.latency.percentile(0.99) };
}

/** Pages whose last frame is not what all their events give. */
export function wrongFinals(scene: Scene, store: Store): number[] {
  const vault = openVault(store.key);
  return scene.sent.flatMap((sent, page) => {
    const record = recordOfEvents(Array.from({ length: sent }, (_, k) => preparedOf(lineOf(page, k), vault)));
    const plan = folding.plan(record.scenario, record.version);
    const want = plan && trackedOrder(record, plan, 'en', Date.now() * 1_000, folding.zoned, 'brief', '');
    const shown = scene.shown[page];
    return shown !== undefined &&
      want !== undefined &&
      isDeepStrictEqual(withoutWatch(shown), JSON.parse(JSON.stringify(withoutWatch(want))))
      ? []
      : [page];
  });
}
