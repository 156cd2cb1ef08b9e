import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { isNameable } from './cel.ts';
import type { Fact, Mistake, Rule, RuleText } from './contract.ts';
import type { Condition } from './expression.ts';
import { mistakesOf, understand } from './language.ts';
import { MOST_RULES } from './program.ts';
import * as store from './ruleStore.ts';
import { standardFacts, standardRules } from './standard.ts';
import type { SuppliedTag, Supply } from './supply.ts';

/** Rules as people keep them, and the facts that they may speak of. */

/** Values of a tag that nobody gave bounds to: believed as far as two of them can still be added. */
const BELIEVED = 1_000_000_000;
const DAYS = { from: 0, to: 100_000 };

/** The standard facts, and every other tag that can be one: a flag, a date, a whole number, named as CEL names things. */
export function factsAmong(tags: readonly SuppliedTag[]): Fact[] {
  const isOther = (f: Fact) => tags.some((t) => t.name === f.name && (t.kind !== f.kind || t.scale !== 0)); // loaded as something else: not what rules mean
  const standard = standardFacts().filter((f) => !isOther(f));
  const isOurs = (name: string) => standardFacts().some((f) => name === f.name || name.startsWith(`${f.name}.`));
  const others = tags.flatMap((t): Fact[] => {
    const fits = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){0,3}$/.test(t.name) && isNameable(t.name);
    if (t.kind === 'oneOf' || t.scale !== 0 || isOurs(t.name) || !fits) return [];
    const bounds = { flag: { from: 0, to: 1 }, date: DAYS, number: { from: -BELIEVED, to: BELIEVED } }[t.kind];
    return [{ name: t.name, kind: t.kind, unit: t.kind, ...bounds, names: { zh: t.zh || t.name, en: t.en || t.name } }];
  });
  const all = [...standard, ...others];
  const within = (f: Fact) => all.some((g) => g.name.startsWith(`${f.name}.`));
  return all.filter((f) => !within(f)); // CEL reads `a.b` as a part of `a`: where both are, only the parts can be named
}

export const factsNow = async (sql: Sql, supply: Supply): Promise<Fact[]> => factsAmong(await supply.tags(sql));

/** A rule that is in force, understood; or what is wrong with it since a fact went. */
export interface InForce {
  readonly rule: Rule;
  readonly means: Condition | null;
  readonly mistake: Mistake | null;
}

/** Every rule in force, by priority, then by id. */
export async function rulesInForce(sql: Sql, facts: readonly Fact[]): Promise<InForce[]> {
  return (await store.currentRules(sql))
    .map(({ rule }) => rule)
    .filter((rule) => rule.inForce)
    .toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
    .map((rule) => {
      const [mistake = null] = mistakesOf(rule, facts);
      const means = understand(rule.when, facts, rule.parameters);
      return mistake !== null || 'reason' in means ? { rule, means: null, mistake } : { rule, means, mistake };
    });
}

/** The standard rules become version 1 where they are not there yet. */
export async function ensureStandardRules(sql: Sql, now: number): Promise<void> {
  for (const rule of standardRules()) await store.saveRule(sql, rule, 'glasshouse', now);
}

/**
 * A new version of a rule, or a new rule (`basedOn` 0). Refuses `rule.mistaken` with the place, `rule.changed` when somebody else was first,
 * `rule.one-population`, `rule.too-many`.
 */
export async function editRule(
  ctx: Ctx,
  supply: Supply,
  { id, basedOn, text }: { id: string; basedOn: number; text: RuleText },
): Promise<store.RuleRow | Refusal> {
  const { tx, now, actor } = ctx;
  const [mistake] = mistakesOf(text, await factsNow(tx, supply));
  if (mistake !== undefined) return refuse('rule.mistaken', { ...mistake });
  await store.lockRules(tx);
  const all = await store.currentRules(tx);
  const before = all.find((r) => r.rule.id === id);
  const version = before?.rule.version ?? 0;
  if (version !== basedOn) return refuse('rule.changed', { by: before?.by, version });
  const others = all.map((r) => r.rule).filter((r) => r.inForce && r.id !== id);
  const population = others.find((r) => r.effect === 'population');
  if (text.inForce && text.effect === 'population' && population) return refuse('rule.one-population', { id: population.id });
  if (text.inForce && others.filter((r) => r.effect !== 'population').length >= MOST_RULES)
    return refuse('rule.too-many', { most: MOST_RULES });
  const rule: Rule = { ...text, id, version: version + 1 };
  await store.saveRule(tx, rule, actor.name, now);
  await audit(ctx, 'retention.rule-edited', `rule:${id}`, { details: { version: rule.version } });
  return { rule, at: now, by: actor.name };
}
