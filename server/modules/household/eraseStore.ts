import { list, type Sql, type Tx } from '#platform/db';

/** What an erasure reads and empties. */

export const partiesWithValue = async (sql: Sql, kind: string, ref: string): Promise<string[]> =>
  (
    await sql.query<{ party: string }>(
      'household-erase-find',
      'select party from household.personal where ref = $2::uuid and kind = $1 order by party',
      [kind, ref],
    )
  ).map((r) => r.party);

export const lockParties = (tx: Tx, ids: readonly string[]) =>
  tx.query('household-erase-lock', 'select id from household.party where id = any($1::uuid[]) order by id for update', [list(ids)]);

/** Each with the ID numbers and phones that are known of it. */
export const peopleOf = (sql: Sql, ids: readonly string[]): Promise<{ id: string; people: string[]; phones: string[] }[]> =>
  sql.query(
    'household-erase-people',
    `select p.id, array(select v.ref::text from household.personal v where v.party = p.id and v.kind = 'idNumber') people,
       array(select v.ref::text from household.personal v where v.party = p.id and v.kind = 'phone') phones
     from household.party p where p.id = any($1::uuid[]) order by p.id`,
    [list(ids)],
  );

export const servicesOf = async (sql: Sql, parties: readonly string[]): Promise<string[]> =>
  (
    await sql.query<{ service: string }>(
      'household-erase-services',
      'select distinct service from household.owner where party = any($1::uuid[]) order by service',
      [list(parties)],
    )
  ).map((r) => r.service);

/** Homes that these services alone name. */
export const homesOfAlone = async (sql: Sql, services: readonly string[]): Promise<string[]> =>
  (
    await sql.query<{ home: string }>(
      'household-erase-homes',
      `select distinct home from household.service s where id = any($1::uuid[]) and home is not null
         and not exists (select from household.service o where o.home = s.home and o.id <> all($1::uuid[])) order by home`,
      [list(services)],
    )
  ).map((r) => r.home);

/** The services that name these homes. */
export const servicesAt = (tx: Tx, homes: readonly string[]): Promise<{ id: string; home: string }[]> =>
  tx.query('household-services-at', 'select id, home from household.service where home = any($1::uuid[]) order by id', [list(homes)]);

/** Those of these parties of whom something personal is known. */
export const partiesSpeaking = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ party: string }>(
      'household-parties-speaking',
      'select distinct party from household.personal where party = any($1::uuid[])',
      [list(ids)],
    )
  ).map((r) => r.party);

/** Those of these values that a party has. */
export const sharedRefs = async (tx: Tx, refs: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ ref: string }>('household-shared-refs', 'select distinct ref from household.personal where ref = any($1::uuid[])', [
      list(refs),
    ])
  ).map((r) => r.ref);

export async function emptyParties(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('household-erase-personal', 'delete from household.personal where party = any($1::uuid[])', [list(ids)]);
  await tx.query('household-erase-parties', `update household.party set key = '' where id = any($1::uuid[])`, [list(ids)]);
}

export async function emptyServices(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    'household-erase-numbers',
    `update household.service set key = '', number = null, shown = null where id = any($1::uuid[])`,
    [list(ids)],
  );
  await tx.query(
    'household-erase-devices',
    `update household.device set serial = '', serial_hash = gen_random_uuid() where service = any($1::uuid[])`,
    [list(ids)],
  );
}

export const emptyHomes = (tx: Tx, ids: readonly string[]) =>
  tx.query('household-erase-addresses', `update household.home set key = '', address = null, shown = null where id = any($1::uuid[])`, [
    list(ids),
  ]);
