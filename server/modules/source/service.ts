import { createHash, randomBytes } from 'node:crypto';
import type { Ctx, Sql } from '#platform/db';
import type { Live } from '#platform/live';
import { type Refusal, refuse } from '#platform/result';
import type { NewSource, Roles } from './contract.ts';
import * as store from './store.ts';

const TOPIC = 'source.changed';
let sources = new Map<string, store.SourceRow>();

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const sourceById = (id: string): store.SourceRow | undefined => sources.get(id);
export const listSources = (): readonly store.SourceRow[] => [...sources.values()];

export async function loadSources(sql: Sql): Promise<void> {
  sources = new Map((await store.allSources(sql)).map((s) => [s.id, s]));
}

export async function startSources(sql: Sql, live: Live): Promise<void> {
  await loadSources(sql);
  live.on(TOPIC, () => void loadSources(sql).catch(() => undefined)); // the next news, or the next start, reads again
}

export const announceSources = (live: Live): void => live.announce(TOPIC, {});

/** A source named for the first time with the admin token; known ones cost nothing. */
export function ensureSource(sql: Sql, live: Live, id: string, now: number): Promise<void> | undefined {
  if (sources.has(id)) return undefined;
  const under = adding.get(id) ?? add(sql, live, id, now).finally(() => adding.delete(id));
  adding.set(id, under);
  return under;
}

/** Sources being registered now: a burst of a new source's events asks once. */
const adding = new Map<string, Promise<void>>();

async function add(sql: Sql, live: Live, id: string, now: number): Promise<void> {
  await store.addSource(sql, id, now);
  await loadSources(sql);
  announceSources(live);
}

/** Registers a source with a token of its own, shown this once. Refuses `source.exists` and `source.bad-zone`. */
export async function registerSource(ctx: Ctx, wanted: NewSource): Promise<{ id: string; token: string } | Refusal> {
  if (sources.has(wanted.id)) return refuse('source.exists', { id: wanted.id });
  if (wanted.zone && !isZone(wanted.zone)) return refuse('source.bad-zone', { zone: wanted.zone });
  const token = `gs_${randomBytes(32).toString('base64url')}`;
  const row = {
    id: wanted.id,
    name: wanted.name ?? wanted.id,
    scenario: wanted.scenario ?? null,
    zone: wanted.zone ?? null,
    open: wanted.open ?? [],
    roles: {},
  };
  await store.saveSource(ctx.tx, row, hashToken(token), ctx.now);
  return { id: row.id, token };
}

export interface SourceSettings {
  readonly id: string;
  readonly name?: string;
  readonly scenario?: string | null;
  readonly zone?: string | null;
  readonly open?: string[] | 'all';
  readonly roles?: Roles;
}

/** What an import's map says of its source; what it leaves out stays as it is. */
export async function describeSource(ctx: Ctx, s: SourceSettings): Promise<void> {
  const was = sources.get(s.id);
  await store.saveSource(
    ctx.tx,
    {
      id: s.id,
      name: s.name ?? was?.name ?? s.id,
      scenario: s.scenario === undefined ? (was?.scenario ?? null) : s.scenario,
      zone: s.zone ?? was?.zone ?? null,
      open: s.open ?? was?.open ?? [],
      roles: s.roles ?? was?.roles ?? {},
    },
    null,
    ctx.now,
  );
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
