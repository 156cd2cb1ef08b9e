import { column } from '#platform/columns';
import { list, type Sql, type Tx } from '#platform/db';
import { Message } from '#platform/message';
import { unpackRow } from './pack.ts';
import type { JourneyRecord } from './record.ts';
import { copyEvents, type EventRow, JOURNEY, journeyArray, type LedgerRow, type LinkRow, type NewEvent, SAVE_JOURNEYS } from './rows.ts';

export type { EventRow, LedgerRow, LinkRow } from './rows.ts';

/** All SQL of the intake. One statement a function; sets in, sets out; rows are always locked in the order of their ids. */

/** Claims identities; answers those that are new. Sorted, so that two batches never wait for each other crosswise. */
export async function claimIdentities(tx: Tx, rows: readonly LedgerRow[]): Promise<Set<string>> {
  const sorted = rows.toSorted((a, b) => (a.identity < b.identity ? -1 : 1));
  const fresh = await tx.query<{ identity: string }>(
    'tracking-claim',
    'insert into tracking.ledger select * from unnest($1::uuid[], $2::uuid[], $3::bigint[]) on conflict do nothing returning identity',
    [column.uuid(sorted.map((r) => r.identity)), column.uuid(sorted.map((r) => r.content)), column.bigint(sorted.map((r) => r.event))],
  );
  return new Set(fresh.map((r) => r.identity));
}

export const knownIdentities = (sql: Sql, identities: readonly string[]): Promise<LedgerRow[]> =>
  sql.query<LedgerRow & Record<string, never>>(
    'tracking-known',
    'select identity, content, event from tracking.ledger where identity = any($1::uuid[])',
    [column.uuid(identities)],
  );

export async function takeNumbers(tx: Sql): Promise<number> {
  const [row] = await tx.query<{ n: number }>('tracking-numbers', `select nextval('tracking.event_n') n`);
  return row?.n ?? 0;
}

export interface ObjectRow {
  id: string;
  kind: string;
  role: string;
  value: string | null;
}

export const objectColumns = (rows: readonly ObjectRow[]): Buffer[] => [
  column.uuid(rows.map((r) => r.id)),
  column.text(rows.map((r) => r.kind)),
  column.text(rows.map((r) => r.role)),
  column.text(rows.map((r) => r.value)),
];

/** Answers the ids that were new; waits for whoever is just making one of them. */
export async function makeObjects(tx: Tx, rows: readonly ObjectRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const made = await tx.query<{ id: string }>(
    'tracking-objects',
    'insert into tracking.object select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) on conflict do nothing returning id',
    objectColumns(sorted),
  );
  return new Set(made.map((r) => r.id));
}

export const lockObjects = (tx: Tx, ids: readonly string[]): Promise<ObjectRow[]> =>
  tx.query<ObjectRow & Record<string, never>>(
    'tracking-lock-objects',
    'select id, kind, role, value from tracking.object where id = any($1::uuid[]) order by id for update',
    [ids],
  );

export const objectsById = (sql: Sql, ids: readonly string[]): Promise<ObjectRow[]> =>
  sql.query<ObjectRow & Record<string, never>>(
    'tracking-objects-by-id',
    'select id, kind, role, value from tracking.object where id = any($1::uuid[])',
    [ids],
  );

export interface MemberRow {
  object: string;
  journey: string;
  distance: number;
  since: number;
}

/** Memberships of roots and parts, with the structure count of each journey: whoever locks the journey later can tell whether they still hold. */
export const membersOf = (sql: Sql, objects: readonly string[]): Promise<(MemberRow & { struct: number | null })[]> =>
  sql.query(
    'tracking-members',
    `select m.object, m.journey, m.distance, m.since, j.struct from tracking.member m left join tracking.journey j on j.id = m.journey
     where m.object = any($1::uuid[]) and m.distance < 100`,
    [list(objects)],
  );

export const edgesAmong = (sql: Sql, pairs: readonly (readonly [string, string])[]): Promise<{ a: string; b: string }[]> =>
  sql.query(
    'tracking-edges-among',
    'select e.a, e.b from unnest($1::uuid[], $2::uuid[]) g(a, b) join tracking.edge e on e.a = g.a and e.b = g.b',
    [pairs.map((p) => p[0]), pairs.map((p) => p[1])],
  );

export async function makeEdges(tx: Tx, pairs: readonly (readonly [string, string])[]): Promise<void> {
  if (pairs.length === 0) return;
  const both = [...pairs, ...pairs.map(([a, b]) => [b, a] as const)].sort((x, y) =>
    x[0] === y[0] ? (x[1] < y[1] ? -1 : 1) : x[0] < y[0] ? -1 : 1,
  );
  await tx.query('tracking-edges', 'insert into tracking.edge select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing', [
    list(both.map((p) => p[0])),
    list(both.map((p) => p[1])),
  ]);
}

