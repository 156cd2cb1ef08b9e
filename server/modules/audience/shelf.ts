import type { Sql } from '#platform/db';
import type { Live } from '#platform/live';
import { CHANGED, countableTags } from '#tag';
import type { Catalogue, NamedTag, SavedDefinition, StaticList } from './model.ts';
import * as store from './store.ts';

/** What a definition may name, as it is now: tags from a memory that is renewed when they change, audiences and lists read when they are named. */
export interface Shelf {
  tags(sql: Sql): Promise<ReadonlyMap<string, NamedTag>>;
  /** For definitions as they were sent: what they name, and what that is built of. */
  catalogueFor(sql: Sql, viewer: store.Viewer, sent: readonly unknown[], today: number): Promise<Catalogue>;
  close(): void;
}

/** Words and labels of tags are changed without a batch. */
const BELIEVED_MS = 1_000;
const MOST_NODES = 20_000;

export function openShelf(live: Live): Shelf {
  let known: { at: number; tags: Promise<ReadonlyMap<string, NamedTag>> } | undefined;
  const forget = live.on(CHANGED, () => {
    known = undefined;
  });

  const tags: Shelf['tags'] = (sql) => {
    if (known !== undefined && performance.now() - known.at < BELIEVED_MS) return known.tags;
    const read = countableTags(sql).then((rows) => new Map(rows.map((t) => [t.name, t])));
    const mine = { at: performance.now(), tags: read };
    known = mine;
    read.catch(() => {
      if (known === mine) known = undefined;
    });
    return read;
  };

  return {
    tags,
    close: forget,
    catalogueFor: async (sql, viewer, sent, today) => catalogueOf(sql, viewer, sent, await tags(sql), today),
  };
}

/** All that definitions may name, where the tags are known already. */
export async function catalogueOf(
  sql: Sql,
  viewer: store.Viewer,
  sent: readonly unknown[],
  tags: ReadonlyMap<string, NamedTag>,
  today: number,
): Promise<Catalogue> {
  const audiences = new Map<string, SavedDefinition>();
  const lists = new Map<string, StaticList>();
  for (let named = namedIn(sent); named.length > 0; ) {
    const found = await store.definitionsOf(sql, viewer, named);
    for (const l of await store.listsNamed(sql, viewer, named)) lists.set(l.id, l);
    for (const a of found) audiences.set(a.id, a);
    named = namedIn(found.map((a) => a.where)).filter((id) => !audiences.has(id) && !lists.has(id));
  }
  return { tags, audiences, lists, today };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids of audiences and lists that stand anywhere in what was sent; what is too large to be a definition is not looked through to its end. */
export function namedIn(sent: readonly unknown[]): string[] {
  const ids = new Set<string>();
  const open: unknown[] = [...sent];
  for (let seen = 0; open.length > 0 && seen < MOST_NODES; seen++) {
    const x = open.pop();
    if (typeof x !== 'object' || x === null) continue;
    const { audience, list } = x as { audience?: unknown; list?: unknown };
    for (const id of [audience, list]) if (typeof id === 'string' && UUID.test(id)) ids.add(id);
    for (const value of Object.values(x)) if (typeof value === 'object') open.push(value);
  }
  return [...ids];
}
