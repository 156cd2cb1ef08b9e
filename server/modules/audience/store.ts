import type { Sql, Tx } from '#platform/db';
import type { Share } from './contract.ts';

/** Who looks: `units`: those at whose sharing he is, null = all of them; `sees`: whether private ones are open to him too. */
export interface Viewer {
  readonly id: string;
  readonly units: readonly string[] | null;
  readonly all: boolean;
}

export interface AudienceRow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly share: Share;
  readonly owner: string;
  readonly owner_name: string;
  readonly unit: string | null;
  readonly version: number;
  readonly made_at: number;
  readonly changed_at: number;
  readonly archived_at: number | null;
  readonly definition: unknown;
}

type Row<T> = T & Record<string, never>;

const FIELDS =
  'a.id, a.name, a.note, a.share, a.owner, a.owner_name, a.unit, a.version, a.made_at, a.changed_at, a.archived_at, v.definition';
const JOINED = 'audience.audience a join audience.version v on v.audience = a.id and v.version = a.version';

/** Whether a row (`a`) is open to the viewer of parameters $1 to $3. */
const VISIBLE = `($3::boolean or a.share = 'everybody' or a.owner = $1 or (a.share = 'unit' and (a.unit is null or $2::text[] is null or a.unit = any($2))))`;
const viewing = (v: Viewer): unknown[] => [v.id, v.units, v.all];

export const findAudience = async (sql: Sql, viewer: Viewer, id: string): Promise<AudienceRow | undefined> =>
  (
    await sql.query<Row<AudienceRow>>('audience-find', `select ${FIELDS} from ${JOINED} where ${VISIBLE} and a.id = $4`, [
      ...viewing(viewer),
      id,
    ])
  )[0];

/** Locked for change until the transaction's end (for no key update). */
export const lockAudience = async (tx: Tx, viewer: Viewer, id: string): Promise<AudienceRow | undefined> =>
  (
    await tx.query<Row<AudienceRow>>(
      'audience-lock',
      `select ${FIELDS} from ${JOINED} where ${VISIBLE} and a.id = $4 for no key update of a`,
      [...viewing(viewer), id],
    )
  )[0];

/** Definitions by id, whoever may see them: what is open builds on what need not be. `open`: whether the viewer may name it himself. */
export const definitionsOf = (sql: Sql, viewer: Viewer, ids: readonly string[]) =>
  sql.query<{ id: string; name: string; where: unknown; open: boolean }>(
    'audience-definitions',
    `select a.id, a.name, v.definition as "where", ${VISIBLE} as open from ${JOINED} where a.id = any($4)`,
    [...viewing(viewer), ids],
  );

export interface Filter {
  readonly q?: string | undefined;
  readonly tag?: string | undefined;
  readonly uses?: string | undefined;
  readonly owner?: string | undefined;
  readonly archived: boolean;
  /** Only those that were saved in these units. */
  readonly units: readonly string[] | null;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly limit: number;
}

/** By name; `total` is exact. */
export async function listAudiences(sql: Sql, viewer: Viewer, f: Filter): Promise<{ items: AudienceRow[]; total: number }> {
  const where = `${VISIBLE} and ($4::text is null or strpos(lower(a.name), lower($4)) > 0) and ($5::text is null or v.tags @> array[$5])
    and ($6::uuid is null or v.uses @> array[$6]) and ($7::text is null or a.owner = $7) and (a.archived_at is not null) = $8
    and ($9::text[] is null or a.unit = any($9))`;
  const values = [...viewing(viewer), f.q ?? null, f.tag ?? null, f.uses ?? null, f.owner ?? null, f.archived, f.units];
  const items = await sql.query<Row<AudienceRow>>(
    '',
    `select ${FIELDS} from ${JOINED} where ${where} and ($10::text is null or (a.name, a.id) > ($10, $11::uuid)) order by a.name, a.id limit $12`,
    [...values, f.after?.name ?? null, f.after?.id ?? null, f.limit],
  );
  const [count] = await sql.query<{ n: number }>('', `select count(*) n from ${JOINED} where ${where}`, values);
  return { items, total: count?.n ?? 0 };
}

export interface NewRow {
  readonly name: string;
  readonly note: string;
  readonly share: Share;
  readonly owner: string;
  readonly ownerName: string;
  readonly unit: string | null;
  readonly at: number;
}

export const addAudience = async (tx: Tx, a: NewRow): Promise<string> =>
  (
    await tx.query<{ id: string }>(
      'audience-add',
      `insert into audience.audience (name, note, share, owner, owner_name, unit, version, made_at, changed_at) values ($1, $2, $3, $4, $5, $6, 1, $7, $7) returning id`,
      [a.name, a.note, a.share, a.owner, a.ownerName, a.unit, a.at],
    )
  )[0]?.id as string;

export const saveAudience = (
  tx: Tx,
  a: Pick<AudienceRow, 'id' | 'name' | 'note' | 'share' | 'version' | 'archived_at'> & { readonly at: number },
) =>
  tx.query(
    'audience-save',
    'update audience.audience set name = $2, note = $3, share = $4, version = $5, archived_at = $6, changed_at = $7 where id = $1',
    [a.id, a.name, a.note, a.share, a.version, a.archived_at, a.at],
  );

export interface VersionRow {
  readonly version: number;
  readonly definition: unknown;
  readonly at: number;
  readonly actor: string;
  readonly actor_name: string;
}

export interface Named {
  readonly tags: readonly string[];
  readonly uses: readonly string[];
}

