import { type Counted, countedByIds, maskedPersons } from '#customer';
import { membersOf, partiesById, partyCards } from '#household';
import { type Actor, may } from '#platform/actor';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { type Side, sidesOf } from './candidates.ts';
import type { Duplicate, DuplicateDetail, EvidenceLine, Finding } from './contract.ts';
import { builtOn } from './deciding.ts';
import { type EvidenceId, evidenceRow } from './evidence.ts';
import { shareDone } from './finding.ts';
import * as finding from './findingStore.ts';
import { ACTS, type Act, MOST_ON_A_KEY, obstacle, SURVIVOR_RULES, survivorOf } from './model.ts';
import * as store from './store.ts';

/** Pairs as people see them: masked, and in their areas alone. */

type Seen = Duplicate['a'];
type Who = Pick<Ctx, 'actor'>;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const evidenceLines = (ids: readonly EvidenceId[]): EvidenceLine[] =>
  ids.flatMap((id) => {
    const row = evidenceRow(id);
    return row === undefined ? [] : [{ id, names: row.names, meaning: row.meaning, weight: row.weight }];
  });

const actionsOf = (actor: Actor, pair: store.PairRow): Duplicate['actions'] =>
  (Object.keys(ACTS) as Act[]).map((name) => {
    const because = may(actor, 'duplicate:merge')
      ? pair.state === 'lapsed'
        ? 'thing.not-found'
        : obstacle(name, pair.state)
      : 'auth.forbidden';
    return { name, allowed: because === null, because };
  });

/** These pairs with both of each; one that is no more has nothing but its id. */
export async function rowsOf(house: Pick<House, 'db' | 'vault'>, who: Who, pairs: readonly store.PairRow[]): Promise<Duplicate[]> {
  const seen = await seenOf(house, who, pairs);
  return pairs.map((p) => rowOf(who.actor, p, seen));
}

const rowOf = (actor: Actor, p: store.PairRow, seen: ReadonlyMap<string, Seen>): Duplicate => ({
  id: String(p.id),
  kind: p.kind,
  state: p.state === 'lapsed' ? 'open' : p.state,
  grade: p.grade,
  weight: p.weight,
  evidence: evidenceLines(p.evidence),
  a: seen.get(p.a) ?? nothing(p.a, p.area_a),
  b: seen.get(p.b) ?? nothing(p.b, p.area_b),
  foundAt: iso(p.found_at),
  decidedAt: isoOrNull(p.decided_at),
  survivor: p.survivor,
  actions: actionsOf(actor, p),
});

const nothing = (id: string, area: string | null): Seen => ({ id, source: '', own: null, area, person: {} });

async function seenOf({ db, vault }: Pick<House, 'db' | 'vault'>, who: Who, pairs: readonly store.PairRow[]): Promise<Map<string, Seen>> {
  const idsOf = (kind: store.PairKind) => [...new Set(pairs.filter((p) => p.kind === kind).flatMap((p) => [p.a, p.b]))];
  const cards = await partyCards(db, who, vault, idsOf('party'));
  const counted = await countedByIds(db, idsOf('counted'));
  const persons = await maskedPersons(db, vault, counted);
  const ofCounted = (c: Counted): Seen => ({ id: c.id, source: c.source, own: c.own, area: c.area, person: persons.get(c.id) ?? {} });
  return new Map([
    ...cards.map((c): [string, Seen] => [c.id, { id: c.id, source: c.source, own: null, area: c.area, person: c.person }]),
    ...counted.map((c): [string, Seen] => [c.id, ofCounted(c)]),
  ]);
}

