import { hasStructure, type Intake, type Outcome } from './accept.ts';
import { attachment, leastSince } from './attachment.ts';
import type { FoldEvent } from './fold.ts';
import { journeyOf, type Known, type KnownJourney, learnOwn, memberOf, soleJourney } from './known.ts';
import { type Named, pairsOf } from './membership.ts';
import type { Prepared } from './prepare.ts';
import { firstFold, type NextFold, nextFold } from './refold.ts';
import type { LedgerRow, MemberRow, ObjectRow } from './store.ts';
import { isKnown, journeysFrom, type Members } from './structure.ts';

/** Which events of a batch can go express, and what they make; decided from what this process knows alone (`express.ts`). */

export interface Going {
  /** Its place in the batch. */
  readonly at: number;
  readonly p: Prepared;
  readonly journeys: readonly string[];
}

/** What a batch makes that was not there, while it is being planned. */
interface Making {
  readonly objects: Map<string, ObjectRow>;
  readonly edges: [string, string][];
  readonly members: MemberRow[];
  /** Attachments that the store has not seen, with the event that says so. */
  readonly attached: (MemberRow & { readonly by: Prepared })[];
  /** Events by which something new is linked. */
  readonly by: Set<Prepared>;
  readonly roots: Map<string, { kind: string; value: string | null }>;
  /** Known journeys that the batch's events belong to, looked up once. */
  readonly journeys: Map<string, KnownJourney>;
}

export interface ExpressPlan {
  readonly kept: readonly Going[];
  readonly folds: ReadonlyMap<string, NextFold>;
  /** What was known of the journeys to be folded; one that begins is not among them. */
  readonly journeys: ReadonlyMap<string, KnownJourney>;
  /** Journeys of every root and part that the batch names, the new ones too. */
  readonly members: Members;
  readonly made: {
    readonly objects: readonly ObjectRow[];
    readonly edges: readonly (readonly [string, string])[];
    readonly members: readonly MemberRow[];
    readonly attached: readonly MemberRow[];
  };
}

const NO_EDGES: ReadonlySet<string> = new Set();
/** More orders in one event than this go the long way, which knows what a hub is. */
const MOST_ROOTS = 8;

export const innerOf = ({ named }: Prepared): string[] =>
  named.roots2.length + named.parts.length === 0 ? (named.roots as string[]) : [...named.roots, ...named.roots2, ...named.parts];

/** Undefined when something that was to be made cannot be, so that others which count on it would be wrong. */
export function planExpress(
  { known, folding }: Pick<Intake, 'known' | 'folding'>,
  fresh: readonly { at: number; p: Prepared }[],
): ExpressPlan | undefined {
  const making: Making = { objects: new Map(), edges: [], members: [], attached: [], by: new Set(), roots: new Map(), journeys: new Map() };
  const members: Members = new Map();
  const going: Going[] = [];
  for (const { at, p } of fresh) {
    const journeys = journeysOf(known, p, members, making);
    if (journeys !== undefined) going.push({ at, p, journeys });
  }
  const { folds, kept } = planFolds(folding, going, making);
  const events = new Set(kept.map(({ p }) => p));
  for (const p of making.by) if (!events.has(p)) return undefined;
  return { kept, folds, journeys: making.journeys, members, made: madeFor(making, kept, events) };
}

/** The first copy of each event that is not known; repetitions of known ones are answered at once, what differs goes the long way. */
export function firstCopies(known: Known, batch: readonly Prepared[], outcomes: (Outcome | undefined)[]) {
  const first = new Map<string, number>();
  const fresh: { at: number; p: Prepared }[] = [];
  const repeated: LedgerRow[] = [];
  for (let at = 0; at < batch.length; at++) {
    const p = batch[at] as Prepared;
    const { identity, content } = p;
    if (first.has(identity)) continue;
    const event = known.identities.find(identity, content);
    if (event === undefined) {
      first.set(identity, at);
      fresh.push({ at, p });
    } else if (event >= 0) {
      outcomes[at] = { result: 'duplicate', event };
      repeated.push({ identity, content, event });
    }
  }
  return { fresh, repeated, first };
}

/** Repetitions of what the batch itself accepted. `first`: where each identity first stands. */
export function repeatWithin(batch: readonly Prepared[], outcomes: (Outcome | undefined)[], first: ReadonlyMap<string, number>): void {
  for (let at = 0; at < batch.length; at++) {
    if (outcomes[at] !== undefined) continue;
    const { identity, content } = batch[at] as Prepared;
    const before = first.get(identity) as number;
    const kept = outcomes[before];
    if (kept?.result === 'accepted' && batch[before]?.content === content) outcomes[at] = { result: 'duplicate', event: kept.event };
  }
}

/**
 * The journeys of an event when nothing old changes by it: all it names is known, or what is new belongs to orders alone. Undefined: the long way.
 * Takes what is new into `members` and `making`.
 */
