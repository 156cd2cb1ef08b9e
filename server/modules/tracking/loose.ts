import type { Tx } from '#platform/db';
import { type Hold, holderOfAsset } from './membership.ts';
import { type Folding, foldBatch, type Work } from './refold.ts';
import { namedBy } from './relink.ts';
import * as store from './store.ts';

/**
 * Events that name only assets ("the number rang up to ask"): each belongs to the latest-begun journey that held one of its assets at
 * its time. Asked again whenever an answer may have changed: such an event came (`loose`), a journey took hold of an asset (`attached`),
 * or a journey's begin, end or scenario moved (`shifted`). Answers the journeys that changed.
 */
export async function settleLoose(
  tx: Tx,
  f: Folding,
  cause: { readonly loose: readonly string[]; readonly attached: readonly string[]; readonly shifted: readonly string[] },
): Promise<string[]> {
  const held = cause.shifted.length === 0 ? [] : (await store.assetsOf(tx, cause.shifted)).map((r) => r.object);
  const doubtful = [...new Set([...cause.attached, ...held])];
  const waiting = doubtful.length === 0 ? [] : (await store.looseAssets(tx, doubtful)).map((r) => r.object);
  const assets = [...new Set([...cause.loose, ...waiting])].sort();
  if (assets.length === 0) return [];
  await store.lockObjects(tx, assets);
  const { events, current } = await candidates(tx, f, assets);
  const holds = await holdsFor(tx, [...new Set([...events.values()].flatMap((e) => e.assets))]);
  const changed = new Set<string>();
  const links: store.LinkRow[] = [];
  const dropped: Omit<store.LinkRow, 'via'>[] = [];
  const parked: { object: string; event: number }[] = [];
  const freed: number[] = [];
  for (const [id, { row, assets: named, all }] of events) {
    const types = (h: (typeof holds)[number]) => f.plan(h.scenario, h.version)?.steps.has(row.type) ?? false;
    const mine: Hold[] = holds
      .filter((h) => named.includes(h.object))
      .map((h) => ({ journey: h.journey, since: h.since, over: h.own_over, started: h.started, knowsType: types(h) }));
    const journey = holderOfAsset(mine, row.at);
    const was = current.get(id);
    if (journey === was) continue;
    if (was !== undefined) dropped.push({ journey: was, at: row.at, event: id });
    if (journey !== undefined) links.push({ journey, at: row.at, event: id, via: 1 });
    if (journey === undefined) for (const object of all) parked.push({ object, event: id });
    else freed.push(id);
    for (const j of [was, journey]) if (j !== undefined) changed.add(j);
  }
  await store.dropLinks(tx, dropped);
  await store.saveLinks(tx, links);
  await store.park(tx, parked);
  if (freed.length > 0) await store.unpark(tx, freed);
  await refold(tx, f, [...changed].sort());
  return [...changed];
}

/** Every event that names one of the assets and no root or part, with the journey it belongs to now. */
async function candidates(tx: Tx, f: Folding, assets: readonly string[]) {
  const holders = [...new Set((await store.holdsOf(tx, assets)).map((h) => h.journey))];
  const linked = holders.length === 0 ? [] : await store.looseEvents(tx, holders);
  const current = new Map(linked.map((l) => [l.id, l.journey]));
  const events = new Map<number, { row: store.EventRow; assets: readonly string[]; all: readonly string[] }>();
  for (const row of [...(await store.parkedUnder(tx, assets)), ...linked]) {
    const objects = f.objectsOf(row);
    const named = namedBy(objects);
    if (named.roots.length + named.roots2.length + named.parts.length > 0) continue;
    if (!named.assets.some((a) => assets.includes(a))) continue;
    events.set(row.id, { row, assets: named.assets, all: objects.map((o) => o.id) });
  }
  return { events, current };
}

const holdsFor = (tx: Tx, assets: readonly string[]) => (assets.length === 0 ? Promise.resolve([]) : store.holdsOf(tx, assets));

async function refold(tx: Tx, f: Folding, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = new Map((await store.lockJourneys(tx, ids)).map((r) => [r.id, r]));
  const work: Work = { rows, events: new Map(ids.map((id) => [id, []])), roots: new Map(), rebuild: new Set(), attached: [] };
  await foldBatch(tx, f, work);
}
