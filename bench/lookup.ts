import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { openDb } from '../server/platform/db.ts';
import { openVault } from '../server/platform/vault.ts';
import { customerLines, customerOf, loadJourneys, PER_JOURNEY, withoutIndexes } from './lib/bulk.ts';
import { startChild } from './lib/child.ts';
import type { Cores } from './lib/cores.ts';
import { cpuMs } from './lib/cpu.ts';
import { checked, connect, openPool, requestOf } from './lib/http.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { proveSameRows } from './lib/proof.ts';
import { below, type Random, seeded } from './lib/random.ts';
import { atLeast, atMost, type Report, type Row } from './lib/report.ts';
import { closedLoop, openLoop } from './lib/schedule.ts';
import { startServer } from './lib/server.ts';
import { median, round, spread } from './lib/stats.ts';
import { openStore, type Store } from './lib/store.ts';
import { preparedOf } from './lib/truth.ts';

/**
 * How fast is a customer told where his order is, among a million? In turns with a route that selects one ready answer by its key. Both look-ups, by
 * service number and by the pair of ID number and phone; then at half the rate, when each answer's own time is seen.
 */

const SIZES = {
  full: { few: 10_000, many: 1_000_000, proof: 200, rounds: 3, closedMs: 5_000, openMs: 10_000 },
  quick: { few: 1_000, many: 10_000, proof: 20, rounds: 3, closedMs: 1_000, openMs: 1_500 },
};
const CONNECTIONS = 64;
const THREADS = 2;
const PREFIX = 'c';
const READY = fs.readFileSync(new URL('./baselines/ready-row.sql', import.meta.url), 'utf8').split(/(?<=;)\n/);
const PROGRAM = fileURLToPath(new URL('./baselines/ready-row.ts', import.meta.url));

type Kind = 'number' | 'pair';
type Place = { url: string; pid: number };

const requestFor = (kind: Kind, i: number): Buffer => {
  const { serviceNumber, idNumber, phone } = customerOf(i);
  return requestOf('POST', '/api/track', { 'content-type': 'application/json', 'accept-language': 'en' }, JSON.stringify(kind === 'number' ? { serviceNumber } : { idNumber, phone }));
};

const answered = (body: string): void => {
  if (!body.startsWith('{"orders":[{')) throw new Error(`not an answer: ${body.slice(0, 200)}`);
};

interface Turn {
  readonly perSecond: number;
  readonly p99: number;
  /** Of the asked process and of PostgreSQL, per request. */
  readonly cpu: number;
  readonly postgresCpu: number;
}

async function turn(store: Store, at: Place, kind: Kind, journeys: number, random: Random, ms: number): Promise<Turn> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(at.url)));
  const before = await store.counters();
  const cpu = cpuMs(at.pid);
  const { perSecond, latency } = await closedLoop(CONNECTIONS, ms, async (_, c) =>
    answered(checked(await (connections[c] as (typeof connections)[number]).ask(requestFor(kind, below(random, journeys)))).body),
  );
  const spent = cpuMs(at.pid) - cpu;
  const after = await store.counters();
  for (const c of connections) c.close();
  return { perSecond, p99: latency.percentile(0.99), cpu: spent / latency.count, postgresCpu: (after.cpuMs - before.cpuMs) / latency.count };
}

const total = (turns: readonly Turn[]): number => median(turns.map((t) => t.cpu + t.postgresCpu));

/** Loads journeys by threads and answers when all is written, indexed and known to the planner. */
async function load(store: Store, url: string, from: number, to: number, firstId: number): Promise<void> {
  const received = Date.now();
  const share = Math.ceil((to - from) / THREADS);
  const work = async () => {
    await Promise.all(
      Array.from({ length: THREADS }, (_, n) => {
        const data = { url, key: store.key, load: { prefix: PREFIX, from: from + n * share, to: Math.min(to, from + (n + 1) * share), firstId, received } };
        return new Promise<void>((done, fail) => new Worker(new URL('./lib/loader.ts', import.meta.url), { workerData: data }).once('message', () => done()).once('error', fail));
      }),
    );
  };
  if (to - from < 50_000) await loadJourneys(url, openVault(store.key), { prefix: PREFIX, from, to, firstId, received });
  else await withoutIndexes(url, work);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const t of ['tracking.journey', 'tracking.member', 'tracking.object', 'tracking.event', 'vault.secret', 'vault.subject']) await client.query(`vacuum analyze ${t}`);
  await client.end();
}

