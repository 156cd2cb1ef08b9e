import type { Sql } from '#platform/db';

/** SQL behind the precision of rules. A customer's case counts once for a rule, on the day on which the rule first spoke for it. */

export interface RuleDay {
  readonly rule: string;
  readonly day: number;
  readonly hits: number;
  readonly left: number;
}

/** Hits by rule and first day (`from` ≤ day < `to`), and how many of them were gone within `within` days after. */
export const hitDays = (sql: Sql, w: { from: number; to: number; within: number }): Promise<RuleDay[]> =>
  sql.query<RuleDay & Record<string, never>>(
    'retention-hit-days',
    `select rule, day, count(*) hits, count(*) filter (where exists (
         select from retention.departure d where d.ordinal = h.ordinal and d.day > h.day and d.day <= h.day + $3)) "left"
     from (select rule, case_id, ordinal, min(first) as day from retention.hit group by rule, case_id, ordinal) h
     where day >= $1 and day < $2 group by rule, day order by rule, day`,
    [w.from, w.to, w.within],
  );

/** Everybody who was looked at on these days, and how many left within `within` days after. */
export const allDays = (
  sql: Sql,
  w: { from: number; to: number; within: number },
): Promise<{ day: number; customers: number; left: number }[]> =>
  sql.query(
    'retention-all-days',
    `select r.day, r.customers, (select count(*) from retention.departure d where d.day > r.day and d.day <= r.day + $3) "left"
     from retention.run r where r.state = 'done' and r.day >= $1 and r.day < $2 order by r.day`,
    [w.from, w.to, w.within],
  );

/** How the cases for which a rule first spoke in these days ended, by rule. */
export const outcomesByRule = (sql: Sql, w: { from: number; to: number }): Promise<{ rule: string; outcome: string; n: number }[]> =>
  sql.query(
    'retention-outcomes',
    `select h.rule, c.outcome, count(*) n from (select rule, case_id, min(first) as day from retention.hit group by rule, case_id) h
     join retention.case c on c.id = h.case_id where c.outcome is not null and h.day >= $1 and h.day < $2 group by h.rule, c.outcome`,
    [w.from, w.to],
  );