function journeysOf(known: Known, p: Prepared, members: Members, making: Making): readonly string[] | undefined {
  const { named } = p;
  const sole = soleJourney(known, p);
  if (sole !== undefined) {
    making.journeys.set(sole.row.id, sole);
    return named.roots;
  }
  if (!hasStructure(p) || p.secrets.some((s) => !known.secrets.has(`${s.subject}${s.id}`))) return undefined;
  const fresh: string[] = [];
  for (const id of innerOf(p)) {
    if (members.has(id)) continue;
    const m = memberOf(known, id);
    if (m !== undefined) members.set(id, m.distance);
    else if (known.objects.has(id)) return undefined;
    else fresh.push(id);
  }
  if (!(fresh.length > 0 ? beginsOnly(named, new Set(fresh), members) : isKnown(named, members, NO_EDGES))) return undefined;
  const only = fresh.length === 0 && named.roots2.length + named.parts.length === 0 ? named.roots : undefined;
  const journeys = only ?? [...new Set([...named.roots, ...journeysFrom(named, members)])];
  for (const j of journeys) {
    const journey = making.journeys.has(j) ? undefined : journeyOf(known, j);
    if (journey !== undefined) making.journeys.set(j, journey);
  }
  if (!attach(known, p, journeys, making)) return undefined;
  if (fresh.length > 0) bear(p, new Set(fresh), members, making);
  else if (journeys.length === 1) learnOwnOf(known, making.journeys.get(journeys[0] as string), p);
  return journeys;
}

const learnOwnOf = (known: Known, journey: KnownJourney | undefined, p: Prepared): void => {
  if (journey !== undefined) learnOwn(known, journey, innerOf(p));
};

/** Does what is new belong to orders alone, and does nothing old get another order by it? */
function beginsOnly(named: Named, fresh: ReadonlySet<string>, members: Members): boolean {
  if (named.roots2.length > 0 || named.roots.length === 0 || named.roots.length > MOST_ROOTS) return false;
  const parts = named.parts.filter((id) => !fresh.has(id));
  const roots = named.roots.filter((id) => !fresh.has(id));
  if (roots.length < named.roots.length && parts.length > 0) return false;
  return roots.length === 0 || isKnown({ ...named, roots, parts }, members, NO_EDGES);
}

function bear(p: Prepared, fresh: ReadonlySet<string>, members: Members, making: Making): void {
  making.by.add(p);
  for (const o of p.objects) {
    if (!fresh.has(o.id)) continue;
    making.objects.set(o.id, o);
    const near = o.role === 'root' ? new Map([[o.id, 0]]) : new Map(p.named.roots.map((r) => [r, 1]));
    if (o.role === 'root') making.roots.set(o.id, { kind: o.kind, value: o.value });
    members.set(o.id, near);
    for (const [journey, distance] of near) making.members.push({ object: o.id, journey, distance, since: 0 });
  }
  for (const [a, b] of pairsOf(p.named)) if (fresh.has(a) || fresh.has(b)) making.edges.push([a, b], [b, a]);
}

/** Hangs assets, context and persons on the event's journeys; false when an old asset would be held by a new journey, or earlier than known. */
function attach(known: Known, p: Prepared, journeys: readonly string[], making: Making): boolean {
  const { roots, roots2, parts } = p.named;
  if (p.objects.length === roots.length + roots2.length + parts.length) return true;
  const rows: MemberRow[] = [];
  for (const journey of journeys) {
    const struct = making.journeys.get(journey)?.row.struct ?? 0;
    for (const o of p.objects) {
      const distance = attachment(o);
      if (distance === undefined) continue;
      const since = distance === 100 ? p.sent.at : 0;
      const before = known.attached.get(`${o.id}${journey}${struct}`);
      if (before !== undefined && before <= since) continue;
      if (distance === 100 && known.objects.has(o.id)) return false;
      rows.push({ object: o.id, journey, distance, since });
    }
  }
  for (const row of rows) making.attached.push({ ...row, by: p });
  for (const o of p.objects) if (attachment(o) !== undefined && !known.objects.has(o.id)) making.objects.set(o.id, o);
  return true;
}

/** Which journeys can be folded from memory; an event goes express only if all its journeys can. */
function planFolds(folding: Intake['folding'], going: readonly Going[], { roots, journeys: known }: Making) {
  for (let kept = going; ; ) {
    const events = new Map<string, FoldEvent[]>();
    for (const { p, journeys } of kept)
      for (const j of journeys) {
        const list = events.get(j);
        if (list === undefined) events.set(j, [p.fold]);
        else list.push(p.fold);
      }
    const folds = new Map<string, NextFold>();
    const refused = new Set<string>();
    for (const [id, list] of events) {
      const was = known.get(id);
      const fold = was === undefined ? firstFold(folding, id, list, roots) : nextFold(folding, was.row, list, was.history);
      if (fold === undefined) refused.add(id);
      else folds.set(id, fold);
    }
    if (refused.size === 0) return { folds, kept };
    kept = kept.filter(({ journeys }) => !journeys.some((j) => refused.has(j)));
  }
}

/** What the events that are kept need of it: the others say theirs again the long way. */
function madeFor(making: Making, kept: readonly Going[], events: ReadonlySet<Prepared>): ExpressPlan['made'] {
  if (making.objects.size + making.attached.length === 0) return { objects: [], edges: [], members: [], attached: [] };
  const named = new Set(kept.flatMap(({ p }) => p.objects.map((o) => o.id)));
  const attached = leastSince(making.attached.filter((m) => events.has(m.by)));
  return {
    objects: [...making.objects.values()].filter((o) => named.has(o.id)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: making.edges,
    members: [...making.members, ...attached],
    attached,
  };
}
