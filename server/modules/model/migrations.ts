import type { Migration } from '#platform/module';

/** Days are integers since 1970-01-01, times milliseconds since then. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-models',
    sql: `
      create table if not exists model.model (
        id text primary key, kind text not null check (kind in ('trained', 'outside')), zh text not null, en text not null,
        meaning_zh text not null, meaning_en text not null, scene text not null, purpose text not null, owner text not null,
        label text, horizon integer not null, population json, score text not null unique, top double precision not null,
        published integer, made_at bigint not null, made_by text not null);

      -- summary: what lists show of the figures; wanted: inputs that were asked for, null = all that may be; most: rows at most; beat: when whoever works on it was last heard of; base: how inputs and scores were spread
      -- on the day of publication
      create table if not exists model.version (
        model text not null references model.model on delete cascade, n integer not null,
        state text not null check (state in ('draft', 'training', 'trained', 'published', 'retired', 'failed')),
        made_at bigint not null, made_by text not null, began_at bigint, beat bigint, tries smallint not null default 0, ended_at bigint, published_at bigint,
        seed integer not null, wanted text[], most integer not null default 200000, step text not null default 'waiting', done integer not null default 0, total integer not null default 0,
        code text, details json, summary json, figures json, base json, trained bytea, primary key (model, n));
      create index if not exists version_at_work on model.version (made_at) where state in ('draft', 'training');

      -- the renewal of all scores: asked for while served_at is before asked_at
      create table if not exists model.refresh (
        model text primary key references model.model on delete cascade, asked_at bigint not null, served_at bigint not null default 0, beat bigint,
        tries smallint not null default 0, load uuid, done integer not null default 0, total integer not null default 0,
        ended_at bigint, version integer, scored bigint not null default 0, changed bigint not null default 0, spread bigint[], failed boolean not null default false);

      -- scores of a day that wait for their outcome: two bytes a customer, thousandths + 1, 0 = not judged; whole: the day's renewal came to its end
      create table if not exists model.kept (
        model text not null references model.model on delete cascade, day integer not null, block integer not null, version integer,
        whole boolean not null default false, scores bytea not null, primary key (model, day, block));

      create table if not exists model.day (
        model text not null references model.model on delete cascade, day integer not null, version integer, scored bigint not null, unknown bigint not null,
        mean double precision, psi double precision, inputs json not null, judged json, state text not null, because text[] not null, at bigint not null,
        primary key (model, day));
    `,
  },
  {
    name: '0002-days-handed-in',
    sql: `
      -- handed: the day was not looked at here, its counts came from outside
      alter table model.day add column if not exists handed boolean not null default false;
    `,
  },
  {
    name: '0003-observations',
    sql: `
      -- an observation of its own comes each month
      alter table model.model add column if not exists monthly boolean not null default false;
      -- days of the observations that a version learned from; null: from what stood when it was trained
      alter table model.version add column if not exists observed integer[];

      -- what was known of people on a day, until their outcome is: asked for, kept, due (its outcome is being read), ripe; began_at tells an attempt from a later one;
      -- tags: name and kind of each, in the order of the cells; read_day: the day on which the outcome was read
      create table if not exists model.observation (
        model text not null references model.model on delete cascade, day integer not null, due integer not null,
        state text not null check (state in ('asked', 'kept', 'due', 'ripe', 'failed')), made_at bigint not null, made_by text not null,
        began_at bigint, beat bigint, tries smallint not null default 0, done integer not null default 0, total integer not null default 0,
        eligible bigint, tags json, read_day integer, code text, primary key (model, day));
      create index if not exists observation_at_work on model.observation (made_at) where state in ('asked', 'due');

      -- places: two bytes a person, his place in the block; outcome: a byte a person, 1 yes, 0 no, 255 not known; yes and no: how many
      create table if not exists model.observed (
        model text not null, day integer not null, block integer not null, people integer not null, places bytea not null, cells bytea not null,
        outcome bytea, yes integer not null default 0, no integer not null default 0,
        primary key (model, day, block), foreign key (model, day) references model.observation on delete cascade);
      create index if not exists observed_block on model.observed (block);
    `,
  },
];
