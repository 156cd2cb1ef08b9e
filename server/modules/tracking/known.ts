import type { History } from './history.ts';
import { Identities } from './identities.ts';
import type { Prepared } from './prepare.ts';
import { Recent } from './recent.ts';
import type { LockedJourney } from './store.ts';

/**
 * What this process knows to be in the store; filled only after commit, and rebuilt from nothing at any time. Nothing here is believed unasked:
 * whoever writes by it lets the store check it in the same transaction.
 */
export interface Known {
  readonly identities: Identities;
  readonly objects: Recent<true>;
  readonly secrets: Recent<true>;
  /** `object journey struct` → since. */
  readonly attached: Recent<number>;
  /** Roots and parts that have journeys. */
  readonly members: Recent<Member>;
  readonly journeys: Recent<KnownJourney>;
  /** Erasures carried out before all this was learnt; undefined before the first batch. */
  epoch?: number;
}

/** Journeys of an object: how far it is from each root, and the structure count that each journey had then. */
export interface Member {
  readonly distance: Map<string, number>;
  readonly struct: ReadonlyMap<string, number>;
}

/** A journey's place here, changed where it stands by every event. */
export interface KnownJourney {
  readonly row: LockedJourney;
  /** The transaction that wrote the row; whoever wrote it since has left another one. */
  seen: string;
  /** Its last events, where they are known. */
  history: History | undefined;
  /** Its root and parts that belong to no other journey, as far as that was looked up. */
  readonly own: string[];
  /** Being folded: not in the store as it is here, and nobody else's to go by. */
  inHand: boolean;
}

export const placeOf = (row: LockedJourney, seen: string, history: History | undefined): KnownJourney => ({
  row,
  seen,
  history,
  own: [],
  inHand: false,
});

/** What of a row the next event needs. */
export const lockedOf = (r: LockedJourney): LockedJourney => ({
  id: r.id,
  struct: r.struct,
  scenario: r.scenario,
  version: r.version,
  root_kind: r.root_kind,
  root_value: r.root_value,
  started: r.started,
  own_over: r.own_over,
  loose: r.loose,
  sources: r.sources,
  fold: r.fold,
});

export function journeyOf(known: Known, id: string): KnownJourney | undefined {
  const j = known.journeys.get(id);
  return j?.inHand === true ? undefined : j;
}

const MOST_OWN = 16;

/** The one journey that an event's root and parts belong to, all of them and no other; undefined where more must be asked. */
export function soleJourney(known: Known, { named, objects, secrets }: Prepared): KnownJourney | undefined {
  const { roots, roots2, parts } = named;
  if (roots.length !== 1 || roots2.length > 0 || objects.length > 1 + parts.length || secrets.length > 0) return undefined;
  const j = journeyOf(known, roots[0] as string);
  if (j === undefined || !j.own.includes(roots[0] as string)) return undefined;
  for (const id of parts) if (!j.own.includes(id)) return undefined;
  return j;
}

/** Notes that these belong to this journey alone, where that is so. */
export function learnOwn(known: Known, j: KnownJourney, ids: readonly string[]): void {
  for (const id of ids) {
    if (j.own.length >= MOST_OWN || j.own.includes(id)) continue;
    const m = memberOf(known, id);
    if (m?.distance.size === 1 && m.struct.get(j.row.id) === j.row.struct) j.own.push(id);
  }
}

export const makeKnown = (): Known => ({
  identities: new Identities(50_000),
  objects: new Recent(100_000),
  secrets: new Recent(50_000),
  attached: new Recent(100_000),
  members: new Recent(80_000),
  journeys: new Recent(20_000),
});

export function forget(known: Known): void {
  for (const part of Object.values(known)) if (part instanceof Recent || part instanceof Identities) part.clear();
  delete known.epoch;
}

/** What is remembered of an object, unless one of its journeys has another structure since. */
export function memberOf(known: Known, id: string): Member | undefined {
  const m = known.members.get(id);
  if (m === undefined) return undefined;
  for (const [j, struct] of m.struct) {
    const journey = journeyOf(known, j);
    if (journey !== undefined && journey.row.struct !== struct) {
      known.members.delete(id);
      return undefined;
    }
  }
  return m;
}
