import type { Migration } from '#platform/module';

/** Days are integers since 1970-01-01, times milliseconds since then. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-retention',
    sql: `
      create table if not exists retention.rule (
        id text not null, version integer not null, body json not null, at bigint not null, by text not null, primary key (id, version));

      -- one morning: how it went, of how many customers, when its facts were loaded, and how many values were not believed
      create table if not exists retention.run (
        day integer primary key, state text not null check (state in ('running', 'done', 'failed')), began bigint not null, heard bigint not null, ended bigint,
        customers bigint not null default 0, cases bigint not null default 0, suppressed bigint not null default 0, departed bigint not null default 0,
        facts json not null default '{}', doubtful json not null default '{}', trouble text);
      create table if not exists retention.spoken (
        day integer not null references retention.run on delete cascade, rule text not null, version integer not null, hits bigint not null, known bigint not null,
        trouble text, primary key (day, rule));

      create table if not exists retention.case (
        id bigint generated always as identity primary key, ordinal integer not null, person uuid, area text,
        state text not null check (state in ('open', 'suppressed', 'taken', 'closed')), because text, priority smallint not null, rules text[] not null,
        opened integer not null, last integer not null, opened_at bigint not null, holder text, holder_name text, taken_at bigint,
        outcome text, cause text, closed_at bigint, closed_by text, quiet_until integer);
      create unique index if not exists case_live on retention.case (ordinal) where state <> 'closed';
      create index if not exists case_by_ordinal on retention.case (ordinal, id desc);
      create index if not exists case_by_opened on retention.case (opened);
      create index if not exists case_list on retention.case (state, priority, id desc);
      create index if not exists case_by_area on retention.case (area, state, priority, id desc);

      -- a rule that spoke for a case: first and last day, and the facts' values on both
      create table if not exists retention.hit (
        case_id bigint not null references retention.case on delete cascade, ordinal integer not null, rule text not null, version integer not null,
        first integer not null, last integer not null, days integer not null default 1, evidence json not null, latest json not null,
        primary key (case_id, rule, version));
      create index if not exists hit_by_rule on retention.hit (rule, first);

      -- what people wrote down, sealed: it speaks of a person
      create table if not exists retention.note (
        id bigint generated always as identity primary key, case_id bigint not null references retention.case on delete cascade, at bigint not null,
        by text not null, text bytea not null);
      create index if not exists note_by_case on retention.note (case_id, id);

      -- who was looked at by the last sweep, and who of them was gone at the next
      create table if not exists retention.looked (block integer primary key, body bytea not null);
      create table if not exists retention.departure (ordinal integer not null, day integer not null, primary key (ordinal, day));
      create index if not exists departure_by_day on retention.departure (day);
    `,
  },
  {
    name: '0002-assignments',
    sql: `
      -- cases given to somebody at once, each with how it stood before
      create table if not exists retention.assignment (
        id bigint generated always as identity primary key, at bigint not null, by text not null, by_name text not null, holder text not null, holder_name text not null,
        undone_at bigint);
      create table if not exists retention.assigned (
        assignment bigint not null references retention.assignment on delete cascade, case_id bigint not null references retention.case on delete cascade,
        state text not null, because text, holder text, holder_name text, taken_at bigint, primary key (assignment, case_id));
    `,
  },
];
