import type { History } from './history.ts';
import { Recent } from './recent.ts';
import type { LockedJourney } from './store.ts';

/**
 * What this process knows to be in the store; filled only after commit, and rebuilt from nothing at any time. Nothing here is believed unasked:
 * whoever writes by it lets the store check it in the same transaction.
 */
export interface Known {
  /** Identity → content and the event it is kept under. */
  readonly identities: Recent<{ readonly content: string; readonly event: number }>;
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

/** `seen`: the transaction that wrote the row; whoever wrote it since has left another one. `history`: its last events, where they are known. */
export interface KnownJourney {
  readonly row: LockedJourney;
  readonly seen: string;
  readonly history?: History | undefined;
}

export const makeKnown = (): Known => ({
  identities: new Recent(50_000),
  objects: new Recent(100_000),
  secrets: new Recent(50_000),
  attached: new Recent(100_000),
  members: new Recent(80_000),
  journeys: new Recent(20_000),
});

export function forget(known: Known): void {
  for (const part of Object.values(known)) if (part instanceof Recent) part.clear();
  delete known.epoch;
}

/** What is remembered of an object, unless one of its journeys has another structure since. */
export function memberOf(known: Known, id: string): Member | undefined {
  const m = known.members.get(id);
  if (m === undefined) return undefined;
  for (const [j, struct] of m.struct) {
    const journey = known.journeys.get(j);
    if (journey !== undefined && journey.row.struct !== struct) {
      known.members.delete(id);
      return undefined;
    }
  }
  return m;
}
