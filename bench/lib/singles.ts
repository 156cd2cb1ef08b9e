import { fileURLToPath } from 'node:url';
import { openDb } from '../../server/platform/db.ts';
import { startChild } from './child.ts';
import { cpuMs } from './cpu.ts';
import { checked, connect } from './http.ts';
import { say } from './log.ts';
import type { Row } from './report.ts';
import { closedLoop } from './schedule.ts';
import { postEvents, type Server } from './server.ts';
import { spread } from './stats.ts';
import type { Store } from './store.ts';
import { eventLine, FIRST_MS } from './workload.ts';

/** Single events over 64 connections, in turns with a route that only group-commits the row (`baselines/group-commit.ts`). */

const CONNECTIONS = 64;
const JOURNEYS = 2_000;
const PROGRAM = fileURLToPath(new URL('../baselines/group-commit.ts', import.meta.url));

async function oneTurn(
  url: string,
  pid: number,
  prefix: string,
  ms: number,
): Promise<{ perSecond: number; p99: number; cpu: number; sent: number }> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(url)));
  const cpu = cpuMs(pid);
  const { perSecond, latency } = await closedLoop(CONNECTIONS, ms, async (i, c) => {
    const line = eventLine(prefix, String(i % JOURNEYS), Math.floor(i / JOURNEYS), FIRST_MS + i * 1_000);
    checked(await (connections[c] as (typeof connections)[number]).ask(postEvents([line])));
  });
  for (const c of connections) c.close();
  return { perSecond, p99: latency.percentile(0.99), cpu: (cpuMs(pid) - cpu) / latency.count, sent: latency.count };
}

export async function singles(store: Store, server: Server, { ms, rounds, prefix }: { ms: number; rounds: number; prefix: string }) {
  const db = await store.tables('singles');
  const peer = await startChild(PROGRAM, [], { ...process.env, DATABASE_URL: db.url });
  const problems: string[] = [];
  await oneTurn(server.url, server.pid, `${prefix}w`, 300);
  await oneTurn(peer.url, peer.pid, `${prefix}w`, 300);
  const own: Awaited<ReturnType<typeof oneTurn>>[] = [];
  const bare: typeof own = [];
  for (let n = 1; n <= rounds; n++) {
    await store.settle();
    own.push(await oneTurn(server.url, server.pid, `${prefix}${n}`, ms));
    await store.settle();
    bare.push(await oneTurn(peer.url, peer.pid, `${prefix}${n}`, ms));
    say(`single events: ${Math.round(own.at(-1)?.perSecond ?? 0)}/s, group commit alone ${Math.round(bare.at(-1)?.perSecond ?? 0)}/s`);
  }
  const kept = await countEvents(server.databaseUrl, prefix, rounds);
  const sent = own.reduce((a, t) => a + t.sent, 0);
  if (kept !== sent) problems.push(`single events: ${sent} were acknowledged, ${kept} are in journeys`);
  await peer.stop();
  const ratio = spread(own.map((t, i) => t.perSecond / (bare[i]?.perSecond ?? 1)));
  const rows: Row[] = [
    [`single events, ${CONNECTIONS} connections`, spread(own.map((t) => t.perSecond)), 'events/s'],
    ['group commit of the row alone', spread(bare.map((t) => t.perSecond)), 'events/s'],
    ['single events of group commit', ratio, '×'],
    ['single events, p99', spread(own.map((t) => t.p99)), 'ms'],
    ['single events, server CPU', spread(own.map((t) => t.cpu)), 'ms per event'],
    ['group commit, server CPU', spread(bare.map((t) => t.cpu)), 'ms per event'],
  ];
  return { ratio: ratio.median, rows, problems };
}

async function countEvents(url: string, prefix: string, rounds: number): Promise<number> {
  const db = openDb(url, 1);
  const like = Array.from({ length: rounds }, (_, i) => `${prefix}${i + 1}-SO-%`);
  const [row] = await db.query<{ n: number }>(
    '',
    'select coalesce(sum(events), 0) n from tracking.journey where root_value like any($1::text[])',
    [like],
  );
  await db.close();
  return row?.n ?? 0;
}
