import type { Migration } from '#platform/module';

/**
 * Ids are keyed hashes of (kind, source, number in the source): whoever names a thing knows its id, so records may come in any order. `key` is that
 * number, sealed. `at`: of when the source's word is, and the latest word stands. Instants are milliseconds since 1970, days and months are counted from
 * there too, money is fen. Nothing refers to another table by force: what is named may come later.
 */
export const migrations: readonly Migration[] = [
  {
    name: '0001-households',
    sql: `
-- who: a person or an organisation as one source knows it. merged_into: the same one, under another number; readers follow it
create table if not exists household.party (
  id uuid primary key, source text not null, key bytea not null, kind text not null, area text, merged_into uuid, made_at bigint not null, at bigint not null
);
create index if not exists party_by_area on household.party (area, id);
create index if not exists party_merged on household.party (merged_into) where merged_into is not null;

-- where a party's personal values lie in the vault (subject: its id)
create table if not exists household.personal (party uuid not null, kind text not null, ref uuid not null, at bigint not null, primary key (party, kind, ref));
create index if not exists personal_by_ref on household.personal (ref, kind, party);

-- who pays: mode prepaid or postpaid; state open, suspended or closed
create table if not exists household.account (
  id uuid primary key, source text not null, key bytea not null, mode text not null, state text not null, area text, made_at bigint not null, at bigint not null
);
create table if not exists household.payer (
  account uuid not null, party uuid not null, since bigint not null, until bigint, at bigint not null, primary key (account, party, since)
);
create index if not exists payer_by_party on household.payer (party);

-- where services end. address: its hash; shown: the address itself, sealed
create table if not exists household.home (
  id uuid primary key, source text not null, key bytea not null, area text, estate text, building text, address uuid, shown bytea, made_at bigint not null, at bigint not null
);

-- what is used. number: its hash; shown: the number itself, sealed. customer: hash of the number under which customer_source counts it
create table if not exists household.service (
  id uuid primary key, source text not null, key bytea not null, kind text not null, number uuid, shown bytea, customer_source text, customer uuid, home uuid,
  plan text, state text not null, since bigint, ended bigint, area text, made_at bigint not null, at bigint not null
);
create index if not exists service_by_number on household.service (number) where number is not null;
create index if not exists service_by_customer on household.service (customer, customer_source) where customer is not null;
create index if not exists service_by_home on household.service (home) where home is not null;

-- whose it is. by_act: a transfer decided here, which ends what was before it and is taken back by taking the row away
create table if not exists household.owner (
  service uuid not null, party uuid not null, since bigint not null, until bigint, by_act uuid, at bigint not null,
  unique nulls not distinct (service, party, since, by_act)
);
create index if not exists owner_by_party on household.owner (party);
create index if not exists owner_by_act on household.owner (by_act) where by_act is not null;

-- which account pays what of a service
create table if not exists household.charge (
  service uuid not null, account uuid not null, what text not null, since bigint not null, until bigint, at bigint not null, primary key (service, account, what, since)
);
create index if not exists charge_by_account on household.charge (account);

-- services that belong together: main and secondary cards, or a bundle; and each one's part in it
create table if not exists household.bundle (
  id uuid primary key, source text not null, key bytea not null, kind text not null, name text, made_at bigint not null, at bigint not null
);
create table if not exists household.tie (
  bundle uuid not null, service uuid not null, role text not null, since bigint not null, until bigint, at bigint not null, primary key (bundle, service, since)
);
create index if not exists tie_by_service on household.tie (service);

-- serial: sealed; empty once its person was erased
create table if not exists household.device (
  service uuid not null, serial_hash uuid not null, serial bytea not null, kind text not null, since bigint not null, until bigint, at bigint not null,
  primary key (service, serial_hash)
);
create table if not exists household.contract (
  service uuid not null, kind text not null, starts integer not null, ends integer, at bigint not null, primary key (service, kind, starts)
);
create table if not exists household.bill (
  account uuid not null, month integer not null, amount bigint not null, paid bigint not null, at bigint not null, primary key (account, month)
);
`,
  },
];
