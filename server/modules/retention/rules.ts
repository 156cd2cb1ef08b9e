import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { type Condition, factsAmong as factsIn, MOST_RULES, mistake, parameterMistakes, type SuppliedTag, understand } from '#rule';
import type { Fact, Mistake } from '#rule/contract';
import type { Rule, RuleText } from './contract.ts';
import * as store from './ruleStore.ts';
import { standardFacts, standardRules } from './standard.ts';
import type { Supply } from './supply.ts';

/** Rules as people keep them, and the facts that they may speak of. */

/** The standard facts, and every other tag that can be one. */
export const factsAmong = (tags: readonly SuppliedTag[]): Fact[] => factsIn(tags, standardFacts());

export const factsNow = async (sql: Sql, supply: Supply): Promise<Fact[]> => factsAmong(await supply.tags(sql));

/** Everything that is wrong with a rule: its parameters, its evidence, and the first thing in its condition. */
export function mistakesOf(rule: RuleText, facts: readonly Fact[]): Mistake[] {
  const parameters = parameterMistakes(rule.parameters);
  if (parameters.length > 0) return parameters;
  const evidence = rule.evidence.flatMap((name, i) =>
    facts.some((f) => f.name === name)
      ? []
      : [mistake({ path: `evidence[${i}]`, text: name, start: 0, end: name.length }, 'evidence-unknown', name)],
  );
  const condition = understand(rule.when, facts, rule.parameters);
  return 'reason' in condition ? [condition, ...evidence] : evidence;
}

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
