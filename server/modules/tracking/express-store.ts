import { column } from '#platform/columns';
import type { Sender, Sql } from '#platform/db';
import { Message, type Statement, TYPE } from '#platform/message';
import { unpackRow } from './pack.ts';
import type { JourneyRecord } from './record.ts';
import { copyEvents, copyJourneys, copyLedger, copyLinks, JOURNEY, journeyArray, type NewEvent, updateJourneys } from './rows.ts';
import * as store from './store.ts';

/** What one express statement keeps. `identities`, `events` and `links` are of the same events; `repeated` must be kept already, just so. */
export interface ExpressRows {
  readonly now: number;
  readonly identities: readonly store.LedgerRow[];
  readonly repeated: readonly store.LedgerRow[];
  readonly events: readonly NewEvent[];
  readonly links: readonly store.LinkRow[];
  /** Known journeys with the transaction that each was last seen to be written by; sorted by id. */
  readonly known: readonly { readonly row: JourneyRecord; readonly seen: string }[];
  /** Journeys of them whose begin or end moved: no event without root or part may hang on what they hold. */
  readonly shifted: readonly string[];
  readonly born: Born;
  readonly journeys: readonly string[];
  readonly counts: store.Counts;
  readonly epoch: number;
  /** What `journeyType` answers. */
  readonly type: number;
}

export const journeyType = (sql: Sender): Promise<number> => sql.typeOf(JOURNEY);

/** What was not there before. */
export interface Born {
  readonly journeys: readonly JourneyRecord[];
  /** Roots, parts and assets that must be new; context that may be. */
  readonly objects: readonly store.ObjectRow[];
  readonly edges: readonly (readonly [string, string])[];
  readonly members: readonly store.MemberRow[];
}

/** What an event takes on the way, with its journey's row. */
const USUAL_BYTES = 1_800;

const BATCH = `batch as (insert into tracking.batch (at, journeys, counts) values ($1::bigint, $2::uuid[], $3::json))`;

/** True when all is as remembered; a division by zero otherwise, which undoes everything that came with it. */
const RIGHT = `select pg_current_xact_id()::xid::text seen, 1 / (case when (select count(*) from gone_on) = $4::bigint and ${store.EPOCH} = $5::bigint
    and (select count(*) from unnest($6::uuid[], $7::uuid[], $8::bigint[]) r(identity, content, event)
      join tracking.ledger l using (identity, content, event)) = $9::bigint
    and not exists (
      select from unnest($10::uuid[]) s(journey) join tracking.member m on m.journey = s.journey and m.distance = 100
      where exists (select from tracking.parked p where p.object = m.object)
        or exists (select from tracking.member o join tracking.journey j on j.id = o.journey where o.object = m.object and o.distance = 100 and j.loose > 0))`;
const GONE_ON = 11;
const OBJECTS = GONE_ON + 2;

const GO_ON: Statement = {
  name: 'tracking-express',
  text: `with gone_on as (${updateJourneys(GONE_ON)} returning 1), ${BATCH} ${RIGHT} then 1 else 0 end)`,
};
const BEAR: Statement = {
  name: 'tracking-express-born',
  text: `with gone_on as (${updateJourneys(GONE_ON)} returning 1), ${BATCH},
  made as (
    insert into tracking.object select * from unnest($${OBJECTS}::uuid[], $${OBJECTS + 1}::text[], $${OBJECTS + 2}::text[], $${OBJECTS + 3}::text[])
    on conflict do nothing returning role),
  edges as (insert into tracking.edge select * from unnest($${OBJECTS + 4}::uuid[], $${OBJECTS + 5}::uuid[]) on conflict do nothing),
  members as (
    insert into tracking.member select * from unnest($${OBJECTS + 6}::uuid[], $${OBJECTS + 7}::uuid[], $${OBJECTS + 8}::smallint[], $${OBJECTS + 9}::bigint[])
    on conflict do nothing)
  ${RIGHT} and (select count(*) from made where role <> 'context') = $${OBJECTS + 10}::bigint then 1 else 0 end)`,
};

/**
 * Keeps a batch in one message, all of it or nothing; answers the transaction that wrote it. Throws what `isDoubt` knows when anything is not as
 * this process remembers it: an identity is taken, a journey was written by somebody else, an object is not new. The ledger comes first: an erasure
 * locks it, and what is asked after it sees the erasure.
 */
export async function keepExpress(sql: Sender, rows: ExpressRows): Promise<string> {
  const { born } = rows;
  const m = new Message(rows.events.length * USUAL_BYTES);
  copyLedger(m, rows.identities);
  copyEvents(m, rows.events, rows.now);
  copyLinks(m, rows.links);
  if (born.journeys.length > 0) copyJourneys(m, born.journeys);
  const simple = born.journeys.length + born.objects.length + born.members.length === 0;
  m.ask(simple ? GO_ON : BEAR, simple ? OBJECTS - 1 : OBJECTS + 10);
  m.bigint(rows.now)
    .bytea(column.uuid(rows.journeys))
    .json(JSON.stringify(rows.counts))
    .bigint(rows.known.length)
    .bigint(rows.epoch)
    .bytea(column.uuid(rows.repeated.map((r) => r.identity)))
    .bytea(column.uuid(rows.repeated.map((r) => r.content)))
    .bytea(column.bigint(rows.repeated.map((r) => r.event)))
    .bigint(rows.repeated.length)
    .bytea(column.uuid(rows.shifted));
  journeyArray(
    m,
    rows.type,
    rows.known.map((k) => k.row),
  );
  m.array(TYPE.xid, rows.known.length);
  for (const { seen } of rows.known) m.xid(seen);
  m.close();
  if (!simple) {
    for (const c of store.objectColumns(born.objects)) m.bytea(c);
    m.bytea(column.uuid(born.edges.map((e) => e[0]))).bytea(column.uuid(born.edges.map((e) => e[1])));
    for (const c of store.memberColumns(born.members)) m.bytea(c);
    m.bigint(born.objects.filter((o) => o.role !== 'context').length);
  }
  const [answer] = await sql.send(m);
  return answer?.[0] ?? '';
}

/** Division by zero: the statement's own "not as remembered"; or somebody was quicker with the same rows. */
const DOUBTS = new Set(['22012', '23505', '40P01', '40001']);
export const isDoubt = (e: unknown): boolean => DOUBTS.has((e as { code?: string }).code ?? '');

/** Journeys of objects that are in the store, with each journey's structure count; an object without journeys has null. */
export const recallObjects = (
  sql: Sql,
  ids: readonly string[],
): Promise<{ object: string; journey: string | null; distance: number; struct: number }[]> =>
  sql.query(
    'tracking-recall-objects',
    `select o.id object, m.journey, m.distance, j.struct from tracking.object o left join tracking.member m on m.object = o.id and m.distance < 100
     left join tracking.journey j on j.id = m.journey where o.id = any($1::uuid[])`,
    [column.uuid(ids)],
  );

/** Journeys' rows with the transaction that wrote each. */
export const recallJourneys = async (sql: Sql, ids: readonly string[]): Promise<(store.LockedJourney & { seen: string })[]> =>
  (
    await sql.query<store.LockedJourney & { seen: string }>(
      'tracking-recall-journeys',
      `select ${store.LOCKED}, xmin::text seen from tracking.journey where id = any($1::uuid[])`,
      [column.uuid(ids)],
    )
  ).map(unpackRow);