export async function saveMembers(tx: Tx, rows: readonly MemberRow[]): Promise<void> {
  if (rows.length === 0) return;
  const sorted = rows.toSorted((a, b) => (a.object === b.object ? (a.journey < b.journey ? -1 : 1) : a.object < b.object ? -1 : 1));
  await tx.query(
    'tracking-save-members',
    `insert into tracking.member as m select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[])
     on conflict (object, journey) do update set distance = excluded.distance, since = least(m.since, excluded.since)
     where m.distance <> excluded.distance or m.since > excluded.since`,
    memberColumns(sorted),
  );
}

export const memberColumns = (rows: readonly MemberRow[]): Buffer[] => [
  column.uuid(rows.map((r) => r.object)),
  column.uuid(rows.map((r) => r.journey)),
  column.smallint(rows.map((r) => r.distance)),
  column.bigint(rows.map((r) => r.since)),
];

export async function dropMembers(tx: Tx, rows: readonly { object: string; journey: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    'tracking-drop-members',
    'delete from tracking.member m using unnest($1::uuid[], $2::uuid[]) g(object, journey) where m.object = g.object and m.journey = g.journey',
    [rows.map((r) => r.object), rows.map((r) => r.journey)],
  );
}

export const dropAttachments = (tx: Tx, journeys: readonly string[]) =>
  tx.query('tracking-drop-attachments', 'delete from tracking.member where journey = any($1::uuid[]) and distance >= 100', [journeys]);

/** The mark of an unknown scenario is our note, not the source's word: it goes when the scenario is there. */
export const clearUnknownScenario = (tx: Tx, events: readonly number[]) =>
  tx.query('tracking-clear-unknown', 'update tracking.event set marks = marks & ~4 where id = any($1::bigint[])', [events]);

/** What the fold goes on from. */
export type LockedJourney = Pick<
  JourneyRecord,
  'id' | 'struct' | 'scenario' | 'version' | 'root_kind' | 'root_value' | 'started' | 'own_over' | 'loose' | 'sources' | 'fold'
>;

export const LOCKED = 'id, struct, scenario, version, root_kind, root_value, started, own_over, loose, to_json(sources) sources, fold';

/** Journeys locked for this batch, in the order of ids. */
export const lockJourneys = async (tx: Tx, ids: readonly string[]): Promise<LockedJourney[]> =>
  (
    await tx.query<LockedJourney & Record<string, never>>(
      'tracking-lock-journeys',
      `select ${LOCKED} from tracking.journey where id = any($1::uuid[]) order by id for update`,
      [column.uuid(ids)],
    )
  ).map(unpackRow);

const EVENT = 'e.id, e.source, e.sid, e.type, e.at, e.seq, e.received, e.keys, e.scenario, e.handler, e.person, e.data, e.marks';

export const eventsOfJourneys = (sql: Sql, journeys: readonly string[]): Promise<(EventRow & { journey: string; via: number })[]> =>
  sql.query(
    'tracking-events-of',
    `select l.journey, l.via, ${EVENT} from tracking.link l join tracking.event e on e.id = l.event where l.journey = any($1::uuid[])`,
    [list(journeys)],
  );

export const parkedUnder = (sql: Sql, objects: readonly string[]): Promise<EventRow[]> =>
  sql.query<EventRow & Record<string, never>>(
    'tracking-parked-under',
    `select ${EVENT} from tracking.event e where e.id in (select event from tracking.parked where object = any($1::uuid[]))`,
    [objects],
  );

export async function saveEvents(tx: Tx, rows: readonly NewEvent[], now: number): Promise<void> {
  const m = new Message();
  copyEvents(m, rows, now);
  await tx.send(m);
}

export async function saveLinks(tx: Tx, rows: readonly LinkRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    'tracking-save-links',
    `insert into tracking.link as l select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[])
     on conflict (journey, at, event) do update set via = excluded.via where l.via <> excluded.via`,
    [
      column.uuid(rows.map((r) => r.journey)),
      column.bigint(rows.map((r) => r.at)),
      column.bigint(rows.map((r) => r.event)),
      column.smallint(rows.map((r) => r.via)),
    ],
  );
}

export async function dropLinks(tx: Tx, rows: readonly Omit<LinkRow, 'via'>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    'tracking-drop-links',
    `delete from tracking.link l using unnest($1::uuid[], $2::bigint[], $3::bigint[]) g(journey, at, event)
     where l.journey = g.journey and l.at = g.at and l.event = g.event`,
    [rows.map((r) => r.journey), rows.map((r) => r.at), rows.map((r) => r.event)],
  );
}

