import type { Migration } from '#platform/module';

/** Times are integer microseconds since 1970 where a source says them (`at`, `started` …), milliseconds where we do (`received`). */
export const migrations: readonly Migration[] = [
  {
    name: '0001-journeys',
    sql: `
create sequence if not exists tracking.event_n increment by 4096 minvalue 0 maxvalue 8388607 start 0 cycle;

-- Each identity once, for ever: narrow, so that events can be dropped by month.
create table if not exists tracking.ledger (identity uuid primary key, content uuid not null, event bigint not null);

-- id: seconds since 2020 · 2^23 + a number; so months of receipt are ranges of it.
create table if not exists tracking.event (
  id bigint primary key, source text not null, sid text not null, type text not null, at bigint not null, seq int not null, received bigint not null,
  keys json not null, scenario text, handler text, person json, data json, sealed bytea, marks smallint not null
) partition by range (id);
create table if not exists tracking.event_rest partition of tracking.event default;

-- Everything ever named: roots, parts, assets, context; personal values only as keyed hashes.
create table if not exists tracking.object (id uuid primary key, kind text not null, role text not null, value text);
create index if not exists object_value on tracking.object (value text_pattern_ops) where value is not null;

-- Who was named together with whom (both directions), among roots and parts.
create table if not exists tracking.edge (a uuid, b uuid, primary key (a, b));

-- Which journeys an object belongs to. distance: 0 the root itself, 1… parts, 100 asset (held since), 101 context, 102 a person's value.
create table if not exists tracking.member (object uuid, journey uuid, distance smallint not null, since bigint not null, primary key (object, journey));
create index if not exists member_journey on tracking.member (journey);

-- A journey's events in the order of time. via: 0 through a root or part, 1 through an asset only.
create table if not exists tracking.link (journey uuid, at bigint, event bigint, via smallint not null, primary key (journey, at, event));

-- Events of no journey yet, under everything they name.
create table if not exists tracking.parked (object uuid, event bigint, primary key (object, event));
create index if not exists parked_event on tracking.parked (event);

create table if not exists tracking.journey (
  id uuid primary key, struct int not null, scenario text not null, version int not null, fold_version smallint not null, state smallint not null,
  root_kind text not null, root_value text not null, started bigint not null, finished bigint, last bigint not null, own_over bigint,
  stage text, milestone text, holder text, handler text, holder_since bigint, holder_limit bigint, wait text, wait_since bigint, wait_until bigint,
  due bigint, due_soon bigint, area text, urged smallint not null, reason text, events int not null, loose int not null, sources text[] not null, fold json not null
) with (fillfactor = 70);
create index if not exists journey_started on tracking.journey (started desc, id desc);
create index if not exists journey_open on tracking.journey (scenario, started desc) where state = 0;
create index if not exists journey_finished on tracking.journey (finished) where finished is not null;

-- One row per committed batch: the journeys it changed (the stream's cursor) and what it counted per source.
create sequence if not exists tracking.batch_n;
create table if not exists tracking.batch (
  n bigint primary key default nextval('tracking.batch_n'), xid xid8 not null default pg_current_xact_id(), at bigint not null, journeys uuid[] not null, counts json not null
);
create index if not exists batch_xid on tracking.batch (xid);
create table if not exists tracking.tally (
  source text primary key, accepted bigint not null, duplicates bigint not null, conflicts bigint not null, rejected bigint not null, heard bigint
);
create table if not exists tracking.pulse (source text, minute bigint, accepted bigint not null, primary key (source, minute));
create table if not exists tracking.rolled (one boolean primary key default true check (one), xid xid8 not null);
insert into tracking.rolled (xid) values ('0') on conflict do nothing;

create table if not exists tracking.conflict (
  id bigint generated always as identity primary key, event bigint not null, source text not null, sid text not null, at bigint not null, other bytea not null,
  settled text, settled_by text, settled_at bigint, unique (event, other)
);

-- Links cut and joined by people: events of our own, kept apart so that every fold can ask for them.
create table if not exists tracking.repair (
  id bigint generated always as identity primary key, act text not null, object uuid not null, journey uuid not null, kind text not null, value text,
  reason text not null, by text not null, at bigint not null, undone bigint, undone_by text
);
create index if not exists repair_object on tracking.repair (object) where undone is null;

-- Imports, and what their events name; a convenience that a crash may take, the events themselves are durable.
create table if not exists tracking.import (id uuid primary key, source text not null, at bigint not null, by text not null);
create unlogged table if not exists tracking.import_object (import uuid, object uuid, primary key (import, object));

create table if not exists tracking.ticket (hash uuid primary key, journey uuid not null, made bigint not null, by text not null);
`,
  },
  {
    name: '0002-erasures',
    sql: `
-- Written down for good; \`asked\` (keyed hashes) only until it is done.
create table if not exists tracking.erasure (
  id uuid primary key, at bigint not null, by text not null, reason text not null, asked json, done bigint,
  journeys int, events int, vals int, shared int, doubtful int
);
-- One differing copy is kept once, whatever its length.
alter table tracking.conflict drop constraint if exists conflict_event_other_key;
alter table tracking.conflict add column if not exists content uuid;
create unique index if not exists conflict_once on tracking.conflict (event, content);
`,
  },
  {
    name: '0003-repairs',
    sql: 'create index if not exists repair_journey on tracking.repair (journey) where undone is null;',
  },
  {
    name: '0004-unknown-scenarios',
    sql: 'create index if not exists event_unknown_scenario on tracking.event (scenario) where marks & 4 <> 0;',
  },
  {
    name: '0005-erasures-done',
    sql: 'create index if not exists erasure_done on tracking.erasure (id) where done is not null;',
  },
  {
    name: '0006-import-objects-last',
    // An import goes on over a crash of the store, and then tells all journeys of its files.
    sql: 'alter table tracking.import_object set logged;',
  },
  {
    name: '0007-erasures-counted',
    sql: `
alter table tracking.erasure add column if not exists customers int, add column if not exists parties int, add column if not exists services int,
  add column if not exists homes int, add column if not exists contacts int, add column if not exists others int;
create index if not exists erasure_at on tracking.erasure (at desc, id desc);
`,
  },
];
