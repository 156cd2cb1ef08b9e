import type { Sql, Tx } from '#platform/db';

/** Exports and the parts of their files; a part is sealed. */

export interface ExportRow {
  readonly id: string;
  readonly audience: string;
  readonly version: number;
  readonly columns: readonly string[];
  readonly purpose: 'service' | 'marketing' | 'analysis' | 'risk';
  readonly reason: string;
  readonly owner: string;
  readonly owner_name: string;
  readonly areas: readonly string[] | null;
  readonly state: 'waiting' | 'done' | 'failed' | 'expired';
  readonly code: string | null;
  readonly people: number | null;
  readonly quiet: number | null;
  readonly made_at: number;
  readonly ended_at: number | null;
  readonly expires_at: number | null;
}

type Row = ExportRow & Record<string, never>;
const FIELDS =
  'id, audience, version, columns, purpose, reason, owner, owner_name, areas, state, code, people, quiet, made_at, ended_at, expires_at';

export const addExport = async (
  tx: Tx,
  e: Pick<ExportRow, 'audience' | 'version' | 'columns' | 'purpose' | 'reason' | 'owner' | 'owner_name' | 'areas' | 'made_at'>,
): Promise<string> =>
  (
    await tx.query<{ id: string }>(
      'audience-export-add',
      `insert into audience.export (audience, version, columns, purpose, reason, owner, owner_name, areas, state, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9) returning id`,
      [e.audience, e.version, e.columns, e.purpose, e.reason, e.owner, e.owner_name, e.areas, e.made_at],
    )
  )[0]?.id as string;

/** `owner` null: anybody's. */
export const findExport = async (sql: Sql, owner: string | null, id: string): Promise<ExportRow | undefined> =>
  (
    await sql.query<Row>(
      'audience-export-find',
      `select ${FIELDS} from audience.export where id = $1 and ($2::text is null or owner = $2)`,
      [id, owner],
    )
  )[0];

/** The latest first. */
export const listExports = (sql: Sql, owner: string | null): Promise<ExportRow[]> =>
  sql.query<Row>(
    'audience-exports',
    `select ${FIELDS} from audience.export where $1::text is null or owner = $1 order by made_at desc, id limit 200`,
    [owner],
  );

/** Takes the oldest that waits and that nobody works on, and holds it to the end of the transaction (for update). */
export const takeExport = async (tx: Tx): Promise<ExportRow | undefined> =>
  (
    await tx.query<Row>(
      'audience-export-take',
      `select ${FIELDS} from audience.export where state = 'waiting' order by made_at, id limit 1 for update skip locked`,
    )
  )[0];

export const endExport = (sql: Sql, e: Pick<ExportRow, 'id' | 'state' | 'code' | 'people' | 'quiet' | 'ended_at' | 'expires_at'>) =>
  sql.query(
    'audience-export-end',
    'update audience.export set state = $2, code = $3, people = $4, quiet = $5, ended_at = $6, expires_at = $7 where id = $1',
    [e.id, e.state, e.code, e.people, e.quiet, e.ended_at, e.expires_at],
  );

export const addPart = (tx: Tx, id: string, part: number, body: Buffer) =>
  tx.query('audience-export-part', 'insert into audience.export_part (export, part, body) values ($1, $2, $3)', [id, part, body]);

export const partOf = async (sql: Sql, id: string, part: number): Promise<Buffer | undefined> =>
  (
    await sql.query<{ body: Buffer }>('audience-export-read', 'select body from audience.export_part where export = $1 and part = $2', [
      id,
      part,
    ])
  )[0]?.body;

/** Files whose time is over go; the row stays, to say that there was one. */
export const expireExports = async (sql: Sql, now: number): Promise<void> => {
  await sql.query(
    'audience-export-expire',
    `with over as (update audience.export set state = 'expired' where state = 'done' and expires_at <= $1 returning id)
     delete from audience.export_part where export in (select id from over)`,
    [now],
  );
};
