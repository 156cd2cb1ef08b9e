import type { Sql, Tx } from '#platform/db';
import type { Tables } from './contract.ts';

/** Versions of the tables; none is ever changed. */

export interface TablesRow {
  readonly version: number;
  readonly body: Tables;
  readonly reason: string;
  readonly at: number;
  readonly by: string;
}

export const currentTables = async (sql: Sql): Promise<TablesRow> =>
  (
    await sql.query<TablesRow & Record<string, never>>(
      'enterprise-tables',
      'select version, body, reason, at, by from enterprise.tables order by version desc limit 1',
    )
  )[0] as TablesRow;

/** The latest first, without their bodies. */
export const tableVersions = (sql: Sql, limit: number): Promise<Omit<TablesRow, 'body'>[]> =>
  sql.query<Omit<TablesRow, 'body'> & Record<string, never>>(
    'enterprise-table-versions',
    'select version, reason, at, by from enterprise.tables order by version desc limit $1',
    [limit],
  );

export const tablesOf = async (sql: Sql, version: number): Promise<TablesRow | undefined> =>
  (
    await sql.query<TablesRow & Record<string, never>>(
      'enterprise-tables-of',
      'select version, body, reason, at, by from enterprise.tables where version = $1',
      [version],
    )
  )[0];

/** A version that is there already stays as it is. */
export const addTables = (sql: Sql, { version, body, reason, at, by }: TablesRow) =>
  sql.query(
    'enterprise-add-tables',
    'insert into enterprise.tables (version, body, reason, at, by) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [version, JSON.stringify(body), reason, at, by],
  );

/** Indicators of any version: what the tables dropped may still be sent. */
export const indicatorsEver = async (tx: Tx): Promise<Set<string>> =>
  new Set(
    (
      await tx.query<{ id: string }>(
        'enterprise-indicators',
        `select distinct i->>'id' id from enterprise.tables, json_array_elements(body->'indicators') i`,
      )
    ).map((r) => r.id),
  );
