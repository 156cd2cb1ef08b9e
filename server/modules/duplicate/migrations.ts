import type { Migration } from '#platform/module';

/** Instants are milliseconds since 1970. No value of a person stands here: keys are hashes under the vault's key, evidence says what agrees and not on what. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-duplicates',
    sql: `
-- how far the finder is: phase parties, customers or resting; the last party and the last off-net customer of this round. opened: off-net customers up to this one have their numbers written down
create table if not exists duplicate.finding (
  one boolean primary key default true check (one), round integer not null default 0, phase text not null default 'resting', party uuid, customer integer, opened integer not null default -1, parties bigint not null default 0,
  compared bigint not null default 0, began bigint, heard bigint, ended bigint, crowded json not null default '[]'
);
insert into duplicate.finding default values on conflict do nothing;

-- what was known of a party when it was last compared, as a hash: who is unchanged is passed over
create table if not exists duplicate.print (party uuid primary key, print uuid not null);

-- who is compared with whom: parties that have a key in common
create table if not exists duplicate.key (key uuid not null, party uuid not null, kind text not null, primary key (key, party));
create index if not exists key_by_party on duplicate.key (party);
-- keys that too many have in common, and that are set aside therefore
create table if not exists duplicate.crowded (key uuid primary key, kind text not null, at bigint not null);

-- numbers of off-net customers, hashed as the numbers of services are. ref: the phone that it was read from; null: his number in the source
create table if not exists duplicate.number (customer integer not null, number uuid not null, ref uuid, primary key (customer, number));
create index if not exists number_shared on duplicate.number (number, customer);

-- kind: party (two of the three households' customers) or counted (two rows of the count). state: open, merged, different, lapsed (nothing speaks for it any more)
create table if not exists duplicate.pair (
  id bigint generated always as identity primary key, kind text not null, a uuid not null, b uuid not null, area_a text, area_b text,
  evidence text[] not null, weight integer not null, grade text not null, state text not null, found_at bigint not null, decided_at bigint,
  judged text[] not null default '{}', survivor uuid, unique (kind, a, b)
);
create index if not exists pair_list on duplicate.pair (state, weight desc, id desc);
create index if not exists pair_by_a on duplicate.pair (a);
create index if not exists pair_by_b on duplicate.pair (b);

-- what people decided, and when it was found otherwise; survivor and merged of a merge
create table if not exists duplicate.decision (
  id bigint generated always as identity primary key, pair bigint not null references duplicate.pair, act text not null, at bigint not null,
  by text not null, by_name text not null, reason text, rule text, evidence text[] not null, survivor uuid, merged uuid
);
create index if not exists decision_by_pair on duplicate.decision (pair, id desc);
`,
  },
];