/** One pair with all that speaks for it and what merging it does. Refuses `thing.not-found`, outside the caller's areas too. */
export async function showPair(house: Pick<House, 'db' | 'vault'>, who: Who, id: number): Promise<DuplicateDetail | Refusal> {
  const pair = await store.pairById(house.db, id, who.actor.areas);
  if (pair === undefined) return refuse('thing.not-found');
  const seen = await seenOf(house, who, [pair]);
  const row = rowOf(who.actor, pair, seen);
  const sides = await sidesOf(house.db, { kind: pair.kind, ids: [pair.a, pair.b], at: Date.now() });
  const history = await store.decisionsOf(house.db, id);
  return {
    ...row,
    a: { ...row.a, ...full(sides.get(pair.a)) },
    b: { ...row.b, ...full(sides.get(pair.b)) },
    fields: await fieldsOf(house.db, pair, row),
    would: wouldOf(pair, sides, history),
    builtOn: pair.state === 'merged' ? (await builtOn(house.db, pair)).map((m) => String(m.pair)) : [],
    history: history.map((d) => ({
      act: d.act,
      at: iso(d.at),
      by: d.by_name,
      reason: d.reason,
      rule: ruleNamed(d.rule)?.names ?? null,
      evidence: [...d.evidence],
      survivor: d.survivor,
    })),
  };
}

const full = (s: Side | undefined): Pick<DuplicateDetail['a'], 'since' | 'numbers' | 'services' | 'oldestService' | 'accounts'> => ({
  since: iso(s?.since ?? 0),
  numbers: s?.numbers ?? 0,
  services: s?.services ?? 0,
  oldestService: isoOrNull(s?.oldestService ?? null),
  accounts: s?.accounts ?? 0,
});

const ruleNamed = (id: string | null) => SURVIVOR_RULES.find((r) => r.id === id) ?? null;

/** Before merging as the rules would have it, afterwards as it was decided. */
function wouldOf(pair: store.PairRow, sides: ReadonlyMap<string, Side>, history: readonly store.DecisionRow[]): DuplicateDetail['would'] {
  const [a, b] = [sides.get(pair.a), sides.get(pair.b)];
  if (a === undefined || b === undefined) return null;
  const by =
    pair.survivor === null ? survivorOf(a, b) : { survivor: pair.survivor, because: history.find((d) => d.act === 'merge')?.rule ?? null };
  const rule = ruleNamed(by.because);
  const moved = by.survivor === pair.a ? b : a;
  return {
    survivor: by.survivor,
    rule: rule && { id: rule.id, names: rule.names },
    services: pair.kind === 'party' ? moved.services : 0,
    accounts: moved.accounts,
    fewer: pair.kind === 'counted' ? 1 : 0,
  };
}

const FIELDS = ['name', 'phone', 'idNumber', 'address'] as const;

/** Compared by their keyed hashes, so that two values which look alike masked are told apart. */
async function fieldsOf(sql: Sql, pair: store.PairRow, row: Duplicate): Promise<DuplicateDetail['fields']> {
  if (pair.kind === 'counted') return [];
  const members = await membersOf(sql, [pair.a, pair.b]);
  const rows = await partiesById(sql, [...members.values()].flat(), 'all');
  const refs = (root: string, kind: string) =>
    new Set(
      rows
        .filter((r) => r.id === root || (pair.state !== 'merged' && members.get(root)?.includes(r.id)))
        .flatMap((r) => r.personal.find((v) => v.kind === kind)?.ref ?? []),
    );
  return FIELDS.flatMap((kind) => {
    const [a, b] = [refs(pair.a, kind), refs(pair.b, kind)];
    if (a.size === 0 && b.size === 0 && row.a.person[kind] === undefined) return [];
    return [{ kind, same: a.size === 0 || b.size === 0 ? null : [...a].some((ref) => b.has(ref)) }];
  });
}

/** How far the finder is. */
export async function showFinding(sql: Sql): Promise<Finding> {
  const f = await finding.findingNow(sql);
  return {
    round: f.round,
    running: f.phase !== 'resting',
    done: shareDone(f),
    parties: f.parties,
    compared: f.compared,
    began: isoOrNull(f.began),
    ended: isoOrNull(f.ended),
    crowded: f.crowded.map((c) => ({ kind: c.kind, values: c.keys, parties: c.parties })),
    mostOnValue: MOST_ON_A_KEY,
  };
}
