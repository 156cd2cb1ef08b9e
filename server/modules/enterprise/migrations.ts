import type { Migration } from '#platform/module';

/** Days are integers since 1970-01-01, times milliseconds since then, money in fen. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-enterprises',
    sql: `
      -- said: the latest day that its source spoke of it; since: the day it became known here
      create table if not exists enterprise.enterprise (
        id uuid primary key, source text not null, key text not null, name text not null, area text, industry text, manager text,
        said integer not null, since integer not null, unique (source, key));
      create index if not exists enterprise_by_area on enterprise.enterprise (area, id);

      -- where the values of its contact lie in the vault (subject: the enterprise's id)
      create table if not exists enterprise.contact (
        enterprise uuid not null references enterprise.enterprise on delete cascade, kind text not null check (kind in ('name', 'phone')), ref uuid not null,
        primary key (enterprise, kind));
      create index if not exists contact_by_ref on enterprise.contact (ref);

      -- the latest fact of each indicator; value null: said to be unknown
      create table if not exists enterprise.fact (
        enterprise uuid not null references enterprise.enterprise on delete cascade, indicator text not null, value bigint, at integer not null,
        primary key (enterprise, indicator));

      create table if not exists enterprise.tables (version integer primary key, body json not null, reason text not null, at bigint not null, by text not null);

      -- where it stands by the tables of that version, and every point of it (why: a Placing)
      create table if not exists enterprise.placed (
        enterprise uuid primary key references enterprise.enterprise on delete cascade, version integer not null references enterprise.tables, place text,
        value_level text, loyalty_level text, competition_level text, size text, revenue bigint, since integer not null, why json not null);
      create index if not exists placed_by_levels on enterprise.placed (value_level, loyalty_level, competition_level);
      create index if not exists placed_by_revenue on enterprise.placed ((coalesce(revenue, -1)) desc, enterprise);

      create table if not exists enterprise.move (
        id bigint generated always as identity primary key, enterprise uuid not null references enterprise.enterprise on delete cascade, at bigint not null,
        version integer not null, cause text not null check (cause in ('first', 'facts', 'tables', 'age')), was text, is_now text, was_levels json, is_levels json not null,
        because json not null);
      create index if not exists move_by_enterprise on enterprise.move (enterprise, id desc);
      create index if not exists move_by_time on enterprise.move (at) where cause <> 'first';

      -- an offer that was accepted, the visit to make it, what came of it; notes are sealed
      create table if not exists enterprise.visit (
        id bigint generated always as identity primary key, enterprise uuid not null references enterprise.enterprise on delete cascade,
        state text not null check (state in ('planned', 'done', 'withdrawn')), day integer not null, place text not null, version integer not null, offer json not null,
        by text not null, by_name text not null, at bigint not null, note bytea,
        outcome text, met boolean, outcome_note bytea, outcome_by text, outcome_by_name text, outcome_at bigint);
      create unique index if not exists visit_planned on enterprise.visit (enterprise) where state = 'planned';
      create index if not exists visit_by_enterprise on enterprise.visit (enterprise, id desc);
    `,
  },
  {
    name: '0002-joined',
    sql: `
      -- a number that is another name for the enterprise "into" (which itself has none): its facts count there; nothing of it is moved, so it can be parted again
      alter table enterprise.enterprise add column if not exists "into" uuid references enterprise.enterprise, add column if not exists joined_at bigint,
        add column if not exists joined_by text, add column if not exists joined_for text;
      create index if not exists enterprise_joined on enterprise.enterprise ("into") where "into" is not null;
      -- numbers that a person parted: no source joins them again
      create table if not exists enterprise.apart (
        one uuid not null references enterprise.enterprise on delete cascade, other uuid not null references enterprise.enterprise on delete cascade,
        primary key (one, other));
    `,
  },
];
