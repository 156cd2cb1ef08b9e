import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDb } from '../server/platform/db.ts';
import { openVault } from '../server/platform/vault.ts';
import { startChild } from './lib/child.ts';
import type { Cores } from './lib/cores.ts';
import { cpuMs } from './lib/cpu.ts';
import { openPool } from './lib/http.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { profiled } from './lib/profile.ts';
import { atMost, type Report } from './lib/report.ts';
import { bareRound, hearOrder, lineOf, openScene, PAGES, pollRound, post, RATE, type Scene, wrongFinals } from './lib/scene.ts';
import { AUTH, type Server, startServer } from './lib/server.ts';
import { makeSightings, type Sightings } from './lib/sightings.ts';
import { openPages } from './lib/sse.ts';
import { median, round, spread } from './lib/stats.ts';
import { openStore, type Store } from './lib/store.ts';
import { sampleOf, wrongTimelines } from './lib/truth.ts';

/**
 * How soon does a customer who has his order open see what happened? Single events at a steady rate, an open page per journey; the time from when
 * the post was due until the page has parsed the frame that shows it. In turns with bare LISTEN/NOTIFY and SSE; and beside both, pages that ask each
 * second.
 */

const SIZES = { full: { seconds: 10, rounds: 3, pollSeconds: 10 }, quick: { seconds: 2, rounds: 3, pollSeconds: 2 } };
const PROGRAM = fileURLToPath(new URL('./baselines/notify-sse.ts', import.meta.url));

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly bareP50: number;
  readonly bareP99: number;
  /** Until the post was answered. */
  readonly postP99: number;
  readonly cpu: number;
  readonly postgresCpu: number;
  readonly lost: number;
  readonly bareLost: number;
}

type Turn = () => Promise<{ failed: number; why: string | undefined; postP99: number }>;

/** One turn of the product and one of bare NOTIFY. */
async function oneRound(
  store: Store,
  server: Server,
  own: Sightings,
  bare: Sightings,
  seconds: number,
  turn: Turn,
  bareTurn: () => Promise<void>,
  problems: string[],
): Promise<Round> {
  own.clear();
  bare.clear();
  await store.settle();
  const before = await store.counters();
  const cpu = cpuMs(server.pid);
  const { failed, why, postP99 } = await turn();
  const events = RATE * seconds;
  const spent = { cpu: (cpuMs(server.pid) - cpu) / events, postgresCpu: ((await store.counters()).cpuMs - before.cpuMs) / events };
  if (failed > 0) problems.push(`${failed} posts failed: ${why}`);
  await store.settle();
  await bareTurn();
  const [p50, p99, bareP50, bareP99] = [own, bare].flatMap((s) => [s.latency.percentile(0.5), s.latency.percentile(0.99)]) as [
    number,
    number,
    number,
    number,
  ];
  say(`visible after p50 ${round(p50)} ms, p99 ${round(p99)} ms; bare ${round(bareP50)} and ${round(bareP99)} ms`);
  return { p50, p99, bareP50, bareP99, postP99, ...spent, lost: own.open, bareLost: bare.open };
}

/** Are the timelines in the store those of the events that were posted? */
async function checkStore(store: Store, server: Server, scene: Scene): Promise<string[]> {
  const db = openDb(server.databaseUrl, 2);
  const journeys = scene.sent.map((sent, page) => Array.from({ length: sent }, (_, k) => lineOf(page, k)));
  const problems = await wrongTimelines(db, openVault(store.key), sampleOf(journeys, 50));
  await db.close();
  return problems.slice(0, 3);
}

export async function visible(options: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = options.quick ? SIZES.quick : SIZES.full;
  const store = await openStore();
  const problems: string[] = [];
  try {
    const server = await startServer(store, 'subject');
    const peer = await startChild(PROGRAM, [], { ...process.env, DATABASE_URL: await store.database('bare') });
    const [pool, peerPool, askers] = [openPool(server.url, 256), openPool(peer.url, 256), openPool(server.url, 256)];
    const { scene, streams } = await openScene(pool);
    const [own, bare] = [makeSightings(PAGES), makeSightings(PAGES)];
    const board = { frames: 0, changed: 0 };
    const pages = await openPages(server.url, streams, { 'accept-language': 'en' }, hearOrder(scene, own));
    const boards = await openPages(server.url, ['/api/board/stream'], AUTH, (_, data) => {
      board.frames++;
      board.changed += (data as { changed: number }).changed;
    });
    const barePaths = Array.from({ length: PAGES }, (_, i) => `/stream/${i}`);
    const peers = await openPages(peer.url, barePaths, {}, (page, data, now) => bare.saw(page, (data as { mark: number }).mark, now));
    say(`${PAGES} pages and a board are open`);
    const marks = { next: 1 };
    await post(scene, own, pool, 1);
    await bareRound(bare, peerPool, marks, 1);

    const endProfile = await profiled(options, store, server);
    const turn: Turn = async () => {
      const { failed, why, latency } = await post(scene, own, pool, size.seconds);
      return { failed, why, postP99: latency.percentile(0.99) };
    };
    const rounds: Round[] = [];
    for (let n = 1; n <= size.rounds; n++) {
      if (n > 1) await cores.ask();
      rounds.push(
        await oneRound(store, server, own, bare, size.seconds, turn, () => bareRound(bare, peerPool, marks, size.seconds), problems),
      );
    }
    await endProfile();
    await sleep(1_500); // the board's last frame
    const wrong = wrongFinals(scene, store).length;
    const lost = rounds.reduce((sum, r) => sum + r.lost, 0);
    if (pages.broken > 0) problems.push(`${pages.broken} streams were broken`);
    if (board.changed < RATE * size.seconds * size.rounds * 0.9) problems.push(`the board was told of ${board.changed} changes only`);
    if (lost + wrong > 0) problems.push(`${lost} events were not seen, ${wrong} pages show something wrong at the end`);
    problems.push(...(await checkStore(store, server, scene)));
    pages.close();
    const poll = await pollRound(scene, pool, askers, size.pollSeconds);
    for (const c of [boards, peers, pool, peerPool, askers]) c.close();
    await peer.stop();
    await server.stop();
    return reportOf(size, rounds, scene, poll, board, { lost, wrong }, problems);
  } finally {
    await store.stop();
  }
}

function reportOf(
  size: object,
  rounds: readonly Round[],
  scene: Scene,
  poll: { p50: number; p99: number },
  board: { frames: number; changed: number },
  { lost, wrong }: { lost: number; wrong: number },
  problems: readonly string[],
): Omit<Report, 'cores' | 'coresAsked'> {
  const of = (f: (r: Round) => number) => spread(rounds.map(f));
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
      wrongFinal: atMost(wrong, 0),
    },
    details: { size: { pages: PAGES, postsPerSecond: RATE, ...size }, rounds, poll, board },
    problems,
  };
}
