import { fileURLToPath } from 'node:url';
import { openDb } from '../server/platform/db.ts';
import { PER_JOURNEY } from './lib/bulk.ts';
import { type Child, startChild } from './lib/child.ts';
import type { Cores } from './lib/cores.ts';
import { openPool } from './lib/http.ts';
import { say } from './lib/log.ts';
import { answered, type Kind, load, loadReady, requestFor, type Turn, total, turn, wrongAnswers } from './lib/lookups.ts';
import type { Options } from './lib/options.ts';
import { profiled } from './lib/profile.ts';
import { proveSameRows } from './lib/proof.ts';
import { below, type Random, seeded } from './lib/random.ts';
import { atLeast, atMost, type Report, type Row } from './lib/report.ts';
import { openLoop } from './lib/schedule.ts';
import { type Server, startServer } from './lib/server.ts';
import { median, round, type Spread, spread } from './lib/stats.ts';
import { openStore, type Store } from './lib/store.ts';

/**
 * How fast is a customer told where his order is, among a million? In turns with a route that selects one ready answer by its key. Both look-ups, by
 * service number and by the pair of ID number and phone; then at half the rate, when each answer's own time is seen.
 */

const SIZES = {
  full: { few: 10_000, many: 1_000_000, proof: 200, rounds: 3, warmMs: 15_000, closedMs: 5_000, openMs: 10_000 },
  quick: { few: 1_000, many: 6_000, proof: 20, rounds: 3, warmMs: 800, closedMs: 800, openMs: 1_200 },
};
type Size = (typeof SIZES)['full'];
const PROGRAM = fileURLToPath(new URL('./baselines/ready-row.ts', import.meta.url));
const KINDS = ['number', 'pair'] as const;

interface Bench {
  readonly size: Size;
  readonly store: Store;
  readonly server: Server;
  /** Another one, whose store holds few journeys. */
  readonly small: Server;
  readonly bare: Child;
  readonly random: Random;
  readonly problems: string[];
}

type Name = Kind | 'bare' | 'fewNumber' | 'fewPair';
type Turns = Record<Name, Turn[]>;

/** As many look-ups as can be had: among many, among few, and of the bare route, in turns. */
async function allTurns({ size, store, server, small, bare, random }: Bench): Promise<Turns> {
  const turns: Turns = { number: [], pair: [], bare: [], fewNumber: [], fewPair: [] };
  const order = [
    ['number', server, 'number', size.many],
    ['bare', bare, 'number', size.many],
    ['pair', server, 'pair', size.many],
    ['fewNumber', small, 'number', size.few],
    ['fewPair', small, 'pair', size.few],
  ] as const;
  for (let n = 0; n <= size.rounds; n++)
    for (const [name, place, kind, journeys] of order) {
      const t = await turn(store, place, kind, journeys, random, n > 0 ? size.closedMs : size.warmMs);
      if (n > 0) turns[name].push(t); // the first one fills caches: until a million rows were seen, PostgreSQL is busy with its memory's pages
    }
  return turns;
}

type Half = Record<'own' | 'bare', { p50: number; p99: number }[]>;

/** Both kinds at a steady rate, in turns with the bare route at the same rate. */
async function atRate({ size, server, bare, random, problems }: Bench, rate: number): Promise<Half> {
  const half: Half = { own: [], bare: [] };
  for (let n = 0; n < size.rounds; n++)
    for (const name of ['own', 'bare'] as const) {
      const pool = openPool((name === 'own' ? server : bare).url, 256);
      const send = async (i: number) =>
        answered((await pool.ask(requestFor(i % 2 === 0 ? 'number' : 'pair', below(random, size.many)))).body);
      const { latency, failed, why } = await openLoop({ rate, total: Math.ceil((rate * size.openMs) / 1_000), send });
      pool.close();
      if (failed > 0) problems.push(`at half rate ${failed} requests failed: ${why}`);
      half[name].push({ p50: latency.percentile(0.5), p99: latency.percentile(0.99) });
    }
  return half;
}

/** Is all in the store that was loaded and sent, and do the answers say it? */
async function check({ size, store, server, random, problems }: Bench): Promise<void> {
  const customers = Array.from({ length: 50 }, () => below(random, size.many));
  problems.push(...(await wrongAnswers(server.url, store, customers)).slice(0, 5));
  const db = openDb(server.databaseUrl, 2);
  const [n] = await db.query<{ journeys: number; events: number; links: number }>(
    '',
    'select (select count(*) from tracking.journey) journeys, (select count(*) from tracking.event) events, (select count(*) from tracking.link) links',
  );
  await db.close();
  const want = size.many + size.proof;
  if (n?.journeys !== want || n.events !== want * PER_JOURNEY || n.links !== want * PER_JOURNEY)
    problems.push(`the store holds ${JSON.stringify(n)}`);
}

