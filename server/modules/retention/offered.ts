import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { MOST_RULES } from '#rule';
import type { Rule } from './contract.ts';
import { fromTags } from './fromTags.ts';
import * as store from './ruleStore.ts';
import { factsNow, mistakesOf } from './rules.ts';

/** Somebody else's score as a churn warning. */
export interface OfferedScore {
  /** The rule's id; a rule that is there already is left as people keep it. */
  readonly id: string;
  readonly names: { readonly zh: string; readonly en: string };
  /** The tag, 0 to 1000. */
  readonly fact: string;
  /** From which score on somebody is called. */
  readonly least: number;
}

const PRIORITY = 4;

/** A new rule for a score, in force, for people to edit; false where there is one, there are too many, or a rule cannot name the tag. */
export async function offerScoreRule(ctx: Ctx, { id, names, fact, least }: OfferedScore): Promise<boolean> {
  const { tx, now, actor } = ctx;
  const rule: Rule = {
    id,
    version: 1,
    names,
    meaning: {
      zh: '模型评分（0 至 1000，千分之几的可能）不低于 {least}。',
      en: 'The model’s score (0 to 1000, how likely per mille) is at least {least}.',
    },
    effect: 'work',
    priority: PRIORITY,
    parameters: [{ id: 'least', value: least, from: 0, to: 1_000, unit: 'number', names: { zh: '最低评分', en: 'Lowest score' } }],
    when: `${fact} >= least`,
    evidence: [fact],
    inForce: true,
  };
  if (mistakesOf(rule, await factsNow(tx, fromTags)).length > 0) return false;
  await store.lockRules(tx);
  const spoken = (await store.currentRules(tx)).filter((r) => r.rule.inForce && r.rule.effect !== 'population');
  if (spoken.length >= MOST_RULES || !(await store.saveRule(tx, rule, actor.name, now))) return false;
  await audit(ctx, 'retention.rule-edited', `rule:${id}`, { details: { version: 1, offered: fact } });
  return true;
}
