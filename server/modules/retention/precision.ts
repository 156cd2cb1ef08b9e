import type { Sql } from '#platform/db';
import { textOf } from '#rule';
import type { RulePrecision } from './contract.ts';
import { type HitDay, precisionOf } from './model.ts';
import * as store from './precisionStore.ts';
import { currentRules } from './ruleStore.ts';
import { ruleNamed } from './words.ts';

export interface Asked {
  /** Days of the hits: `from` ≤ day < `to`. */
  readonly from: number;
  readonly to: number;
  /** Days after a hit within which leaving counts for the rule. */
  readonly within: number;
  readonly today: number;
  readonly by: 'month' | 'week';
}

/** The month of a day, or the Monday of its week: 1970-01-01 was a Thursday. */
export const periodOf = (day: number, by: Asked['by']): string =>
  by === 'month' ? textOf(day).slice(0, 7) : textOf(day - ((day + 3) % 7));

/** Each rule's precision and lift over all its days and by month or week; hits whose time is not over are told apart. */
export async function precisions(sql: Sql, asked: Asked): Promise<RulePrecision[]> {
  const { within, today } = asked;
  const [hits, all, ended, current] = await Promise.all([
    store.hitDays(sql, asked),
    store.allDays(sql, asked),
    store.outcomesByRule(sql, asked),
    currentRules(sql),
  ]);
  const everybody = new Map(all.map((d) => [d.day, d]));
  const rules = current.map((r) => r.rule);
  const dayOf = (h: store.RuleDay): HitDay => {
    const { customers = 0, left = 0 } = everybody.get(h.day) ?? {};
    return { day: h.day, hits: h.hits, hitsLeft: h.left, customers, customersLeft: left };
  };
  return [...new Set(hits.map((h) => h.rule))].flatMap((rule) => {
    const own = hits.filter((h) => h.rule === rule);
    const outcomes = Object.fromEntries(ended.filter((e) => e.rule === rule).map((e) => [e.outcome, e.n]));
    const line = (period: string | null, days: readonly store.RuleDay[]): RulePrecision => {
      const over = days.filter((d) => d.day + within < today);
      const undecided = days.filter((d) => d.day + within >= today).reduce((n, d) => n + d.hits, 0);
      return {
        rule,
        names: ruleNamed(rules, rule).names,
        period,
        ...precisionOf(over.map(dayOf)),
        undecided,
        outcomes: period === null ? outcomes : {},
      };
    };
    const periods = Map.groupBy(own, (h) => periodOf(h.day, asked.by));
    return [line(null, own), ...[...periods].map(([period, days]) => line(period, days))];
  });
}
