import { EVIDENCE, type EvidenceId, type EvidenceRow, evidenceRow, weightOf } from './evidence.ts';
import { besideBirth, bornOn, type Identities, identitiesOf } from './identity.ts';
import { type Likeness, likenessOf, meetingForms, wholeForm } from './names.ts';

/** What makes two parties the same, who of them stays, and what may be done about it: decided here, without the store. */

/** What is known of a party, in memory alone: names and identity numbers in clear, phones and addresses as keyed hashes. */
export interface Known {
  readonly names: readonly string[];
  readonly idNumbers: readonly string[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
}

const shared = (a: readonly string[], b: readonly string[]): boolean => a.some((x) => b.includes(x));

/** The best of all pairs of values, in the order of `best`; undefined where one side has none. */
function bestOf<T extends string>(
  a: readonly string[],
  b: readonly string[],
  compare: (x: string, y: string) => T,
  best: readonly T[],
): T | undefined {
  const found = new Set(a.flatMap((x) => b.map((y) => compare(x, y))));
  return best.find((one) => found.has(one));
}

const NAME_SAYS: Readonly<Record<Likeness, EvidenceId>> = {
  same: 'same-name',
  script: 'name-in-other-script',
  order: 'name-turned',
  'one-sign': 'name-one-sign',
  differs: 'other-name',
};

const IDENTITY_SAYS: Readonly<Record<Identities, EvidenceId | null>> = {
  same: 'same-id-number',
  slip: 'id-number-slip',
  differ: 'other-id-number',
  unknown: null,
};

/** Everything that speaks for or against `a` and `b` being one person, in the order of the table. What is unknown says nothing. */
export function evidenceOf(a: Known, b: Known): EvidenceId[] {
  const said = new Set<EvidenceId>();
  const add = (id: EvidenceId | null | undefined): void => void (id && said.add(id));
  const identity = bestOf(a.idNumbers, b.idNumbers, identitiesOf, ['same', 'slip', 'differ', 'unknown']);
  add(identity && IDENTITY_SAYS[identity]);
  const name = bestOf(a.names, b.names, likenessOf, ['same', 'script', 'order', 'one-sign', 'differs']);
  add(name && NAME_SAYS[name]);
  if (shared(a.phones, b.phones)) add('same-phone');
  if (shared(a.addresses, b.addresses)) add('same-address');
  if (identity === 'slip' && shared(birthsOf(a), birthsOf(b))) add('same-birth');
  return EVIDENCE.map((e) => e.id).filter((id) => said.has(id));
}

const birthsOf = ({ idNumbers }: Known): string[] => idNumbers.flatMap((n) => bornOn(n) ?? []);

/* ── who is compared with whom ── */

export const KEY_KINDS = ['idNumber', 'phone', 'address', 'birthName', 'besideBirthName'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Two parties are compared where they have a key in common; a key's text is hashed with the vault's key before it is kept. */
export interface BlockKey {
  readonly kind: KeyKind;
  readonly text: string;
}

/** Phones and addresses come as hashes already. Linear in what is known: at most 15 keys for each number of an identity paper and name. */
export function keysOf(known: Known): BlockKey[] {
  const births = birthsOf(known);
  const besides = known.idNumbers.flatMap((n) => besideBirth(n) ?? []);
  const forms = births.length === 0 ? [] : known.names.flatMap(meetingForms);
  return [
    ...known.idNumbers.map((text) => ({ kind: 'idNumber' as const, text })),
    ...known.phones.map((text) => ({ kind: 'phone' as const, text })),
    ...known.addresses.map((text) => ({ kind: 'address' as const, text })),
    ...births.flatMap((born) => forms.map((form) => ({ kind: 'birthName' as const, text: `${born}\0${form}` }))),
    ...besides.flatMap((rest) => known.names.map((name) => ({ kind: 'besideBirthName' as const, text: `${rest}\0${wholeForm(name)}` }))),
  ];
}

/** A key that more parties than this have in common says nothing of any two of them, and is set aside: a hotline, a dormitory, a paper of "000000". */
export const MOST_ON_A_KEY = 32;

/** Pairs of one key's members that are to be compared: none where it is crowded, else those of which one is new. `a` < `b` in each. */
export function pairsOn(members: readonly string[], isNew: (member: string) => boolean): (readonly [a: string, b: string])[] {
  if (members.length > MOST_ON_A_KEY) return [];
  const sorted = [...new Set(members)].toSorted();
  return sorted.flatMap((a, i) => sorted.slice(i + 1).flatMap((b) => (isNew(a) || isNew(b) ? [[a, b] as const] : [])));
}

/** Was this judged before on as much? Then it is not proposed again: no evidence for it is new, and it weighs no more than then. */
export function isJudged(now: readonly EvidenceId[], judged: readonly EvidenceId[]): boolean {
  const speaks = (id: EvidenceId): boolean => ((evidenceRow(id) as EvidenceRow).weight ?? 0) > 0;
  return now.every((id) => !speaks(id) || judged.includes(id)) && weightOf(now) <= weightOf(judged);
}

/* ── who stays ── */

export interface Candidate {
  readonly id: string;
  readonly since: number;
  readonly services: number;
  /** Begin of the oldest service in use; null without one. */
  readonly oldestService: number | null;
  readonly hasIdNumber: boolean;
}

export interface SurvivorRule {
  readonly id: string;
  readonly names: { readonly zh: string; readonly en: string };
  /** Negative: the first one stays. */
  readonly compare: (a: Candidate, b: Candidate) => number;
}

/** Asked in this order; the first that tells them apart decides. The person may choose otherwise. */
export const SURVIVOR_RULES: readonly SurvivorRule[] = [
  {
    id: 'oldest-service',
    names: { zh: '在用用户最早入网', en: 'Has the oldest service in use' },
    compare: (a, b) => Math.sign((a.oldestService ?? Number.MAX_VALUE) - (b.oldestService ?? Number.MAX_VALUE)),
  },
  { id: 'id-number', names: { zh: '有证件号', en: 'Has an ID number' }, compare: (a, b) => Number(b.hasIdNumber) - Number(a.hasIdNumber) },
  { id: 'more-services', names: { zh: '在用用户更多', en: 'Has more services in use' }, compare: (a, b) => b.services - a.services },
  { id: 'known-longer', names: { zh: '建档更早', en: 'Known for longer' }, compare: (a, b) => a.since - b.since },
  { id: 'first-id', names: { zh: '编号在前', en: 'Has the first number' }, compare: (a, b) => (a.id < b.id ? -1 : 1) },
];

/** Who stays, and by which rule; the same whichever of the two is named first. */
export function survivorOf(a: Candidate, b: Candidate): { readonly survivor: string; readonly because: string } {
  for (const { id, compare } of SURVIVOR_RULES) {
    const order = compare(a, b);
    if (order !== 0) return { survivor: order < 0 ? a.id : b.id, because: id };
  }
  return { survivor: a.id, because: 'first-id' };
}

/* ── what may be done ── */

export type PairState = 'open' | 'merged' | 'different';

/** Acts on a pair: in which state, and what comes of it. */
export const ACTS = {
  merge: { from: 'open', to: 'merged' },
  different: { from: 'open', to: 'different' },
  undo: { from: 'merged', to: 'open' },
  reopen: { from: 'different', to: 'open' },
} as const satisfies Record<string, { from: PairState; to: PairState }>;
export type Act = keyof typeof ACTS;

const NOT: Readonly<Record<PairState, string>> = {
  open: 'duplicate.undecided',
  merged: 'duplicate.merged',
  different: 'duplicate.different',
};

/** Why an act cannot be done now, as a refusal's code; null: it can. */
export const obstacle = (act: Act, state: PairState): string | null => (ACTS[act].from === state ? null : NOT[state]);

/* ── what stands on what ── */

export interface Merge {
  readonly survivor: string;
  readonly merged: string;
}

/**
 * Those of the later merges (in their order) that were decided with this one in view: they touch who stays in it, or one of them does. While they stand it
 * cannot be undone by itself: who decided them saw one customer where there would be two again.
 */
export function standingOn<T extends Merge>(merge: Merge, later: readonly T[]): T[] {
  const touched = new Set([merge.survivor]);
  return later.filter(({ survivor, merged }) => {
    if (!touched.has(survivor) && !touched.has(merged)) return false;
    touched.add(survivor).add(merged);
    return true;
  });
}
