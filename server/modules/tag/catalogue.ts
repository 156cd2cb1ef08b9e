import type { z } from 'zod';
import { type Actor, may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import type { TagBatch, TagChange, TagKind, TagView } from './contract.ts';
import { MOST_CODES } from './dayStore.ts';
import { movementsOf } from './days.ts';
import { EVERYONE, OURS } from './model.ts';
import * as store from './store.ts';
import { peopleByCode, type Sum, sumsOf } from './tally.ts';
import { shownValue } from './values.ts';

/** The catalogue: what each tag means, where it comes from, of how many customers it is known. */

const VALUES_LISTED = 12;

export interface Wanted {
  readonly q?: string | undefined;
  readonly kind?: TagKind | undefined;
  readonly owner?: string | undefined;
  readonly source?: string | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

/** Tags by name, words, meaning, owner; hidden ones for those who keep the catalogue. */
export async function listTags(sql: Sql, actor: Actor, wanted: Wanted) {
  const rows = await store.findTags(sql, { ...wanted, hidden: may(actor, 'tag:manage') });
  const [everyone] = await sumsOf(sql, [EVERYONE]);
  return { items: await viewsOf(sql, rows, VALUES_LISTED), total: rows[0]?.total ?? 0, everyone: everyone?.yes ?? 0 };
}

/** Refuses `thing.not-found`. */
export async function showTag(sql: Sql, name: string): Promise<TagView | Refusal> {
  const row = await store.tagByName(sql, name);
  return row ? ((await viewsOf(sql, [row], store.MOST_VALUES_SHOWN))[0] as TagView) : refuse('thing.not-found');
}

async function viewsOf(sql: Sql, rows: readonly store.TagRow[], most: number): Promise<TagView[]> {
  const ids = rows.map((r) => r.id);
  const oneOfs = rows.filter((r) => r.kind === 'oneOf').map((r) => r.id);
  const sums = new Map((await sumsOf(sql, ids)).map((s) => [s.tag, s]));
  const byCode = await peopleByCode(sql, oneOfs);
  const people = new Map(byCode.map((p) => [`${p.tag}/${p.code}`, p.people]));
  const movements = await movementsOf(sql, rows, standingOf(rows, sums, byCode));
  const values = Map.groupBy(await store.valuesOf(sql, oneOfs), (v) => v.tag);
  return rows.map((r) => {
    const sum = sums.get(r.id);
    const shown = (values.get(r.id) ?? [])
      .map((v) => ({ value: v.value, zh: v.zh, en: v.en, count: people.get(`${r.id}/${v.code}`) ?? 0 }))
      .sort((a, b) => b.count - a.count)
      .slice(0, most);
    const flags = [
      { value: true, zh: '是', en: 'yes', count: sum?.yes ?? 0 },
      { value: false, zh: '否', en: 'no', count: (sum?.known ?? 0) - (sum?.yes ?? 0) },
    ];
    const bound = (code: number | null | undefined) => shownValue({ kind: r.kind, scale: r.scale, values: [] }, code ?? null);
    return {
      id: r.id,
      name: r.name,
      kind: r.kind,
      scale: r.scale,
      names: { zh: r.zh, en: r.en },
      meaning: { zh: r.meaning_zh, en: r.meaning_en },
      rule: r.rule,
      owner: r.owner,
      source: r.source,
      purposes: [...r.purposes],
      speaksOf: r.speaks_of,
      refresh: r.refresh,
      confidence: r.confidence,
      hidden: r.hidden,
      loadedAt: r.loaded_at === null ? null : new Date(r.loaded_at).toISOString(),
      batch: r.batch,
      known: sum?.known ?? 0,
      counting: sum?.counting ?? false,
      movement: movements.get(r.id) ?? null,
      values: r.kind === 'flag' ? flags : shown,
      from: r.kind === 'number' || r.kind === 'date' ? bound(sum?.low) : null,
      to: r.kind === 'number' || r.kind === 'date' ? bound(sum?.high) : null,
    };
  });
}

/** What is compared with the day before: figures that are whole. */
function standingOf(
  rows: readonly store.TagRow[],
  sums: ReadonlyMap<number, Sum>,
  byCode: readonly { readonly tag: number; readonly code: number; readonly people: number }[],
) {
  const counts = new Map<number, number[]>();
  for (const { tag, code, people } of byCode) {
    const mine = counts.get(tag) ?? [];
    counts.set(tag, mine);
    if (code <= MOST_CODES) mine[code - 1] = people;
  }
  return new Map(
    rows.flatMap(({ id, scale }) => {
      const { known, yes, sum, counting } = sums.get(id) ?? { known: 0, yes: 0, sum: '0', counting: false };
      return counting ? [] : [[id, { known, yes, sum, scale, counts: Array.from(counts.get(id) ?? [], (n) => n ?? 0) }] as const];
    }),
  );
}

/** Says what a tag is; a new one needs its kind. Refuses `tag.kind-needed`, `tag.kind-stays`, `tag.kept-by-us`, `tag.unknown-values`. */
export async function describeTag(ctx: Ctx, name: string, change: TagChange): Promise<TagView | Refusal> {
  const { tx, now } = ctx;
  let [row] = await store.lockTags(tx, [name]);
  if (row === undefined) {
    if (change.kind === undefined) return refuse('tag.kind-needed', { tag: name });
    await store.addTags(tx, [{ name, kind: change.kind }], now);
    [row] = await store.lockTags(tx, [name]);
  }
  const was = row as store.TagRow;
  if (change.kind !== undefined && change.kind !== was.kind) return refuse('tag.kind-stays', { tag: name, kind: was.kind });
  if (was.source === OURS && change.hidden) return refuse('tag.kept-by-us', { tag: name });
  await store.describeTag(tx, {
    name,
    zh: change.names?.zh ?? was.zh,
    en: change.names?.en ?? was.en,
    meaning_zh: change.meaning?.zh ?? was.meaning_zh,
    meaning_en: change.meaning?.en ?? was.meaning_en,
    rule: change.rule === undefined ? was.rule : change.rule,
    owner: change.owner === undefined ? was.owner : change.owner,
    purposes: change.purposes ?? was.purposes,
    speaks_of: change.speaksOf === undefined ? was.speaks_of : change.speaksOf,
    refresh: change.refresh === undefined ? was.refresh : change.refresh,
    confidence: change.confidence === undefined ? was.confidence : change.confidence,
    hidden: change.hidden ?? was.hidden,
  });
  const wrong = await labelled(tx, was, change.values ?? []);
  if (wrong.length > 0) return refuse('tag.unknown-values', { tag: name, values: wrong });
  await audit(ctx, 'tag.described', `tag:${name}`, { details: { ...change } });
  return showTag(tx, name);
}

/** Answers the values that the tag has not. */
async function labelled(sql: Sql, tag: store.TagRow, labels: readonly { value: string; zh: string; en: string }[]): Promise<string[]> {
  if (labels.length === 0) return [];
  const there = new Set((await store.labelValues(sql, tag.id, labels)).map((v) => v.value));
  return labels.map((l) => l.value).filter((v) => !there.has(v));
}

/** What moved this tag and when, the latest first. Refuses `thing.not-found`. */
export async function batchesOf(sql: Sql, name: string, { before, limit }: { before: number | null; limit: number }) {
  const row = await store.tagByName(sql, name);
  if (row === undefined) return refuse('thing.not-found');
  const rows = await store.batchesOf(sql, row.id, before, limit + 1);
  const items: z.infer<typeof TagBatch>[] = rows.slice(0, limit).map((b) => ({ ...b, at: new Date(b.at).toISOString() }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
