import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import { parseTime, type SentEvent, type Zone } from './event.ts';
import { fingerprints } from './fingerprint.ts';
import type { FoldEvent } from './fold.ts';
import type { Named } from './membership.ts';
import { type Kinds, objectId, type Role, type Roles, roleOf } from './objects.ts';
import { Recent } from './recent.ts';
import type { PersonRef } from './timeline.ts';

/** How one source speaks, as far as its events need it. */
export interface SourceRules {
  readonly id: string;
  readonly roles: Roles;
  readonly open: 'all' | ReadonlySet<string>;
  readonly scenario: string | null;
  readonly zone: Zone | undefined;
}

export interface NamedObject {
  readonly id: string;
  readonly kind: string;
  readonly role: Role;
  /** Absent for personal kinds. */
  readonly value: string | null;
}

/** An event made ready for the store: what it names, what is kept in clear, what is sealed. */
export interface Prepared {
  readonly sent: SentEvent;
  readonly identity: string;
  readonly content: string;
  readonly sid: string;
  readonly named: Named;
  readonly objects: readonly NamedObject[];
  readonly persons: Readonly<Record<string, PersonRef>> | undefined;
  readonly secrets: readonly { subject: string; kind: string; id: string; value: string }[];
  readonly keys: string;
  readonly open: Record<string, unknown> | undefined;
  readonly sealed: Buffer | null;
  readonly fold: FoldEvent;
}

/** Ids remembered of each kind; a source may invent kinds without end, so that they are forgotten when there are too many. */
const REMEMBERED = 20_000;
const MOST_KINDS = 60;

/** Fields of `data` that are always kept in clear (contract.md), because clocks and lists need them. */
const ALWAYS_OPEN = new Set(['reason', 'until', 'by', 'proof', 'slotFrom', 'slotTo', 'readingDbm', 'speedMbps', 'place']);

const ids = new Map<Role, Map<string, Recent<string>>>();

function idsOf(role: Role, kind: string): Recent<string> {
  const kinds = ids.get(role);
  const known = kinds?.get(kind);
  if (known !== undefined) return known;
  const made = new Recent<string>(REMEMBERED);
  if (kinds === undefined || kinds.size >= MOST_KINDS) ids.set(role, new Map([[kind, made]]));
  else kinds.set(kind, made);
  return made;
}

/** Ids of what is named again and again. */
function idOf(kind: string, role: Role, value: string): string {
  const known = idsOf(role, kind);
  const before = known.get(value);
  if (before !== undefined) return before;
  const id = objectId(kind, role, value);
  known.set(value, id);
  return id;
}

const beforeHashing = new WeakMap<Vault, string>();

/**
 * What makes a digest one that only this installation can make: SHA-256 over a secret of the vault and the text, cut to 128 bits (so nothing can be
 * added to it). A third of the price of an HMAC, and every event pays it.
 */
function secretOf(vault: Vault): string {
  const known = beforeHashing.get(vault);
  if (known !== undefined) return known;
  const made = `${vault.hash('event', '')}\0`;
  beforeHashing.set(vault, made);
  return made;
}

type Secret = Prepared['secrets'][number];

const FEW = 4;

/** A list with one more. While it is short it is made anew, as long as it is: one that is added to takes room for seventeen. */
function and<T>(list: T[], one: T): T[] {
  if (list.length < FEW) return [...list, one];
  list.push(one);
  return list;
}

/** What most events have none of; never added to. */
const NONE: never[] = [];

export function prepare(sent: SentEvent, kinds: Kinds, rules: SourceRules, vault: Vault): Prepared {
  const lists: Record<Role, string[]> = { root: NONE, root2: NONE, part: NONE, asset: NONE, context: NONE };
  let objects: NamedObject[] = NONE;
  let secrets: Secret[] = NONE;
  let keys: Record<string, readonly string[]> | undefined;
  for (const kind in sent.keys) {
    const values = sent.keys[kind] as readonly string[];
    const role = roleOf(kinds, rules.roles, kind);
    const personal = kinds.personal.has(kind);
    let kept: readonly string[] = personal ? NONE : values;
    for (const value of values) {
      const plain = personal ? normal(kind, value) : value;
      const id = personal ? vault.hash(kind, plain) : idOf(kind, role, plain);
      if (lists[role].includes(id)) continue;
      lists[role] = and(lists[role], id);
      objects = and(objects, { id, kind, role, value: personal ? null : value });
      if (!personal) continue;
      kept = and(kept as string[], id);
      secrets = and(secrets, { subject: id, kind, id, value: plain });
    }
    if (kept === values) continue;
    keys ??= { ...sent.keys };
    keys[kind] = kept;
  }
  const text = JSON.stringify(keys ?? sent.keys);
  const { identity, content } = fingerprints(sent, secretOf(vault));
  const anchor = lists.root[0] ?? lists.root2[0] ?? lists.part[0] ?? identity;
  let persons: Prepared['persons'];
  if (sent.person !== undefined) {
    secrets = [...secrets];
    objects = [...objects];
    persons = rememberPerson(sent.person, anchor, vault, secrets, objects);
  }
  const sid = sent.id ?? identity;
  const { open, closed } = part(sent.data, rules.open);
  return {
    sent,
    identity,
    content,
    sid,
    named: { roots: lists.root, roots2: lists.root2, parts: lists.part, assets: lists.asset },
    objects,
    persons,
    secrets,
    keys: text,
    open,
    sealed: closed === undefined ? null : vault.seal(JSON.stringify(closed)),
    fold: foldEvent(
      {
        at: sent.at,
        seq: sent.seq,
        source: sent.source,
        id: sid,
        type: sent.type,
        handler: sent.handler,
        scenario: sent.scenario,
        area: (keys ?? sent.keys).area?.[0],
        parcel: (keys ?? sent.keys).parcel?.[0],
        person: persons,
        open,
      },
      rules.zone,
    ),
  };
}

