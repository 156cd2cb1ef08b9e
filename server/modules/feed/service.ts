import path from 'node:path';
import { ZodError } from 'zod';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { describeSource } from '#source';
import { ownRoles } from '#tracking';
import { type FeedChange, type NewFeed, SETTINGS } from './contract.ts';
import type { Kinds, Look, OpenMap, ReadMap } from './kind.ts';
import { changed, isElsewhere, split } from './model.ts';
import { sealed, secretsOf, settingsOf } from './settings.ts';
import * as store from './store.ts';

const LOOK_MS = 15_000;

/** A map as given, as YAML text (JSON is YAML too). */
const textOf = (map: NewFeed['map']): string => (typeof map === 'string' ? map : JSON.stringify(map, undefined, 2));

/** What a map says of its source, as at an import; roles only where it names them: a feed's kinds mean what they mean everywhere. */
const describe = (ctx: Ctx, source: string, map: OpenMap) =>
  describeSource(ctx, {
    id: source,
    ...(map.zone !== undefined && { zone: map.zone }),
    ...(map.open !== undefined && { open: map.open }),
    ...(map.scenario !== undefined && { scenario: map.scenario }),
    ...(map.objects !== undefined && { roles: ownRoles(map.objects) }),
  });

/** A folder whose files are ours already must not be eaten; below the data folder only `inbox` is for others. */
function ownFolder(house: House, settings: Record<string, unknown>): Refusal | undefined {
  const own = path.resolve(house.config.dataDir);
  const inbox = `${path.join(own, 'inbox')}${path.sep}`;
  for (const folder of [settings.folder, settings.done, settings.rejected]) {
    if (typeof folder !== 'string') continue;
    const at = path.resolve(folder);
    if (at.startsWith(inbox)) continue;
    if (at === own || at.startsWith(`${own}${path.sep}`) || own.startsWith(`${at === '/' ? '' : at}${path.sep}`))
      return refuse('feed.folder-own', { folder });
  }
  return undefined;
}

/** Adds a feed and describes its source. Refuses `feed.exists`, `feed.folder-own`, `feed.bad-map`. */
export async function addFeed(ctx: Ctx, house: House, readMap: ReadMap, wanted: NewFeed): Promise<store.FeedRecord | Refusal> {
  const { id, kind, source, paused } = wanted;
  const text = textOf(wanted.map);
  const map = readMap(text, source);
  const { open, secret } = split(kind, wanted.settings);
  const own = ownFolder(house, open);
  if (own) return own;
  const row = { id, kind, source, paused, name: wanted.name ?? id, settings: open, secrets: sealed(house.vault, secret), map: text };
  if (!(await store.addFeed(ctx.tx, row, ctx.now))) return refuse('feed.exists', { id });
  await describe(ctx, source, map);
  await audit(ctx, 'feed.added', `feed:${id}`, { details: { kind, source } });
  return (await store.feedById(ctx.tx, id)) ?? refuse('thing.not-found');
}

/** Changes what is named. Refuses `thing.not-found`, `feed.bad-settings`, `feed.folder-own`, `feed.bad-map`. */
export async function changeFeed(
  ctx: Ctx,
  house: House,
  readMap: ReadMap,
  { id, change }: { id: string; change: FeedChange },
): Promise<store.FeedRecord | Refusal> {
  const old = await store.lockFeed(ctx.tx, id);
  if (old === undefined) return refuse('thing.not-found');
  const known = secretsOf(house.vault, old);
  const settings = newSettings(old, known, change.settings ?? {});
  if ('refused' in settings) return settings as Refusal;
  const { open, secret } = split(old.kind, settings);
  const own = ownFolder(house, open);
  if (own) return own;
  const map = change.map === undefined ? old.map : textOf(change.map);
  if (change.map !== undefined) await describe(ctx, old.source, readMap(map, old.source));
  await store.changeFeed(ctx.tx, {
    ...old,
    name: change.name ?? old.name,
    paused: change.paused ?? old.paused,
    settings: open,
    secrets: sealed(house.vault, secret),
    map,
    position: isElsewhere(old.kind, old.settings, open) ? null : old.position,
  });
  const fields = Object.keys(change).flatMap((name) => (name === 'settings' ? Object.keys(change.settings ?? {}) : [name]));
  const act = Object.keys(change).join() === 'paused' ? (change.paused ? 'feed.paused' : 'feed.resumed') : 'feed.changed';
  await audit(ctx, act, `feed:${id}`, { details: { fields } });
  return (await store.feedById(ctx.tx, id)) ?? refuse('thing.not-found');
}

function newSettings(
  old: store.FeedRecord,
  known: Record<string, string>,
  change: Record<string, unknown>,
): Record<string, unknown> | Refusal {
  try {
    return changed(old.kind, { ...old.settings, ...known }, change);
  } catch (e) {
    if (!(e instanceof ZodError)) throw e;
    const [issue] = e.issues;
    return refuse('feed.bad-settings', { path: issue?.path.join('.') || 'settings', why: issue?.message ?? '' });
  }
}

export async function removeFeed(ctx: Ctx, id: string): Promise<Refusal | undefined> {
  const old = await store.lockFeed(ctx.tx, id);
  if (old === undefined) return refuse('thing.not-found');
  await store.removeFeed(ctx.tx, id);
  await audit(ctx, 'feed.removed', `feed:${id}`, { details: { kind: old.kind, source: old.source } });
  return undefined;
}

/** What was taken at that time (ms) or later is read again. Refuses `thing.not-found`, `feed.future-replay`. */
export async function askReplay(ctx: Ctx, { id, from }: { id: string; from: number }): Promise<store.FeedRecord | Refusal> {
  if (from > ctx.now) return refuse('feed.future-replay');
  if ((await store.lockFeed(ctx.tx, id)) === undefined) return refuse('thing.not-found');
  await store.askReplay(ctx.tx, id, from);
  await audit(ctx, 'feed.replayed', `feed:${id}`, { details: { from: new Date(from).toISOString() } });
  return (await store.feedById(ctx.tx, id)) ?? refuse('thing.not-found');
}

/** Looks at a feed's place without taking anything. Throws the refusal that says what is in the way, after 15 s at most. */
export async function lookAt(kinds: Kinds, readMap: ReadMap, feed: NewFeed): Promise<Look> {
  const map = readMap(textOf(feed.map), feed.source);
  const settings = SETTINGS[feed.kind].parse(feed.settings);
  return kinds[feed.kind].look({ id: feed.id, settings: settings as never, map, signal: AbortSignal.timeout(LOOK_MS) });
}

/** A kept feed as it was wanted, secrets included: for a look. */
export const asWanted = (house: House, feed: store.FeedRecord): NewFeed =>
  ({ id: feed.id, kind: feed.kind, source: feed.source, map: feed.map, paused: false, settings: settingsOf(house.vault, feed) }) as NewFeed;
