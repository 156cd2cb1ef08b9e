import type { Tx } from '#platform/db';
import { journeysOf, type Named } from './membership.ts';
import type { Folding, Work } from './refold.ts';
import * as store from './store.ts';
import { type Restructured, readMembers } from './structure.ts';

/** Objects named by an event row, sorted by role. */
export function namedBy(objects: readonly { id: string; role: string }[]): Named {
  const of = (role: string) => objects.filter((o) => o.role === role).map((o) => o.id);
  return { roots: of('root'), roots2: of('root2'), parts: of('part'), assets: of('asset') };
}

/**
 * After old objects changed their journeys: finds the events that name them, among those journeys and the parked ones, and gives each
 * event the journeys that are now its own. The journeys are locked, put on the rebuild list, and dissolved where their root became a
 * part. Answers the assets whose loose events lost their journey.
 */
export async function relink(tx: Tx, f: Folding, change: Restructured, work: Work): Promise<string[]> {
  const before = new Set([...change.moved.values()].flat());
  for (const id of change.dissolved) before.add(id);
  for (const id of change.beside) before.add(id);
  await lock(tx, work, before); // first: an event that is just coming in by the old links is waited for, and moved too
  const linked = await store.eventsOfJourneys(tx, [...before]);
  const parked = await store.parkedUnder(tx, [...change.moved.keys()]);
  const rows = new Map<number, store.EventRow>([...parked, ...linked].map((r) => [r.id, r]));
  const named = new Map([...rows].map(([id, r]) => [id, namedBy(f.objectsOf(r))]));
  const all = [...named.values()].flatMap((n) => [...n.roots, ...n.roots2, ...n.parts]);
  const members = await readMembers(tx, all);
  const wanted = new Map([...named].map(([id, n]) => [id, journeysOf(n, (o) => [...(members.get(o)?.keys() ?? [])])]));
  const loose = linked.filter((l) => l.via === 1);

  const gone = linked.filter((l) => l.via === 0 && wanted.get(l.id)?.has(l.journey) !== true);
  const fresh: store.LinkRow[] = [];
  for (const [event, journeys] of wanted) {
    const row = rows.get(event) as store.EventRow;
    for (const journey of journeys) fresh.push({ journey, at: row.at, event, via: 0 });
  }
  await store.dropLinks(
    tx,
    [...gone, ...loose].map((l) => ({ journey: l.journey, at: l.at, event: l.id })),
  );
  await store.saveLinks(tx, fresh);
  await store.unpark(
    tx,
    parked.filter((p) => (wanted.get(p.id)?.size ?? 0) > 0).map((p) => p.id),
  );
  const homeless = [...new Set([...gone, ...loose].map((l) => l.id))].filter((id) => (wanted.get(id)?.size ?? 0) === 0);
  await store.park(
    tx,
    homeless.flatMap((event) => f.objectsOf(rows.get(event) as store.EventRow).map((o) => ({ object: o.id, event }))),
  );

  const rebuild = new Set([...before, ...[...wanted.values()].flatMap((j) => [...j])]);
  for (const id of change.dissolved) rebuild.delete(id);
  await lock(tx, work, rebuild);
  for (const id of rebuild) work.rebuild.add(id);
  if (change.dissolved.length > 0) await store.dropJourneys(tx, change.dissolved);
  return [...new Set(loose.flatMap((l) => named.get(l.id)?.assets ?? []))];
}

async function lock(tx: Tx, work: Work, ids: ReadonlySet<string>): Promise<void> {
  const more = [...ids].filter((id) => !work.rows.has(id)).sort();
  for (const r of more.length === 0 ? [] : await store.lockJourneys(tx, more)) work.rows.set(r.id, r);
}
