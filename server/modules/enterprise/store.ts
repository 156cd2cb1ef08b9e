import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';

/** SQL of enterprises, their contacts and facts. */

export type Areas = 'all' | readonly string[];
export const areasOf = (areas: Areas): readonly string[] | null => (areas === 'all' ? null : areas);

export interface EnterpriseRecord {
  readonly id: string;
  readonly source: string;
  readonly key: string;
  readonly name: string;
  readonly area: string | null;
  readonly industry: string | null;
  readonly manager: string | null;
  readonly said: number;
}

/** Whoever takes facts in or re-places all waits for the one before him: a place always follows from all facts and one version of the tables. */
export const holdPlacing = (tx: Tx) => tx.query('enterprise-hold', `select pg_advisory_xact_lock(hashtext('enterprise.placing'))`);

const FIELDS = 'e.id, e.source, e.key, e.name, e.area, e.industry, e.manager, e.said';

export const byKeys = (tx: Tx, keys: readonly { source: string; key: string }[]): Promise<EnterpriseRecord[]> =>
  tx.query<EnterpriseRecord & Record<string, never>>(
    'enterprise-by-keys',
    `select ${FIELDS} from enterprise.enterprise e join unnest($1::text[], $2::text[]) n (source, key) using (source, key)`,
    [column.text(keys.map((k) => k.source)), column.text(keys.map((k) => k.key))],
  );

/** New ones, and what is now said of known ones. */
export const saveEnterprises = (tx: Tx, rows: readonly EnterpriseRecord[], today: number) =>
  tx.query(
    'enterprise-save',
    `insert into enterprise.enterprise (id, source, key, name, area, industry, manager, said, since)
     select *, $9 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
     on conflict (id) do update set name = excluded.name, area = excluded.area, industry = excluded.industry, manager = excluded.manager, said = excluded.said`,
    [
      column.uuid(rows.map((r) => r.id)),
      column.text(rows.map((r) => r.source)),
      column.text(rows.map((r) => r.key)),
      column.text(rows.map((r) => r.name)),
      column.text(rows.map((r) => r.area)),
      column.text(rows.map((r) => r.industry)),
      column.text(rows.map((r) => r.manager)),
      column.int(rows.map((r) => r.said)),
      today,
    ],
  );

export interface FactRow {
  readonly enterprise: string;
  readonly indicator: string;
  readonly value: number | null;
  readonly at: number;
}

/** The latest day stands, and of one day what was said last. Answers whose facts are other than before. */
export const saveFacts = (tx: Tx, rows: readonly FactRow[]): Promise<{ enterprise: string }[]> =>
  tx.query(
    'enterprise-facts',
    `insert into enterprise.fact as f (enterprise, indicator, value, at)
     select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::int[])
     on conflict (enterprise, indicator) do update set value = excluded.value, at = excluded.at
       where excluded.at > f.at or (excluded.at = f.at and excluded.value is distinct from f.value)
     returning enterprise`,
    [
      column.uuid(rows.map((r) => r.enterprise)),
      column.text(rows.map((r) => r.indicator)),
      column.bigint(rows.map((r) => r.value)),
      column.int(rows.map((r) => r.at)),
    ],
  );

/* ── contacts: where their values lie ── */

export interface ContactRow {
  readonly enterprise: string;
  readonly kind: string;
  readonly ref: string;
}

export const contactsOf = (sql: Sql, ids: readonly string[]): Promise<ContactRow[]> =>
  sql.query<ContactRow & Record<string, never>>(
    'enterprise-contacts',
    'select enterprise, kind, ref from enterprise.contact where enterprise = any($1::uuid[])',
    [list(ids)],
  );

export const saveContacts = (tx: Tx, rows: readonly ContactRow[]) =>
  tx.query(
    'enterprise-save-contacts',
    `insert into enterprise.contact (enterprise, kind, ref) select * from unnest($1::uuid[], $2::text[], $3::uuid[])
     on conflict (enterprise, kind) do update set ref = excluded.ref`,
    [column.uuid(rows.map((r) => r.enterprise)), column.text(rows.map((r) => r.kind)), column.uuid(rows.map((r) => r.ref))],
  );

export const dropContacts = (tx: Tx, rows: readonly ContactRow[]) =>
  tx.query(
    'enterprise-drop-contacts',
    `delete from enterprise.contact c using unnest($1::uuid[], $2::text[]) n (enterprise, kind) where c.enterprise = n.enterprise and c.kind = n.kind`,
    [column.uuid(rows.map((r) => r.enterprise)), column.text(rows.map((r) => r.kind))],
  );

/** How many enterprises have this phone as their contact's. */
export const countByPhone = async (sql: Sql, ref: string): Promise<number> =>
  (
    await sql.query<{ n: number }>(
      'enterprise-count-by-phone',
      `select count(*)::int n from enterprise.contact where kind = 'phone' and ref = $1::uuid`,
      [ref],
    )
  )[0]?.n ?? 0;

/** Enterprises that have this phone as their contact's, locked. */
export const byPhone = (tx: Tx, ref: string): Promise<{ enterprise: string }[]> =>
  tx.query('enterprise-by-phone', `select enterprise from enterprise.contact where kind = 'phone' and ref = $1::uuid for update`, [ref]);