export async function park(tx: Tx, rows: readonly { object: string; event: number }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query('tracking-park', 'insert into tracking.parked select * from unnest($1::uuid[], $2::bigint[]) on conflict do nothing', [
    rows.map((r) => r.object),
    rows.map((r) => r.event),
  ]);
}

export const unpark = (tx: Tx, events: readonly number[]) =>
  tx.query('tracking-unpark', 'delete from tracking.parked where event = any($1::bigint[])', [events]);

export const dropJourneys = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.query('tracking-drop-journeys', 'delete from tracking.journey where id = any($1::uuid[])', [ids]);
  await tx.query('tracking-drop-journey-links', 'delete from tracking.link where journey = any($1::uuid[])', [ids]);
  await tx.query('tracking-drop-journey-members', 'delete from tracking.member where journey = any($1::uuid[])', [ids]);
};

/** Writes journeys' rows, new and known alike. */
export async function saveJourneys(tx: Tx, rows: readonly JourneyRecord[]): Promise<void> {
  if (rows.length === 0) return;
  const type = await tx.typeOf(JOURNEY);
  const m = new Message();
  m.ask({ name: 'tracking-save-journeys', text: SAVE_JOURNEYS }, 1);
  journeyArray(m, type, rows);
  await tx.send(m);
}

/** accepted, duplicates, conflicts, rejected of one source in one batch. */
export type Counts = Record<string, [accepted: number, duplicates: number, conflicts: number, rejected: number]>;

/** Erasures carried out: what is remembered of before the last one may be gone. */
export const EPOCH = '(select count(*) from tracking.erasure where done is not null)';

/** Ends a batch; answers the epoch, and the transaction that wrote its rows. */
export async function saveBatch(
  tx: Tx,
  now: number,
  journeys: readonly string[],
  counts: Counts,
): Promise<{ epoch: number; seen: string }> {
  const [row] = await tx.query<{ epoch: number; seen: string }>(
    'tracking-save-batch',
    `insert into tracking.batch (at, journeys, counts) values ($1, $2::uuid[], $3) returning ${EPOCH} epoch, pg_current_xact_id()::xid::text seen`,
    [now, column.uuid(journeys), JSON.stringify(counts)],
  );
  return row as { epoch: number; seen: string };
}

export const saveConflicts = (
  tx: Tx,
  rows: readonly { event: number; source: string; sid: string; at: number; other: Buffer; content: string }[],
) =>
  tx.query(
    'tracking-save-conflicts',
    `insert into tracking.conflict (event, source, sid, at, other, content)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bytea[], $6::uuid[]) on conflict do nothing`,
    [
      rows.map((r) => r.event),
      rows.map((r) => r.source),
      rows.map((r) => r.sid),
      rows.map((r) => r.at),
      rows.map((r) => r.other),
      rows.map((r) => r.content),
    ],
  );

/** Assets of these journeys, and which assets have events that wait for a holder or came only through them. */
export const assetsOf = (sql: Sql, journeys: readonly string[]): Promise<{ object: string }[]> =>
  sql.query('tracking-assets-of', 'select distinct object from tracking.member where journey = any($1::uuid[]) and distance = 100', [
    journeys,
  ]);

export const looseAssets = (sql: Sql, assets: readonly string[]): Promise<{ object: string }[]> =>
  sql.query(
    'tracking-loose-assets',
    `select g.object from unnest($1::uuid[]) g(object) where exists (select from tracking.parked p where p.object = g.object)
       or exists (select from tracking.member m join tracking.journey j on j.id = m.journey where m.object = g.object and m.distance = 100 and j.loose > 0)`,
    [assets],
  );

export const holdsOf = (
  sql: Sql,
  assets: readonly string[],
): Promise<
  { object: string; journey: string; since: number; own_over: number | null; started: number; scenario: string; version: number }[]
> =>
  sql.query(
    'tracking-holds',
    `select m.object, m.journey, m.since, j.own_over, j.started, j.scenario, j.version from tracking.member m join tracking.journey j on j.id = m.journey
     where m.object = any($1::uuid[]) and m.distance = 100`,
    [assets],
  );

export const looseEvents = (sql: Sql, journeys: readonly string[]): Promise<(EventRow & { journey: string })[]> =>
  sql.query(
    'tracking-loose-events',
    `select l.journey, ${EVENT} from tracking.link l join tracking.event e on e.id = l.event where l.journey = any($1::uuid[]) and l.via = 1`,
    [journeys],
  );

/** Journeys folded by another version of the fold, in the order of ids. */
export const outdatedJourneys = async (sql: Sql, after: string, version: number, limit: number): Promise<string[]> =>
  (
    await sql.query<{ id: string }>(
      'tracking-outdated',
      'select id from tracking.journey where id > $1 and fold_version < $2 order by id limit $3',
      [after, version, limit],
    )
  ).map((r) => r.id);
