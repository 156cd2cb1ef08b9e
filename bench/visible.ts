import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrackedOrder } from '../server/modules/tracking/contract.ts';
import { trackedOrder } from '../server/modules/tracking/track.ts';
import { openDb } from '../server/platform/db.ts';
import { openVault } from '../server/platform/vault.ts';
import { customerOf } from './lib/bulk.ts';
import { type Child, startChild } from './lib/child.ts';
import type { Cores } from './lib/cores.ts';
import { cpuMs } from './lib/cpu.ts';
import { openPool, type Pool, requestOf } from './lib/http.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { atMost, type Report } from './lib/report.ts';
import { openLoop } from './lib/schedule.ts';
import { AUTH, postEvents, type Server, startServer } from './lib/server.ts';
import { makeSightings, type Sightings } from './lib/sightings.ts';
import { openPages } from './lib/sse.ts';
import { median, round, spread } from './lib/stats.ts';
import { openStore, type Store } from './lib/store.ts';
import { folding, preparedOf, recordOfEvents, sampleOf, wrongTimelines } from './lib/truth.ts';
import { eventLine, FIRST_MS } from './lib/workload.ts';

/**
 * How soon does a customer who has his order open see what happened? Single events at a steady rate, an open page per journey; the time from when
 * the post was due until the page has parsed the frame that shows it. In turns with bare LISTEN/NOTIFY and SSE; and beside both, pages that ask each second.
 */

const PAGES = 1_000;
const RATE = 1_000;
const SIZES = { full: { seconds: 10, rounds: 3, pollSeconds: 10 }, quick: { seconds: 2, rounds: 3, pollSeconds: 2 } };
const PREFIX = 'v';
const JSON_HEADERS = { 'content-type': 'application/json', 'accept-language': 'en' };
const PROGRAM = fileURLToPath(new URL('./baselines/notify-sse.ts', import.meta.url));
/** Nothing that is not seen by then counts as seen. */
const PATIENCE_MS = 10_000;

const atOf = (k: number): number => FIRST_MS + k * 60_000;
const lineOf = (page: number, k: number): string => eventLine(PREFIX, String(page), k, atOf(k), { keys: { serviceNumber: customerOf(page).serviceNumber } });

/** All pages of the product: what they show, which frames said nothing new, and how many events each journey was sent. */
interface Scene {
  readonly sent: number[];
  readonly shown: (TrackedOrder | undefined)[];
  frames: number;
  doubled: number;
}

const withoutWatch = ({ watch: _, ...order }: TrackedOrder): object => order;

