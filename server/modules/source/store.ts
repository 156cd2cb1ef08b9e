import type { Sql } from '#platform/db';
import type { Roles } from './contract.ts';

export interface SourceRow {
  id: string;
  name: string;
  scenario: string | null;
  zone: string | null;
  open: string[] | 'all';
  roles: Roles;
}

const FIELDS = 'id, name, scenario, zone, open, roles';

export const allSources = (sql: Sql): Promise<SourceRow[]> =>
  sql.query<SourceRow & Record<string, never>>('source-all', `select ${FIELDS} from source.source order by id`);

/** Registers or changes a source; `token_hash` stays where none is given. */
export const saveSource = (sql: Sql, s: SourceRow, tokenHash: string | null, at: number) =>
  sql.query(
    'source-save',
    `insert into source.source as s (${FIELDS}, token_hash, registered_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set name = excluded.name, scenario = excluded.scenario, zone = excluded.zone, open = excluded.open, roles = excluded.roles,
       token_hash = coalesce(excluded.token_hash, s.token_hash)`,
    [s.id, s.name, s.scenario, s.zone, JSON.stringify(s.open), JSON.stringify(s.roles), tokenHash, at],
  );

export const addSource = (sql: Sql, id: string, at: number) =>
  sql.query(
    'source-add',
    `insert into source.source (${FIELDS}, registered_at) values ($1, $1, null, null, '[]', '{}', $2) on conflict do nothing`,
    [id, at],
  );

export async function sourceOfToken(sql: Sql, hash: string): Promise<string | undefined> {
  return (await sql.query<{ id: string }>('source-of-token', 'select id from source.source where token_hash = $1', [hash]))[0]?.id;
}
