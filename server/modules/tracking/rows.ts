import type { Message, Statement } from '#platform/message';
import { packInto } from './pack.ts';
import type { Prepared } from './prepare.ts';
import { FOLD_VERSION, type JourneyRecord } from './record.ts';
import type { PersonRef } from './timeline.ts';

/** How rows of events and journeys travel, cell by cell in the order of their tables' columns. */

export interface EventRow {
  id: number;
  source: string;
  sid: string;
  type: string;
  at: number;
  seq: number;
  received: number;
  keys: Record<string, string[]>;
  scenario: string | null;
  handler: string | null;
  person: Record<string, PersonRef> | null;
  data: Record<string, unknown> | null;
  marks: number;
}

const copy = (table: string, columns: readonly string[]): Statement => ({
  name: `tracking-copy-${table}`,
  text: `copy tracking.${table} (${columns.join(', ')}) from stdin (format binary)`,
});

/** An event to be kept under an id, with its marks. */
export interface NewEvent {
  readonly p: Prepared;
  readonly id: number;
  readonly marks: number;
}

const EVENT_COLUMNS = [
  'id',
  'source',
  'sid',
  'type',
  'at',
  'seq',
  'received',
  'keys',
  'scenario',
  'handler',
  'person',
  'data',
  'sealed',
  'marks',
] as const satisfies readonly (keyof EventRow | 'sealed')[];
const COPY_EVENTS = copy('event', EVENT_COLUMNS);

/** `received`: when, in milliseconds since 1970. */
export function copyEvents(m: Message, rows: readonly NewEvent[], received: number): void {
  m.copy(COPY_EVENTS);
  for (const { p, id, marks } of rows) {
    const { sent } = p;
    m.row(EVENT_COLUMNS.length).bigint(id).text(sent.source).text(p.sid).text(sent.type).bigint(sent.at).int(sent.seq).bigint(received);
    m.json(p.keys)
      .text(sent.scenario ?? null)
      .text(sent.handler ?? null);
    m.json(p.persons === undefined ? null : JSON.stringify(p.persons));
    m.json(p.open === undefined ? null : JSON.stringify(p.open))
      .bytea(p.sealed)
      .smallint(marks);
  }
}

/** As the table has them, for a record has no names. */
const JOURNEY_COLUMNS = [
  'id',
  'struct',
  'scenario',
  'version',
  'fold_version',
  'state',
  'root_kind',
  'root_value',
  'started',
  'finished',
  'last',
  'own_over',
  'stage',
  'milestone',
  'holder',
  'handler',
  'holder_since',
  'holder_limit',
  'wait',
  'wait_since',
  'wait_until',
  'due',
  'due_soon',
  'area',
  'urged',
  'reason',
  'events',
  'loose',
  'sources',
  'fold',
] as const satisfies readonly (keyof JourneyRecord | 'fold_version')[];
const COPY_JOURNEYS = copy('journey', JOURNEY_COLUMNS);

export const copyJourneys = (m: Message, rows: readonly JourneyRecord[]): void => {
  m.copy(COPY_JOURNEYS);
  for (const r of rows) journeyCells(m.row(JOURNEY_COLUMNS.length), r);
};

export const JOURNEY = 'tracking.journey';

/** A parameter of type `tracking.journey[]`; `type`: that type's number in this database. */
export function journeyArray(m: Message, type: number, rows: readonly JourneyRecord[]): void {
  m.array(type, rows.length);
  for (const r of rows) journeyCells(m.record(JOURNEY_COLUMNS.length), r).close();
  m.close();
}

const journeyCells = (m: Message, r: JourneyRecord): Message =>
  m
    .uuid(r.id)
    .int(r.struct)
    .text(r.scenario)
    .int(r.version)
    .smallint(FOLD_VERSION)
    .smallint(r.state)
    .text(r.root_kind)
    .text(r.root_value)
    .bigint(r.started)
    .bigint(r.finished)
    .bigint(r.last)
    .bigint(r.own_over)
    .text(r.stage)
    .text(r.milestone)
    .text(r.holder)
    .text(r.handler)
    .bigint(r.holder_since)
    .bigint(r.holder_limit)
    .text(r.wait)
    .bigint(r.wait_since)
    .bigint(r.wait_until)
    .bigint(r.due)
    .bigint(r.due_soon)
    .text(r.area)
    .smallint(r.urged)
    .text(r.reason)
    .int(r.events)
    .int(r.loose)
    .texts(r.sources)
    .jsonOf(packInto, r.fold);

const set = (from: string): string =>
  JOURNEY_COLUMNS.filter((c) => c !== 'id')
    .map((c) => `${c} = ${from}.${c}`)
    .join(', ');

/** Journeys of `$1`, new and known alike. */
export const SAVE_JOURNEYS = `insert into tracking.journey select * from unnest($1::tracking.journey[]) g order by g.id
  on conflict (id) do update set ${set('excluded')}`;

/** Known journeys, each only if nobody has written it since a transaction: two parameters from `$first` on. */
export const updateJourneys = (first: number): string =>
  `update tracking.journey j set ${set('g')} from unnest($${first}::tracking.journey[], $${first + 1}::xid[]) g(${JOURNEY_COLUMNS.join(', ')}, seen)
   where j.id = g.id and j.xmin = g.seen`;

export interface LedgerRow {
  identity: string;
  content: string;
  event: number;
}

const COPY_LEDGER = copy('ledger', ['identity', 'content', 'event']);

export const copyLedger = (m: Message, rows: readonly LedgerRow[]): void => {
  m.copy(COPY_LEDGER);
  for (const r of rows) m.row(3).uuid(r.identity).uuid(r.content).bigint(r.event);
};

export interface LinkRow {
  journey: string;
  at: number;
  event: number;
  via: number;
}

const COPY_LINKS = copy('link', ['journey', 'at', 'event', 'via']);

export const copyLinks = (m: Message, rows: readonly LinkRow[]): void => {
  m.copy(COPY_LINKS);
  for (const r of rows) m.row(4).uuid(r.journey).bigint(r.at).bigint(r.event).smallint(r.via);
};
