import type { Tx } from '#platform/db';
import { journeysOf, memberships, type Named, type Node, pairsOf, type Region } from './membership.ts';
import type { Role } from './objects.ts';
import { linksFrom } from './repair-store.ts';
import * as store from './store.ts';

/** Journeys of roots and parts as this transaction knows them: object → journey → distance. */
export type Members = Map<string, Map<string, number>>;

/** What one change of structure did. */
export interface Restructured {
  /** Old objects whose journeys are others now, with the journeys they had. */
  readonly moved: ReadonlyMap<string, readonly string[]>;
  /** Second-rank roots that became parts: their journeys end and answer through the first-rank root. */
  readonly dissolved: readonly string[];
  /** Journeys where events may name a moved object that belonged to none: only people's cuts and joins leave such. */
  readonly beside: readonly string[];
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
export const doubtfulPairs = (events: readonly Named[]): [string, string][] =>
  events.flatMap((e) => (e.roots.length > 0 ? [] : pairsOf(e)));

/**
 * Takes in events that name objects together in a new way: locks the objects, writes the edges, and works out the journeys of every
 * object in the connected piece anew. `fresh`: objects made by this very transaction, which nobody else can know anything about.
 */
export async function restructure(
  tx: Tx,
  events: readonly Named[],
  fresh: ReadonlySet<string>,
  roles: ReadonlyMap<string, Role>,
  members: Members,
): Promise<Restructured> {
  const touched = new Set(events.flatMap((e) => [...e.roots, ...e.roots2, ...e.parts]));
  const pairs = new Map(events.flatMap(pairsOf).map((p) => [p[0] < p[1] ? `${p[0]}${p[1]}` : `${p[1]}${p[0]}`, p]));
  await store.makeEdges(tx, [...pairs.values()]);
  const piece = emptyPiece();
  for (const id of touched) piece.nodes.set(id, (roles.get(id) ?? 'part') as Node);
  for (const [a, b] of pairs.values()) connect(piece, a, b);
  const old = [...touched].filter((id) => !fresh.has(id));
  await explore(tx, old, piece);
  return settle(tx, piece, await readMembers(tx, known(piece, old, fresh)), members, fresh);
}

/** Works out the journeys of these objects' connected pieces anew, because people changed their links or an event was withdrawn. */
export async function reconsider(tx: Tx, ids: readonly string[]): Promise<Restructured> {
  const piece = emptyPiece();
  for (const o of await store.lockObjects(tx, ids.toSorted()))
    if (o.role !== 'asset' && o.role !== 'context') piece.nodes.set(o.id, o.role as Node);
  const start = [...piece.nodes.keys()];
  await explore(tx, start, piece);
  for (const id of start) piece.mended.add(id);
  return settle(tx, piece, await readMembers(tx, known(piece, start, none)), new Map(), none);
}

/** A connected piece as it is found. `mended`: objects whose links people changed. */
interface Piece extends Region {
  readonly nodes: Map<string, Node>;
  readonly edges: Map<string, Set<string>>;
  readonly cuts: Map<string, Set<string>>;
  readonly joins: Map<string, Set<string>>;
  readonly mended: Set<string>;
}

const emptyPiece = (): Piece => ({ nodes: new Map(), edges: new Map(), cuts: new Map(), joins: new Map(), mended: new Set() });

const add = (to: Map<string, Set<string>>, key: string, value: string) => to.set(key, (to.get(key) ?? new Set()).add(value));

function connect({ edges }: Piece, a: string, b: string): void {
  add(edges, a, b);
  add(edges, b, a);
}

/** Objects of the piece that were there before: they may have journeys already. */
const known = ({ nodes }: Piece, old: readonly string[], fresh: ReadonlySet<string>): string[] => [
  ...old,
  ...[...nodes].filter(([id, n]) => n !== 'root' && !fresh.has(id)).map(([id]) => id),
];

/** Locks old objects and follows their edges and joined links through parts until nothing new is found. */
async function explore(tx: Tx, start: readonly string[], piece: Piece): Promise<void> {
  for (let frontier = start.toSorted(); frontier.length > 0; ) {
    await store.lockObjects(tx, frontier);
    const inner = frontier.filter((id) => piece.nodes.get(id) !== 'root');
    const next = new Set<string>();
    for (const { a, b, role, act } of inner.length === 0 ? [] : await linksFrom(tx, inner)) {
      if (act === 'edge') connect(piece, a, b);
      else {
        piece.mended.add(a);
        if (act !== 'joined') add(act === 'cut' ? piece.cuts : piece.joins, a, b);
      }
      if (act === 'cut' || piece.nodes.has(b)) continue;
      piece.nodes.set(b, role as Node);
      if (role !== 'root') next.add(b);
    }
    frontier = [...next].sort();
  }
}

export async function readMembers(tx: Tx, ids: readonly string[]): Promise<Members> {
  const out: Members = new Map();
  if (ids.length > 0)
    for (const m of await store.membersOf(tx, [...new Set(ids)]))
      out.set(m.object, (out.get(m.object) ?? new Map()).set(m.journey, m.distance));
  return out;
}

async function settle(tx: Tx, piece: Piece, before: Members, members: Members, fresh: ReadonlySet<string>): Promise<Restructured> {
  const after = memberships(piece);
  const saved: store.MemberRow[] = [];
  const dropped: { object: string; journey: string }[] = [];
  const moved = new Map<string, readonly string[]>();
  const dissolved: string[] = [];
  const beside = new Set<string>();
  for (const [id, node] of piece.nodes) {
    const had = before.get(id) ?? new Map<string, number>();
    const now = node === 'root' ? { distance: 0, journeys: [id] } : (after.get(id) ?? { distance: 0, journeys: [] });
    const wanted = new Map(now.journeys.map((j) => [j, now.distance]));
    for (const [journey, distance] of wanted) if (had.get(journey) !== distance) saved.push({ object: id, journey, distance, since: 0 });
    for (const journey of had.keys()) if (!wanted.has(journey)) dropped.push({ object: id, journey });
    if (node === 'root2' && had.has(id) && !wanted.has(id)) dissolved.push(id);
    const same = had.size === wanted.size && [...wanted.keys()].every((j) => had.has(j));
    if (!fresh.has(id) && !same && node !== 'root') {
      moved.set(id, [...had.keys()]);
      if (had.size === 0 && piece.mended.has(id)) for (const j of journeysBeside(piece, before, id)) beside.add(j);
    }
    members.set(id, wanted);
  }
  await store.dropMembers(tx, dropped);
  await store.saveMembers(tx, saved);
  return { moved, dissolved, beside: [...beside] };
}

/** Journeys of the objects that were named together with this one: events that name both lie there. */
const journeysBeside = ({ nodes, edges }: Piece, before: Members, id: string): string[] =>
  [...(edges.get(id) ?? none)].flatMap((n) => (nodes.get(n) === 'root' ? [n] : [...(before.get(n)?.keys() ?? none)]));

/** Journeys of an event by the members known so far. */
export const journeysFrom = (e: Named, members: Members): Set<string> => journeysOf(e, (id) => [...(members.get(id)?.keys() ?? none)]);
