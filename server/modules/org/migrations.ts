import type { Migration } from '#platform/module';

export const migrations: readonly Migration[] = [
  {
    name: 'org-1',
    sql: `create table if not exists org.unit (
        code text primary key, parent text references org.unit, level text not null, names jsonb not null);
      create index if not exists unit_by_parent on org.unit (parent);
      create unique index if not exists unit_one_root on org.unit ((true)) where parent is null;
      create table if not exists org.account (
        id uuid primary key default gen_random_uuid(), login text not null unique, name text not null, password text, role text not null,
        unit text not null references org.unit, partner_kind text, partner_value text, language text, open boolean not null default true,
        subject text unique, created_at timestamptz not null default now(), signed_in_at timestamptz);
      create index if not exists account_by_unit on org.account (unit, login);
      create table if not exists org.session (
        token bytea primary key, account uuid not null references org.account, created_at timestamptz not null default now(),
        seen_at timestamptz not null default now(), address text);
      create index if not exists session_by_account on org.session (account);
      create index if not exists session_by_age on org.session (seen_at);
      create table if not exists org.setting (name text primary key, value jsonb not null, sealed bytea);`,
  },
  {
    name: 'org-2-directory',
    sql: `create table if not exists org.colleague (id text primary key, post text not null, unit text not null, subject uuid not null, name uuid, phone uuid);`,
  },
];
