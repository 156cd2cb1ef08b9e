import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDb } from '../../../test/database.ts';
import { type NatsServer, startNats } from '../../../test/nats.ts';
import { aFeedHouse, until } from '../../modules/feed/fixtures.ts';
import type { Db } from '../../platform/db.ts';

let world: Awaited<ReturnType<typeof aFeedHouse>>;
let crm: Db;
let server: NatsServer;
let child: ChildProcess | undefined;

beforeAll(async () => {
  [world, crm, server] = await Promise.all([aFeedHouse(), freshDb(), startNats()]);
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await sleep(200);
  await crm?.close();
  await world?.db.close();
  await server?.stop();
});

const EACH = 3_000;
const FILES = 6;

/** One folder, one table and one stream, each with three thousand events in store. */
async function threeFeeds(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'glasshouse-killed-'));
  for (let file = 0; file < FILES; file++) {
    const lines = Array.from({ length: EACH / FILES }, (_, n) => `T${file}-${n}|done|2026-11-21 09:00:00\n`);
    writeFileSync(path.join(folder, `B_${file}.txt`), `trade|type|time\n${lines.join('')}`);
    writeFileSync(path.join(folder, `B_${file}.chk`), String(lines.length));
  }
  const map = { zone: 'Asia/Shanghai', columns: { 'key.trade': 'trade', type: 'type', time: 'time' } };
  await world.add({ id: 'files', kind: 'folder', source: 'files', map, settings: { folder, pollSeconds: 1 } });

  await crm.query('', 'create table step (id bigint primary key, trade text, type text, time timestamp)');
  await crm.query('', `insert into step select n, 'D' || n, 'done', '2026-11-21 09:00' from generate_series(1, ${EACH}) n`);
  await world.add({
    id: 'rows',
    kind: 'postgres',
    source: 'rows',
    map,
    settings: { url: crm.url, relation: 'step', cursor: 'id', pollSeconds: 1 },
  });

  const nc = await connect({ servers: server.url });
  await (await jetstreamManager(nc)).streams.add({ name: 'S', subjects: ['s'] });
  const js = jetstream(nc);
  const event = (n: number) => JSON.stringify({ type: 'done', time: '2026-11-21T09:00:00+08:00', keys: { trade: `N${n}` } });
  for (let n = 0; n < EACH; n += 500) await Promise.all(Array.from({ length: 500 }, (_, i) => js.publish('s', event(n + i))));
  await nc.close();
  await world.add({
    id: 'messages',
    kind: 'nats',
    source: 'messages',
    map: {},
    settings: { servers: [server.url], stream: 'S', ackWaitSeconds: 2 },
  });
  return folder;
}

/** `most`: it is killed when the store holds so many events. */
async function aWorker(most?: number): Promise<void> {
  const script = path.resolve(import.meta.dirname, '../../../test/feed-worker.ts');
  const args = [script, world.db.url, ...(most === undefined ? [] : [String(most)])];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const { stdout } = child;
  await new Promise((ready, failed) => {
    stdout?.once('data', ready).once('end', () => failed(new Error('the worker did not begin')));
  });
}

const heldOf = async (source: string): Promise<{ events: number; different: number }> =>
  (
    await world.db.query<{ events: number; different: number }>(
      '',
      `select count(*) events, count(distinct keys::text) different from tracking.event where source = $1`,
      [source],
    )
  )[0] as { events: number; different: number };

test('killed again and again in the middle, every row and every message is there exactly once', async () => {
  const folder = await threeFeeds();
  const sources = ['files', 'rows', 'messages'];
  const amount = async () => (await Promise.all(sources.map(heldOf))).reduce((sum, held) => sum + held.events, 0);
  let kills = 0;
  for (let before = 0; before < EACH * 3 - 500 && kills < 4; kills++) {
    await aWorker(before + 500);
    await once(child as ChildProcess, 'exit');
    await sleep(200);
    before = await amount();
  }
  expect(kills).toBeGreaterThan(2);
  await aWorker();
  await until(
    async () => (await Promise.all(['files', 'rows', 'messages'].map(world.feed))).map((f) => f.waiting),
    (left) => left.every((n) => n === 0),
  );
  for (const source of sources) {
    await until(
      () => heldOf(source),
      (held) => held.events >= EACH,
    );
    expect(await heldOf(source)).toEqual({ events: EACH, different: EACH });
  }
  await until(
    () => readdirSync(path.join(folder, 'done')).length,
    (n) => n === FILES * 2,
  );
});
