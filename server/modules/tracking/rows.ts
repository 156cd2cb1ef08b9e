import { column } from '#platform/columns';
import type { PersonRef } from './fold.ts';
import { pack } from './pack.ts';
import { FOLD_VERSION, type JourneyRecord } from './record.ts';

/** How rows of events and journeys travel: one array a column, read by `unnest`. Whoever writes them says with which statement. */

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

export interface NewEvent extends Omit<EventRow, 'keys' | 'person' | 'data'> {
  keys: string;
  person: string | null;
  data: string | null;
  sealed: Buffer | null;
}

const EVENT_COLUMNS = {
  id: 'bigint',
  source: 'text',
  sid: 'text',
  type: 'text',
  at: 'bigint',
  seq: 'int',
  received: 'bigint',
  keys: 'json',
  scenario: 'text',
  handler: 'text',
  person: 'json',
  data: 'json',
  sealed: 'bytea',
  marks: 'smallint',
} as const satisfies Record<keyof NewEvent, keyof typeof column>;

/** `insert … select … from unnest(…)` of whole rows whose columns are the parameters from `$first` on. */
const insertOf = (table: string, columns: Readonly<Record<string, string>>, first: number): string =>
  `insert into tracking.${table} (${Object.keys(columns).join(', ')}) select * from unnest(${arraysOf(columns, first)})`;

const arraysOf = (columns: Readonly<Record<string, string>>, first: number): string =>
  Object.values(columns)
    .map((type, i) => `$${first + i}::${type}[]`)
    .join(', ');

export const insertEvents = (first: number): string => insertOf('event', EVENT_COLUMNS, first);
export const EVENT_WIDTH = Object.keys(EVENT_COLUMNS).length;

/** Written out, column by column: each reads one field of one kind of row, which costs a third of asking for fields by name. */
export const eventColumns = (rows: readonly NewEvent[]): Buffer[] => [
  column.bigint(rows.map((r) => r.id)),
  column.text(rows.map((r) => r.source)),
  column.text(rows.map((r) => r.sid)),
  column.text(rows.map((r) => r.type)),
  column.bigint(rows.map((r) => r.at)),
  column.int(rows.map((r) => r.seq)),
  column.bigint(rows.map((r) => r.received)),
  column.json(rows.map((r) => r.keys)),
  column.text(rows.map((r) => r.scenario)),
  column.text(rows.map((r) => r.handler)),
  column.json(rows.map((r) => r.person)),
  column.json(rows.map((r) => r.data)),
  column.bytea(rows.map((r) => r.sealed)),
  column.smallint(rows.map((r) => r.marks)),
];

/** `sources` travels as one text a row: an array of arrays would have to be square. */
const JOURNEY_COLUMNS = {
  id: 'uuid',
  struct: 'int',
  scenario: 'text',
  version: 'int',
  root_kind: 'text',
  root_value: 'text',
  state: 'smallint',
  started: 'bigint',
  finished: 'bigint',
  last: 'bigint',
  own_over: 'bigint',
  stage: 'text',
  milestone: 'text',
  holder: 'text',
  handler: 'text',
  holder_since: 'bigint',
  holder_limit: 'bigint',
  wait: 'text',
  wait_since: 'bigint',
  wait_until: 'bigint',
  due: 'bigint',
  due_soon: 'bigint',
  area: 'text',
  urged: 'smallint',
  reason: 'text',
  events: 'int',
  loose: 'int',
  sources: 'text',
  fold: 'json',
} as const satisfies Record<keyof JourneyRecord, keyof typeof column>;
export const JOURNEY_NAMES = Object.keys(JOURNEY_COLUMNS) as (keyof JourneyRecord)[];
export const JOURNEY_WIDTH = JOURNEY_NAMES.length;
const taken = (c: string) => (c === 'sources' ? String.raw`string_to_array(g.sources, E'\n')` : `g.${c}`);
const journeyRows = (first: number) => `unnest(${arraysOf(JOURNEY_COLUMNS, first)}) g(${JOURNEY_NAMES.join(', ')})`;

export const insertJourneys = (first: number): string =>
  `insert into tracking.journey (${JOURNEY_NAMES.join(', ')}, fold_version) select ${JOURNEY_NAMES.map(taken).join(', ')}, ${FOLD_VERSION} from ${journeyRows(first)}`;

/** Known rows, each only if nobody has written it since the transaction in the column after the row's own. */
export const updateJourneys = (first: number): string =>
  `update tracking.journey j set ${JOURNEY_NAMES.filter((c) => c !== 'id')
    .map((c) => `${c} = ${taken(c)}`)
    .join(', ')}, fold_version = ${FOLD_VERSION}
   from unnest(${arraysOf(JOURNEY_COLUMNS, first)}, $${first + JOURNEY_NAMES.length}::xid[]) g(${JOURNEY_NAMES.join(', ')}, seen) where j.id = g.id and j.xmin = g.seen`;

export const journeyColumns = (rows: readonly JourneyRecord[]): Buffer[] => [
  column.uuid(rows.map((r) => r.id)),
  column.int(rows.map((r) => r.struct)),
  column.text(rows.map((r) => r.scenario)),
  column.int(rows.map((r) => r.version)),
  column.text(rows.map((r) => r.root_kind)),
  column.text(rows.map((r) => r.root_value)),
  column.smallint(rows.map((r) => r.state)),
  column.bigint(rows.map((r) => r.started)),
  column.bigint(rows.map((r) => r.finished)),
  column.bigint(rows.map((r) => r.last)),
  column.bigint(rows.map((r) => r.own_over)),
  column.text(rows.map((r) => r.stage)),
  column.text(rows.map((r) => r.milestone)),
  column.text(rows.map((r) => r.holder)),
  column.text(rows.map((r) => r.handler)),
  column.bigint(rows.map((r) => r.holder_since)),
  column.bigint(rows.map((r) => r.holder_limit)),
  column.text(rows.map((r) => r.wait)),
  column.bigint(rows.map((r) => r.wait_since)),
  column.bigint(rows.map((r) => r.wait_until)),
  column.bigint(rows.map((r) => r.due)),
  column.bigint(rows.map((r) => r.due_soon)),
  column.text(rows.map((r) => r.area)),
  column.smallint(rows.map((r) => r.urged)),
  column.text(rows.map((r) => r.reason)),
  column.int(rows.map((r) => r.events)),
  column.int(rows.map((r) => r.loose)),
  column.text(rows.map((r) => r.sources.join('\n'))),
  column.json(rows.map((r) => pack(r.fold))),
];
