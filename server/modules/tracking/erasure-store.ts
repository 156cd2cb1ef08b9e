import type { Sql, Tx } from '#platform/db';
import type { Asked, Counts, Ref } from './erasure.ts';
import type { EventRow } from './store.ts';

/** SQL of erasures. */

export interface ErasureRow {
  id: string;
  at: number;
  by: string;
  reason: string;
  done: number | null;
  journeys: number | null;
  events: number | null;
  vals: number | null;
  shared: number | null;
  doubtful: number | null;
  customers: number | null;
  parties: number | null;
  services: number | null;
  homes: number | null;
  contacts: number | null;
  others: number | null;
}

const ERASURE = 'id, at, by, reason, done, journeys, events, vals, shared, doubtful, customers, parties, services, homes, contacts, others';

export const saveErasure = (tx: Tx, e: { id: string; at: number; by: string; reason: string; asked: Asked }) =>
  tx.query(
    'tracking-erasure',
    'insert into tracking.erasure (id, at, by, reason, asked) values ($1, $2, $3, $4, $5) on conflict (id) do nothing',
    [e.id, e.at, e.by, e.reason, JSON.stringify(e.asked)],
  );

/** What an erasure was asked for, while it is not done; locked until the transaction ends. */
export const lockErasure = async (tx: Tx, id: string): Promise<{ asked: Asked; by: string; reason: string } | undefined> =>
  (
    await tx.query<{ asked: Asked; by: string; reason: string }>(
      'tracking-erasure-lock',
      'select asked, by, reason from tracking.erasure where id = $1 and done is null for update',
      [id],
    )
  )[0];

export const closeErasure = (tx: Tx, id: string, done: number, n: Counts) =>
  tx.query(
    'tracking-erasure-close',
    `update tracking.erasure set asked = null, done = $2, journeys = $3, events = $4, vals = $5, shared = $6, doubtful = $7,
       customers = $8, parties = $9, services = $10, homes = $11, contacts = $12, others = $13 where id = $1`,
    [id, done, n.journeys, n.events, n.values, n.shared, n.doubtful, n.customers, n.parties, n.services, n.homes, n.contacts, n.others],
  );

export const erasuresById = (sql: Sql, ids: readonly string[]): Promise<ErasureRow[]> =>
  sql.query<ErasureRow & Record<string, never>>(
    'tracking-erasures-by-id',
    `select ${ERASURE} from tracking.erasure where id = any($1::uuid[])`,
    [ids],
  );

/** The newest first, from behind `after` on. */
export const erasures = (
  sql: Sql,
  { after, limit }: { after: { at: number; id: string } | undefined; limit: number },
): Promise<ErasureRow[]> =>
  sql.query<ErasureRow & Record<string, never>>(
    'tracking-erasures',
    `select ${ERASURE} from tracking.erasure where $1::bigint is null or (at, id) < ($1, $2::uuid) order by at desc, id desc limit $3`,
    [after?.at ?? null, after?.id ?? null, limit],
  );

export const countErasures = async (sql: Sql): Promise<number> =>
  (await sql.query<{ n: number }>('tracking-erasures-count', 'select count(*)::int n from tracking.erasure'))[0]?.n ?? 0;

export const knownErasures = (sql: Sql, ids: readonly string[]): Promise<{ id: string }[]> =>
  sql.query('tracking-erasures-known', 'select id from tracking.erasure where id = any($1::uuid[])', [ids]);

/**
 * Waits for the batches in hand and keeps new ones out until the transaction ends: every batch begins by writing here, so nothing else
 * is locked yet by whoever waits.
 */
export const stopIntake = (tx: Tx) => tx.query('tracking-stop-intake', 'lock table tracking.ledger in share row exclusive mode', []);

export const journeysNaming = (sql: Sql, hashes: readonly string[]): Promise<{ object: string; journey: string }[]> =>
  sql.query('tracking-journeys-naming', 'select object, journey from tracking.member where object = any($1::uuid[])', [hashes]);

export const peopleOf = (sql: Sql, journeys: readonly string[]): Promise<{ journey: string; person: string }[]> =>
  sql.query(
    'tracking-people-of',
    `select m.journey, m.object person from tracking.member m join tracking.object o on o.id = m.object where m.journey = any($1::uuid[]) and o.kind = 'idNumber'`,
    [journeys],
  );

/** Journeys beside `his` that these events belong to; all journeys that hold one of `objects` are looked through. */
export const otherJourneys = (
  sql: Sql,
  objects: readonly string[],
  his: readonly string[],
  events: readonly EventRow[],
): Promise<{ journey: string; event: number }[]> =>
  sql.query(
    'tracking-other-journeys',
    `select l.journey, l.event from (select distinct journey from tracking.member where object = any($1::uuid[]) and not journey = any($2::uuid[])) j
     cross join unnest($3::bigint[], $4::bigint[]) e(at, event) join tracking.link l on l.journey = j.journey and l.at = e.at and l.event = e.event`,
    [objects, his, events.map((e) => e.at), events.map((e) => e.id)],
  );