export const addVersion = (tx: Tx, audience: string, v: VersionRow & Named) =>
  tx.query(
    'audience-version-add',
    'insert into audience.version (audience, version, definition, tags, uses, at, actor, actor_name) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [audience, v.version, JSON.stringify(v.definition), v.tags, v.uses, v.at, v.actor, v.actor_name],
  );

/** The latest first. */
export const versionsOf = (sql: Sql, audience: string): Promise<VersionRow[]> =>
  sql.query<Row<VersionRow>>(
    'audience-versions',
    'select version, definition, at, actor, actor_name from audience.version where audience = $1 order by version desc limit 500',
    [audience],
  );

export const versionOf = async (sql: Sql, audience: string, version: number): Promise<VersionRow | undefined> =>
  (
    await sql.query<Row<VersionRow>>(
      'audience-version',
      'select version, definition, at, actor, actor_name from audience.version where audience = $1 and version = $2',
      [audience, version],
    )
  )[0];

/* ── day by day ── */

export interface DayRow {
  readonly day: number;
  readonly version: number;
  readonly count: number;
  readonly batch: number;
}

/** Audiences in use that have no count of this day yet. */
export const uncounted = (sql: Sql, day: number): Promise<AudienceRow[]> =>
  sql.query<Row<AudienceRow>>(
    'audience-uncounted',
    `select ${FIELDS} from ${JOINED} where a.archived_at is null and not exists (select from audience.day d where d.audience = a.id and d.day = $1) order by a.id`,
    [day],
  );

/** The first count of a day stands. */
export const addDay = (sql: Sql, audience: string, d: DayRow & { readonly at: number }) =>
  sql.query(
    'audience-day-add',
    'insert into audience.day (audience, day, version, count, batch, at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [audience, d.day, d.version, d.count, d.batch, d.at],
  );

/** The latest first. */
export const daysOf = (sql: Sql, audience: string, limit: number): Promise<DayRow[]> =>
  sql.query<Row<DayRow>>(
    'audience-days',
    'select day, version, count, batch from audience.day where audience = $1 order by day desc limit $2',
    [audience, limit],
  );

/** The latest day of each. */
export const lastDays = (sql: Sql, audiences: readonly string[]) =>
  sql.query<{ audience: string; day: number; count: number }>(
    'audience-last-days',
    'select distinct on (audience) audience, day, count from audience.day where audience = any($1) order by audience, day desc',
    [audiences],
  );

/** Who was a member on the morning of a day. `tag`: the hidden flag; `whole` false: there were too many to remember. `funnel`: people left after each line. */
export interface RememberedRow {
  readonly audience: string;
  readonly day: number;
  readonly at: number;
  readonly version: number;
  readonly batch: number;
  readonly count: number;
  readonly funnel: readonly number[];
  readonly tag: number | null;
  readonly whole: boolean;
}

export const remembered = async (sql: Sql, audience: string): Promise<RememberedRow | undefined> =>
  (
    await sql.query<Row<RememberedRow>>(
      'audience-remembered',
      'select audience, day, at, version, batch, count, funnel, tag, whole from audience.remembered where audience = $1',
      [audience],
    )
  )[0];

export const remember = (tx: Tx, r: RememberedRow) =>
  tx.query(
    'audience-remember',
    `insert into audience.remembered (audience, day, at, version, batch, count, funnel, tag, whole) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (audience) do update set day = excluded.day, at = excluded.at, version = excluded.version, batch = excluded.batch, count = excluded.count,
       funnel = excluded.funnel, tag = excluded.tag, whole = excluded.whole`,
    [r.audience, r.day, r.at, r.version, r.batch, r.count, r.funnel, r.tag, r.whole],
  );

/** Audiences in use whose members were not remembered on this day yet. */
export const unremembered = (sql: Sql, day: number): Promise<AudienceRow[]> =>
  sql.query<Row<AudienceRow>>(
    'audience-unremembered',
    `select ${FIELDS} from ${JOINED} where a.archived_at is null and not exists (select from audience.remembered r where r.audience = a.id and r.day >= $1) order by a.id`,
    [day],
  );

/* ── lists ── */

export interface ListRow {
  readonly id: string;
  readonly name: string;
  readonly share: Share;
  readonly owner: string;
  readonly owner_name: string;
  readonly tag: number;
  readonly customers: number;
  readonly made_at: number;
}

const LIST = 'a.id, a.name, a.share, a.owner, a.owner_name, a.tag, a.customers, a.made_at';

export const listsNamed = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<(ListRow & { open: boolean })[]> =>
  sql.query<Row<ListRow & { open: boolean }>>(
    'audience-lists-named',
    `select ${LIST}, ${VISIBLE} as open from audience.list a where a.id = any($4)`,
    [...viewing(viewer), ids],
  );

/** The latest first; `units`: only those that were brought in these. */
export const allLists = (sql: Sql, viewer: Viewer, units: readonly string[] | null): Promise<ListRow[]> =>
  sql.query<Row<ListRow>>(
    'audience-lists',
    `select ${LIST} from audience.list a where ${VISIBLE} and ($4::text[] is null or a.unit = any($4)) order by a.made_at desc, a.id limit 500`,
    [...viewing(viewer), units],
  );

export const addList = async (tx: Tx, l: Omit<NewRow, 'note'> & { readonly tag: number; readonly customers: number }): Promise<string> =>
  (
    await tx.query<{ id: string }>(
      'audience-list-add',
      `insert into audience.list (name, share, owner, owner_name, unit, tag, customers, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [l.name, l.share, l.owner, l.ownerName, l.unit, l.tag, l.customers, l.at],
    )
  )[0]?.id as string;