/**
 * A person's values go under one subject: his ID number where it is given, else his phone, else "the person of this order" (`anchor`):
 * a name alone is many people's, and what lies under it could never be erased for one of them.
 */
function rememberPerson(
  person: Readonly<Record<string, string>>,
  anchor: string,
  vault: Vault,
  secrets: Secret[],
  objects: NamedObject[],
): Record<string, PersonRef> {
  const ids = Object.fromEntries(Object.entries(person).map(([kind, value]) => [kind, vault.hash(kind, normal(kind, value))]));
  const subject = ids.idNumber ?? ids.phone ?? vault.hash('subject', anchor);
  const out: Record<string, PersonRef> = {};
  for (const [kind, id] of Object.entries(ids)) {
    out[kind] = [subject, id];
    secrets.push({ subject, kind, id, value: person[kind] ?? '' });
    if (kind === 'idNumber' || kind === 'phone') objects.push({ id, kind, role: 'context', value: null });
  }
  return out;
}

interface Parts {
  open: Record<string, unknown> | undefined;
  closed: Record<string, unknown> | undefined;
}

function part(data: SentEvent['data'], rule: SourceRules['open']): Parts {
  const parts: Parts = { open: undefined, closed: undefined };
  if (data === undefined) return parts;
  if (rule === 'all') return { open: data, closed: undefined };
  for (const k in data) {
    const side = ALWAYS_OPEN.has(k) || rule.has(k) ? 'open' : 'closed';
    const fields = parts[side] ?? emptyFor(data);
    fields[k] = data[k];
    parts[side] = fields;
  }
  return parts;
}

/** An object without a prototype is slow at everything, and only needed where a field is called like it. */
const emptyFor = (data: object): Record<string, unknown> => (Object.hasOwn(data, '__proto__') ? Object.create(null) : {});

interface Foldable {
  readonly at: number;
  readonly seq: number;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly handler?: string | undefined;
  readonly scenario?: string | undefined;
  readonly area?: string | undefined;
  readonly parcel?: string | undefined;
  readonly person?: Readonly<Record<string, PersonRef>> | undefined;
  readonly open?: Readonly<Record<string, unknown>> | undefined;
}

/** What the fold reads of an event, from a sent one and from a stored row alike; always of one shape. */
export const foldEvent = (e: Foldable, zone: Zone | undefined): FoldEvent => ({
  at: e.at,
  seq: e.seq,
  source: same(e.source),
  id: e.id,
  type: same(e.type),
  handler: same(e.handler),
  scenario: same(e.scenario),
  area: same(e.area),
  parcel: e.parcel,
  person: e.person,
  data: e.open && foldData(e.open, zone),
});

/** The same word for the same signs: what says the same in every event is remembered once. */
const words = new Recent<string>(2_000);
function same<T extends string | undefined>(word: T): T {
  if (word === undefined) return word;
  const known = words.get(word);
  if (known !== undefined) return known as T;
  words.set(word, word);
  return word;
}

/** What most events say and no more: one for all. */
const PLACES: ReadonlyMap<unknown, FoldEvent['data']> = new Map(['city', 'country'].map((place) => [place, { place }]));

function foldData(open: Readonly<Record<string, unknown>>, zone: Zone | undefined): FoldEvent['data'] {
  if (!says(open, SAID)) return PLACES.get(open.place);
  const d: { -readonly [K in keyof NonNullable<FoldEvent['data']>]: NonNullable<FoldEvent['data']>[K] } = {};
  if (typeof open.reason === 'string') d.reason = open.reason.slice(0, 200);
  if (typeof open.by === 'string') d.by = open.by.slice(0, 64);
  if (PLACES.has(open.place)) d.place = open.place as string;
  for (const name of TIMES) {
    const text = open[name];
    const at = typeof text === 'string' ? parseTime(text, zone) : undefined;
    if (typeof at === 'number') d[name] = at;
  }
  for (const _ in d) return d;
  return undefined;
}

const TIMES = ['until', 'slotFrom', 'slotTo'] as const;
const SAID = ['reason', 'by', ...TIMES] as const;
const says = (open: Readonly<Record<string, unknown>>, names: readonly string[]): boolean => names.some((name) => open[name] !== undefined);