export async function lookup(options: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = options.quick ? SIZES.quick : SIZES.full;
  const store = await openStore();
  try {
    const server = await startServer(store, 'subject');
    const small = await startServer(store, 'few');
    const bareUrl = await store.database('bare');
    await loadReady(bareUrl, size.many);
    const bare = await startChild(PROGRAM, [], { ...process.env, DATABASE_URL: bareUrl });
    const bench: Bench = { size, store, server, small, bare, random: seeded(options.seed), problems: [] };
    bench.problems.push(...(await proveSameRows(store, server, size.proof)));
    say(`${size.proof} journeys loaded both ways: ${bench.problems.length === 0 ? 'the same rows' : 'DIFFERENT ROWS'}`);

    const firstId = (Math.floor(Date.now() / 1_000) - 3_600 - Date.UTC(2020, 0, 1) / 1_000) * 2 ** 23; // an hour ago: nobody else's ids
    await load(store, small.databaseUrl, size.few, firstId);
    await load(store, server.databaseUrl, size.many, firstId);
    await store.settle();
    say(`${size.many} journeys, ${size.many * PER_JOURNEY} events loaded`);

    const endProfile = await profiled(options, store, server);
    const turns = await allTurns(bench);
    await endProfile();
    const perSecond = (name: Name) => turns[name].map((t) => t.perSecond);
    say(
      `by number ${Math.round(median(perSecond('number')))}/s, by pair ${Math.round(median(perSecond('pair')))}/s, bare ${Math.round(median(perSecond('bare')))}/s`,
    );
    await cores.ask();
    const rate = Math.floor(Math.min(...KINDS.map((k) => median(perSecond(k)))) / 2);
    const half = await atRate(bench, rate);
    await check(bench);
    for (const child of [bare, small, server]) await child.stop();
    return reportOf(bench, turns, half, rate);
  } finally {
    await store.stop();
  }
}

function reportOf({ size, problems }: Bench, turns: Turns, half: Half, rate: number): Omit<Report, 'cores' | 'coresAsked'> {
  const rates = (name: Name): Spread => spread(turns[name].map((t) => t.perSecond));
  const cost = (name: Name): Row => [
    `CPU, ${name}: own process and PostgreSQL`,
    spread(turns[name].map((t) => t.cpu + t.postgresCpu)),
    'ms per request',
  ];
  const ofBare = (kind: Kind): Spread => spread(turns[kind].map((t, i) => t.perSecond / (turns.bare[i]?.perSecond ?? 1)));
  const growth = (kind: Kind): number => total(turns[kind]) / total(turns[kind === 'number' ? 'fewNumber' : 'fewPair']);
  const p99 = { own: median(half.own.map((h) => h.p99)), bare: median(half.bare.map((h) => h.p99)) };
  const worst = Math.min(...KINDS.map((k) => ofBare(k).median));
  const grown = Math.max(...KINDS.map(growth));
  return {
    rows: [
      ['by service number', rates('number'), 'requests/s'],
      ['by ID number and phone', rates('pair'), 'requests/s'],
      ['one ready 1 kB row, bare route', rates('bare'), 'requests/s'],
      ['by number, of bare', ofBare('number'), '×'],
      ['by pair, of bare', ofBare('pair'), '×'],
      ...[...KINDS, 'bare' as const, 'fewNumber' as const, 'fewPair' as const].map(cost),
      ...KINDS.map((k): Row => [`CPU growth ${size.few} → ${size.many} journeys, ${k}`, growth(k), '×']),
      [`at ${rate}/s, p50`, spread(half.own.map((h) => h.p50)), 'ms'],
      [`at ${rate}/s, p99`, spread(half.own.map((h) => h.p99)), 'ms'],
      [`bare at ${rate}/s, p99`, spread(half.bare.map((h) => h.p99)), 'ms'],
    ],
    ratios: {
      ofBare: worst,
      numberOfBare: ofBare('number').median,
      pairOfBare: ofBare('pair').median,
      halfRateP99OfBare: p99.own / p99.bare,
      cpuGrowth: grown,
    },
    targets: {
      ofBare: atLeast(worst, 0.6),
      halfRateP99Ms: {
        value: round(p99.own),
        target: `≤ 50 or ≤ 2 × bare (${round(2 * p99.bare)})`,
        met: p99.own <= Math.max(50, 2 * p99.bare),
      },
      cpuGrowth: atMost(grown, 1.3),
    },
    details: { size, rate, turns, half },
    problems,
  };
}
