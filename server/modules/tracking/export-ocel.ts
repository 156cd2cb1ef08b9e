import type { Reading } from '#platform/aside';
import type { Vault } from '#platform/vault';
import type { Rank } from './analysis-store.ts';
import * as store from './export-store.ts';
import { KINDS } from './folding.ts';
import { iso } from './journey-view.ts';
import { digest } from './objects.ts';
import type { NamedObject } from './prepare.ts';
import type { JourneyFilter, Scope } from './read-store.ts';
import type { EventRow } from './store.ts';

/** What is exported, for whom, and how names are found. */
export interface Export {
  readonly filter: JourneyFilter;
  readonly scope: Scope;
  readonly ranks: readonly Rank[];
  readonly vault: Pick<Vault, 'hash'>;
  objectsOf(row: Pick<EventRow, 'source' | 'keys' | 'person'>): NamedObject[];
}

interface Relation {
  readonly objectId: string;
  readonly qualifier: string;
}

/**
 * The journeys as OCEL 2.0 JSON, in pieces of text. Whoever reads it by the same roles gets the same journeys and variants: events stand in
 * the order that journeys have them, roots of journeys outside the export are left out, and what people cut or joined shows in the
 * relations. Personal numbers are pseudonyms, the same in every export; persons' values and sealed data never appear.
 */
export async function* ocelOf(sql: Reading, x: Export): AsyncGenerator<string> {
  const links = await repairs(sql);
  const types = new Map<string, Map<string, AttributeType>>();
  let first = true;
  yield '{"events":[';
  for await (const portion of store.eventsInOrder(sql, x.filter, x.scope, x.ranks)) {
    yield (first ? '\n' : ',\n') + (await eventTexts(sql, x, portion, links, types)).join(',\n');
    first = false;
  }
  const kinds = new Set<string>();
  first = true;
  yield '],\n"objects":[';
  for await (const texts of objectTexts(sql, x, links, kinds)) {
    if (texts.length === 0) continue;
    yield (first ? '\n' : ',\n') + texts.join(',\n');
    first = false;
  }
  const eventTypes = [...types].map(([name, attributes]) => ({
    name,
    attributes: [...attributes].map(([a, type]) => ({ name: a, type })),
  }));
  const objectTypes = [...kinds].map((name) => ({ name, attributes: [] }));
  yield `],\n"eventTypes":${JSON.stringify(eventTypes)},\n"objectTypes":${JSON.stringify(objectTypes)}}\n`;
}

/* ── names ── */

/** An object's id in the file: its number, with its kind before it where another kind has the same number; a pseudonym where it is personal. */
type Namer = (kind: string, value: string) => string;

async function namer(sql: Reading, x: Export, values: Iterable<string>): Promise<Namer> {
  const keeper = new Map((await store.sharedValues(sql, [...new Set(values)])).map((s) => [s.value, s.kind]));
  return (kind, value) => {
    if (KINDS.personal.has(kind)) return x.vault.hash('pseudonym', value);
    const kept = keeper.get(value);
    return kept === undefined || kept === kind ? value : `${kind}:${value}`;
  };
}

/* ── events ── */

async function eventTexts(
  sql: Reading,
  x: Export,
  portion: readonly store.PlacedEvent[],
  links: Links,
  types: Map<string, Map<string, AttributeType>>,
): Promise<string[]> {
  const rows = new Map(
    (
      await store.eventsById(
        sql,
        portion.map((p) => p.event),
      )
    ).map((r) => [r.id, r]),
  );
  const roots = new Map((await store.rootsOf(sql, [...new Set(portion.flatMap((p) => p.journeys))])).map((r) => [r.id, r]));
  const named = new Map([...rows].map(([id, r]) => [id, x.objectsOf(r).filter((o) => o.kind in r.keys)]));
  const second = [...named.values()].flat().filter((o) => o.role === 'root2');
  const own = new Set(
    (
      await store.journeysNow(
        sql,
        second.map((o) => o.id),
      )
    )
      .filter((m) => m.object === m.journey)
      .map((m) => m.object),
  );
  const name = await namer(
    sql,
    x,
    [...named.values()]
      .flat()
      .flatMap((o) => o.value ?? [])
      .concat([...roots.values()].map((r) => r.value)),
  );
  return portion.flatMap(({ event, journeys, via }) => {
    const row = rows.get(event);
    if (row === undefined) return [];
    const qualifiers = (row.data?.['ocel:qualifiers'] ?? {}) as Record<string, unknown>;
    const out = new Map<string, Relation>();
    const relate = (kind: string, value: string, said: unknown) => {
      const objectId = name(kind, value);
      if (!out.has(objectId)) out.set(objectId, { objectId, qualifier: typeof said === 'string' && said !== '' ? said : kind });
    };
    let cut = false;
    for (const o of named.get(event) ?? []) {
      const isRoot = o.role === 'root' || (o.role === 'root2' && own.has(o.id));
      if (isRoot && !journeys.includes(o.id)) continue;
      if (journeys.some((j) => links.cuts.get(o.id)?.has(j))) cut = true;
      else relate(o.kind, o.value ?? o.id, o.value === null ? undefined : qualifiers[o.value]);
    }
    if (cut || via === 1) for (const j of journeys) relate(roots.get(j)?.kind ?? 'order', rootValue(roots.get(j), j), undefined);
    return JSON.stringify({
      id: eventId(row),
      type: row.type,
      time: iso(row.at),
      attributes: attributesOf(row, types),
      relationships: [...out.values()],
    });
  });
}

