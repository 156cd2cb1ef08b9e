import type { Sql, Tx } from '#platform/db';
import type { Rule } from './contract.ts';

/** SQL of rules: every version that ever was stays. */

export interface RuleRow {
  readonly rule: Rule;
  readonly at: number;
  readonly by: string;
}

const row = 'body rule, at, by';

/** The newest version of each, in the order of their ids. */
export const currentRules = (sql: Sql): Promise<RuleRow[]> =>
  sql.query<RuleRow & Record<string, never>>(
    'retention-rules',
    `select distinct on (id) ${row} from retention.rule order by id, version desc`,
  );

export const versionsOf = (sql: Sql, id: string): Promise<RuleRow[]> =>
  sql.query<RuleRow & Record<string, never>>(
    'retention-versions',
    `select ${row} from retention.rule where id = $1 order by version desc`,
    [id],
  );

/** Only one edits rules at a time; there are few of them. */
export const lockRules = (tx: Tx) => tx.query('retention-lock-rules', 'lock table retention.rule in share row exclusive mode');

/** False: that version is there already. */
export async function saveRule(sql: Sql, rule: Rule, by: string, at: number): Promise<boolean> {
  const rows = await sql.query(
    'retention-save-rule',
    'insert into retention.rule (id, version, body, at, by) values ($1, $2, $3, $4, $5) on conflict do nothing returning id',
    [rule.id, rule.version, JSON.stringify(rule), at, by],
  );
  return rows.length > 0;
}
