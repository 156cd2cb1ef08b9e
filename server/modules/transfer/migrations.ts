import type { Migration } from '#platform/module';

/** Instants are milliseconds since 1970. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-transfers',
    sql: `
-- from at on the service is to_party's. customer: the ordinal as whom it is counted. proof: sealed. said: consents that were ended
create table if not exists transfer.transfer (
  id uuid primary key, service uuid not null, from_parties uuid[] not null, to_party uuid not null, area text, customer integer, at bigint not null,
  reason text not null, proof bytea not null, said json not null, made_at bigint not null, by text not null, by_name text not null,
  undone_at bigint, undone_by text, undone_by_name text, undo_reason text
);
create index if not exists transfer_by_service on transfer.transfer (service, made_at desc);
create index if not exists transfer_by_customer on transfer.transfer (customer) where customer is not null;
create index if not exists transfer_by_to on transfer.transfer (to_party);
create index if not exists transfer_by_from on transfer.transfer using gin (from_parties);
`,
  },
];
