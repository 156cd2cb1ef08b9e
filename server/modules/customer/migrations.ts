import type { Migration } from '#platform/module';

/** Times are milliseconds since 1970. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-customers',
    sql: `
-- key: his number in the source, sealed. load: the import that brings him; he is nobody's customer before it is in force. gone_at: no longer in the source's file
create table if not exists customer.customer (
  ordinal integer primary key, id uuid not null unique, source text not null, key_hash uuid not null, key bytea not null,
  own boolean, area text, load uuid, since bigint not null, gone_at bigint, unique (source, key_hash)
);
create index if not exists customer_by_area on customer.customer (area, ordinal);

-- the next ordinal; given once, never again
create table if not exists customer.counter (one boolean primary key default true check (one), next integer not null);
insert into customer.counter (next) values (0) on conflict do nothing;

-- where his personal values lie in the vault (subject: his id)
create table if not exists customer.personal (
  ordinal integer not null references customer.customer on delete cascade, kind text not null, ref uuid not null, at bigint not null,
  primary key (ordinal, kind, ref)
);
create index if not exists personal_by_ref on customer.personal (ref);

-- what he agreed to and when: the flag of that name is what holds now
create table if not exists customer.consent (
  id bigint generated always as identity primary key, ordinal integer not null references customer.customer on delete cascade,
  flag text not null, given boolean, reason text not null, at bigint not null, actor text not null
);
create index if not exists consent_latest on customer.consent (ordinal, id desc);

-- state: receiving, queued, working, done, failed. phase and of/total: how far it is. groups: parts whose blocks are staged
create table if not exists customer.import (
  id uuid primary key, source text not null, map json not null, files json not null, allow_loss boolean not null, state text not null,
  phase text, done bigint not null default 0, total bigint not null default 0, groups integer[] not null default '{}',
  customers bigint not null default 0, added bigint not null default 0, changed bigint not null default 0, vanished bigint not null default 0,
  rejected bigint not null default 0, batch bigint, code text, details json, actor text not null,
  made_at bigint not null, heard_at bigint not null, ended_at bigint
);
create index if not exists import_open on customer.import (state) where state in ('receiving', 'queued', 'working', 'failed');
create unique index if not exists import_alone on customer.import (source) where state in ('queued', 'working');

-- rows of a running import: as they came, and where they belong. state: 0 known, 1 new, 2 back again, 4 the same number as an earlier row
create unlogged table if not exists customer.arrival (
  load uuid not null, row bigint not null, line bigint not null, key_hash uuid not null, area text, own boolean
);
create unlogged table if not exists customer.placed (
  load uuid not null, row bigint not null, ordinal integer, state smallint not null, first_line bigint, area text, own boolean, primary key (load, row)
);
create index if not exists placed_by_ordinal on customer.placed (load, ordinal);
-- whose rows were refused for their values: they stay as they were
create table if not exists customer.spoiled (load uuid not null, ordinal integer not null, primary key (load, ordinal));
`,
  },
  {
    name: '0002-counted-as',
    sql: `
-- counted as this one: an off-net customer whose number is ours by now, or whom two sources bring. What his source says of him is kept all the same
alter table customer.customer add column if not exists merged_into integer;
create index if not exists customer_merged on customer.customer (ordinal) where merged_into is not null;
`,
  },
  {
    name: '0003-handed-over',
    sql: `
-- ended_by: the transfer since which this value is another person's and no longer shown as his
alter table customer.personal add column if not exists ended_by uuid;
`,
  },
  {
    name: '0004-erased',
    sql: `
-- who was erased and must not come back: keyed hashes of ID numbers and phones, ids of records. named: an ID number of the record's person was known
create table if not exists customer.erased (ref uuid primary key, kind text not null, named boolean not null, at bigint not null);
-- rows that spoke of somebody who was erased: nothing personal of them was kept
alter table customer.import add column if not exists erased bigint not null default 0;
`,
  },
  {
    name: '0005-import-by-name',
    sql: `
-- who handed the file over, as people know him; null: it was before names were kept
alter table customer.import add column if not exists actor_name text;
`,
  },
  {
    name: '0006-heard-again',
    sql: `
-- when a source last spoke of a record whose person was erased, and nothing of it was kept; null: not since
alter table customer.erased add column if not exists heard_at bigint;
`,
  },
];
