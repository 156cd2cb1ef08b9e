import { colleague, partnerLogins } from '#org';
import type { Actor } from '#platform/actor';
import { may } from '#platform/actor';
import type { House } from '#platform/module';
import { mask, normal } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Zoned } from './clock.ts';
import type { Action, EventView, JourneyDetail } from './contract.ts';
import { comparePlaces } from './fold.ts';
import { isPersonal, KINDS, planOf } from './folding.ts';
import type { Health } from './health.ts';
import { type DetailParts, eventViews, iso, journeyDetail, type Lang, sourceName } from './journey-view.ts';
import { detailThrough, eventThrough, type Lens, seesEvent } from './lens.ts';
import { objectId, ROLES } from './objects.ts';
import { makePlan, type Plan, rankOf, UNCLASSIFIED } from './plan.ts';
import * as read from './read-store.ts';
import type { JourneyRecord } from './record.ts';
import type { EventRow } from './store.ts';
import type { Place } from './timeline.ts';

/** Finding and showing journeys to staff. */

export const PAGE = 1_000;
const NOTHING = makePlan(UNCLASSIFIED, { waits: [], exceptions: [], holders: [] });

export const planFor = (j: Pick<JourneyRecord, 'scenario' | 'version'>): Plan =>
  planOf(j.scenario, j.version) ?? planOf(j.scenario) ?? NOTHING;

export const scopeOf = (actor: Actor): read.Scope => ({
  areas: actor.areas,
  ...(actor.partner && { partner: ROLES.map((role) => objectId(actor.partner?.kind ?? '', role, actor.partner?.value ?? '')) }),
});

/** How a partner sees; undefined: everything. */
export async function lensOf(house: House, { partner }: Actor): Promise<Lens | undefined> {
  return partner && { ...partner, handlers: new Set([partner.value, ...(await partnerLogins(house.db, partner))]) };
}

/** Ids that a key may have: its kind in any role, or its keyed hash where the kind is personal. */
export const idsOfKey = (house: House, kind: string, value: string): string[] =>
  isPersonal(kind) ? [house.vault.hash(kind, normal(kind, value))] : ROLES.map((role) => objectId(kind, role, value));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A journey the caller may see; one whose root became another journey's part is answered by that one. Else `thing.not-found`. */
export async function findJourney(house: House, actor: Actor, id: string): Promise<JourneyRecord | Refusal> {
  if (!UUID.test(id)) return refuse('thing.not-found');
  const own = await read.journeyById(house.db, id);
  if (own !== undefined) return (await isVisible(house, actor, own)) ? own : refuse('thing.not-found');
  const [j] = await read.listJourneys(house.db, { objects: [id] }, scopeOf(actor), 0, { sort: '-startedAt', limit: 1 });
  return j ?? refuse('thing.not-found');
}

/** The latest-begun journey that any of these objects belongs to: how a root that became a part goes on answering. */
export async function latestOf(house: House, objects: readonly string[]): Promise<JourneyRecord | undefined> {
  const [first] = await read.journeysOfObjects(house.db, objects, 1);
  return first && read.journeyById(house.db, first.id);
}

export async function isVisible(house: House, actor: Actor, j: JourneyRecord): Promise<boolean> {
  const scope = scopeOf(actor);
  if (scope.areas === 'all' && scope.partner === undefined) return true;
  return (await read.countJourneys(house.db, { ids: [j.id] }, scope, 0, 1)) === 1;
}

/** The latest-begun visible journey of a key and the ids of the others. */
export async function findByKey(
  house: House,
  actor: Actor,
  kind: string,
  value: string,
): Promise<{ journey: JourneyRecord; alsoIn: string[] } | Refusal> {
  const visible = await read.listJourneys(house.db, { objects: idsOfKey(house, kind, value) }, scopeOf(actor), 0, {
    sort: '-startedAt',
    limit: 200,
  });
  const [first, ...rest] = visible;
  return first === undefined ? refuse('thing.not-found') : { journey: first, alsoIn: rest.map((r) => r.id) };
}

/** The whole page of a journey. */
export async function showJourney(
  house: House,
  health: Health,
  actor: Actor,
  lang: Lang,
  j: JourneyRecord,
  z: Zoned,
): Promise<JourneyDetail> {
  const plan = planFor(j);
  const lens = await lensOf(house, actor);
  const { events, rows, nextCursor } = await eventPage(house, j, plan, undefined, lens);
  const parts: DetailParts = {
    keys: keysOf(events),
    person: lens ? null : await personOf(house, j),
    related: await visibleAmong(house, actor, relatedOf(j, rows)),
    events,
    nextCursor,
    sources: sourcesOf(rows, health),
    actions: actionsOf(actor, j),
    colleague: await colleagueOf(house, j),
  };
  const detail = journeyDetail(j, plan, lang, Date.now() * 1000, z, parts);
  return lens ? detailThrough(lens, detail) : detail;
}

/** Who has it, by name. */
async function colleagueOf(house: House, j: JourneyRecord): Promise<DetailParts['colleague']> {
  const known = j.holder === null || j.handler === null ? undefined : await colleague(house.db, house.vault, j.handler);
  return known === undefined ? null : { name: known.name, phone: known.phone ?? null };
}

