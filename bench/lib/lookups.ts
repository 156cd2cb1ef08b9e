import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { openVault } from '../../server/platform/vault.ts';
import { customerLines, customerOf, loadJourneys, withoutIndexes } from './bulk.ts';
import { cpuMs } from './cpu.ts';
import { checked, connect, requestOf } from './http.ts';
import { below, type Random } from './random.ts';
import { closedLoop } from './schedule.ts';
import { median } from './stats.ts';
import type { Store } from './store.ts';
import { preparedOf } from './truth.ts';

/** Questions of customers, the store they are asked of, and what they cost. */

const CONNECTIONS = 64;
const THREADS = 2;
const PREFIX = 'c';
const READY = fs.readFileSync(new URL('../baselines/ready-row.sql', import.meta.url), 'utf8').split(/(?<=;)\n/);

export type Kind = 'number' | 'pair';
type Place = { url: string; pid: number };

export const requestFor = (kind: Kind, i: number): Buffer => {
  const { serviceNumber, idNumber, phone } = customerOf(i);
  return requestOf(
    'POST',
    '/api/track',
    { 'content-type': 'application/json', 'accept-language': 'en' },
    JSON.stringify(kind === 'number' ? { serviceNumber } : { idNumber, phone }),
  );
};

export const answered = (body: string): void => {
  if (!body.startsWith('{"orders":[{')) throw new Error(`not an answer: ${body.slice(0, 200)}`);
};

export interface Turn {
  readonly perSecond: number;
  readonly p99: number;
  /** Of the asked process and of PostgreSQL, per request. */
  readonly cpu: number;
  readonly postgresCpu: number;
}

export async function turn(store: Store, at: Place, kind: Kind, journeys: number, random: Random, ms: number): Promise<Turn> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(at.url)));
  const before = await store.counters();
  const cpu = cpuMs(at.pid);
  const { perSecond, latency } = await closedLoop(CONNECTIONS, ms, async (_, c) =>
    answered(checked(await (connections[c] as (typeof connections)[number]).ask(requestFor(kind, below(random, journeys)))).body),
  );
  const spent = cpuMs(at.pid) - cpu;
  const after = await store.counters();
  for (const c of connections) c.close();
  return {
    perSecond,
    p99: latency.percentile(0.99),
    cpu: spent / latency.count,
    postgresCpu: (after.cpuMs - before.cpuMs) / latency.count,
  };
}

export const total = (turns: readonly Turn[]): number => median(turns.map((t) => t.cpu + t.postgresCpu));

/** Loads journeys by threads and answers when all is written, indexed and known to the planner. */
export async function load(store: Store, url: string, journeys: number, firstId: number): Promise<void> {
  const received = Date.now();
  const share = Math.ceil(journeys / THREADS);
  const work = async () => {
    await Promise.all(
      Array.from({ length: THREADS }, (_, n) => {
        const data = {
          url,
          key: store.key,
          load: { prefix: PREFIX, from: n * share, to: Math.min(journeys, (n + 1) * share), firstId, received },
        };
        return new Promise<void>((done, fail) =>
          new Worker(new URL('./loader.ts', import.meta.url), { workerData: data }).once('message', () => done()).once('error', fail),
        );
      }),
    );
  };
  if (journeys < 50_000) await loadJourneys(url, openVault(store.key), { prefix: PREFIX, from: 0, to: journeys, firstId, received });
  else await withoutIndexes(url, work);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const t of ['tracking.journey', 'tracking.member', 'tracking.object', 'tracking.event', 'vault.secret', 'vault.subject'])
    await client.query(`vacuum analyze ${t}`);
  await client.end();
}

export async function loadReady(url: string, journeys: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(READY[0] as string);
  await client.query(READY[1] as string, [journeys]);
  await client.query('vacuum analyze ready');
  await client.end();
}

/** Do the answers say what the journeys' events say? */
export async function wrongAnswers(url: string, store: Store, customers: readonly number[]): Promise<string[]> {
  const vault = openVault(store.key);
  const connection = await connect(url);
  const problems: string[] = [];
  for (const i of customers)
    for (const kind of ['number', 'pair'] as const) {
      const { orders } = JSON.parse(checked(await connection.ask(requestFor(kind, i))).body) as {
        orders: { updatedAt: string; level: string; scenario: string }[];
      };
      const last = preparedOf(customerLines(PREFIX, i).at(-1) as string, vault).sent;
      const good =
        orders.length === 1 &&
        Date.parse(orders[0]?.updatedAt ?? '') * 1_000 === last.at &&
        orders[0]?.level === (kind === 'number' ? 'brief' : 'full');
      if (!good || orders[0]?.scenario !== last.scenario)
        problems.push(`customer ${i} by ${kind} is told ${JSON.stringify(orders).slice(0, 300)}`);
    }
  const miss = checked(await connection.ask(requestFor('number', 77_000_000))).body;
  if (miss !== '{"orders":[]}') problems.push(`an unknown number is told ${miss}`);
  connection.close();
  return problems;
}