const rootValue = (root: { kind: string; value: string } | undefined, journey: string): string =>
  root === undefined || KINDS.personal.has(root.kind) ? journey : root.value;

/** Ids are a source's own; here all sources share one list. */
const eventId = (row: EventRow): string => {
  const id = `${row.source}:${row.sid}`;
  return id.length <= 256 ? id : digest(id);
};

/* ── attributes: written as text, typed by what all of them are ── */

type AttributeType = 'string' | 'float' | 'boolean';
const OURS = ['source', 'handler', 'scenario'] as const;

function attributesOf(row: EventRow, types: Map<string, Map<string, AttributeType>>): { name: string; value: string }[] {
  const known = types.get(row.type) ?? new Map<string, AttributeType>();
  types.set(row.type, known);
  const out: { name: string; value: string }[] = [];
  const put = (name: string, value: unknown) => {
    if (value === null || value === undefined) return;
    const type: AttributeType = typeof value === 'number' ? 'float' : typeof value === 'boolean' ? 'boolean' : 'string';
    const before = known.get(name);
    known.set(name, before === undefined || before === type ? type : 'string');
    out.push({ name, value: typeof value === 'object' ? JSON.stringify(value) : String(value) });
  };
  for (const name of OURS) put(name, row[name]);
  for (const [name, value] of Object.entries(row.data ?? {}))
    if (name !== 'ocel:qualifiers') put((OURS as readonly string[]).includes(name) ? `data.${name}` : name, value);
  return out;
}

/* ── objects ── */

interface Links {
  readonly cuts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Objects with a cut or joined link → the journeys they belong to. */
  readonly now: ReadonlyMap<string, readonly string[]>;
}

async function repairs(sql: Reading): Promise<Links> {
  const rows = await store.repairedLinks(sql);
  const cuts = new Map<string, Set<string>>();
  for (const r of rows) if (r.act === 'cut') cuts.set(r.object, (cuts.get(r.object) ?? new Set()).add(r.journey));
  const now = new Map<string, string[]>();
  for (const m of rows.length === 0 ? [] : await store.journeysNow(sql, [...new Set(rows.map((r) => r.object))]))
    if (m.object !== m.journey) now.set(m.object, [...(now.get(m.object) ?? []), m.journey]);
  return { cuts, now };
}

async function* objectTexts(sql: Reading, x: Export, links: Links, kinds: Set<string>): AsyncGenerator<string[]> {
  let last = '';
  for await (const rows of store.namedValues(sql, x.filter, x.scope)) {
    const named = rows.map((r) => ({ ...r, ids: x.objectsOf({ source: r.source, keys: { [r.kind]: [r.value] }, person: null }) }));
    const roots = named.flatMap((r) => r.ids.filter((o) => o.role === 'root' || o.role === 'root2').map((o) => o.id));
    const own = new Set((await store.journeysNow(sql, roots)).filter((m) => m.object === m.journey).map((m) => m.object));
    const joined = named.flatMap((r) => r.ids.flatMap((o) => links.now.get(o.id) ?? []));
    const visible = await store.visibleAmong(sql, [...own, ...joined], x.filter, x.scope);
    const targets = new Map(
      (
        await store.rootsOf(
          sql,
          joined.filter((j) => visible.has(j)),
        )
      ).map((r) => [r.id, r]),
    );
    const name = await namer(sql, x, named.map((r) => r.value).concat([...targets.values()].map((t) => t.value)));
    const texts: string[] = [];
    for (const { kind, value, ids } of named) {
      const id = name(kind, value);
      if (`${kind} ${id}` === last || ids.some((o) => own.has(o.id) && !visible.has(o.id))) continue;
      last = `${kind} ${id}`;
      kinds.add(kind);
      const relationships = ids
        .flatMap((o) => links.now.get(o.id) ?? [])
        .flatMap((j) =>
          targets.has(j) ? [{ objectId: name(targets.get(j)?.kind ?? '', rootValue(targets.get(j), j)), qualifier: 'joined' }] : [],
        );
      texts.push(JSON.stringify({ id, type: kind, attributes: [], relationships }));
    }
    yield texts;
  }
}
