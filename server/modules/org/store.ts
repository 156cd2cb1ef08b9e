import { list, type Sql, type Tx } from '#platform/db';
import type { Account, Level, Names, Partner, Unit } from './contract.ts';

export interface Person extends Omit<Account, 'createdAt' | 'signedInAt' | 'hasPassword'> {
  readonly password: string | null;
  readonly createdAt: Date;
  readonly signedInAt: Date | null;
}

interface Row {
  id: string;
  login: string;
  name: string;
  password: string | null;
  role: string;
  unit: string;
  partner_kind: string | null;
  partner_value: string | null;
  language: 'zh' | 'en' | null;
  open: boolean;
  created_at: Date;
  signed_in_at: Date | null;
}

const COLUMNS =
  'a.id, a.login, a.name, a.password, a.role, a.unit, a.partner_kind, a.partner_value, a.language, a.open, a.created_at, a.signed_in_at';

const person = (r: Row): Person => ({
  id: r.id,
  login: r.login,
  name: r.name,
  password: r.password,
  role: r.role,
  unit: r.unit,
  partner: r.partner_kind === null ? null : { kind: r.partner_kind, value: r.partner_value ?? '' },
  language: r.language,
  open: r.open,
  createdAt: r.created_at,
  signedInAt: r.signed_in_at,
});

/* ── units ── */

/** Held to the end of the transaction by whoever changes the tree: two moves at once could make a ring. */
export const lockTree = (tx: Tx) => tx.query('org-lock-tree', 'select pg_advisory_xact_lock(7163101)');

export const findUnit = async (sql: Sql, code: string): Promise<Unit | undefined> =>
  (await sql.query<Unit>('org-unit', 'select code, parent, level, names from org.unit where code = $1', [code]))[0];

export const findRoot = async (sql: Sql): Promise<string | undefined> =>
  (await sql.query<{ code: string }>('org-root', 'select code from org.unit where parent is null'))[0]?.code;

/** The codes of these units and of all below them, each once; none for an unknown code. */
export async function unitsBelow(sql: Sql, ...codes: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ code: string }>(
    'org-below',
    `with recursive below (code) as (select code from org.unit where code = any($1::text[]) union select u.code from org.unit u join below b on u.parent = b.code)
     select code from below`,
    [list(codes)],
  );
  return rows.map((r) => r.code);
}

/** Areas as lists are asked for them: each with all below it. One that is no unit stands for itself: sources name areas that nobody has entered. */
export const areasWithin = async (sql: Sql, codes: readonly string[]): Promise<string[]> => [
  ...new Set([...codes, ...(await unitsBelow(sql, ...codes))]),
];

/** From the root down to the unit. */
export async function pathTo(sql: Sql, code: string): Promise<string[]> {
  const rows = await sql.query<{ code: string }>(
    'org-path',
    `with recursive up (code, parent, far) as (
       select code, parent, 0 from org.unit where code = $1 union all select u.code, u.parent, up.far + 1 from org.unit u join up on u.code = up.parent)
     select code from up order by far desc`,
    [code],
  );
  return rows.map((r) => r.code);
}

/** Parents before children; `codes` cuts the list. */
export const listUnits = (sql: Sql, codes: readonly string[] | null): Promise<Unit[]> =>
  sql.query<Unit & { far: number }>(
    'org-units',
    `with recursive tree (code, parent, level, names, far) as (
       select code, parent, level, names, 0 from org.unit where parent is null
       union all select u.code, u.parent, u.level, u.names, t.far + 1 from org.unit u join tree t on u.parent = t.code)
     select code, parent, level, names from tree where $1::text[] is null or code = any($1) order by far, code`,
    [codes],
  );

export const childLevels = async (sql: Sql, code: string): Promise<Level[]> =>
  (await sql.query<{ level: Level }>('org-child-levels', 'select distinct level from org.unit where parent = $1', [code])).map(
    (r) => r.level,
  );

