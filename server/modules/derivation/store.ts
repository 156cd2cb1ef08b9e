import { column } from '#platform/columns';
import type { Sql, Tx } from '#platform/db';
import type { Definition } from './contract.ts';

/** SQL of derivations: their versions, drafts, and what their blocks were made of. */

type Row<T> = T & Record<string, never>;

/** A derivation with the version in force; `version` null: never published. */
export interface DerivationRow {
  readonly tag: string;
  readonly standard: boolean;
  readonly installed: number | null;
  readonly ran: number | null;
  readonly ran_day: number | null;
  readonly taken: string | null;
  /** Since when nothing is made of it any more; null: it is. */
  readonly retired: number | null;
  readonly retired_by: string | null;
  readonly retired_for: string | null;
  readonly version: number | null;
  readonly body: Definition | null;
  readonly by: string | null;
  readonly at: number | null;
  readonly reason: string | null;
}

const FIELDS =
  'd.tag, d.standard, d.installed, d.ran, d.ran_day, d.taken, d.retired, d.retired_by, d.retired_for, v.version, v.body, v.by, v.at, v.reason';
const FROM = 'derivation.derivation d left join derivation.version v on v.tag = d.tag and v.version = d.published';

/** In the order of their tags. */
export const allDerivations = (sql: Sql): Promise<DerivationRow[]> =>
  sql.query<Row<DerivationRow>>('derivation-all', `select ${FIELDS} from ${FROM} order by d.tag`);

/** Who edits, publishes or writes the tag of a derivation does it alone; makes it where it is not there yet. */
export async function holdDerivation(tx: Tx, tag: string): Promise<DerivationRow> {
  await tx.query('derivation-make', 'insert into derivation.derivation (tag) values ($1) on conflict do nothing', [tag]);
  await tx.query('derivation-hold', 'select from derivation.derivation where tag = $1 for update', [tag]);
  const [row] = await tx.query<Row<DerivationRow>>('derivation-held', `select ${FIELDS} from ${FROM} where d.tag = $1`, [tag]);
  return row as DerivationRow;
}

/** Only one publishes at a time, so that two cannot close a ring together. */
export const lockVersions = (tx: Tx) => tx.query('derivation-lock', 'lock table derivation.version in share row exclusive mode');

/** A standard table becomes version 1 where its tag is not derived yet. */
export const addStandard = (sql: Sql, tag: string, body: Definition, { by, reason, now }: { by: string; reason: string; now: number }) =>
  sql.query(
    'derivation-standard',
    `with fresh as (insert into derivation.derivation (tag, standard, published) values ($1, true, 1) on conflict do nothing returning tag)
     insert into derivation.version (tag, version, body, by, at, reason) select tag, 1, $2, $3, $4, $5 from fresh`,
    [tag, JSON.stringify(body), by, now, reason],
  );

export interface VersionRow {
  readonly version: number;
  readonly body: Definition;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** The latest first. */
export const versionsOf = (sql: Sql, tag: string): Promise<VersionRow[]> =>
  sql.query<Row<VersionRow>>(
    'derivation-versions',
    'select version, body, by, at, reason from derivation.version where tag = $1 order by version desc limit 200',
    [tag],
  );

export async function saveVersion(tx: Tx, tag: string, v: VersionRow): Promise<void> {
  await tx.query(
    'derivation-version',
    'insert into derivation.version (tag, version, body, by, at, reason) values ($1, $2, $3, $4, $5, $6)',
    [tag, v.version, JSON.stringify(v.body), v.by, v.at, v.reason],
  );
  await tx.query('derivation-published', 'update derivation.derivation set published = $2, standard = false where tag = $1', [
    tag,
    v.version,
  ]);
}

/** The tag speaks of this version now; `taken`: another source writes it, and nothing was said. */
export const noteInstalled = (tx: Tx, tag: string, version: number, taken: string | null) =>
  tx.query(
    'derivation-installed',
    'update derivation.derivation set installed = case when $3::text is null then $2 else installed end, taken = $3 where tag = $1',
    [tag, version, taken],
  );

export const retire = (tx: Tx, tag: string, { at, by, reason }: { at: number; by: string; reason: string }) =>
  tx.query('derivation-retire', 'update derivation.derivation set retired = $2, retired_by = $3, retired_for = $4 where tag = $1', [
    tag,
    at,
    by,
    reason,
  ]);

/** Its tag is said and made anew, for its inputs went on without it. */
export const reinstate = (tx: Tx, tag: string) =>
  tx.query(
    'derivation-reinstate',
    `update derivation.derivation set retired = null, retired_by = null, retired_for = null, installed = null, ran = null where tag = $1`,
    [tag],
  );

/* ── drafts ── */

export interface DraftRow {
  readonly tag: string;
  readonly revision: number;
  readonly body: Definition;
  readonly by: string;
  readonly at: number;
}

export const draftsOf = (sql: Sql, tag: string | null): Promise<DraftRow[]> =>
  sql.query<Row<DraftRow>>(
    'derivation-drafts',
    'select tag, revision, body, by, at from derivation.draft where $1::text is null or tag = $1',
    [tag],
  );

export const saveDraft = (tx: Tx, d: DraftRow) =>
  tx.query(
    'derivation-draft',
    `insert into derivation.draft (tag, revision, body, by, at) values ($1, $2, $3, $4, $5)
     on conflict (tag) do update set revision = excluded.revision, body = excluded.body, by = excluded.by, at = excluded.at`,
    [d.tag, d.revision, JSON.stringify(d.body), d.by, d.at],
  );

/** With the derivation itself where it was never published. */
export async function dropDraft(tx: Tx, tag: string): Promise<void> {
  await tx.query('derivation-draft-drop', 'delete from derivation.draft where tag = $1', [tag]);
  await tx.query('derivation-drop', 'delete from derivation.derivation where tag = $1 and published is null', [tag]);
}

/* ── what blocks were made of ── */

export interface MadeRow {
  readonly block: number;
  readonly stamp: string;
}

export const madeOf = (sql: Sql, tag: string, blocks: readonly number[] | null): Promise<MadeRow[]> =>
  sql.query<Row<MadeRow>>(
    'derivation-made',
    'select block, stamp from derivation.made where tag = $1 and ($2::int[] is null or block = any($2))',
    [tag, blocks],
  );

export const saveMade = (tx: Tx, tag: string, rows: readonly MadeRow[]) =>
  tx.query(
    'derivation-made-save',
    `insert into derivation.made (tag, block, stamp) select $1, * from unnest($2::int[], $3::text[])
     on conflict (tag, block) do update set stamp = excluded.stamp`,
    [tag, column.int(rows.map((r) => r.block)), column.text(rows.map((r) => r.stamp))],
  );

/** A whole run of this version and day is in force. */
export const noteWhole = (tx: Tx, tag: string, version: number, day: number) =>
  tx.query('derivation-ran', 'update derivation.derivation set ran = $2, ran_day = $3 where tag = $1', [tag, version, day]);

/* ── loads under way ── */

export const addLoad = (sql: Sql, id: string) => sql.query('derivation-load', 'insert into derivation.load (id) values ($1)', [id]);
export const dropLoad = (sql: Sql, id: string) => sql.query('derivation-load-drop', 'delete from derivation.load where id = $1', [id]);
export const loadsLeft = async (sql: Sql): Promise<string[]> =>
  (await sql.query<{ id: string }>('derivation-loads', 'select id from derivation.load')).map((r) => r.id);
