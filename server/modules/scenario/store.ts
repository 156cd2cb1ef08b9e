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
  sql.query(
    'scenario-versions',
    'select version, published_at at, published_by by from scenario.version where id = $1 order by version desc',
    [id],
  );

export interface DraftRow {
  id: string;
  body: Scenario;
  based_on: number;
  /** Counts the savings. */
  revision: number;
  edited_at: number;
  edited_by: string;
}

const DRAFT = 'id, body, based_on, revision, edited_at, edited_by';

export const draftById = async (sql: Sql, id: string): Promise<DraftRow | undefined> =>
  (await sql.query<DraftRow & Record<string, never>>('scenario-draft', `select ${DRAFT} from scenario.draft where id = $1`, [id]))[0];

export const allDrafts = (sql: Sql): Promise<DraftRow[]> =>
  sql.query<DraftRow & Record<string, never>>('scenario-drafts', `select ${DRAFT} from scenario.draft order by edited_at desc, id`);

export const lockDraft = async (tx: Tx, id: string): Promise<DraftRow | undefined> =>
  (
    await tx.query<DraftRow & Record<string, never>>(
      'scenario-lock-draft',
      `select ${DRAFT} from scenario.draft where id = $1 for update`,
      [id],
    )
  )[0];

/** Writes the revision after the one that is there; false when somebody else was first. */
export async function saveDraft(tx: Tx, d: DraftRow): Promise<boolean> {
  const rows = await tx.query(
    'scenario-save-draft',
    `insert into scenario.draft as d (${DRAFT}) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set body = excluded.body, based_on = excluded.based_on, revision = excluded.revision, edited_at = excluded.edited_at, edited_by = excluded.edited_by
     where d.revision = excluded.revision - 1 returning id`,
    [d.id, JSON.stringify(d.body), d.based_on, d.revision, d.edited_at, d.edited_by],
  );
  return rows.length > 0;
}

export const dropDraft = (tx: Tx, id: string) => tx.query('scenario-drop-draft', 'delete from scenario.draft where id = $1', [id]);
