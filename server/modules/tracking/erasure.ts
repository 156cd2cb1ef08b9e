import { type Refusal, refuse } from '#platform/result';
import { KINDS } from './folding.ts';
import type { EventRow } from './store.ts';

/**
 * Whose journeys, events and values an erasure means. Pure. The rule in one line: an ID number is a person; a phone or a service number
 * speaks for him only as long as no other person's journey names it too. What is doubtful stays, and is counted.
 */

/** What was asked for, as keyed hashes. */
export interface Asked {
  readonly idNumber?: string;
  readonly phone?: string;
  readonly serviceNumber?: string;
}

/** How much goes, and how much stays. */
export interface Counts {
  readonly journeys: number;
  readonly events: number;
  readonly values: number;
  readonly customers: number;
  readonly parties: number;
  readonly services: number;
  readonly homes: number;
  readonly contacts: number;
  /** Numbers of his that other people's events name too: they stay there. */
  readonly shared: number;
  /** Journeys that name a value of his but may be another's: they stay as they are. */
  readonly doubtful: number;
  /** Customers and parties that have the phone too and stay. */
  readonly others: number;
}

/** What the store knows of the asked values. */
export interface Known {
  /** Asked hash → journeys that name it. */
  readonly journeys: ReadonlyMap<string, readonly string[]>;
  /** Journey → ID numbers it names. */
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Whose {
  /** His ID number's hash, where any of his journeys says it. */
  readonly person: string | undefined;
  /** Asked values that are his alone, his ID number among them. */
  readonly own: ReadonlySet<string>;
  readonly journeys: ReadonlySet<string>;
  /** Journeys that name a value of his, but may be another's. */
  readonly doubtful: ReadonlySet<string>;
}

/** Refuses `erasure.several-people` when the values are of several and no ID number says which one is meant. */
export function whose(asked: Asked, known: Known): Whose | Refusal {
  const others = [asked.phone, asked.serviceNumber].filter((h) => h !== undefined);
  const peopleOf = (journey: string) => known.people.get(journey) ?? new Set<string>();
  const people = new Set(others.flatMap((h) => (known.journeys.get(h) ?? []).flatMap((j) => [...peopleOf(j)])));
  if (asked.idNumber === undefined && people.size > 1) return refuse('erasure.several-people');
  const person = asked.idNumber ?? [...people][0];
  const own = new Set(person === undefined ? [] : [person]);
  const journeys = new Set(person === undefined ? [] : (known.journeys.get(person) ?? []));
  const doubtful = new Set<string>();
  for (const h of others) {
    const named = known.journeys.get(h) ?? [];
    const foreign = named.some((j) => peopleOf(j).size > 0 && !peopleOf(j).has(person ?? ''));
    if (!foreign) own.add(h);
    for (const j of named) if (peopleOf(j).size === 0 && !journeys.has(j)) (foreign ? doubtful : journeys).add(j);
  }
  return { person, own, journeys, doubtful };
}

/** Where a personal value lies: the subject it is kept under, and its own keyed hash. */
export type Ref = readonly [subject: string, id: string];

type Naming = Pick<EventRow, 'keys' | 'person'>;

/** Hashes under personal kinds of key. */
export const keyHashes = (e: Naming): string[] => Object.entries(e.keys).flatMap(([kind, ids]) => (KINDS.personal.has(kind) ? ids : []));

export const refsOf = (e: Naming): Ref[] => [...keyHashes(e).map((id): Ref => [id, id]), ...Object.values(e.person ?? {})];

const peopleIn = (e: Naming): string[] => [...(e.keys.idNumber ?? []), ...(e.person?.idNumber ? [e.person.idNumber[1]] : [])];

/** Hashes of all that looks somebody up; names and addresses look up nobody. */
export const numbersOf = (e: Naming): string[] => [
  ...new Set([...keyHashes(e), ...peopleIn(e), ...(e.person?.phone ? [e.person.phone[1]] : [])]),
];

/** Is an event of these journeys his? It is when it names him and, where it does not, when it is about nobody else and no other journey. */
export function isHis(e: Naming, journeys: readonly string[], w: Whose): boolean {
  const people = peopleIn(e);
  if (people.length > 0) return w.person !== undefined && people.includes(w.person);
  return numbersOf(e).some((h) => w.own.has(h)) || journeys.every((j) => w.journeys.has(j));
}

/** Is a waiting event, of no journey, his? Every number it names must be among his. */
export function isHisWaiting(e: Naming, w: Whose, his: ReadonlySet<string>): boolean {
  const people = peopleIn(e);
  if (people.length > 0) return w.person !== undefined && people.includes(w.person);
  return numbersOf(e).every((h) => his.has(h));
}

/** What goes and what stays of the values his events refer to. `elsewhere`: what all other events refer to. */
export interface Values {
  /** Subjects that are nobody else's: their keys are destroyed with all that lies under them. */
  readonly subjects: readonly string[];
  /** Single values under subjects that others share. */
  readonly single: readonly Ref[];
  /** Hashes that no other event names: their objects go too. */
  readonly alone: ReadonlySet<string>;
  /** Numbers that others' events name as well. */
  readonly shared: ReadonlySet<string>;
  /** Different values in all. */
  readonly count: number;
}

export function valuesOf(events: readonly Naming[], elsewhere: readonly Ref[]): Values {
  const name = ([subject, id]: Ref) => `${subject}/${id}`;
  const refs = [...new Map(events.flatMap(refsOf).map((r) => [name(r), r])).values()];
  const subjects = new Set(elsewhere.map(([s]) => s));
  const ids = new Set(elsewhere.map(([, id]) => id));
  const pairs = new Set(elsewhere.map(name));
  const numbers = new Set(events.flatMap(numbersOf));
  return {
    subjects: [...new Set(refs.map(([s]) => s))].filter((s) => !subjects.has(s)),
    single: refs.filter((r) => subjects.has(r[0]) && !pairs.has(name(r))),
    alone: new Set(refs.map(([, id]) => id).filter((id) => !ids.has(id))),
    shared: new Set([...numbers].filter((id) => ids.has(id))),
    count: new Set(refs.map(([, id]) => id)).size,
  };
}

/** What stands in an event's row afterwards: pseudonyms where hashes stood, and nobody's name, unless the person it speaks of is another. */
export function emptied(
  e: Naming,
  w: Whose,
  pseudonyms: ReadonlyMap<string, string>,
): { keys: Record<string, string[]>; person: EventRow['person'] } {
  const keys = Object.fromEntries(
    Object.entries(e.keys).map(([kind, ids]) => [kind, KINDS.personal.has(kind) ? ids.map((id) => pseudonyms.get(id) ?? id) : ids]),
  );
  const another = e.person?.idNumber !== undefined && e.person.idNumber[1] !== w.person;
  return { keys, person: another ? e.person : null };
}
