import { systemActor } from './actor.ts';
import { audit } from './audit.ts';
import type { Ctx, Db, Sql, Tx } from './db.ts';
import type { Live } from './live.ts';
import type { Log } from './log.ts';
import type { Migration } from './module.ts';
import { isRefusal, type Refusal, refuse } from './result.ts';

/**
 * News of decisions (an order accepted, a claim paid; up to a few thousand a second). The event and one delivery per listener are
 * written in the decision's own transaction; a listener's writes and its `done_at` commit together. So: effect once, and in order
 * per key, provided that decisions about one key follow each other (they lock what they decide about).
 */
export const migrations: readonly Migration[] = [
  {
    name: 'outbox-1',
    sql: `create schema if not exists platform;
      create table if not exists platform.news (
        id bigint generated always as identity primary key, type text not null, key text not null, once text unique, body jsonb not null,
        at timestamptz not null);
      create table if not exists platform.subscription (type text not null, listener text not null, primary key (type, listener));
      create table if not exists platform.delivery (
        news bigint not null references platform.news on delete cascade, listener text not null, key text not null, attempts integer not null default 0,
        due_at timestamptz not null default now(), done_at timestamptz, parked_at timestamptz, fault text, primary key (news, listener));
      create index if not exists delivery_open on platform.delivery (listener, key, news) where done_at is null;
      create index if not exists delivery_due on platform.delivery (due_at, news) where done_at is null and parked_at is null;
      create index if not exists delivery_parked on platform.delivery (parked_at, news) where done_at is null and parked_at is not null;`,
  },
];

/** What happened, in the words of the module that decided it: `{ type: "order.accepted", … }`. */
export interface News {
  readonly type: string;
}

export interface Listener<N extends News = News> {
  /** Stable: "commission.claims". A new name hears only what happens from then on. */
  readonly name: string;
  readonly types: readonly N['type'][];
  /** May be called again after a fault (or a refusal), never after it succeeded. Outward I/O belongs into a job that it adds. */
  hear(ctx: Ctx, news: N, about: { readonly id: number; readonly key: string; readonly at: Date }): Promise<unknown>;
}

/** Live topic: announce it after a commit that emitted, and listeners hear at once; without it within a quarter of a second. */
export const NEWS = 'platform.news';

const ATTEMPTS = 8;
const BATCH = 32;
const POLL_MS = 250;

/**
 * Writes the news and one delivery for each listener of its type. `once`: a name for the fact ("journey 7 reached stage 3"); news
 * of a fact that was already told is not told again. Answers whether it was told.
 */
export async function emit<N extends News>(ctx: Ctx, key: string, news: N, { once }: { once?: string } = {}): Promise<boolean> {
  const rows = await ctx.tx.query(
    'news-emit',
    `with n as (insert into platform.news (type, key, once, body, at) values ($1, $2, $3, $4, $5) on conflict (once) do nothing returning id),
       d as (insert into platform.delivery (news, listener, key) select n.id, s.listener, $2 from n join platform.subscription s on s.type = $1)
     select id from n`,
    [news.type, key, once ?? null, JSON.stringify(news), new Date(ctx.now)],
  );
  return rows.length > 0;
}

interface Claimed {
  news: number;
  listener: string;
  key: string;
  attempts: number;
  body: News;
  at: Date;
}

/** Due deliveries that are the first open one of their listener and key; another copy's are passed over, not waited for. */
const claim = (tx: Tx, listeners: readonly string[]): Promise<Claimed[]> =>
  tx.query<Claimed & Record<string, unknown>>(
    'news-claim',
    `select d.news, d.listener, d.key, d.attempts, n.body, n.at from platform.delivery d join platform.news n on n.id = d.news
     where d.done_at is null and d.parked_at is null and d.due_at <= now() and d.listener = any($1)
       and not exists (select from platform.delivery p where p.listener = d.listener and p.key = d.key and p.done_at is null and p.news < d.news)
     order by d.news limit ${BATCH} for no key update of d skip locked`,
    [listeners],
  );

const done = (tx: Tx, d: Claimed) =>
  tx.query('news-done', 'update platform.delivery set done_at = now(), fault = null where news = $1 and listener = $2', [
    d.news,
    d.listener,
  ]);

/** Tried again after 1 s, 2 s, 4 s … and parked after the eighth time; what follows it under its key waits for it. */
const failed = (tx: Tx, d: Claimed, fault: string) =>
  tx.query(
    'news-failed',
    `update platform.delivery set attempts = attempts + 1, fault = $3, due_at = now() + make_interval(secs => power(2, attempts)),
       parked_at = case when attempts + 1 >= ${ATTEMPTS} then now() end where news = $1 and listener = $2`,
    [d.news, d.listener, fault.slice(0, 500)],
  );

const LOST = new Set(['40001', '40P01', '55P03']);

/** One listener's hearing in a savepoint of its own, so that its fault undoes its writes and nobody else's. */
async function deliver(ctx: Ctx, listener: Listener, d: Claimed, log: Log): Promise<void> {
  await ctx.tx.query('', 'savepoint hearing');
  try {
    const out = await listener.hear({ ...ctx, actor: systemActor(listener.name) }, d.body, { id: d.news, key: d.key, at: d.at });
    if (isRefusal(out)) throw new Error(out.code);
    await done(ctx.tx, d);
    await ctx.tx.query('', 'release hearing');
  } catch (e) {
    if (LOST.has((e as { code?: string }).code ?? '')) throw e; // the whole batch is tried again
    await ctx.tx.query('', 'rollback to hearing');
    log.warn({ listener: d.listener, news: d.news, attempt: d.attempts + 1, reason: (e as Error).message }, 'news was not taken');
    await failed(ctx.tx, d, (e as Error).message);
  }
}

