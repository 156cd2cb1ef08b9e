import { column } from '#platform/columns';
import type { Sql } from '#platform/db';
import { unpackRow } from './pack.ts';
import type { JourneyRecord } from './record.ts';
import {
  EVENT_WIDTH,
  eventColumns,
  insertEvents,
  insertJourneys,
  JOURNEY_WIDTH,
  journeyColumns,
  type NewEvent,
  updateJourneys,
} from './rows.ts';
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
}

/** What was not there before. */
export interface Born {
  readonly journeys: readonly JourneyRecord[];
  /** Roots, parts and assets that must be new; context that may be. */
  readonly objects: readonly store.ObjectRow[];
  readonly edges: readonly (readonly [string, string])[];
  readonly members: readonly store.MemberRow[];
}

/** Parameters $1…$8 are the batch's own, then the columns follow. */
const REPEATED = 9;
const LEDGER = REPEATED + 3;
const EVENTS = LEDGER + 3;
const LINKS = EVENTS + EVENT_WIDTH;
const KNOWN = LINKS + 4;
const OBJECTS = KNOWN + JOURNEY_WIDTH + 1;
const EDGES = OBJECTS + 4;
const MEMBERS = EDGES + 2;
const JOURNEYS = MEMBERS + 4;

const KEEP = `with claimed as (
    insert into tracking.ledger select * from unnest($${LEDGER}::uuid[], $${LEDGER + 1}::uuid[], $${LEDGER + 2}::bigint[]) on conflict do nothing returning 1),
  events as (${insertEvents(EVENTS)}),
  links as (insert into tracking.link select * from unnest($${LINKS}::uuid[], $${LINKS + 1}::bigint[], $${LINKS + 2}::bigint[], $${LINKS + 3}::smallint[])),
  gone_on as (${updateJourneys(KNOWN)} returning 1)`;

const BEAR = `,
  made as (
    insert into tracking.object select * from unnest($${OBJECTS}::uuid[], $${OBJECTS + 1}::text[], $${OBJECTS + 2}::text[], $${OBJECTS + 3}::text[])
    on conflict do nothing returning role),
  edges as (insert into tracking.edge select * from unnest($${EDGES}::uuid[], $${EDGES + 1}::uuid[]) on conflict do nothing),
  members as (
    insert into tracking.member select * from unnest($${MEMBERS}::uuid[], $${MEMBERS + 1}::uuid[], $${MEMBERS + 2}::smallint[], $${MEMBERS + 3}::bigint[])
    on conflict do nothing),
  born as (${insertJourneys(JOURNEYS)} on conflict do nothing returning 1)`;

const END = `,
  batch as (insert into tracking.batch (at, journeys, counts) values ($1, $2::uuid[], $3))
  select pg_current_xact_id()::xid::text seen, 1 / (case when (select count(*) from claimed) = $4 and (select count(*) from gone_on) = $5
    and ${store.EPOCH} = $6
    and (select count(*) from unnest($${REPEATED}::uuid[], $${REPEATED + 1}::uuid[], $${REPEATED + 2}::bigint[]) r(identity, content, event)
      join tracking.ledger l using (identity, content, event)) = $8
    and not exists (
      select from unnest($7::uuid[]) s(journey) join tracking.member m on m.journey = s.journey and m.distance = 100
      where exists (select from tracking.parked p where p.object = m.object)
        or exists (select from tracking.member o join tracking.journey j on j.id = o.journey where o.object = m.object and o.distance = 100 and j.loose > 0))`;

const SIMPLE = `${KEEP}${END} then 1 else 0 end) as right`;
const WHOLE = `${KEEP}${BEAR}${END} and (select count(*) from made where role <> 'context') = $${JOURNEYS + JOURNEY_WIDTH}
    and (select count(*) from born) = $${JOURNEYS + JOURNEY_WIDTH + 1} then 1 else 0 end) as right`;

const ledgerColumns = (rows: readonly store.LedgerRow[]): Buffer[] => [
  column.uuid(rows.map((r) => r.identity)),
  column.uuid(rows.map((r) => r.content)),
  column.bigint(rows.map((r) => r.event)),
];

/**
 * Keeps a batch in one statement, all of it or nothing; answers the transaction that wrote it. Throws what `isDoubt` knows when anything is not as
 * this process remembers it: an identity is taken, a journey was written by somebody else, an object is not new.
 */
export async function keepExpress(sql: Sql, rows: ExpressRows): Promise<string> {
  const { born } = rows;
  const simple = born.journeys.length + born.objects.length + born.members.length === 0;
  const values: unknown[] = [
    rows.now,
    column.uuid(rows.journeys),
    JSON.stringify(rows.counts),
    rows.identities.length,
    rows.known.length,
    rows.epoch,
    column.uuid(rows.shifted),
    rows.repeated.length,
    ...ledgerColumns(rows.repeated),
    ...ledgerColumns(rows.identities),
    ...eventColumns(rows.events),
    ...store.linkColumns(rows.links),
    ...journeyColumns(rows.known.map((k) => k.row)),
    column.xid(rows.known.map((k) => k.seen)),
  ];
  if (!simple) {
    values.push(
      ...store.objectColumns(born.objects),
      column.uuid(born.edges.map((e) => e[0])),
      column.uuid(born.edges.map((e) => e[1])),
      ...store.memberColumns(born.members),
      ...journeyColumns(born.journeys),
      born.objects.filter((o) => o.role !== 'context').length,
      born.journeys.length,
    );
  }
  const [answer] = await sql.query<{ seen: string }>(
    simple ? 'tracking-express' : 'tracking-express-born',
    simple ? SIMPLE : WHOLE,
    values,
  );
  return answer?.seen ?? '';
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
