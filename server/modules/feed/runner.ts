import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { House } from '#platform/module';
import { Refused } from '#platform/result';
import { openDesk } from './desk.ts';
import type { Kinds, ReadMap, Why } from './kind.ts';
import { settingsOf } from './settings.ts';
import * as store from './store.ts';

export interface Runner {
  /** Looks at the feeds now instead of at the next beat. */
  wake(): void;
  /** Ends the work of all feeds; what is in hand is finished or will be read again. */
  stop(): Promise<void>;
}

interface Work {
  readonly version: number;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Announced when a feed was changed, to every copy of the program. */
export const FEEDS_CHANGED = 'feed.changed';

const BEAT_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 4_000;
const LOCKS = 0x66656564; // "feed"

/** Works every feed that is not paused and whose lock this copy of the program gets; begins anew what changed or failed. */
export function openRunner(house: House, kinds: Kinds, readMap: ReadMap): Runner {
  const { db, log } = house;
  const working = new Map<string, Work>();
  const ended = new AbortController();
  let beat = new AbortController();
  let keeper: pg.Client | undefined;

  /** The connection that holds the locks; when it goes, they are another's, so the work ends. */
  const locks = async (): Promise<pg.Client> => {
    if (keeper) return keeper;
    const client = new pg.Client({ connectionString: db.url, application_name: 'glasshouse feeds' });
    const lost = () => {
      if (keeper !== client) return;
      keeper = undefined;
      for (const work of working.values()) work.abort.abort();
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    keeper = client;
    return client;
  };

  const isOurs = async (id: string): Promise<boolean> => {
    const { rows } = await (await locks()).query('select pg_try_advisory_lock($1, hashtext($2)) ours', [LOCKS, id]);
    return rows[0]?.ours === true;
  };
  const giveBack = async (id: string): Promise<void> => {
    await keeper?.query('select pg_advisory_unlock($1, hashtext($2))', [LOCKS, id]).catch(() => undefined);
  };

  const end = async (id: string, work: Work): Promise<void> => {
    await over(work);
    working.delete(id);
    await giveBack(id);
  };

  const begin = (id: string, version: number): void => {
    const abort = new AbortController();
    const done = workOn(house, kinds, readMap, id, version, abort.signal).catch((e: Error) => {
      log.error({ feed: id, fault: e.stack }, 'the work on a feed ended');
      abort.abort();
    });
    working.set(id, { version, abort, done });
  };

  const once = async (): Promise<void> => {
    const feeds = new Map((await store.versions(db)).map((f) => [f.id, f]));
    for (const [id, work] of working) {
      const feed = feeds.get(id);
      if (feed === undefined || feed.paused || feed.version !== work.version || work.abort.signal.aborted) await end(id, work);
    }
    for (const { id, paused, version } of feeds.values()) {
      if (!paused && !working.has(id) && !ended.signal.aborted && (await isOurs(id))) begin(id, version);
    }
  };

  const forever = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await once().catch((e: Error) => log.warn({ reason: e.message }, 'the feeds could not be looked at'));
      await sleep(BEAT_MS, undefined, { signal: beat.signal, ref: false }).catch(() => undefined);
      if (beat.signal.aborted) beat = new AbortController();
    }
  };
  const running = forever();
  const stopHearing = house.live.on(FEEDS_CHANGED, () => beat.abort());

  return {
    wake: () => beat.abort(),
    async stop() {
      stopHearing();
      ended.abort();
      beat.abort();
      for (const work of working.values()) work.abort.abort();
      await running;
      await Promise.all([...working.values()].map(over));
      const last = keeper;
      keeper = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}

/** What does not end in its time is left behind: at worst some rows are read twice. */
async function over(work: Work): Promise<void> {
  work.abort.abort();
  await Promise.race([work.done, sleep(PATIENCE_MS, undefined, { ref: false })]);
}

/** One feed, again and again, with growing pauses after trouble; until the signal. */
async function workOn(house: House, kinds: Kinds, readMap: ReadMap, id: string, version: number, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const began = Date.now();
    try {
      const feed = await store.feedById(house.db, id);
      if (feed === undefined || feed.version !== version) return;
      const map = readMap(feed.map, feed.source);
      const desk = openDesk(house, { feed, settings: settingsOf(house.vault, feed), map, signal });
      await kinds[feed.kind].work(desk as never);
    } catch (e) {
      if (signal.aborted) return;
      const why = whyOf(e);
      house.log.warn({ feed: id, code: why.code }, 'a feed is in trouble');
      await store.noteTrouble(house.db, id, why, Date.now()).catch(() => undefined);
      failures = Date.now() - began > LONGEST_PAUSE_MS ? 1 : failures + 1;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** Math.max(0, failures - 1));
    await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** What is in the way, as code and details; a fault's message may quote anything, so only its first line is kept. */
export function whyOf(e: unknown): Why {
  if (e instanceof Refused) return e.refusal;
  const why = (e instanceof Error ? e.message : String(e)).split('\n')[0]?.slice(0, 300) ?? '';
  return { code: 'feed.fault', details: { why } };
}
