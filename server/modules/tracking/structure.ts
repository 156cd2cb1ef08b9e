import type { Tx } from '#platform/db';
import { journeysOf, memberships, type Named, type Node, pairsOf, type Region } from './membership.ts';
import type { Role } from './objects.ts';
import * as store from './store.ts';

/** Journeys of roots and parts as this transaction knows them: object → journey → distance. */
export type Members = Map<string, Map<string, number>>;

/** What one change of structure did. */
export interface Restructured {
  /** Old objects whose journeys are others now, with the journeys they had. */
  readonly moved: ReadonlyMap<string, readonly string[]>;
  /** Second-rank roots that became parts: their journeys end and answer through the first-rank root. */
  readonly dissolved: readonly string[];
}

const none: ReadonlySet<string> = new Set();

/** Is all that this event says about structure already known? Then no lock on objects is needed. `edges`: pairs known to be there. */
export function isKnown(e: Named, members: Members, edges: ReadonlySet<string>): boolean {
  for (const r of e.roots) if (members.get(r)?.get(r) !== 0) return false;
  const inner = [...e.roots2, ...e.parts];
  if (e.roots.length > 0) return inner.every((p) => e.roots.every((r) => members.get(p)?.get(r) === 1));
  if (inner.some((p) => (members.get(p)?.size ?? 0) === 0)) return false;
  return pairsOf(e).every(([a, b]) => members.get(b)?.get(a) === 1 || edges.has(`${a}${b}`));
}

/** Pairs whose edge must be looked up before `isKnown` can answer: those of events without a first-rank root. */
export const doubtfulPairs = (events: readonly Named[]): [string, string][] => events.flatMap((e) => (e.roots.length > 0 ? [] : pairsOf(e)));

/**
 * Takes in events that name objects together in a new way: locks the objects, writes the edges, and works out the journeys of every
 * object in the connected piece anew. `fresh`: objects made by this very transaction, which nobody else can know anything about.
 */
export async function restructure(tx: Tx, events: readonly Named[], fresh: ReadonlySet<string>, roles: ReadonlyMap<string, Role>, members: Members): Promise<Restructured> {
  const touched = new Set(events.flatMap((e) => [...e.roots, ...e.roots2, ...e.parts]));
  const pairs = new Map(events.flatMap(pairsOf).map((p) => [p[0] < p[1] ? `${p[0]}${p[1]}` : `${p[1]}${p[0]}`, p]));
  await store.makeEdges(tx, [...pairs.values()]);
  const nodes = new Map([...touched].map((id) => [id, (roles.get(id) ?? 'part') as Node]));
  const edges = new Map<string, Set<string>>();
  const connect = (a: string, b: string) => {
    edges.set(a, (edges.get(a) ?? new Set()).add(b));
    edges.set(b, (edges.get(b) ?? new Set()).add(a));
  };
  for (const [a, b] of pairs.values()) connect(a, b);
  const old = [...touched].filter((id) => !fresh.has(id));
  await explore(tx, old, nodes, connect);
  const oldInner = [...nodes].filter(([id, n]) => n !== 'root' && !fresh.has(id)).map(([id]) => id);
  const before = await readMembers(tx, [...old, ...oldInner]);
  const region: Region = { nodes, edges, ...(await repairs(tx, oldInner)) };
  return settle(tx, region, before, members, fresh);
}

/** Locks old objects and follows their edges through parts until nothing new is found. */
async function explore(tx: Tx, start: readonly string[], nodes: Map<string, Node>, connect: (a: string, b: string) => void): Promise<void> {
  for (let frontier = start.toSorted(); frontier.length > 0; ) {
    await store.lockObjects(tx, frontier);
    const inner = frontier.filter((id) => nodes.get(id) !== 'root');
    const next = new Set<string>();
    for (const { a, b, role } of inner.length === 0 ? [] : await store.edgesFrom(tx, inner)) {
      connect(a, b);
      if (nodes.has(b)) continue;
      nodes.set(b, role as Node);
      if (role !== 'root') next.add(b);
    }
    frontier = [...next].sort();
  }
}

export async function readMembers(tx: Tx, ids: readonly string[]): Promise<Members> {
  const out: Members = new Map();
  if (ids.length > 0) for (const m of await store.membersOf(tx, [...new Set(ids)])) out.set(m.object, (out.get(m.object) ?? new Map()).set(m.journey, m.distance));
  return out;
}

async function repairs(tx: Tx, ids: readonly string[]): Promise<Pick<Region, 'cuts' | 'joins'>> {
  const cuts = new Map<string, Set<string>>();
  const joins = new Map<string, Set<string>>();
  for (const r of ids.length === 0 ? [] : await store.repairsOf(tx, ids)) {
    const into = r.act === 'cut' ? cuts : joins;
    into.set(r.object, (into.get(r.object) ?? new Set()).add(r.journey));
  }
  return { cuts, joins };
}

async function settle(tx: Tx, region: Region, before: Members, members: Members, fresh: ReadonlySet<string>): Promise<Restructured> {
  const after = memberships(region);
  const saved: store.MemberRow[] = [];
  const dropped: { object: string; journey: string }[] = [];
  const moved = new Map<string, readonly string[]>();
  const dissolved: string[] = [];
  for (const [id, node] of region.nodes) {
    const had = before.get(id) ?? new Map<string, number>();
    const now = node === 'root' ? { distance: 0, journeys: [id] } : (after.get(id) ?? { distance: 0, journeys: [] });
    const wanted = new Map(now.journeys.map((j) => [j, now.distance]));
    for (const [journey, distance] of wanted) if (had.get(journey) !== distance) saved.push({ object: id, journey, distance, since: 0 });
    for (const journey of had.keys()) if (!wanted.has(journey)) dropped.push({ object: id, journey });
    if (node === 'root2' && had.has(id) && !wanted.has(id)) dissolved.push(id);
    const same = had.size === wanted.size && [...wanted.keys()].every((j) => had.has(j));
    if (!fresh.has(id) && !same && node !== 'root') moved.set(id, [...had.keys()]);
    members.set(id, wanted);
  }
  await store.dropMembers(tx, dropped);
  await store.saveMembers(tx, saved);
  return { moved, dissolved };
}

/** Journeys of an event by the members known so far. */
export const journeysFrom = (e: Named, members: Members): Set<string> => journeysOf(e, (id) => [...(members.get(id)?.keys() ?? none)]);