/** Answers the codes that were new; those already there stay as they are. Parents may come in any order within the list. */
export async function insertUnits(tx: Tx, units: readonly Unit[]): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    'org-insert-units',
    `insert into org.unit (code, parent, level, names) select * from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) on conflict (code) do nothing returning code`,
    [units.map((u) => u.code), units.map((u) => u.parent), units.map((u) => u.level), units.map((u) => JSON.stringify(u.names))],
  );
  return rows.map((r) => r.code);
}

export const updateUnit = (tx: Tx, u: { code: string; parent: string | null; level: Level; names: Names }) =>
  tx.query('org-update-unit', 'update org.unit set parent = $2, level = $3, names = $4 where code = $1', [
    u.code,
    u.parent,
    u.level,
    JSON.stringify(u.names),
  ]);

/* ── accounts ── */

export interface NewPerson {
  readonly login: string;
  readonly name: string;
  readonly password: string | null;
  readonly role: string;
  readonly unit: string;
  readonly partner: Partner | null;
  readonly language: 'zh' | 'en' | null;
}

/** Answers those whose login was new. */
export async function insertAccounts(tx: Tx, people: readonly NewPerson[]): Promise<Person[]> {
  const rows = await tx.query<Row>(
    'org-insert-accounts',
    `insert into org.account as a (login, name, password, role, unit, partner_kind, partner_value, language)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) on conflict (login) do nothing returning ${COLUMNS}`,
    [
      people.map((p) => p.login),
      people.map((p) => p.name),
      people.map((p) => p.password),
      people.map((p) => p.role),
      people.map((p) => p.unit),
      people.map((p) => p.partner?.kind ?? null),
      people.map((p) => p.partner?.value ?? null),
      people.map((p) => p.language),
    ],
  );
  return rows.map(person);
}

export const updateAccount = (tx: Tx, p: Person) =>
  tx.query(
    'org-update-account',
    'update org.account set name = $2, password = $3, role = $4, unit = $5, partner_kind = $6, partner_value = $7, language = $8, open = $9 where id = $1',
    [p.id, p.name, p.password, p.role, p.unit, p.partner?.kind ?? null, p.partner?.value ?? null, p.language, p.open],
  );

export const noteSignIn = (tx: Tx, id: string) =>
  tx.query('org-signed-in', 'update org.account set signed_in_at = now() where id = $1', [id]);

export const anyAccount = async (sql: Sql): Promise<boolean> =>
  (await sql.query('org-any-account', 'select 1 from org.account limit 1')).length > 0;

export async function findAccount(sql: Sql, by: { id: string } | { login: string } | { subject: string }): Promise<Person | undefined> {
  const [column, value] = Object.entries(by)[0] as [string, string];
  const [row] = await sql.query<Row>(`org-account-by-${column}`, `select ${COLUMNS} from org.account a where a.${column} = $1`, [value]);
  return row && person(row);
}

/** Locked for change until the transaction's end (for no key update). */
export async function lockAccount(tx: Tx, id: string): Promise<Person | undefined> {
  const [row] = await tx.query<Row>('org-lock-account', `select ${COLUMNS} from org.account a where a.id = $1 for no key update`, [id]);
  return row && person(row);
}

