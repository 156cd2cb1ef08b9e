import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { IntakeAnswer, JourneyDetail } from '../server/modules/tracking/contract.ts';
import { readEvent, type SentEvent } from '../server/modules/tracking/event.ts';
import { KINDS, planOf, rulesOf } from '../server/modules/tracking/folding.ts';
import { milestonesOf, stagesOf } from '../server/modules/tracking/journey-view.ts';
import { prepare } from '../server/modules/tracking/prepare.ts';
import { referenceJourneys } from '../server/modules/tracking/reference.fixture.ts';
import { openVault } from '../server/platform/vault.ts';
import * as program from './program.ts';
import { bringCustomers, checkWaves, pushWaves, type Waves } from './waves.ts';

/** The real program under load, killed in the middle: what it acknowledged is there once, folded and counted, whatever died with it. */

const TOKEN = 'an-admin-token-for-killing';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-kill-'));
let running: program.Program | undefined;
afterAll(() => {
  program.endAll();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<string> {
  running = await program.start(folder, [], { GLASSHOUSE_DEMO: '0', GLASSHOUSE_ADMIN_TOKEN: TOKEN });
  return running.url;
}

const postmaster = (): number => Number(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function kill(what: 'program' | 'program and store'): Promise<void> {
  if (what === 'program and store') process.kill(postmaster(), 'SIGKILL');
  await running?.end('SIGKILL');
}

type Raw = Record<string, unknown> & { id: string };
const TYPES = [
  'order.submitted',
  'order.checked',
  'trade.accepted',
  'work.taken',
  'appointment.confirmed',
  'visit.arrived',
  'order.urged',
  'work.done',
  'wait.payment-pending',
];
const T0 = Date.UTC(2026, 2, 1);

/** A producer's events: its own orders, work orders that two producers share, things told late and in no order. */
function* events(producer: number, round: number): Generator<Raw, never> {
  for (let n = 0; ; n++) {
    const order = `K${round}-${producer}-${n % 40}`;
    const workOrder = `W${round}-${Math.floor(producer / 2)}-${Math.floor(n / 5) % 24}`;
    const keys = n % 5 === 4 ? { workOrder } : n % 5 === 3 ? { order, workOrder } : { order };
    const minute = (n * 7_919) % 40_000;
    yield {
      source: 'try',
      id: `${round}-${producer}-${n}`,
      type: TYPES[(n * 31 + producer) % TYPES.length] as string,
      time: new Date(T0 + minute * 60_000).toISOString(),
      keys,
      scenario: 'broadband-new',
    };
  }
}

const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' };
async function send(url: string, batch: readonly Raw[]): Promise<IntakeAnswer> {
  const res = await fetch(`${url}/api/events`, { method: 'POST', headers, body: batch.map((e) => JSON.stringify(e)).join('\n') });
  if (!res.ok) throw new Error(`HTTP ${res.status}`);
  return (await res.json()) as IntakeAnswer;
}

interface Sent {
  readonly batch: readonly Raw[];
  acknowledged: boolean;
}

/** Sends batches until the line goes dead. */
async function produce(url: string, producer: number, round: number, sent: Sent[]): Promise<void> {
  const source = events(producer, round);
  for (;;) {
    const one: Sent = {
      batch: Array.from({ length: 1 + ((producer * 13 + sent.length) % 40) }, () => source.next().value),
      acknowledged: false,
    };
    sent.push(one);
    try {
      const answer = await send(url, one.batch);
      expect([answer.accepted, answer.rejectedTotal]).toEqual([one.batch.length, 0]);
      one.acknowledged = true;
    } catch (e) {
      if ((e as Error).name === 'AssertionError') throw e;
      return;
    }
  }
}

const vault = openVault(Buffer.alloc(32, 1));
const prepared = (raw: Raw) => {
  const e = readEvent(raw, { only: undefined, zoneOf: () => undefined, nowUs: Date.now() * 1000 });
  return prepare(e as SentEvent, KINDS, rulesOf('try'), vault);
};

/** Every journey of these events as the program shows it: in its order, each id as often as it is there. */
async function journeys(url: string, all: readonly Raw[]): Promise<Map<string, JourneyDetail>> {
  const roots = [...new Set(all.flatMap((e) => prepared(e).named.roots))];
  const out = new Map<string, JourneyDetail>();
  const next = roots.values();
  const look = async () => {
    for (const id of next) {
      const res = await fetch(`${url}/api/journeys/${id}`, { headers: { authorization: headers.authorization } });
      if (res.status === 200) out.set(id, (await res.json()) as JourneyDetail);
      else expect(res.status).toBe(404);
    }
  };
  await Promise.all([look(), look(), look(), look()]);
  return out;
}

/** Events that wait for a journey, which a lost line would have led to. */
async function waiting(url: string): Promise<string[]> {
  const out: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const res = await fetch(`${url}/api/events/parked?source=try${cursor && `&cursor=${cursor}`}`, {
      headers: { authorization: headers.authorization },
    });
    const page = (await res.json()) as { items: { id: string }[]; nextCursor: string | null };
    out.push(...page.items.map((e) => e.id));
    cursor = page.nextCursor;
  }
  return out;
}

/** Holds what the program shows against the plain fold of exactly the events that are there. */
function compare(shown: ReadonlyMap<string, JourneyDetail>, there: readonly Raw[]): void {
  const wanted = referenceJourneys(there.map(prepared));
  const plan = planOf('broadband-new');
  if (plan === undefined) throw new Error('no plan');
  expect([...shown.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [id, { events: ids, timeline }] of wanted) {
    const j = shown.get(id) as JourneyDetail;
    expect(j.events.map((e) => e.id).sort()).toEqual(ids);
    expect(j.milestones).toEqual(JSON.parse(JSON.stringify(milestonesOf(plan, timeline))));
    expect(j.stages).toEqual(JSON.parse(JSON.stringify(stagesOf(plan, timeline, 'zh'))));
  }
}

describe('kill -9 in the middle of the load', () => {
  let url: string;
  const waves: Waves = { sent: 0, acknowledged: 0 };
  test.each([
    [1, 'program'],
    [2, 'program and store'],
  ] as const)('round %i: %s', async (round, what) => {
    if (round === 1) {
      url = await start();
      await bringCustomers({ url, token: TOKEN }, folder);
    }
    const sent: Sent[] = [];
    const producers = Array.from({ length: 6 }, (_, i) => produce(url, i, round, sent));
    const before = waves.acknowledged;
    producers.push(pushWaves({ url, token: TOKEN }, waves));
    const told = () => sent.reduce((n, s) => n + (s.acknowledged ? s.batch.length : 0), 0);
    await sleep(2_500 + round * 137);
    while (told() <= 100 || waves.acknowledged < before + 2) await sleep(50);
    await kill(what);
    await Promise.all(producers);
    const acknowledged = sent.filter((s) => s.acknowledged).flatMap((s) => s.batch);
    const doubtful = sent.filter((s) => !s.acknowledged).flatMap((s) => s.batch);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(doubtful.length).toBeGreaterThan(0);

    url = await start();
    await checkWaves({ url, token: TOKEN }, waves);
    const all = [...acknowledged, ...doubtful];
    const shown = await journeys(url, all);
    const here = new Set([...[...shown.values()].flatMap((j) => j.events.map((e) => e.id)), ...(await waiting(url))]);
    const there = all.filter((e) => here.has(e.id));
    expect(acknowledged.filter((e) => !here.has(e.id))).toEqual([]);
    compare(shown, there);

    const batches = sent.map((s) => s.batch);
    let added = 0;
    for (const batch of batches) {
      const answer = await send(url, batch);
      added += answer.accepted;
      expect([answer.accepted + answer.duplicates, answer.conflicts]).toEqual([batch.length, 0]);
    }
    expect(added).toBe(all.length - there.length);
    compare(await journeys(url, all), all);
  });
});
