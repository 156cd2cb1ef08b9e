import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { systemActor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { emit, type Listener, type News } from '#platform/outbox';
import { book } from '#scenario';
import { loadSources } from '#source';
import { type Counts, erase } from './erase.ts';
import type { Asked } from './erasure.ts';
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

/** Decides an erasure; answers what is to be noted beside the store once this is committed. */
export async function askErasure(ctx: Ctx, asked: Asked, reason: string): Promise<Line> {
  const line: Line = { id: randomUUID(), at: ctx.now, by: ctx.actor.name, reason, asked };
  await store.saveErasure(ctx.tx, line);
  await emit<ErasureAsked>(ctx, 'erasure', { type: 'erasure.asked', id: line.id }, { once: `erasure/${line.id}` });
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