async function loadReady(url: string, from: number, to: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(READY[0] as string);
  await client.query(READY[1] as string, [from, to]);
  await client.query('vacuum analyze ready');
  await client.end();
}

/** Do the answers say what the journeys' events say? */
async function wrongAnswers(url: string, store: Store, customers: readonly number[]): Promise<string[]> {
  const vault = openVault(store.key);
  const connection = await connect(url);
  const problems: string[] = [];
  for (const i of customers)
    for (const kind of ['number', 'pair'] as const) {
      const { orders } = JSON.parse(checked(await connection.ask(requestFor(kind, i))).body) as { orders: { updatedAt: string; level: string; scenario: string }[] };
      const last = preparedOf(customerLines(PREFIX, i).at(-1) as string, vault).sent;
      const good = orders.length === 1 && Date.parse(orders[0]?.updatedAt ?? '') * 1_000 === last.at && orders[0]?.level === (kind === 'number' ? 'brief' : 'full');
      if (!good || orders[0]?.scenario !== last.scenario) problems.push(`customer ${i} by ${kind} is told ${JSON.stringify(orders).slice(0, 300)}`);
    }
  const miss = checked(await connection.ask(requestFor('number', 77_000_000))).body;
  if (miss !== '{"orders":[]}') problems.push(`an unknown number is told ${miss}`);
  connection.close();
  return problems;
}

