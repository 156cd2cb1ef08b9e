import type { Migration } from '#platform/module';

export const migrations: readonly Migration[] = [
  {
    name: '0001-audiences',
    sql: `
      create table if not exists audience.audience (
        id uuid primary key default gen_random_uuid(), name text not null, note text not null default '',
        share text not null check (share in ('private', 'unit', 'everybody')),
        owner text not null, owner_name text not null, unit text, -- the owner's unit when it was saved; null = the whole operator
        version integer not null, made_at bigint not null, changed_at bigint not null, archived_at bigint
      );
      create index if not exists audience_by_name on audience.audience (name, id);
      create index if not exists audience_by_owner on audience.audience (owner);
      create table if not exists audience.version (
        audience uuid not null references audience.audience on delete cascade, version integer not null, definition json not null,
        tags text[] not null, uses uuid[] not null, -- what the definition names: tags, and audiences and lists
        at bigint not null, actor text not null, actor_name text not null, primary key (audience, version)
      );
      create index if not exists version_by_tag on audience.version using gin (tags);
      create index if not exists version_by_use on audience.version using gin (uses);
      create table if not exists audience.day (
        audience uuid not null references audience.audience on delete cascade, day integer not null, -- since 1970-01-01, in the operator's zone
        version integer not null, count bigint not null, batch bigint not null, -- the last batch of tags before it was counted
        at bigint not null, primary key (audience, day)
      );
      create table if not exists audience.list (
        id uuid primary key default gen_random_uuid(), name text not null, share text not null check (share in ('private', 'unit', 'everybody')),
        owner text not null, owner_name text not null, unit text, tag integer not null, customers integer not null, made_at bigint not null
      );`,
  },
  {
    name: '0002-exports',
    sql: `
      create table if not exists audience.export (
        id uuid primary key default gen_random_uuid(), audience uuid not null references audience.audience on delete cascade, version integer not null,
        columns text[] not null, purpose text not null, reason text not null, owner text not null, owner_name text not null,
        areas text[], -- of whoever asked, when he asked; null = all
        state text not null check (state in ('waiting', 'done', 'failed', 'expired')), code text, people integer, quiet integer,
        made_at bigint not null, ended_at bigint, expires_at bigint
      );
      create index if not exists export_open on audience.export (made_at) where state in ('waiting', 'done');
      create table if not exists audience.export_part (
        export uuid not null references audience.export on delete cascade, part integer not null, body bytea not null, primary key (export, part)
      );`,
  },
  {
    name: '0003-remembered',
    sql: `
      create table if not exists audience.remembered (
        audience uuid primary key references audience.audience on delete cascade, day integer not null, at bigint not null, version integer not null,
        batch bigint not null, count bigint not null, funnel integer[] not null, tag integer, whole boolean not null
      );`,
  },
];