/** The person as staff see him: masked. */
async function personOf(house: House, j: JourneyRecord): Promise<Record<string, string> | null> {
  const refs = Object.entries(j.fold.person ?? {});
  if (refs.length === 0) return null;
  const known = await house.vault.reveal(
    house.db,
    refs.map(([, [subject, id]]) => ({ subject, id })),
  );
  return Object.fromEntries(
    refs.map(([field, [subject, id]]) => {
      const v = known.get(`${subject}/${id}`);
      return [field, v === undefined ? '***' : mask(v.kind, v.value)];
    }),
  );
}

/** How many of these journeys the caller may see. */
export const countVisible = async (house: House, actor: Actor, ids: ReadonlySet<string>): Promise<number> => {
  const scope = scopeOf(actor);
  return scope.areas === 'all' && scope.partner === undefined
    ? ids.size
    : read.countJourneys(house.db, { ids: [...ids] }, scope, 0, ids.size);
};

/** Of journeys named beside this one those that the caller may open; what a source's map made no root is none. */
async function visibleAmong(house: House, actor: Actor, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return ids;
  const visible = new Set(
    (await read.listJourneys(house.db, { ids }, scopeOf(actor), 0, { sort: '-startedAt', limit: ids.length })).map((r) => r.id),
  );
  return ids.filter((id) => visible.has(id));
}

/** Events of a journey in its order, from a cursor on. The cursor: an instant (µs) and how many of that instant were given already. */
export async function eventPage(
  house: House,
  j: JourneyRecord,
  plan: Plan,
  cursor: string | undefined,
  lens?: Lens,
): Promise<{ events: EventView[]; rows: EventRow[]; nextCursor: string | null }> {
  const [from = 0, skip = 0] = cursor === undefined ? [] : cursor.split('.').map(Number);
  const rows = await read.eventsFrom(house.db, j.id, Number.isSafeInteger(from) ? from : 0, PAGE + (skip || 0) + 1);
  const place = (r: EventRow): Place => [r.at, r.seq, rankOf(plan, r.type, r.source), r.source, r.sid];
  const sorted = rows.map((r) => ({ r, p: place(r) })).sort((a, b) => comparePlaces(a.p, b.p));
  const whole = sorted.slice(skip || 0, (skip || 0) + PAGE).map((x) => x.r);
  const page = lens ? whole.filter((r) => seesEvent(lens, r)) : whole;
  const after = sorted[(skip || 0) + PAGE]?.r;
  const given = after === undefined ? 0 : sorted.slice(0, (skip || 0) + PAGE).filter((x) => x.r.at === after.at).length;
  const conflicts = new Set(
    (
      await read.conflictsAmong(
        house.db,
        page.map((r) => r.id),
      )
    ).map((c) => c.event),
  );
  const views = await eventViews(house.db, house.vault, page, plan, conflicts);
  return { events: lens ? views.map(eventThrough) : views, rows: page, nextCursor: after === undefined ? null : `${after.at}.${given}` };
}

/** Every number that the journey's events name, by kind. */
function keysOf(events: readonly EventView[]): Record<string, string[]> {
  const out = new Map<string, Set<string>>();
  for (const e of events)
    for (const [kind, values] of Object.entries(e.keys))
      for (const v of [values].flat()) out.set(kind, (out.get(kind) ?? new Set()).add(v));
  return Object.fromEntries([...out].map(([kind, values]) => [kind, [...values]]));
}

/** Other roots named together with this one: shown beside it, never merged. A kind like its own is a root of the same rank. */
function relatedOf(j: JourneyRecord, rows: readonly EventRow[]): string[] {
  const out = new Set<string>();
  const rank = j.id === objectId(j.root_kind, 'root2', j.root_value) ? 'root2' : 'root';
  for (const r of rows) {
    const own = r.keys[j.root_kind]?.includes(j.root_value);
    if (!own) continue;
    for (const [kind, values] of Object.entries(r.keys))
      if (KINDS.role.get(kind) === 'root' || kind === j.root_kind)
        for (const v of values) out.add(objectId(kind, kind === j.root_kind ? rank : 'root', v));
  }
  out.delete(j.id);
  return [...out];
}

function sourcesOf(rows: readonly EventRow[], health: Health): JourneyDetail['sources'] {
  const out = new Map<string, { events: number; lastAt: number }>();
  for (const r of rows) {
    const s = out.get(r.source) ?? { events: 0, lastAt: 0 };
    out.set(r.source, { events: s.events + 1, lastAt: Math.max(s.lastAt, r.at) });
  }
  return [...out].map(([id, s]) => ({
    id,
    name: sourceName(id),
    events: s.events,
    lastAt: iso(s.lastAt),
    lastHeardAt: health.lastHeard(id),
    silent: health.isSilent(id),
  }));
}

const RULES: readonly { name: string; right: string; open: boolean }[] = [
  { name: 'urge', right: 'journey:read', open: true },
  { name: 'ticket', right: 'journey:ticket', open: false },
  { name: 'reveal', right: 'journey:reveal', open: false },
  { name: 'cut', right: 'journey:repair', open: false },
  { name: 'join', right: 'journey:repair', open: false },
];

/** What may be done now and why not: screens copy no rules. */
export const actionsOf = (actor: Actor, j: JourneyRecord): Action[] =>
  RULES.map(({ name, right, open }) => {
    const because =
      !may(actor, right) || (name === 'reveal' && actor.partner !== undefined)
        ? 'auth.forbidden'
        : open && j.state !== 0
          ? 'journey.over'
          : null;
    return { name, allowed: because === null, because };
  });
