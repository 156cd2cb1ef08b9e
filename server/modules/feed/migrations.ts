import type { Migration } from '#platform/module';

/** Times are milliseconds since 1970. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-feeds',
    sql: `
-- secrets: settings that are not shown, sealed. version: grows with every change that the work must hear of.
create table if not exists feed.feed (
  id text primary key, name text not null, kind text not null, source text not null, settings json not null, secrets bytea, map text not null,
  paused boolean not null, created bigint not null, version int not null default 1, replay_from bigint, position json,
  shown text, waiting int, looked bigint, heard bigint, lag int,
  accepted bigint not null default 0, duplicates bigint not null default 0, conflicts bigint not null default 0, rejected bigint not null default 0,
  error text, error_details json, failing bigint
);

create table if not exists feed.mark (
  feed text references feed.feed on delete cascade, minute bigint, position json not null, primary key (feed, minute)
);

-- state: waiting, taking, taken (durable, not moved yet), done, rejected, same (known content). kept: the name that it was moved to.
create table if not exists feed.file (
  id bigint generated always as identity primary key, feed text not null references feed.feed on delete cascade, name text not null,
  size bigint not null, sha256 text, state text not null, kept text, rows int,
  accepted int not null default 0, duplicates int not null default 0, conflicts int not null default 0, rejected int not null default 0,
  why text, why_details json, seen bigint not null, taken bigint
);
create unique index if not exists file_here on feed.file (feed, name) where state in ('waiting', 'taking', 'taken');
create index if not exists file_content on feed.file (feed, sha256) where state in ('taken', 'done');
create index if not exists file_latest on feed.file (feed, id desc);

create table if not exists feed.refused (
  id bigint generated always as identity primary key, feed text not null references feed.feed on delete cascade, at bigint not null,
  place text not null, code text not null, message text not null, sealed bytea not null
);
create index if not exists refused_latest on feed.refused (feed, id desc);`,
  },
];