/** How the delivery of a fact (the `once` it was told under) to a listener stands: tried in vain how often; `open`: it will be tried by itself. */
export interface DeliveryState {
  readonly fact: string;
  readonly news: number;
  readonly listener: string;
  readonly attempts: number;
  readonly open: boolean;
}

export const deliveriesOf = (sql: Sql, facts: readonly string[]): Promise<DeliveryState[]> =>
  sql.query<DeliveryState & Record<string, never>>(
    'news-deliveries-of',
    `select n.once fact, d.news, d.listener, d.attempts, d.done_at is null and d.parked_at is null "open" from platform.news n join platform.delivery d on d.news = n.id
     where n.once = any($1) order by n.id, d.listener`,
    [facts],
  );

export interface Outbox {
  /** Delivers all that is due now, and answers how many deliveries were tried. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

/** Notes who listens to what, and delivers from now on; every copy of the program does, one of them each delivery. */
export async function openOutbox({ db, live, log }: { db: Db; live: Live; log: Log }, listeners: readonly Listener[]): Promise<Outbox> {
  const byName = new Map(listeners.map((l) => [l.name, l]));
  if (byName.size < listeners.length) throw new Error('two listeners have one name');
  const names = [...byName.keys()];
  await db.inTx(systemActor('outbox'), async ({ tx }) => {
    const pairs = listeners.flatMap((l) => l.types.map((type) => ({ type, listener: l.name })));
    const values = [pairs.map((p) => p.type), pairs.map((p) => p.listener)];
    await tx.query('', 'lock table platform.subscription in share row exclusive mode');
    await tx.query(
      '',
      'delete from platform.subscription where (type, listener) not in (select * from unnest($1::text[], $2::text[]))',
      values,
    );
    await tx.query('', 'insert into platform.subscription select * from unnest($1::text[], $2::text[]) on conflict do nothing', values);
  });

  const batch = (): Promise<number> =>
    db.inTx(systemActor('outbox'), async (ctx) => {
      const claimed = await claim(ctx.tx, names);
      for (const d of claimed) await deliver(ctx, byName.get(d.listener) as Listener, d, log);
      return claimed.length;
    });
  const drain = async (): Promise<number> => {
    let sum = 0;
    for (let n = await batch(); n > 0; n = await batch()) sum += n;
    return sum;
  };

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> | undefined;
  const run = () => {
    clearTimeout(timer);
    if (stopped || running) return;
    running = drain()
      .catch((e: Error) => log.error({ reason: e.message }, 'the outbox met a fault'))
      .finally(() => {
        running = undefined;
        if (!stopped) timer = setTimeout(run, POLL_MS);
      });
  };
  const deaf = live.on(NEWS, run);
  if (names.length > 0) run();
  return {
    drain,
    async stop() {
      stopped = true;
      deaf();
      clearTimeout(timer);
      await running;
    },
  };
}

/** What waits for a person, the longest first. `blocked`: later news of the same key that wait behind it. */
export const parked = (sql: Sql, { limit }: { limit: number }) =>
  sql.query<{
    news: number;
    listener: string;
    key: string;
    type: string;
    attempts: number;
    fault: string;
    parkedAt: Date;
    blocked: number;
  }>(
    'news-parked',
    `select d.news, d.listener, d.key, n.type, d.attempts, d.fault, d.parked_at as "parkedAt",
       (select count(*) from platform.delivery b where b.listener = d.listener and b.key = d.key and b.done_at is null and b.news > d.news)::int as blocked
     from platform.delivery d join platform.news n on n.id = d.news where d.done_at is null and d.parked_at is not null order by d.parked_at, d.news limit $1`,
    [limit],
  );

export const countParked = async (sql: Sql): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      'news-parked-count',
      'select count(*)::int n from platform.delivery where done_at is null and parked_at is not null',
    )
  )[0]?.n ?? 0;

/** Gives a parked delivery eight more attempts (`skip: false`) or passes over it for ever, so that its key goes on. In the trail either way. */
async function decide(
  ctx: Ctx,
  { news, listener }: { news: number; listener: string },
  act: 'retried' | 'skipped',
  reason?: string,
): Promise<Refusal | undefined> {
  const set = act === 'skipped' ? 'done_at = now()' : 'attempts = 0, parked_at = null, due_at = now()';
  const rows = await ctx.tx.query(
    `news-${act}`,
    `update platform.delivery set ${set} where news = $1 and listener = $2 and done_at is null and parked_at is not null returning 1`,
    [news, listener],
  );
  if (rows.length === 0) return refuse('thing.not-found');
  await audit(ctx, `news.${act}`, `news:${news}`, { reason, details: { listener } });
  return undefined;
}

export const retry = (ctx: Ctx, which: { news: number; listener: string }) => decide(ctx, which, 'retried');
export const skip = (ctx: Ctx, { reason, ...which }: { news: number; listener: string; reason: string }) =>
  decide(ctx, which, 'skipped', reason);
