import type { Sql, Tx } from '#platform/db';
import type { Scenario } from './contract.ts';

export async function allVersions(sql: Sql): Promise<Scenario[]> {
  return (await sql.query<{ body: Scenario }>('scenario-all', 'select body from scenario.version order by id, version')).map((r) => r.body);
}

/** What is published stays: a version that is there already is not written again. Answers whether it was new. */
export async function publish(tx: Sql | Tx, s: Scenario, by: string, at: number): Promise<boolean> {
  const rows = await tx.query(
    'scenario-publish',
    'insert into scenario.version (id, version, body, published_at, published_by) values ($1, $2, $3, $4, $5) on conflict do nothing returning id',
    [s.id, s.version, JSON.stringify(s), at, by],
  );
  return rows.length > 0;
}

export const versionsOf = (sql: Sql, id: string): Promise<{ version: number; at: number; by: string }[]> =>
  sql.query('scenario-versions', 'select version, published_at at, published_by by from scenario.version where id = $1 order by version desc', [id]);
