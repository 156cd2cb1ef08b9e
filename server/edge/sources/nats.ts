import {
  AckPolicy,
  type Consumer,
  DeliverPolicy,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Desk, FeedRow, Kind, Place } from '#feed';
import type { NatsSettings } from '#feed/contract';
import { Refused } from '#platform/result';
import { pause, trouble, why } from './say.ts';

const LOOK_ROWS = 5;
/** Messages handed in at once, and how long the first of them waits for others. */
const BATCH = 500;
const BATCH_MS = 200;
const BUFFERED = 1_000;
const BEAT_MS = 2_000;

/**
 * A JetStream stream through a durable pull consumer. A message is acknowledged only after its events are durable, so one that was in hand when we were
 * killed comes again; one that is no event is kept as refused and ended, so that it never comes again.
 */
export const nats: Kind<NatsSettings> = {
  look: (place) =>
    connected(place, async (nc, manager) => {
      const { stream, subject } = place.settings;
      const { state } = await manager.streams.info(stream);
      const config = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.max(1, state.last_seq - LOOK_ROWS + 1) };
      const consumer = await passing(nc, manager, stream, subject, config);
      const rows: FeedRow[] = [];
      for await (const message of await consumer.fetch({ max_messages: LOOK_ROWS, expires: 1_000 })) {
        rows.push(...rowsOf(place, message));
        if (message.info.pending === 0 || rows.length >= LOOK_ROWS) break;
      }
      await consumer.delete().catch(() => undefined);
      return { found: `${stream}: ${state.messages}`, rows };
    }),
  work: (desk) =>
    connected(desk, async (nc, manager) => {
      if (desk.replayFrom !== null) {
        await replay(desk, nc, manager, desk.replayFrom);
        if (desk.signal.aborted) return;
        await desk.replayed();
      }
      await follow(desk, nc, await durable(desk, nc, manager));
    }),
};

/** Connects, works, and goes; acknowledgements under way are sent before. Throws `feed.nats-away`, `feed.nats-stream`, `feed.nats-lost`. */
async function connected<T>(place: Place<NatsSettings>, work: (nc: NatsConnection, manager: JetStreamManager) => Promise<T>): Promise<T> {
  const s = place.settings;
  const nc = await connect({
    servers: s.servers,
    name: `glasshouse feed ${place.id}`,
    timeout: 5_000,
    maxReconnectAttempts: 5,
    reconnectTimeWait: 1_000,
    ...(s.user && { user: s.user }),
    ...(s.password && { pass: s.password }),
    ...(s.token && { token: s.token }),
    ...(s.creds && { authenticator: credsAuthenticator(new TextEncoder().encode(s.creds)) }),
  }).catch((e) => {
    throw trouble('feed.nats-away', { why: why(e) });
  });
  const isLost = lossOf(nc);
  try {
    return await work(nc, await jetstreamManager(nc));
  } catch (e) {
    if (e instanceof Refused) throw e;
    throw isLost() ? trouble('feed.nats-lost', { why: why(e) }) : trouble('feed.nats-stream', { stream: s.stream, why: why(e) });
  } finally {
    await Promise.race([nc.drain().catch(() => undefined), pause(2_000, AbortSignal.timeout(2_000))]);
    await nc.close().catch(() => undefined);
  }
}

/** Is the server away? A question to it then ends by its timeout only, while the connection is being tried again. */
function lossOf(nc: NatsConnection): () => boolean {
  let isAway = false;
  const watch = async () => {
    for await (const { type } of nc.status()) {
      if (type === 'disconnect') isAway = true;
      if (type === 'reconnect') isAway = false;
    }
  };
  watch().catch(() => undefined); // ends with the connection
  return () => isAway || nc.isClosed();
}

/** The durable consumer; made at first sight, and then it is as it is. */
async function durable({ id, settings: s }: Place<NatsSettings>, nc: NatsConnection, manager: JetStreamManager): Promise<Consumer> {
  const name = s.durable ?? `glasshouse-${id}`;
  const known = await manager.consumers.info(s.stream, name).catch(() => undefined);
  if (known === undefined) {
    await manager.consumers.add(s.stream, {
      durable_name: name,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(s.ackWaitSeconds * 1_000),
      max_ack_pending: BUFFERED * 2,
      deliver_policy: s.begin === 'new' ? DeliverPolicy.New : DeliverPolicy.All,
      ...(s.subject && { filter_subject: s.subject }),
    });
  }
  return jetstream(nc).consumers.get(s.stream, name);
}