export async function lookup({ quick, seed }: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = quick ? SIZES.quick : SIZES.full;
  const random = seeded(seed);
  const store = await openStore();
  try {
    const server = await startServer(store, 'subject');
    const bareUrl = await store.database('bare');
    await loadReady(bareUrl, 0, size.few);
    const bare = await startChild(PROGRAM, [], { ...process.env, DATABASE_URL: bareUrl });
    const db = openDb(server.databaseUrl, 2);
    const problems = await proveSameRows(store, server, db, size.proof);
    say(`${size.proof} journeys loaded both ways: ${problems.length === 0 ? 'the same rows' : 'DIFFERENT ROWS'}`);
    const firstId = (Math.floor(Date.now() / 1_000) - 3_600 - Date.UTC(2020, 0, 1) / 1_000) * 2 ** 23;

    const growth: Record<Kind, { few: number; many: number }> = { number: { few: 0, many: 0 }, pair: { few: 0, many: 0 } };
    await load(store, server.databaseUrl, 0, size.few, firstId);
    for (const kind of ['number', 'pair'] as const) {
      await turn(store, server, kind, size.few, random, size.closedMs);
      const turns: Turn[] = [];
      for (let n = 0; n < size.rounds; n++) turns.push(await turn(store, server, kind, size.few, random, size.closedMs));
      growth[kind].few = total(turns);
    }
    await cores.ask();
    say(`${size.few} journeys: ${round(growth.number.few)} ms of CPU per look-up`);
    await load(store, server.databaseUrl, size.few, size.many, firstId);
    await loadReady(bareUrl, size.few, size.many);
    await store.settle();
    say(`${size.many} journeys, ${size.many * PER_JOURNEY} events loaded`);

    const turns: Record<Kind | 'bare', Turn[]> = { number: [], pair: [], bare: [] };
    for (let n = 0; n <= size.rounds; n++)
      for (const [name, place, kind] of [['number', server, 'number'], ['bare', bare, 'number'], ['pair', server, 'pair']] as const) {
        const t = await turn(store, place, kind, size.many, random, size.closedMs);
        if (n > 0) turns[name].push(t); // the first one fills caches
      }
    for (const kind of ['number', 'pair'] as const) growth[kind].many = total(turns[kind]);
    const perSecond = (name: Kind | 'bare') => turns[name].map((t) => t.perSecond);
    const ofBare = (kind: Kind) => spread(perSecond(kind).map((v, i) => v / (perSecond('bare')[i] ?? 1)));
    say(`by number ${Math.round(median(perSecond('number')))}/s, by pair ${Math.round(median(perSecond('pair')))}/s, bare ${Math.round(median(perSecond('bare')))}/s`);
    await cores.ask();

    const rate = Math.floor(Math.min(median(perSecond('number')), median(perSecond('pair'))) / 2);
    const half: Record<'own' | 'bare', { p50: number; p99: number }[]> = { own: [], bare: [] };
    for (let n = 0; n < size.rounds; n++)
      for (const name of ['own', 'bare'] as const) {
        const pool = openPool((name === 'own' ? server : bare).url, 256);
        const send = async (i: number) => answered((await pool.ask(requestFor(i % 2 === 0 ? 'number' : 'pair', below(random, size.many)))).body);
        const { latency, failed, why } = await openLoop({ rate, total: Math.ceil((rate * size.openMs) / 1_000), send });
        pool.close();
        if (failed > 0) problems.push(`at half rate ${failed} requests failed: ${why}`);
        half[name].push({ p50: latency.percentile(0.5), p99: latency.percentile(0.99) });
      }
    const checkedCustomers = Array.from({ length: 50 }, () => below(random, size.many));
    problems.push(...(await wrongAnswers(server.url, store, checkedCustomers)).slice(0, 5));
    const [n] = await db.query<{ journeys: number; events: number; links: number }>(
      '',
      'select (select count(*) from tracking.journey) journeys, (select count(*) from tracking.event) events, (select count(*) from tracking.link) links',
    );
    const want = size.many + size.proof;
    if (n?.journeys !== want || n.events !== want * PER_JOURNEY || n.links !== want * PER_JOURNEY) problems.push(`the store holds ${JSON.stringify(n)}`);
    await db.close();
    await bare.stop();
    await server.stop();

    const p99 = { own: median(half.own.map((h) => h.p99)), bare: median(half.bare.map((h) => h.p99)) };
    const worst = Math.min(ofBare('number').median, ofBare('pair').median);
    const grown = Math.max(growth.number.many / growth.number.few, growth.pair.many / growth.pair.few);
    const cpuRow = (name: Kind | 'bare'): Row => [`CPU, ${name}: own process + PostgreSQL`, spread(turns[name].map((t) => t.cpu + t.postgresCpu)), 'ms per request'];
    return {
      rows: [
        ['by service number', spread(perSecond('number')), 'requests/s'],
        ['by ID number and phone', spread(perSecond('pair')), 'requests/s'],
        ['one ready 1 kB row, bare route', spread(perSecond('bare')), 'requests/s'],
        ['by number, of bare', ofBare('number'), '×'],
        ['by pair, of bare', ofBare('pair'), '×'],
        cpuRow('number'),
        cpuRow('pair'),
        cpuRow('bare'),
        [`CPU growth ${size.few} → ${size.many} journeys, number`, growth.number.many / growth.number.few, '×'],
        [`CPU growth ${size.few} → ${size.many} journeys, pair`, growth.pair.many / growth.pair.few, '×'],
        [`at ${rate}/s, p50`, spread(half.own.map((h) => h.p50)), 'ms'],
        [`at ${rate}/s, p99`, spread(half.own.map((h) => h.p99)), 'ms'],
        [`bare at ${rate}/s, p99`, spread(half.bare.map((h) => h.p99)), 'ms'],
      ],
      ratios: { ofBare: worst, numberOfBare: ofBare('number').median, pairOfBare: ofBare('pair').median, halfRateP99OfBare: p99.own / p99.bare, cpuGrowth: grown },
      targets: {
        ofBare: atLeast(worst, 0.6),
        halfRateP99Ms: { value: round(p99.own), target: `≤ 50 or ≤ 2 × bare (${round(2 * p99.bare)})`, met: p99.own <= Math.max(50, 2 * p99.bare) },
        cpuGrowth: atMost(grown, 1.3),
      },
      details: { size, rate, turns, half, growth },
      problems,
    };
  } finally {
    await store.stop();
  }
}