export interface AccountFilter {
  /** Begins the login, or is anywhere in the name. */
  readonly q?: string;
  readonly units: readonly string[] | null;
  readonly role?: string;
  readonly open?: boolean;
  /** The last login of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export async function listAccounts(sql: Sql, f: AccountFilter): Promise<{ items: Person[]; total: number }> {
  const where = `($1::text is null or starts_with(a.login, lower($1)) or strpos(lower(a.name), lower($1)) > 0) and ($2::text[] is null or a.unit = any($2))
     and ($3::text is null or a.role = $3) and ($4::boolean is null or a.open = $4)`;
  const values = [f.q ?? null, f.units, f.role ?? null, f.open ?? null];
  const rows = await sql.query<Row>(
    '',
    `select ${COLUMNS} from org.account a where ${where} and ($5::text is null or a.login > $5) order by a.login limit $6`,
    [...values, f.after ?? null, f.limit],
  );
  const [count] = await sql.query<{ n: number }>('', `select count(*) n from org.account a where ${where}`, values);
  return { items: rows.map(person), total: count?.n ?? 0 };
}

/** Sign-in names of a partner's people. */
export const partnerLogins = async (sql: Sql, partner: Partner): Promise<string[]> =>
  (
    await sql.query<{ login: string }>(
      'org-partner-logins',
      'select login from org.account where partner_kind = $1 and partner_value = $2',
      [partner.kind, partner.value],
    )
  ).map((r) => r.login);

export const accountsIn = async (sql: Sql, units: readonly string[]): Promise<string[]> =>
  (await sql.query<{ id: string }>('org-accounts-in', 'select id from org.account where unit = any($1)', [units])).map((r) => r.id);

/** False: the account is linked to somebody else already. */
export const linkSubject = async (tx: Tx, id: string, subject: string): Promise<boolean> =>
  (await tx.query('org-link', 'update org.account set subject = $2 where id = $1 and subject is null returning 1', [id, subject])).length >
  0;

/* ── sessions ── */

const LIVES = `s.seen_at > now() - interval '8 hours' and s.created_at > now() - interval '7 days'`;

export const insertSession = (tx: Tx, s: { token: Buffer; account: string; address: string }) =>
  tx.query('org-insert-session', 'insert into org.session (token, account, address) values ($1, $2, $3)', [s.token, s.account, s.address]);

/** The open account of a session that is not over, and whether its last sign of life should be written down (once a minute). */
export async function findSession(sql: Sql, token: Buffer): Promise<{ person: Person; stale: boolean } | undefined> {
  const [row] = await sql.query<Row & { stale: boolean }>(
    'org-session',
    `select ${COLUMNS}, s.seen_at < now() - interval '1 minute' as stale from org.session s join org.account a on a.id = s.account
     where s.token = $1 and a.open and ${LIVES}`,
    [token],
  );
  return row && { person: person(row), stale: row.stale };
}

export const touchSession = (sql: Sql, token: Buffer) =>
  sql.query('org-touch-session', 'update org.session set seen_at = now() where token = $1', [token]);

export const deleteSession = (sql: Sql, token: Buffer) =>
  sql.query('org-delete-session', 'delete from org.session where token = $1', [token]);

/** All of an account's, but perhaps the one it is calling with. */
export const deleteSessions = (sql: Sql, account: string, but: Buffer | null = null) =>
  sql.query('org-delete-sessions', 'delete from org.session where account = $1 and ($2::bytea is null or token <> $2)', [account, but]);

export const deleteOldSessions = (sql: Sql) => sql.query('org-old-sessions', `delete from org.session s where not (${LIVES})`);

/* ── settings ── */

export async function findSetting<T>(sql: Sql, name: string): Promise<{ value: T; sealed: Buffer | null } | undefined> {
  const [row] = await sql.query<{ value: T; sealed: Buffer | null }>(
    'org-setting',
    'select value, sealed from org.setting where name = $1',
    [name],
  );
  return row;
}

export const putSetting = (tx: Tx, name: string, value: unknown, sealed: Buffer | null = null) =>
  tx.query(
    'org-put-setting',
    'insert into org.setting (name, value, sealed) values ($1, $2, $3) on conflict (name) do update set value = excluded.value, sealed = excluded.sealed',
    [name, JSON.stringify(value), sealed],
  );

export const dropSetting = (tx: Tx, name: string) => tx.query('org-drop-setting', 'delete from org.setting where name = $1', [name]);

/** Open accounts of these roles that are nobody's partner, by name. */
export const openAccountsOf = (sql: Sql, roles: readonly string[]): Promise<{ id: string; name: string; unit: string }[]> =>
  sql.query(
    'org-accounts-of',
    'select id, name, unit from org.account where open and partner_kind is null and role = any($1) order by name, login limit 1000',
    [roles],
  );