/** A consumer that the server forgets by itself, and that changes nothing for others. */
async function passing(
  nc: NatsConnection,
  manager: JetStreamManager,
  stream: string,
  subject: string | undefined,
  config: object,
): Promise<Consumer> {
  const { name } = await manager.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    inactive_threshold: nanos(30_000),
    mem_storage: true,
    ...(subject && { filter_subject: subject }),
    ...config,
  });
  return jetstream(nc).consumers.get(stream, name);
}

/** Hands in what comes, at most 500 messages or 0.2 s together, until the signal. */
async function follow(desk: Desk<NatsSettings>, nc: NatsConnection, consumer: Consumer): Promise<void> {
  const messages = await consumer.consume({ max_messages: BUFFERED, expires: 5_000, abort_on_missing_resource: true });
  const stop = () => messages.stop();
  desk.signal.addEventListener('abort', stop, { once: true });
  const beating = new AbortController();
  const beat = beats(desk, consumer, AbortSignal.any([desk.signal, beating.signal])).catch((e) => messages.stop(e as Error));
  let batch: JsMsg[] = [];
  let timer: NodeJS.Timeout | undefined;
  let handing: Promise<void> = Promise.resolve();
  const hand = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const now = batch;
    batch = [];
    handing = handing.then(() => takeAll(desk, now, { acknowledge: true }));
    handing.catch((e) => messages.stop(e));
    return handing;
  };
  try {
    for await (const message of messages) {
      batch.push(message);
      if (batch.length >= BATCH) await hand();
      else timer ??= setTimeout(hand, BATCH_MS);
    }
    if (batch.length > 0) await hand();
    await handing;
    if (!desk.signal.aborted) throw trouble('feed.nats-lost', { why: nc.isClosed() ? 'it was closed' : 'the consumer ended' });
  } finally {
    clearTimeout(timer);
    desk.signal.removeEventListener('abort', stop);
    beating.abort();
    await beat;
  }
}

/** Says every two seconds how far it is; throws when the server does not answer. */
async function beats(desk: Desk<NatsSettings>, consumer: Consumer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { num_pending, num_ack_pending, ack_floor } = await consumer.info();
    await desk.looked({ position: String(ack_floor.stream_seq), waiting: num_pending + num_ack_pending });
    await pause(BEAT_MS, signal);
  }
}

/** All events of the messages to the desk, then their acknowledgements: an end for those that are no events. */
async function takeAll(desk: Desk<NatsSettings>, messages: readonly JsMsg[], { acknowledge }: { acknowledge: boolean }): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.flatMap((message) => rowsOf(desk, message));
  const { refused } = await desk.take(rows);
  if (!acknowledge) return;
  const bad = new Set(refused.map((row) => row.line));
  for (const message of messages) {
    if (bad.has(message.seq)) message.term();
    else message.ack();
  }
}

/** A message's events: one object, or a list of them. Their place is the message's number in the stream. */
function rowsOf({ map }: Place<NatsSettings>, message: JsMsg): FeedRow[] {
  const line = message.seq;
  const refuse = (code: string, text: string): FeedRow[] => [
    { line, rejected: { code, message: text, raw: Buffer.from(message.data).toString('utf8').slice(0, 1_048_576) } },
  ];
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(message.data);
  } catch {
    return refuse('event.bad-encoding', 'the message is not UTF-8.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (e) {
    return refuse('event.not-json', `the message is no JSON: ${why(e)}`);
  }
  const values = Array.isArray(value) ? value : [value];
  const name = message.headers?.get('Nats-Msg-Id');
  return values.flatMap((one): FeedRow[] => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return refuse('event.not-json', 'the message is no JSON object.');
    const row = map.row(line, one);
    return [name && values.length === 1 && 'event' in row ? { line, event: { id: name, ...row.event } } : row];
  });
}

/** Everything that was published at that time or later, once more, through a consumer of its own. */
async function replay(desk: Desk<NatsSettings>, nc: NatsConnection, manager: JetStreamManager, from: number): Promise<void> {
  const { stream, subject } = desk.settings;
  const config = { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(from).toISOString() };
  const consumer = await passing(nc, manager, stream, subject, config);
  for (let left = (await consumer.info()).num_pending; left > 0 && !desk.signal.aborted; ) {
    const batch: JsMsg[] = [];
    for await (const message of await consumer.fetch({ max_messages: Math.min(BATCH, left), expires: 2_000 })) batch.push(message);
    await takeAll(desk, batch, { acknowledge: false });
    left = batch.at(-1)?.info.pending ?? (await consumer.info()).num_pending;
    await desk.looked({ position: null, waiting: left });
  }
  await consumer.delete().catch(() => undefined);
}
