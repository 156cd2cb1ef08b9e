import type { Sql, Tx } from '#platform/db';
import type { CustomerMap, ImportPhase } from './contract.ts';

/** Imports: what was asked, how far it is, what came of it. */

export interface ImportFile {
  readonly name: string;
  readonly bytes: number;
}

export interface ImportRow {
  readonly id: string;
  readonly source: string;
  readonly map: CustomerMap;
  readonly files: readonly ImportFile[];
  readonly allow_loss: boolean;
  readonly state: 'receiving' | 'queued' | 'working' | 'done' | 'failed';
  readonly phase: ImportPhase | null;
  readonly done: number;
  readonly total: number;
  readonly groups: readonly number[];
  readonly customers: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
  readonly rejected: number;
  readonly erased: number;
  readonly batch: number | null;
  readonly code: string | null;
  readonly details: Record<string, unknown> | null;
  readonly actor: string;
  /** Null: the file is older than names. */
  readonly actor_name: string | null;
  readonly made_at: number;
  readonly heard_at: number;
  readonly ended_at: number | null;
}

const FIELDS =
  'id, source, map, files, allow_loss, state, phase, done, total, groups, customers, added, changed, vanished, rejected, erased, batch, code, details, actor, actor_name, made_at, heard_at, ended_at';
type Row = ImportRow & Record<string, never>;

export const addImport = (
  sql: Sql,
  i: Pick<ImportRow, 'id' | 'source' | 'map' | 'files' | 'allow_loss' | 'actor' | 'actor_name' | 'made_at'>,
) =>
  sql.query(
    'import-add',
    `insert into customer.import (id, source, map, files, allow_loss, state, total, actor, actor_name, made_at, heard_at) values ($1, $2, $3, $4, $5, 'receiving', $6, $7, $8, $9, $9)`,
    [
      i.id,
      i.source,
      JSON.stringify(i.map),
      JSON.stringify(i.files),
      i.allow_loss,
      i.files.reduce((sum, f) => sum + f.bytes, 0),
      i.actor,
      i.actor_name,
      i.made_at,
    ],
  );

export const importById = async (sql: Sql, id: string): Promise<ImportRow | undefined> =>
  (await sql.query<Row>('import-by-id', `select ${FIELDS} from customer.import where id = $1`, [id]))[0];

export const lockImport = async (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  (await tx.query<Row>('import-lock', `select ${FIELDS} from customer.import where id = $1 for update`, [id]))[0];

/** The latest first; whoever is under way stands before all others. */
export const recentImports = (sql: Sql, limit: number): Promise<ImportRow[]> =>
  sql.query<Row>('import-recent', `select ${FIELDS} from customer.import order by state in ('done', 'failed'), made_at desc, id limit $1`, [
    limit,
  ]);

/** Sources that customers came from by files. */
export const sourcesOfFiles = async (sql: Sql): Promise<string[]> =>
  (await sql.query<{ source: string }>('import-sources', `select distinct source from customer.import where state = 'done'`)).map(
    (r) => r.source,
  );

const TAKEN = '23505';

/** Takes its turn; false while another one of the source has it. */
export async function queueImport(sql: Sql, id: string, now: number): Promise<boolean> {
  try {
    const rows = await sql.query(
      'import-queue',
      `update customer.import i set state = 'queued', heard_at = $2 where id = $1 and state = 'receiving'
         and not exists (select from customer.import o where o.source = i.source and o.state in ('queued', 'working')) returning 1`,
      [id, now],
    );
    return rows.length > 0;
  } catch (e) {
    if ((e as { code?: string }).code === TAKEN) return false; // two at the same moment
    throw e;
  }
}

export const beginImport = (sql: Sql, id: string) =>
  sql.query('import-begin', `update customer.import set state = 'working' where id = $1 and state in ('queued', 'working')`, [id]);

export const noteProgress = (sql: Sql, id: string, p: { phase: ImportPhase; done: number; total: number }, now: number) =>
  sql.query('import-progress', 'update customer.import set phase = $2, done = $3, total = $4, heard_at = $5 where id = $1', [
    id,
    p.phase,
    p.done,
    p.total,
    now,
  ]);

/** A part whose blocks are staged, in the transaction that staged the last of them. */
export const noteGroup = (sql: Sql, id: string, { group, changed, erased }: { group: number; changed: number; erased: number }) =>
  sql.query(
    'import-group',
    'update customer.import set groups = groups || $2::int, changed = changed + $3, erased = erased + $4 where id = $1',
    [id, group, changed, erased],
  );

export type Outcome = Pick<ImportRow, 'customers' | 'added' | 'vanished' | 'rejected' | 'batch'>;

export const endImport = (sql: Sql, id: string, o: Outcome, now: number) =>
  sql.query(
    'import-end',
    `update customer.import set state = 'done', phase = null, customers = $2, added = $3, vanished = $4, rejected = $5, batch = $6, ended_at = $7, heard_at = $7,
       done = total where id = $1`,
    [id, o.customers, o.added, o.vanished, o.rejected, o.batch, now],
  );

export const failImport = (sql: Sql, id: string, code: string, details: Record<string, unknown>, now: number) =>
  sql.query(
    'import-fail',
    `update customer.import set state = 'failed', phase = null, code = $2, details = $3, ended_at = $4, heard_at = $4
     where id = $1 and state in ('receiving', 'queued', 'working')`,
    [id, code, JSON.stringify(details), now],
  );

export const openImports = (sql: Sql): Promise<ImportRow[]> =>
  sql.query<Row>('import-open', `select ${FIELDS} from customer.import where state in ('queued', 'working') order by made_at`);

/** What nobody has gone on with for long: uploads, and imports whose files were lost. */
export const abandoned = async (sql: Sql, before: number): Promise<string[]> =>
  (
    await sql.query<{ id: string }>(
      'import-abandoned',
      `select id from customer.import where state in ('receiving', 'queued', 'working') and heard_at < $1`,
      [before],
    )
  ).map((r) => r.id);