export interface Around {
  readonly hashes: readonly string[];
  readonly journeys: readonly string[];
  readonly events: readonly number[];
  readonly personal: readonly string[];
  /** Events that wait for a journey are looked through too. */
  readonly waiting: boolean;
}

/** Every personal value that other events refer to, among those of these journeys, of all that name one of the hashes, and those that wait. */
export async function refsElsewhere(sql: Sql, { hashes, journeys, events, personal, waiting }: Around): Promise<Ref[]> {
  const rows = await sql.query<{ subject: string; id: string }>(
    'tracking-refs-elsewhere',
    `with j as (select distinct journey from tracking.member where object = any($1::uuid[]) union select unnest($2::uuid[])),
       e as (select l.event id from j join tracking.link l on l.journey = j.journey union select event from tracking.parked where $5 and object = any($1::uuid[])
             except select unnest($3::bigint[])),
       x as (select v.keys, v.person from e join tracking.event v on v.id = e.id)
     select p.value->>0 subject, p.value->>1 id from x cross join lateral json_each(x.person) p where x.person is not null
     union
     select k.id, k.id from x cross join lateral json_each(x.keys) kind cross join lateral json_array_elements_text(kind.value) k(id) where kind.key = any($4::text[])`,
    [hashes, journeys, events, personal, waiting],
  );
  return rows.map((r): Ref => [r.subject, r.id]);
}

/** The only change an event ever sees. `marks` says that it saw it. */
export async function emptyEvents(
  tx: Tx,
  rows: readonly { id: number; keys: object; person: object | null }[],
  mark: number,
): Promise<void> {
  await tx.query(
    'tracking-empty-events',
    `update tracking.event e set keys = g.keys, person = g.person, sealed = null, marks = e.marks | $2::smallint
     from json_to_recordset($1::json) g(id bigint, keys json, person json) where e.id = g.id`,
    [JSON.stringify(rows), mark],
  );
}

export const conflictsOf = (sql: Sql, events: readonly number[]): Promise<{ id: number }[]> =>
  sql.query('tracking-conflicts-of', 'select id from tracking.conflict where event = any($1::bigint[])', [events]);

export const emptyConflicts = (tx: Tx, rows: readonly { id: number; other: Buffer }[]) =>
  tx.query(
    'tracking-empty-conflicts',
    'update tracking.conflict c set other = g.other from unnest($1::bigint[], $2::bytea[]) g(id, other) where c.id = g.id',
    [rows.map((r) => r.id), rows.map((r) => r.other)],
  );

export const dropTickets = (tx: Tx, journeys: readonly string[]) =>
  tx.query('tracking-drop-tickets', 'delete from tracking.ticket where journey = any($1::uuid[])', [journeys]);

/** Gives his events' numbers other names: new objects, and the same places in the waiting room. */
export async function renameObjects(tx: Tx, names: ReadonlyMap<string, string>, events: readonly number[]): Promise<void> {
  const values = [[...names.keys()], [...names.values()]];
  await tx.query(
    'tracking-rename-objects',
    `insert into tracking.object (id, kind, role, value) select g.new, o.kind, o.role, null from unnest($1::uuid[], $2::uuid[]) g(old, new)
     join tracking.object o on o.id = g.old on conflict do nothing`,
    values,
  );
  await tx.query(
    'tracking-rename-parked',
    `update tracking.parked p set object = g.new from unnest($1::uuid[], $2::uuid[]) g(old, new) where p.object = g.old and p.event = any($3::bigint[])`,
    [...values, events],
  );
}

/** What his waiting events said of him beside their keys. */
export const unparkUnder = (tx: Tx, hashes: readonly string[], events: readonly number[]) =>
  tx.query('tracking-unpark-under', 'delete from tracking.parked where object = any($1::uuid[]) and event = any($2::bigint[])', [
    hashes,
    events,
  ]);

/** A number that was a journey's root or part by its source's own map: its journey gets the new name everywhere. */
export async function renameJourneys(tx: Tx, names: ReadonlyMap<string, string>): Promise<void> {
  const values = [[...names.keys()], [...names.values()]];
  const places = [
    'journey.id',
    'link.journey',
    'member.journey',
    'member.object',
    'edge.a',
    'edge.b',
    'repair.journey',
    'repair.object',
    'import_object.object',
  ];
  for (const place of places) {
    const [table, column] = place.split('.') as [string, string];
    const text = `update tracking.${table} t set ${column} = g.new from unnest($1::uuid[], $2::uuid[]) g(old, new) where t.${column} = g.old`;
    await tx.query(`tracking-rename-${table}-${column}`, text, values);
  }
}

/** What is left of hashes that nobody names any more. */
export async function dropObjects(tx: Tx, hashes: readonly string[]): Promise<void> {
  await tx.query('tracking-drop-object-members', 'delete from tracking.member where object = any($1::uuid[])', [hashes]);
  await tx.query('tracking-drop-object-parked', 'delete from tracking.parked where object = any($1::uuid[])', [hashes]);
  await tx.query('tracking-drop-object-imports', 'delete from tracking.import_object where object = any($1::uuid[])', [hashes]);
  await tx.query('tracking-drop-objects', 'delete from tracking.object where id = any($1::uuid[])', [hashes]);
}
