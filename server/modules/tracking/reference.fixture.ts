import { chooseScenario } from './choose.ts';
import { type FoldEvent, foldAll } from './fold.ts';
import { planOf, rulesOf } from './folding.ts';
import { type Hold, holderOfAsset, journeysOf, memberships, type Node, pairsOf, type Region } from './membership.ts';
import type { Prepared } from './prepare.ts';
import { stateOf } from './record.ts';
import type { Timeline } from './timeline.ts';

/** The rules of membership and fold read off the whole set of events at once: slow, plain, and blind to the order of arrival. */
export function referenceJourneys(
  events: readonly Prepared[],
  { cuts, joins }: Pick<Region, 'cuts' | 'joins'> = { cuts: new Map(), joins: new Map() },
): Map<string, { events: string[]; timeline: Timeline; scenario: string }> {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Set<string>>();
  for (const e of events) {
    for (const id of e.named.roots) nodes.set(id, 'root');
    for (const id of e.named.roots2) nodes.set(id, 'root2');
    for (const id of e.named.parts) nodes.set(id, 'part');
    for (const [a, b] of pairsOf(e.named)) {
      edges.set(a, (edges.get(a) ?? new Set()).add(b));
      edges.set(b, (edges.get(b) ?? new Set()).add(a));
    }
  }
  const members = memberships({ nodes, edges, cuts, joins });
  const of = (id: string) => (nodes.get(id) === 'root' ? [id] : (members.get(id)?.journeys ?? []));
  const own = new Map<string, Prepared[]>();
  for (const e of events) for (const j of journeysOf(e.named, of)) own.set(j, [...(own.get(j) ?? []), e]);

  const loose = events.filter(
    (e) => e.named.roots.length + e.named.roots2.length + e.named.parts.length === 0 && e.named.assets.length > 0,
  );
  const all = new Map([...own].map(([j, list]) => [j, [...list]]));
  for (const e of loose) {
    const holds = [...own].flatMap(([journey, list]): Hold[] => {
      const naming = list.filter((o) => o.named.assets.some((a) => e.named.assets.includes(a)));
      if (naming.length === 0) return [];
      return e.named.assets.flatMap((asset): Hold[] => {
        const mine = naming.filter((o) => o.named.assets.includes(asset)).map((o) => o.sent.at);
        if (mine.length === 0) return [];
        const { timeline, scenario } = foldOf(list);
        const over = stateOf(timeline) === 0 ? null : (timeline.cancelled ?? timeline.finished ?? null);
        return [
          {
            journey,
            since: Math.min(...mine),
            over,
            started: timeline.started,
            knowsType: planOf(scenario)?.steps.has(e.sent.type) ?? false,
          },
        ];
      });
    });
    const journey = holderOfAsset(holds, e.sent.at);
    if (journey !== undefined) all.get(journey)?.push(e);
  }
  return new Map([...all].map(([j, list]) => [j, { events: list.map((e) => e.sid).sort(), ...foldOf(list) }]));
}

function foldOf(list: readonly Prepared[]): { timeline: Timeline; scenario: string } {
  const events: FoldEvent[] = list.map((e) => e.fold);
  const chosen = chooseScenario(
    events,
    (id) => planOf(id) !== undefined,
    (source) => rulesOf(source).scenario,
  );
  const plan = planOf(chosen.id);
  if (plan === undefined) throw new Error(chosen.id);
  const timeline = foldAll(plan, events);
  if (chosen.named) timeline.named = true;
  return { timeline, scenario: chosen.id };
}
