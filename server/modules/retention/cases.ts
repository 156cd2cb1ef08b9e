import { type Actor, may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import { dayIn, textOf } from '#rule';
import type { Fact } from '#rule/contract';
import * as store from './caseStore.ts';
import type { CaseDetail, CaseRow, Closing, Rule } from './contract.ts';
import { ACTS, type Act, obstacle } from './model.ts';
import { currentRules, versionsOf } from './ruleStore.ts';
import { factsNow } from './rules.ts';
import { causes, outcomes } from './standard.ts';
import type { Supply } from './supply.ts';
import { causeNamed, factNamed, outcomeNamed, reasonNamed, ruleNamed, says } from './words.ts';

/** Cases in people's hands: taken, noted, closed with what came of it. */

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function actionsOf(actor: Actor, c: store.CaseRecord): CaseRow['actions'] {
  const action = (name: string, right: string, otherwise: string | null) => {
    const because = may(actor, right) ? otherwise : 'auth.forbidden';
    return { name, allowed: because === null, because };
  };
  return [
    ...(Object.keys(ACTS) as Act[]).map((name) => action(name, 'retention:work', obstacle(name, c, actor.id))),
    action('assign', 'retention:assign', c.state === 'closed' ? 'case.closed' : null),
  ];
}

interface Known {
  readonly rules: readonly Rule[];
  readonly facts: readonly Fact[];
  /** Of these cases, the latest first. */
  readonly hits: readonly store.HitRecord[];
  /** Masked, by ordinal. */
  readonly names: ReadonlyMap<number, string>;
}

/** These cases with what made each of their rules speak; as many statements for a page as for one. */
export async function rowsOf(house: House, supply: Supply, actor: Actor, cases: readonly store.CaseRecord[]): Promise<CaseRow[]> {
  const { db } = house;
  const [current, facts, hits, names] = await Promise.all([
    currentRules(db),
    factsNow(db, supply),
    store.hitsOf(
      db,
      cases.map(({ id }) => id),
    ),
    supply.names(
      house,
      actor,
      cases.map(({ ordinal }) => ordinal),
    ),
  ]);
  const byCase = Map.groupBy(hits, (h) => h.case_id);
  const rules = current.map((r) => r.rule);
  return cases.map((c) => rowOf(actor, { rules, facts, names, hits: byCase.get(c.id) ?? [] }, c));
}

const rowOf = (actor: Actor, { rules, facts, hits, names }: Known, c: store.CaseRecord): CaseRow => ({
  id: String(c.id),
  state: c.state,
  because: reasonNamed(rules, c.because),
  priority: c.priority,
  customer: { id: c.person, area: c.area, name: names.get(c.ordinal) ?? null },
  rules: c.rules
    .map((id) => ({ id, priority: rules.find((r) => r.id === id)?.priority ?? 9 }))
    .toSorted((a, b) => a.priority - b.priority)
    .map(({ id }) => {
      const hit = hits.find((h) => h.rule === id);
      return { ...ruleNamed(rules, id), evidence: hit === undefined ? [] : evidenceOf(hit, facts) };
    }),
  openedOn: textOf(c.opened),
  lastSpokeOn: textOf(c.last),
  holder: c.holder_name,
  takenAt: iso(c.taken_at),
  outcome: outcomeNamed(c.outcome),
  cause: causeNamed(c.cause),
  closedAt: iso(c.closed_at),
  closedBy: c.closed_by,
  actions: actionsOf(actor, c),
});

/** One case with all that speaks for it. Refuses `thing.not-found`, outside the caller's areas too. */
export async function showCase(house: House, supply: Supply, actor: Actor, id: number): Promise<CaseDetail | Refusal> {
  const { db, vault } = house;
  const c = await store.caseById(db, id, actor.areas);
  if (c === undefined) return refuse('thing.not-found');
  const rules = (await currentRules(db)).map((r) => r.rule);
  const [hits, notes, earlier, facts, names, card] = await Promise.all([
    store.hitsOf(db, [id]),
    store.notesOf(db, id),
    store.casesOf(db, c.ordinal, id),
    factsNow(db, supply),
    supply.names(house, actor, [c.ordinal]),
    supply.card(house, actor, c.ordinal),
  ]);
  const written = new Map<string, readonly Rule[]>();
  for (const rule of new Set(hits.map((h) => h.rule)))
    written.set(
      rule,
      (await versionsOf(db, rule)).map((v) => v.rule),
    );
  return {
    ...rowOf(actor, { rules, facts, hits, names }, c),
    card: card ?? null,
    hits: hits.map((h) =>
      hitOf(
        h,
        written.get(h.rule)?.find((r) => r.version === h.version),
        facts,
      ),
    ),
    notes: notes.map((n) => ({ at: new Date(n.at).toISOString(), by: n.by, text: vault.open(n.text) })),
    earlier: earlier.map((e) => ({
      id: String(e.id),
      openedOn: textOf(e.opened),
      outcome: outcomeNamed(e.outcome),
      closedAt: iso(e.closed_at),
    })),
  };
}

const hitOf = (h: store.HitRecord, rule: Rule | undefined, facts: readonly Fact[]): CaseDetail['hits'][number] => ({
  rule: h.rule,
  version: h.version,
  names: rule?.names ?? { zh: h.rule, en: h.rule },
  says: rule === undefined ? { zh: h.rule, en: h.rule } : says(rule),
  firstOn: textOf(h.first),
  lastOn: textOf(h.last),
  days: h.days,
  evidence: evidenceOf(h, facts),
});

const evidenceOf = ({ evidence, latest }: store.HitRecord, facts: readonly Fact[]): CaseDetail['hits'][number]['evidence'] =>
  Object.entries(evidence).map(([fact, first]) => ({ fact, ...factNamed(facts, fact), first, last: latest[fact] ?? null }));

/** The case under its lock, if the act can be done now; else why not. */
async function standing(ctx: Ctx, id: number, act: Act): Promise<store.CaseRecord | Refusal> {
  const c = await store.lockCase(ctx.tx, id, ctx.actor.areas);
  if (c === undefined) return refuse('thing.not-found');
  const because = obstacle(act, c, ctx.actor.id);
  return because === null ? c : refuse(because, { holder: c.holder_name });
}

const untouched = (c: store.CaseRecord): store.Changed => ({ ...c, quiet_until: null });

export async function takeCase(ctx: Ctx, id: number): Promise<Refusal | undefined> {
  const c = await standing(ctx, id, 'take');
  if ('refused' in c) return c;
  const { actor, now } = ctx;
  await store.saveCase(ctx.tx, id, {
    ...untouched(c),
    state: 'taken',
    because: null,
    holder: actor.id,
    holder_name: actor.name,
    taken_at: now,
  });
  await audit(ctx, 'retention.case-taken', `case:${id}`);
  return undefined;
}

/** Gives it back to the desk. */
export async function releaseCase(ctx: Ctx, id: number): Promise<Refusal | undefined> {
  const c = await standing(ctx, id, 'release');
  if ('refused' in c) return c;
  await store.saveCase(ctx.tx, id, { ...untouched(c), state: 'open', holder: null, holder_name: null, taken_at: null });
  await audit(ctx, 'retention.case-released', `case:${id}`);
  return undefined;
}

/** Notes speak of a person: they are sealed, and the trail says only that there is one. */
export async function noteOn(ctx: Ctx, vault: Vault, { id, text }: { id: number; text: string }): Promise<Refusal | undefined> {
  const c = await standing(ctx, id, 'note');
  if ('refused' in c) return c;
  await store.addNote(ctx.tx, { caseId: id, at: ctx.now, by: ctx.actor.name, text: vault.seal(text) });
  await audit(ctx, 'retention.case-noted', `case:${id}`);
  return undefined;
}

/** Refuses `case.unknown-outcome`, `case.unknown-cause`, and whatever stands in the way. */
export async function closeCase(
  ctx: Ctx,
  { vault, config }: Pick<House, 'vault' | 'config'>,
  { id, outcome, cause, note }: { id: number } & Closing,
): Promise<Refusal | undefined> {
  const chosen = outcomes().find((o) => o.id === outcome && !o.bySystem);
  if (chosen === undefined) return refuse('case.unknown-outcome', { outcome });
  if (cause && !causes().some((k) => k.id === cause)) return refuse('case.unknown-cause', { cause });
  const c = await standing(ctx, id, 'close');
  if ('refused' in c) return c;
  const { actor, now, tx } = ctx;
  if (note) await store.addNote(tx, { caseId: id, at: now, by: actor.name, text: vault.seal(note) });
  const closed = { state: 'closed' as const, outcome, cause: cause ?? null, closed_at: now, closed_by: actor.name };
  await store.saveCase(tx, id, { ...untouched(c), ...closed, quiet_until: dayIn(config.zone, now) + chosen.quietDays });
  await audit(ctx, 'retention.case-closed', `case:${id}`, { details: { outcome, ...(cause && { cause }) } });
  return undefined;
}
