import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ordinalOf, personalOf } from '#customer';
import { type Actor, systemActor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { deliveriesOf, emit, type Listener, type News, retry } from '#platform/outbox';
import { normal } from '#platform/personal';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { book } from '#scenario';
import { loadSources } from '#source';
import type { Erasure, ErasureAsk, Erasures } from './contract.ts';
import { erase } from './erase.ts';
import type { Asked, Counts } from './erasure.ts';
import * as store from './erasure-store.ts';

/**
 * Erasures from their decision to the end: decided and written down in one transaction, carried out by a listener (tried again, parked
 * on a fault), and repeated after a restore. What a restore needs lies beside the store, in `erasures.ndjson` of the data folder: an
 * older backup knows nothing of what was erased after it.
 */

/** Somebody is to be erased; of him the news says nothing, for news is kept. */
export interface ErasureAsked extends News {
  readonly type: 'erasure.asked';
  readonly id: string;
}

interface Line {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  readonly asked: Asked;
}

export const JOURNAL = 'erasures.ndjson';

const factOf = (id: string) => `erasure/${id}`;

/**
 * Whom somebody asks to erase, as keyed hashes; and the reason without his values, in case it says them again. Of a customer what is known of him is meant.
 * Refuses `thing.not-found`, `erasure.another` (a value that is not this customer's), `erasure.unnamed` (nothing is known of him, and nothing given).
 */
export async function whomAsked(
  { db, vault }: Pick<House, 'db' | 'vault'>,
  who: { readonly actor: Actor },
  { reason, customer, ...given }: ErasureAsk,
): Promise<{ asked: Asked; reason: string } | Refusal> {
  const asked: Record<string, string> = {};
  let said = reason;
  for (const [kind, value] of Object.entries(given)) {
    if (value === undefined) continue;
    asked[kind] = vault.hash(kind, normal(kind, value));
    said = said.replaceAll(value, '***').replaceAll(normal(kind, value), '***');
  }
  if (customer === undefined) return { asked, reason: said };
  const known = await knownOf(db, who, customer);
  if (isRefusal(known)) return known;
  const all = { ...known, ...asked };
  if (Object.entries(known).some(([kind, ref]) => all[kind as keyof Asked] !== ref)) return refuse('erasure.another');
  return Object.keys(all).length === 0 ? refuse('erasure.unnamed') : { asked: all, reason: said };
}

/** The ID number and the phone that a customer has now. */
async function knownOf(sql: Sql, who: { readonly actor: Actor }, customer: string): Promise<Asked | Refusal> {
  const ordinal = await ordinalOf(sql, who, customer);
  if (ordinal === undefined) return refuse('thing.not-found');
  const known = (await personalOf(sql, [ordinal])).filter(({ kind }) => kind === 'idNumber' || kind === 'phone');
  return Object.fromEntries(known.map(({ kind, ref }) => [kind, ref]));
}

/** Decides an erasure; answers what is to be noted beside the store once this is committed. */
export async function askErasure(ctx: Ctx, asked: Asked, reason: string): Promise<Line> {
  const line: Line = { id: randomUUID(), at: ctx.now, by: ctx.actor.name, reason, asked };
  await store.saveErasure(ctx.tx, line);
  // a key of its own: one that meets a fault holds up nobody else's
  await emit<ErasureAsked>(ctx, factOf(line.id), { type: 'erasure.asked', id: line.id }, { once: factOf(line.id) });
  await audit(ctx, 'person.erasure-asked', `erasure:${line.id}`, { reason, details: { given: Object.keys(asked) } });
  return line;
}

/** Keeps what a restore repeats: keyed hashes only, for the owner's eyes. */
export async function noteErasure({ config }: Pick<House, 'config'>, line: Line): Promise<void> {
  if (config.dataDir === undefined) return;
  await fs.mkdir(config.dataDir, { recursive: true });
  const file = await fs.open(path.join(config.dataDir, JOURNAL), 'a', 0o600);
  try {
    await file.appendFile(`${JSON.stringify(line)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

export const erasureListener = (house: House): Listener<ErasureAsked> => ({
  name: 'tracking.erasures',
  types: ['erasure.asked'],
  hear: (ctx, news) => erase(ctx, house, news.id),
});

/** The newest first, `limit` behind the cursor; nothing personal. */
export async function showErasures(sql: Sql, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<Erasures> {
  const [at, id] = cursor?.split('.') ?? [];
  const rows = await store.erasures(sql, { after: id === undefined ? undefined : { at: Number(at), id }, limit: limit + 1 });
  const last = rows[limit - 1];
  return {
    items: await withState(sql, rows.slice(0, limit)),
    total: await store.countErasures(sql),
    nextCursor: rows.length > limit && last ? `${last.at}.${last.id}` : null,
  };
}

export const showErasure = async (sql: Sql, id: string): Promise<Erasure | undefined> =>
  (await withState(sql, await store.erasuresById(sql, [id])))[0];

/** One that failed is tried again, from the list where it is seen. Refuses `thing.not-found`, of one that did not fail too. */
export async function retryErasure(ctx: Ctx, id: string): Promise<true | Refusal> {
  const [delivery] = await deliveriesOf(ctx.tx, [factOf(id)]);
  return delivery === undefined ? refuse('thing.not-found') : ((await retry(ctx, delivery)) ?? true);
}

/** Those that are not done are read once more after their deliveries: a delivery and what it does are one transaction. */
async function withState(sql: Sql, rows: readonly store.ErasureRow[]): Promise<Erasure[]> {
  const open = rows.flatMap((r) => (r.done === null ? [r.id] : []));
  if (open.length === 0) return rows.map((r) => view(r));
  const deliveries = new Map((await deliveriesOf(sql, open.map(factOf))).map((d) => [d.fact, d]));
  const now = new Map((await store.erasuresById(sql, open)).map((r) => [r.id, r]));
  return rows.map((r) => view(now.get(r.id) ?? r, deliveries.get(factOf(r.id))));
}

function view(e: store.ErasureRow, delivery?: { attempts: number; open: boolean }): Erasure {
  const about = { id: e.id, at: new Date(e.at).toISOString(), by: e.by, reason: e.reason };
  if (e.done === null)
    return {
      ...about,
      state: delivery?.open === false ? 'failed' : 'asked',
      attempts: delivery?.attempts ?? 0,
      doneAt: null,
      counts: null,
    };
  const { customers, parties, services, homes, contacts, others } = e;
  const [journeys, events, values, shared, doubtful] = [e.journeys, e.events, e.vals, e.shared, e.doubtful].map((n) => n ?? 0) as [number, number, number, number, number]; // biome-ignore format: one line
  const counts = { journeys, events, values, customers, parties, services, homes, contacts, shared, doubtful, others };
  return { ...about, state: 'done', attempts: 0, doneAt: new Date(e.done).toISOString(), counts };
}

/** At start: what is noted beside the store and unknown to it was erased after the backup that it was restored from. */
export async function repeatErasures(house: House): Promise<Counts[]> {
  const noted = await readNotes(house.config.dataDir);
  const known = new Set(
    (
      await store.knownErasures(
        house.db,
        noted.map((l) => l.id),
      )
    ).map((r) => r.id),
  );
  const out: Counts[] = [];
  for (const line of noted) {
    if (known.has(line.id)) continue;
    const counts = await house.db.inTx(systemActor('tracking.erasures'), async (ctx) => {
      await store.saveErasure(ctx.tx, line);
      return erase(ctx, house, line.id);
    });
    if (counts) out.push(counts);
  }
  if (out.length > 0) house.log.warn({ erasures: out.length }, 'the store is older than these erasures: they were repeated');
  return out;
}

/** What a restore brings back of erased people goes again before anybody is served; answers how much that was. */
export async function erasuresAfterRestore(house: House): Promise<string> {
  await book.reload(house.db);
  await loadSources(house.db);
  const repeated = await repeatErasures(house);
  const sum = (of: keyof Counts) => repeated.reduce((n, c) => n + c[of], 0);
  return repeated.length === 0
    ? 'No erasure had to be repeated.'
    : `Erasures repeated, which the backup did not know: ${repeated.length} (journeys: ${sum('journeys')}, events: ${sum('events')}, values: ${sum('values')}).`;
}

async function readNotes(dataDir: string | undefined): Promise<Line[]> {
  if (dataDir === undefined) return [];
  const text = await fs.readFile(path.join(dataDir, JOURNAL), 'utf8').catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return '';
    throw e;
  });
  return text
    .split('\n')
    .filter((l) => l.endsWith('}')) // the last one may be half written
    .map((l) => JSON.parse(l) as Line);
}
