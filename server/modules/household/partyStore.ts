import { list, type Sql, type Tx } from '#platform/db';
import type { PartyKind } from './model.ts';

/** Parties and what is personal of them. `areas`: those that the caller may see; whoever belongs to none is for those who see all. */

export type Areas = 'all' | readonly string[];
export const areasOf = (areas: Areas): readonly string[] | null => (areas === 'all' ? null : areas);

export interface PartyRow {
  readonly id: string;
  readonly source: string;
  readonly kind: PartyKind;
  readonly area: string | null;
  /** The one it was merged into, directly. */
  readonly merged_into: string | null;
  readonly made_at: number;
}

/** A party with the keyed hashes of all personal values that were ever said of it. */
export interface PartyHashes extends PartyRow {
  readonly personal: readonly { readonly kind: string; readonly ref: string; readonly at: number }[];
}

const FIELDS = 'p.id, p.source, p.kind, p.area, p.merged_into, p.made_at';
const OPEN = '($2::text[] is null or p.area = any($2))';
const HASHES = `coalesce((select json_agg(json_build_object('kind', v.kind, 'ref', v.ref, 'at', v.at) order by v.kind, v.at desc, v.ref)
  from household.personal v where v.party = p.id), '[]') personal`;
type Row = PartyHashes & Record<string, never>;

/** In the order of ids, from behind `after` on. */
export const partiesPage = (
  sql: Sql,
  { areas, area = null, after, limit }: { areas: Areas; area?: readonly string[] | null; after: string | null; limit: number },
): Promise<PartyHashes[]> =>
  sql.query<Row>(
    'household-parties-page',
    `select ${FIELDS}, ${HASHES} from household.party p where ($1::uuid is null or p.id > $1) and ${OPEN} and ($3::text[] is null or p.area = any($3)) order by p.id limit $4`,
    [after, areasOf(areas), area, limit],
  );

export const partiesById = (sql: Sql, ids: readonly string[], areas: Areas): Promise<PartyHashes[]> =>
  sql.query<Row>(
    'household-parties-by-id',
    `select ${FIELDS}, ${HASHES} from household.party p where p.id = any($1::uuid[]) and ${OPEN} order by p.id`,
    [list(ids), areasOf(areas)],
  );

/** Its number in its source, sealed. */
export const keyOfParty = async (sql: Sql, id: string): Promise<Buffer> =>
  (await sql.query<{ key: Buffer }>('household-party-key', 'select key from household.party where id = $1', [id]))[0]?.key ??
  Buffer.alloc(0);

/** Everyone of whom one of these values was ever said. */
export const partiesWith = (sql: Sql, refs: readonly string[], areas: Areas): Promise<PartyHashes[]> =>
  sql.query<Row>(
    'household-parties-with',
    `select ${FIELDS}, ${HASHES} from household.party p where p.id in (select party from household.personal where ref = any($1::uuid[])) and ${OPEN} order by p.id`,
    [list(refs), areasOf(areas)],
  );

/** Values of a kind that more than one party has, in the order of their hashes, each with its parties; what is merged counts as it was said. */
export const sharedValues = (
  sql: Sql,
  { kind, after, limit }: { kind: string; after: string | null; limit: number },
): Promise<{ ref: string; parties: string[] }[]> =>
  sql.query(
    'household-shared-values',
    `select ref, array_agg(party order by party) parties from household.personal where kind = $1 and ($2::uuid is null or ref > $2)
     group by ref having count(*) > 1 order by ref limit $3`,
    [kind, after, limit],
  );

/** Locks parties in the order of their ids. */
export const lockParties = (tx: Tx, ids: readonly string[], areas: Areas): Promise<PartyRow[]> =>
  tx.query<PartyRow & Record<string, never>>(
    'household-party-lock',
    `select ${FIELDS} from household.party p where p.id = any($1::uuid[]) and ${OPEN} order by p.id for update`,
    [list(ids), areasOf(areas)],
  );

export const setMerged = (tx: Tx, id: string, into: string | null) =>
  tx.query('household-party-merge', 'update household.party set merged_into = $2 where id = $1', [id, into]);

/** Who each of them is after all merging: itself, or the one at the end of its way. Those that are not there stand for themselves. */
export async function survivorsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; survivor: string }>(
    'household-survivors',
    `with recursive way (id, here) as (
       select i, i from unnest($1::uuid[]) i union
       select w.id, p.merged_into from way w join household.party p on p.id = w.here where p.merged_into is not null)
     select w.id, w.here survivor from way w where not exists (select from household.party p where p.id = w.here and p.merged_into is not null)`,
    [list([...new Set(ids)])],
  );
  return new Map(rows.map((r) => [r.id, r.survivor]));
}

/** All that these stand for, themselves too. */
export async function membersOf(sql: Sql, survivors: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ root: string; id: string }>(
    'household-members',
    `with recursive down (root, id) as (
       select i, i from unnest($1::uuid[]) i union
       select d.root, p.id from down d join household.party p on p.merged_into = d.id)
     select root, id from down order by root, id`,
    [list([...new Set(survivors)])],
  );
  const out = new Map<string, string[]>();
  for (const { root, id } of rows) out.set(root, [...(out.get(root) ?? []), id]);
  return out;
}
