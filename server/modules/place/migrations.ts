import type { Migration } from '#platform/module';

/** Times are milliseconds since 1970, days days since then; points and rings are [longitude, latitude] in degrees. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-places',
    sql: `
-- value: what the tag estate says of who lives there. west to north: the box around all that is known of where it lies
create table if not exists place.estate (
  id uuid primary key default gen_random_uuid(), source text not null, key text not null, area text not null, zh text not null, en text not null,
  value text not null, lng double precision, lat double precision, outline json,
  west double precision, south double precision, east double precision, north double precision, households integer, at bigint not null,
  unique (source, key), constraint estate_value unique (value) deferrable initially deferred
);
create index if not exists estate_by_area on place.estate (area, zh, id);

-- value: what the tag building says, which is its number within the estate
create table if not exists place.building (
  id uuid primary key default gen_random_uuid(), estate uuid not null references place.estate on delete cascade, source text not null, key text not null,
  zh text not null, en text not null, value text not null, lng double precision, lat double precision, floors smallint, units smallint,
  households integer, ports_total integer, ports_free integer, at bigint not null,
  unique (source, key), constraint building_value unique (estate, value) deferrable initially deferred
);

-- the homes of a day: made once, and they stay. left_json: people left after each condition; rows of the table that named a tag which is not there
create table if not exists place.list (
  area text not null, day integer not null, made_at bigint not null, version integer not null, left_json json not null, missing text[] not null,
  primary key (area, day)
);
create table if not exists place.home (
  id uuid primary key default gen_random_uuid(), area text not null, day integer not null, rank smallint not null, ordinal integer not null, customer uuid not null,
  estate text, building text, score integer not null, reasons json not null, others integer not null,
  unique (area, day, rank), unique (area, day, ordinal), foreign key (area, day) references place.list on delete cascade
);

-- what came of a visit. note: where its words lie in the vault, under the customer. free_from: the day from which he may be visited again
create table if not exists place.visit (
  id uuid primary key, home uuid not null references place.home on delete cascade, area text not null, ordinal integer not null, customer uuid not null,
  day integer not null, at bigint not null, by text not null, by_name text not null, result text not null, note uuid, free_from integer not null, undone_at bigint
);
create unique index if not exists visit_stands on place.visit (home) where undone_at is null;
create index if not exists visit_resting on place.visit (area, free_from) where undone_at is null;
`,
  },
  {
    name: '0002-gone-and-holders',
    sql: `
-- a place that is no more keeps its row, for visits and people speak of it, and gives up its value. gone_into: the key of what it was merged into
alter table place.estate add column if not exists gone_at bigint, add column if not exists gone_why text, add column if not exists gone_into text;
alter table place.building add column if not exists gone_at bigint, add column if not exists gone_why text, add column if not exists gone_into text;
alter table place.estate drop constraint if exists estate_value;
alter table place.estate add constraint estate_value exclude using btree (value with =) where (gone_at is null) deferrable initially deferred;
alter table place.building drop constraint if exists building_value;
alter table place.building add constraint building_value exclude using btree (estate with =, value with =) where (gone_at is null) deferrable initially deferred;

-- who is to go there; null: whoever of the grid comes first
alter table place.home add column if not exists holder text, add column if not exists holder_name text;
`,
  },
];
