import type { Migration } from '#platform/module';

/** Times are milliseconds since 1970, days are days since then. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-derivation',
    sql: `
      -- published: the version in force; installed: the version that the catalogue of tags speaks of; ran, ran_day: the last whole run; taken: another source
      -- that writes the tag
      create table if not exists derivation.derivation (
        tag text primary key, standard boolean not null default false, published integer, installed integer, ran integer, ran_day integer, taken text);
      create table if not exists derivation.version (
        tag text not null references derivation.derivation on delete cascade, version integer not null, body json not null, by text not null,
        at bigint not null, reason text not null, primary key (tag, version));
      create table if not exists derivation.draft (
        tag text primary key references derivation.derivation on delete cascade, revision integer not null, body json not null, by text not null, at bigint not null);

      -- what each block was made of: version, day and the versions of its inputs; where it is not so any more, the block is made anew
      create table if not exists derivation.made (
        tag text not null references derivation.derivation on delete cascade, block integer not null, stamp text not null, primary key (tag, block));
      -- loads that are being staged beside the columns
      create table if not exists derivation.load (id uuid primary key);

      create table if not exists derivation.run (
        id bigint generated always as identity primary key, tag text not null references derivation.derivation on delete cascade, version integer not null,
        why text not null check (why in ('published', 'changed', 'day')), state text not null check (state in ('running', 'done', 'failed')),
        began bigint not null, ended bigint, done integer not null default 0, blocks integer not null, customers bigint not null default 0,
        changed bigint not null default 0, doubtful json not null default '{}');
      create index if not exists run_by_tag on derivation.run (tag, id desc);

      create table if not exists derivation.trial (
        id uuid primary key, tag text not null, state text not null check (state in ('running', 'done', 'failed')), heard bigint not null,
        done integer not null default 0, blocks integer not null default 0, result json);
    `,
  },
  {
    name: '0002-retired',
    sql: `
      -- since when nothing is made of it any more, by whom and why; its versions stay
      alter table derivation.derivation add column if not exists retired bigint, add column if not exists retired_by text,
        add column if not exists retired_for text;
    `,
  },
];
