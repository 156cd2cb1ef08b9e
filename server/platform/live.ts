import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from './log.ts';

/**
 * News between copies of the program: one LISTEN per process. What is announced here is a hint to look, never the truth:
 * whoever must not miss anything reads his cursor (`tracking.batch`) and looks once a second by himself.
 */
export interface Live {
  /** To this process at once, to the other copies by one coalesced NOTIFY. Call after commit. Payload ≤ 7 kB as JSON. */
  announce(topic: string, payload: unknown): void;
  /** Returns how to stop listening. */
  on(topic: string, hear: (payload: unknown) => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = 'glasshouse';
const GATHER_MS = 10;
const NOTIFY_BYTES = 7_800; // PostgreSQL takes < 8,000
const PAYLOAD_BYTES = 7_000;
const WAITING = 2_000; // hints kept while the connection is away; older ones are worth nothing

type Hint = [topic: string, payload: unknown];

/** Hints as few NOTIFY texts as fit: `{"from":"…","hints":[[topic,payload],…]}`. Equal hints are sent once. */
function pack(from: string, hints: readonly string[]): string[] {
  const texts: string[] = [];
  let part: string[] = [];
  let bytes = 0;
  const flush = () => {
    if (part.length > 0) texts.push(`{"from":"${from}","hints":[${part.join(',')}]}`);
    part = [];
    bytes = 60;
  };
  flush();
  for (const hint of new Set(hints)) {
    const size = Buffer.byteLength(hint) + 1;
    if (bytes + size > NOTIFY_BYTES) flush();
    part.push(hint);
    bytes += size;
  }
  flush();
  return texts;
}

/** Connects and listens; throws when the first connection fails, later ones are made again (0.1 s … 5 s apart) for ever. */
export async function openLive(url: string, log: Log): Promise<Live> {
  const me = randomUUID();
  const hearers = new Map<string, Set<(payload: unknown) => void>>();
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let client: pg.Client | undefined;
  let closed = false;

  const deliver = (topic: string, payload: unknown) => {
    for (const hear of hearers.get(topic) ?? []) {
      try {
        hear(payload);
      } catch (e) {
        log.error({ topic, fault: (e as Error).stack }, 'a live listener failed');
      }
    }
  };

  const receive = (text: string | undefined) => {
    const { from, hints } = JSON.parse(text ?? '{}') as { from?: string; hints?: Hint[] };
    if (from === me) return;
    for (const [topic, payload] of hints ?? []) deliver(topic, payload);
  };

  const connect = async () => {
    const made = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'glasshouse live' });
    made.on('notification', (n) => receive(n.payload));
    made.on('error', (e) => log.warn({ reason: e.message }, 'the live connection broke'));
    made.on('end', () => {
      if (client !== made) return;
      client = undefined;
      if (!closed) void reconnect();
    });
    try {
      await made.connect();
      await made.query(`listen ${CHANNEL}`);
    } catch (e) {
      await made.end().catch(() => undefined);
      throw e;
    }
    client = made;
  };

  const reconnect = async () => {
    for (let pause = 100; !closed && !client; pause = Math.min(pause * 2, 5_000)) {
      try {
        await connect();
        log.info('the live connection is back');
        arm();
      } catch {
        await sleep(pause, undefined, { ref: false });
      }
    }
  };

  const send = async () => {
    timer = undefined;
    await sending;
    const to = client;
    if (!to || waiting.length === 0) return;
    const texts = pack(me, waiting);
    waiting = [];
    sending = to.query(`select pg_notify('${CHANNEL}', t) from unnest($1::text[]) t`, [texts]).then(
      () => undefined,
      (e: Error) => log.warn({ reason: e.message }, 'live hints were lost'),
    );
    await sending;
  };

  const arm = () => {
    if (!timer && waiting.length > 0) timer = setTimeout(() => void send(), GATHER_MS);
  };

  await connect();

  return {
    announce(topic, payload) {
      deliver(topic, payload);
      const hint = JSON.stringify([topic, payload ?? null]);
      if (Buffer.byteLength(hint) > PAYLOAD_BYTES) {
        log.error({ topic }, 'a live hint is larger than 7 kB and stays in this process');
        return;
      }
      if (closed) return;
      waiting.push(hint);
      if (waiting.length > WAITING) waiting.splice(0, waiting.length - WAITING);
      arm();
    },
    on(topic, hear) {
      const set = hearers.get(topic) ?? new Set();
      hearers.set(topic, set.add(hear));
      return () => {
        set.delete(hear);
        if (set.size === 0 && hearers.get(topic) === set) hearers.delete(topic);
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      await send();
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
