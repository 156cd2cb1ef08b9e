import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type NatsServer, startNats } from '../../../test/nats.ts';
import { aFeedHouse, until } from '../../modules/feed/fixtures.ts';
import type { Runner } from '../../modules/feed/runner.ts';

let world: Awaited<ReturnType<typeof aFeedHouse>>;
let server: NatsServer;
let nc: NatsConnection;
let runner: Runner | undefined;
let count = 0;

beforeAll(async () => {
  [world, server] = await Promise.all([aFeedHouse(), startNats()]);
});
beforeEach(async () => {
  nc = await connect({ servers: server.url });
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
  await nc.close();
});
afterAll(async () => {
  await world?.db.close();
  await server?.stop();
});

const anEvent = (n: number, over: object = {}) =>
  JSON.stringify({ type: 'visit.arrived', time: '2026-11-21T09:30:00+08:00', keys: { workOrder: `W${n}` }, id: `V${n}`, ...over });

/** A stream of its own and its feed. */
async function aStream(settings: object = {}) {
  const id = `n${++count}`;
  const stream = `FIELD${count}`;
  await (await jetstreamManager(nc)).streams.add({ name: stream, subjects: [`field${count}.>`] });
  const wanted = {
    id,
    kind: 'nats',
    source: `field${count}`,
    map: {},
    settings: { servers: [server.url], stream, ...settings },
  };
  const js = jetstream(nc);
  const publish = (text: string | Uint8Array, name?: string) => {
    const h = headers();
    if (name) h.set('Nats-Msg-Id', name);
    return js.publish(`${stream.toLowerCase()}.visit`, text, { headers: h });
  };
  return { id, stream, source: wanted.source, wanted, publish };
}
async function work(f: { wanted: object }): Promise<void> {
  await world.add(f.wanted);
  runner ??= world.runner();
}
const arrived = (source: string, n: number) =>
  until(
    () => world.events(source),
    (events) => events.length >= n,
  );
const settled = (id: string) =>
  until(
    () => world.feed(id),
    (row) => row.waiting === 0 && row.accepted + row.duplicates + row.rejected > 0,
  );

test('messages become events, one or a list of them, and are acknowledged when they are durable', async () => {
  const f = await aStream();
  await f.publish(anEvent(1));
  await f.publish(`[${anEvent(2)},${anEvent(3)}]`);
  await f.publish(anEvent(4, { id: undefined }), 'their-own-name');
  await work(f);
  expect(await arrived(f.source, 4)).toEqual([1, 2, 3, 4].map((n) => `visit.arrived W${n}`));
  expect(await settled(f.id)).toMatchObject({ accepted: 4, rejected: 0, shown: '3', error: null });
  const [named] = await world.db.query<{ sid: string }>('', `select sid from tracking.event where source = $1 and sid like 'their%'`, [
    f.source,
  ]);
  expect(named?.sid).toBe('their-own-name');
});

test('what is no event is counted, kept as refused and never comes again; the rest goes on', async () => {
  const f = await aStream();
  await f.publish('no json');
  await f.publish(new Uint8Array([0xff, 0xfe]));
  await f.publish(anEvent(1, { time: 'yesterday' }));
  await f.publish(anEvent(2, { source: 'somebody' }));
  await f.publish(anEvent(3));
  await work(f);
  await arrived(f.source, 1);
  expect(await settled(f.id)).toMatchObject({ accepted: 1, rejected: 4 });
  const refused = await world.db.query<{ code: string; place: string; sealed: Buffer }>(
    '',
    'select code, place, sealed from feed.refused where feed = $1 order by id',
    [f.id],
  );
  expect(refused.map((r) => r.code).sort()).toEqual(['event.bad-encoding', 'event.bad-time', 'event.foreign-source', 'event.not-json']);
  expect(refused.map((r) => world.house.vault.open(r.sealed))).toContain('no json');
  const consumer = await (await jetstreamManager(nc)).consumers.info(f.stream, `glasshouse-${f.id}`);
  expect(consumer, 'nothing is left that could come again').toMatchObject({ num_pending: 0, num_ack_pending: 0, num_redelivered: 0 });
});

test('a replay brings what was published since then once more, past the durable consumer', async () => {
  const f = await aStream();
  for (let n = 1; n <= 3; n++) await f.publish(anEvent(n));
  await new Promise((ok) => setTimeout(ok, 50));
  const from = Date.now();
  await new Promise((ok) => setTimeout(ok, 50));
  for (let n = 4; n <= 5; n++) await f.publish(anEvent(n));
  await work(f);
  await arrived(f.source, 5);
  await settled(f.id);
  await world.replay(f.id, from);
  expect(
    await until(
      () => world.feed(f.id),
      (row) => row.replay_from === null && row.duplicates >= 2,
    ),
  ).toMatchObject({ accepted: 5, duplicates: 2 });
  await f.publish(anEvent(6));
  await arrived(f.source, 6);
});

test('the server is killed and comes back: the feed says so and goes on', async () => {
  const f = await aStream();
  await f.publish(anEvent(1));
  await work(f);
  await arrived(f.source, 1);
  await settled(f.id);
  await server.kill();
  const trouble = await until(
    () => world.feed(f.id),
    (row) => row.error !== null,
  );
  expect(trouble.error).toMatch(/^feed\.nats-(lost|away)$/);
  await server.start();
  const again = await connect({ servers: server.url });
  await jetstream(again).publish(`${f.stream.toLowerCase()}.visit`, anEvent(2));
  await again.close();
  await arrived(f.source, 2);
  await until(
    () => world.feed(f.id),
    (row) => row.error === null,
  );
});

test('a question that a dying server leaves unanswered says that the connection is lost, not that the stream is at fault', async () => {
  const f = await aStream();
  await f.publish(anEvent(1));
  await work(f);
  await settled(f.id);
  server.freeze();
  await new Promise((ok) => setTimeout(ok, 2_200)); // by now its feed has asked how far it is
  await server.kill();
  const { error } = await until(
    () => world.feed(f.id),
    (row) => row.error !== null,
  );
  await server.start();
  expect(error).toBe('feed.nats-lost');
});

test('a stream that is not there, a server that is not there, and a dry look', async () => {
  const f = await aStream();
  await f.publish(anEvent(1));
  await f.publish(anEvent(2, { keys: {} }));
  expect(await world.look(f.wanted)).toMatchObject({
    found: `${f.stream}: 2`,
    rows: [
      { line: 1, event: { source: f.source } },
      { line: 2, rejected: { code: 'event.missing-field' } },
    ],
  });
  const trouble = (settings: object) =>
    world
      .look({ ...f.wanted, settings: { ...f.wanted.settings, ...settings } })
      .catch((e: { refusal: { code: string } }) => e.refusal.code);
  expect(await trouble({ stream: 'NONE' })).toBe('feed.nats-stream');
  expect(await trouble({ servers: ['nats://127.0.0.1:1'] })).toBe('feed.nats-away');
});