function hearOrder(scene: Scene, sightings: Sightings) {
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
async function openScene(server: Server, pool: Pool): Promise<{ scene: Scene; streams: string[] }> {
  const scene: Scene = { sent: Array.from({ length: PAGES }, () => 1), shown: [], frames: 0, doubled: 0 };
  for (let i = 0; i < PAGES; i += 200) await pool.ask(postEvents(Array.from({ length: 200 }, (_, n) => lineOf(i + n, 0))));
  const streams: string[] = [];
  for (let page = 0; page < PAGES; page++) {
    const { orders } = JSON.parse((await pool.ask(askFor(page))).body) as { orders: TrackedOrder[] };
    streams.push(orders[0]?.watch ?? '');
  }
  return { scene, streams };
}

const askFor = (page: number): Buffer => requestOf('POST', '/api/track', JSON_HEADERS, JSON.stringify({ serviceNumber: customerOf(page).serviceNumber }));

/** Posts at the rate, a page after the other, and waits until all is seen. */
async function post(scene: Scene, sightings: Sightings, pool: Pool, seconds: number) {
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

async function bareRound(peer: Child, sightings: Sightings, pool: Pool, marks: { next: number }, seconds: number): Promise<void> {
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
async function pollRound(scene: Scene, pool: Pool, askers: Pool, seconds: number): Promise<{ p50: number; p99: number }> {
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
function wrongFinals(scene: Scene, store: Store): number[] {
  const vault = openVault(store.key);
  return scene.sent.flatMap((sent, page) => {
    const record = recordOfEvents(Array.from({ length: sent }, (_, k) => preparedOf(lineOf(page, k), vault)));
    const plan = folding.plan(record.scenario, record.version);
    const want = plan && trackedOrder(record, plan, 'en', Date.now() * 1_000, folding.zoned, 'brief', '');
    const shown = scene.shown[page];
    return shown !== undefined && want !== undefined && isDeepStrictEqual(withoutWatch(shown), JSON.parse(JSON.stringify(withoutWatch(want)))) ? [] : [page];
  });
}

export async function visible({ quick, seed: _ }: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = quick ? SIZES.quick : SIZES.full;
  const store = await openStore();
  const problems: string[] = [];
  try {
    const server = await startServer(store, 'subject');
    const peer = await startChild(PROGRAM, [], { ...process.env, DATABASE_URL: await store.database('bare') });
    const [pool, peerPool, askers] = [openPool(server.url, 256), openPool(peer.url, 256), openPool(server.url, 256)];
    const { scene, streams } = await openScene(server, pool);
    const own = makeSightings(PAGES);
    const bare = makeSightings(PAGES);
    const board = { frames: 0, changed: 0 };
    const pages = await openPages(server.url, streams, { 'accept-language': 'en' }, hearOrder(scene, own));
    const boards = await openPages(server.url, ['/api/board/stream'], AUTH, (_, data) => {
      board.frames++;
      board.changed += (data as { changed: number }).changed;
    });
    const peers = await openPages(peer.url, Array.from({ length: PAGES }, (_, i) => `/stream/${i}`), {}, (page, data, now) => bare.saw(page, (data as { mark: number }).mark, now));
    say(`${PAGES} pages and a board are open`);
    await post(scene, own, pool, 1);
    const marks = { next: 1 };
    await bareRound(peer, bare, peerPool, marks, 1);

    const rounds: { p50: number; p99: number; bareP50: number; bareP99: number; postP99: number; cpu: number; postgresCpu: number }[] = [];
    let [lost, bareLost] = [0, 0];
    for (let n = 1; n <= size.rounds; n++) {
      if (n > 1) await cores.ask();
      own.clear();
      bare.clear();
      await store.settle();
      const before = await store.counters();
      const cpu = cpuMs(server.pid);
      const posts = await post(scene, own, pool, size.seconds);
      const events = RATE * size.seconds;
      const spent = { cpu: (cpuMs(server.pid) - cpu) / events, postgresCpu: ((await store.counters()).cpuMs - before.cpuMs) / events };
      if (posts.failed > 0) problems.push(`${posts.failed} posts failed: ${posts.why}`);
      lost += own.open;
      await store.settle();
      await bareRound(peer, bare, peerPool, marks, size.seconds);
      bareLost += bare.open;
      const of = (s: Sightings) => [s.latency.percentile(0.5), s.latency.percentile(0.99)] as const;
      const [[p50, p99], [bareP50, bareP99]] = [of(own), of(bare)];
      rounds.push({ p50, p99, bareP50, bareP99, postP99: posts.latency.percentile(0.99), ...spent });
      say(`visible after p50 ${round(p50)} ms, p99 ${round(p99)} ms; bare ${round(bareP50)} and ${round(bareP99)} ms`);
    }
    await sleep(1_500); // the board's last frame
    const wrong = wrongFinals(scene, store);
    if (pages.broken > 0) problems.push(`${pages.broken} streams were broken`);
    if (board.changed < RATE * size.seconds * size.rounds * 0.9) problems.push(`the board was told of ${board.changed} changes only`);
    for (const [what, n] of [['lost', lost], ['lost by bare NOTIFY', bareLost], ['doubled', scene.doubled], ['wrong final', wrong.length]] as const) if (n > 0) say(`${what}: ${n}`);
    if (lost + wrong.length > 0) problems.push(`${lost} events were not seen, ${wrong.length} pages show something wrong at the end`);
    const db = openDb(server.databaseUrl, 1);
    const journeys = scene.sent.map((sent, page) => Array.from({ length: sent }, (_, k) => lineOf(page, k)));
    problems.push(...(await wrongTimelines(db, openVault(store.key), sampleOf(journeys, 50))).slice(0, 3));
    await db.close();
    pages.close();
    const poll = await pollRound(scene, pool, askers, size.pollSeconds);
    for (const c of [boards, peers, pool, peerPool, askers]) c.close();
    await peer.stop();
    await server.stop();
    const of = (f: (r: (typeof rounds)[number]) => number) => spread(rounds.map(f));
    const [p50, p99, bareP99] = [median(rounds.map((r) => r.p50)), median(rounds.map((r) => r.p99)), median(rounds.map((r) => r.bareP99))];
    return {
      rows: [
        ['due → parsed, p50', of((r) => r.p50), 'ms'],
        ['due → parsed, p99', of((r) => r.p99), 'ms'],
        ['bare LISTEN/NOTIFY and SSE, p50', of((r) => r.bareP50), 'ms'],
        ['bare LISTEN/NOTIFY and SSE, p99', of((r) => r.bareP99), 'ms'],
        ['a page that asks each second, p50', poll.p50, 'ms'],
        ['a page that asks each second, p99', poll.p99, 'ms'],
        ['due → acknowledged, p99', of((r) => r.postP99), 'ms'],
        ['server CPU', of((r) => r.cpu), 'ms per event'],
        ['PostgreSQL CPU', of((r) => r.postgresCpu), 'ms per event'],
        ['frames on pages', scene.frames, ''],
        ['frames on the board', board.frames, ''],
      ],
      ratios: { p99OfBare: p99 / bareP99, pollP50OfStream: poll.p50 / p50 },
      targets: {
        p50Ms: atMost(p50, 50),
        p99Ms: { value: round(p99), target: `≤ 300 or ≤ 3 × bare (${round(3 * bareP99)})`, met: p99 <= Math.max(300, 3 * bareP99) },
        lost: atMost(lost, 0),
        doubled: atMost(scene.doubled, 0),
        wrongFinal: atMost(wrong.length, 0),
      },
      details: { size: { pages: PAGES, postsPerSecond: RATE, ...size }, rounds, poll, board, bareLost },
      problems,
    };
  } finally {
    await store.stop();
  }
}
