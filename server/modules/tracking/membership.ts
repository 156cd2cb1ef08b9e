/**
 * Which journeys an object belongs to, by roles (design: the journey heart). Pure: told who was ever named together with whom, it
 * answers for every part; arrival order plays no role because it is never told.
 */

/** Objects one event names, by role; ids. */
export interface Named {
  readonly roots: readonly string[];
  readonly roots2: readonly string[];
  readonly parts: readonly string[];
  readonly assets: readonly string[];
}

export type Node = 'root' | 'root2' | 'part';

/** A connected piece of the graph of objects named together; roots of the first rank are its borders. */
export interface Region {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: ReadonlyMap<string, ReadonlySet<string>>;
  /** Links cut and made by people: object → journeys. */
  readonly cuts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly joins: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Membership {
  /** 0: the journey's own root; 1: named with a root; n: through n − 1 parts. */
  readonly distance: number;
  readonly journeys: readonly string[];
  /** On more than HUB journeys it joins only what people joined, and is shown for repair. */
  readonly hub: boolean;
}

/** A part on more roots than this joins nothing any more (`scenarios.md` §2). */
export const HUB = 100;

/** The pairs an event makes known, each once: what links parts to roots, and, where no first-rank root is named, parts to parts. */
export function pairsOf(e: Named): [string, string][] {
  const out: [string, string][] = [];
  const inner = [...e.roots2, ...e.parts];
  if (e.roots.length > 0) {
    for (const r of e.roots) for (const p of inner) out.push([r, p]);
    return out;
  }
  for (const t of e.roots2) for (const p of e.parts) out.push([t, p]);
  for (let i = 0; i < e.parts.length; i++)
    for (let j = i + 1; j < e.parts.length; j++) out.push([e.parts[i] as string, e.parts[j] as string]);
  return out;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Memberships of every root2 and part in the region. A cut link counts as never named; a joined one as named with the journey's root, also
 * where that root has become a part of another journey since.
 */
export function memberships(region: Region): Map<string, Membership> {
  const { near, home, isDemoted } = linksOf(region);
  const out = new Map<string, Membership>();
  let wave: string[] = [];
  for (const [id, node] of region.nodes) {
    if (node === 'root') continue;
    if (node === 'root2' && !isDemoted(id)) {
      out.set(id, { distance: 0, journeys: [id], hub: false });
      continue;
    }
    const joined = [...(region.joins.get(id) ?? NONE)].flatMap(home);
    const direct = new Set(joined);
    for (const n of near(id))
      if (region.nodes.get(n) === 'root' || (node === 'part' && region.nodes.get(n) === 'root2' && !isDemoted(n))) direct.add(n);
    if (direct.size === 0) continue;
    out.set(id, settle(region, id, 1, direct, joined));
    wave.push(id);
  }
  for (let distance = 2; wave.length > 0; distance++) {
    const reached = new Map<string, Set<string>>();
    for (const id of wave)
      for (const n of near(id)) {
        if (out.has(n) || region.nodes.get(n) === 'root') continue;
        const journeys = reached.get(n) ?? new Set();
        reached.set(n, journeys);
        for (const j of out.get(id)?.journeys ?? []) journeys.add(j);
      }
    wave = [...reached.keys()];
    for (const [id, journeys] of reached) out.set(id, settle(region, id, distance, journeys, []));
  }
  return out;
}

/** How the region hangs together once people's cuts and joins are taken in. */
function linksOf(region: Region) {
  const isCut = (object: string, journey: string) => region.cuts.get(object)?.has(journey) === true;
  const near = (id: string): Iterable<string> => {
    const all = region.edges.get(id) ?? NONE;
    return region.cuts.size === 0 ? all : [...all].filter((n) => !isCut(id, n) && !isCut(n, id));
  };
  const isDemoted = (id: string): boolean =>
    region.nodes.get(id) === 'root2' && (anyRoot(region, near(id)) || (region.joins.get(id)?.size ?? 0) > 0);
  /** The journeys that a root answers for: its own, or those of which it became a part. */
  const home = (id: string, trail: readonly string[] = []): string[] => {
    if (!isDemoted(id)) return [id];
    if (trail.includes(id)) return [];
    const roots = [...near(id)].filter((n) => region.nodes.get(n) === 'root');
    const joined = [...(region.joins.get(id) ?? NONE)].flatMap((j) => home(j, [...trail, id]));
    return [...roots, ...joined].filter((j) => !isCut(id, j));
  };
  return { near, isDemoted, home: (id: string) => home(id) };
}

function settle(region: Region, id: string, distance: number, journeys: ReadonlySet<string>, joined: readonly string[]): Membership {
  const cut = region.cuts.get(id) ?? NONE;
  const kept = (list: Iterable<string>) => [...new Set(list)].filter((j) => !cut.has(j)).sort();
  if (journeys.size > HUB) return { distance, journeys: kept(joined), hub: true };
  return { distance, journeys: kept(journeys), hub: false };
}

const anyRoot = (region: Region, ids: Iterable<string>): boolean => {
  for (const id of ids) if (region.nodes.get(id) === 'root') return true;
  return false;
};

/** Journeys of an event that names roots or parts: all of theirs. `of` answers for any root, root2 or part. */
export function journeysOf(e: Named, of: (id: string) => readonly string[]): Set<string> {
  const out = new Set<string>();
  for (const ids of [e.roots, e.roots2, e.parts]) for (const id of ids) for (const j of of(id)) out.add(j);
  return out;
}

/** A journey that holds an asset: from the first event naming it with the journey's root or part until 30 days after it is over. */
export interface Hold {
  readonly journey: string;
  readonly since: number;
  readonly over: number | null;
  readonly started: number;
  readonly knowsType: boolean;
}

const THIRTY_DAYS = 30 * 86_400_000_000;

/** The journey of an event that names only assets: the latest begun that holds one at its time, first among those that know its type. */
export function holderOfAsset(holds: readonly Hold[], at: number): string | undefined {
  let best: Hold | undefined;
  for (const h of holds) {
    if (at < h.since || (h.over !== null && at > h.over + THIRTY_DAYS)) continue;
    if (best === undefined || better(h, best)) best = h;
  }
  return best?.journey;
}

function better(a: Hold, b: Hold): boolean {
  if (a.knowsType !== b.knowsType) return a.knowsType;
  if (a.started !== b.started) return a.started > b.started;
  return a.journey > b.journey;
}
