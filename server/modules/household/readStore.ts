import { list, type Sql } from '#platform/db';
import type { ACCOUNT_MODES, ACCOUNT_STATES, BUNDLE_KINDS, ROLES, SERVICE_KINDS, SERVICE_STATES } from './model.ts';
import { type Areas, areasOf } from './partyStore.ts';

/** Reading the three households; rows outside the areas are not there. */

type One<T extends readonly string[]> = T[number];

export interface ServiceRow {
  readonly id: string;
  readonly source: string;
  readonly key: Buffer;
  readonly kind: One<typeof SERVICE_KINDS>;
  /** Sealed. */
  readonly shown: Buffer | null;
  readonly customer_source: string | null;
  readonly customer: string | null;
  readonly home: string | null;
  readonly plan: string | null;
  readonly state: One<typeof SERVICE_STATES>;
  readonly since: number | null;
  readonly ended: number | null;
  readonly area: string | null;
}

export interface AccountRow {
  readonly id: string;
  readonly source: string;
  readonly mode: One<typeof ACCOUNT_MODES>;
  readonly state: One<typeof ACCOUNT_STATES>;
  readonly area: string | null;
}

export interface HomeRow {
  readonly id: string;
  readonly key: Buffer;
  readonly area: string | null;
  readonly estate: string | null;
  readonly building: string | null;
  /** The address, sealed. */
  readonly shown: Buffer | null;
}

interface Period {
  readonly since: number;
  readonly until: number | null;
}

type Rows<T> = Promise<T[]>;
type R<T> = T & Record<string, never>;

const SERVICE = 's.id, s.source, s.key, s.kind, s.shown, s.customer_source, s.customer, s.home, s.plan, s.state, s.since, s.ended, s.area';
const OPEN = '($2::text[] is null or area = any($2))';

/** Services that are counted as this customer. */
export const servicesCountedAs = (sql: Sql, { source, hash }: { source: string; hash: string }, areas: Areas): Rows<ServiceRow> =>
  sql.query<R<ServiceRow>>(
    'household-services-counted',
    `select ${SERVICE} from household.service s where customer = $1 and customer_source = $3 and ${OPEN} order by s.id`,
    [hash, areasOf(areas), source],
  );

export const servicesById = (sql: Sql, ids: readonly string[], areas: Areas): Rows<ServiceRow> =>
  sql.query<R<ServiceRow>>(
    'household-services-by-id',
    `select ${SERVICE} from household.service s where id = any($1::uuid[]) and ${OPEN} order by s.id`,
    [list(ids), areasOf(areas)],
  );

/** Hashes of their numbers. */
export const numbersOf = async (sql: Sql, ids: readonly string[], areas: Areas): Promise<string[]> =>
  (
    await sql.query<{ number: string }>(
      'household-numbers-of',
      `select distinct number from household.service where id = any($1::uuid[]) and number is not null and ${OPEN} order by number`,
      [list(ids), areasOf(areas)],
    )
  ).map((r) => r.number);

export const servicesByNumber = (sql: Sql, number: string, areas: Areas): Rows<ServiceRow> =>
  sql.query<R<ServiceRow>>(
    'household-services-by-number',
    `select ${SERVICE} from household.service s where number = $1 and ${OPEN} order by s.id`,
    [number, areasOf(areas)],
  );

/** Services that these parties have or had, those in use first, mobile ones before others. */
export const servicesOwned = async (sql: Sql, parties: readonly string[], areas: Areas, limit: number): Promise<string[]> =>
  (
    await sql.query<{ id: string }>(
      'household-services-owned',
      `select id from household.service where id in (select service from household.owner where party = any($1::uuid[])) and ${OPEN}
       order by state = 'ended', kind <> 'mobile', id limit $3`,
      [list(parties), areasOf(areas), limit],
    )
  ).map((r) => r.id);

/** Services that these accounts pay for at an instant. */
export const servicesCharged = async (sql: Sql, accounts: readonly string[], at: number, limit: number): Promise<string[]> =>
  (
    await sql.query<{ service: string }>(
      'household-services-charged',
      'select distinct service from household.charge where account = any($1::uuid[]) and since <= $2 and (until is null or until > $2) order by service limit $3',
      [list(accounts), at, limit],
    )
  ).map((r) => r.service);

export interface ChargeRow extends Period {
  readonly service: string;
  readonly account: string;
  readonly what: string;
}

/** What holds at an instant. */
export const chargesOf = (sql: Sql, services: readonly string[], at: number): Rows<ChargeRow> =>
  sql.query<R<ChargeRow>>(
    'household-charges-of',
    `select service, account, what, since, until from household.charge where service = any($1::uuid[]) and since <= $2 and (until is null or until > $2)
     order by service, account, what, since`,
    [list(services), at],
  );

export interface PayerRow extends Period {
  readonly account: string;
  readonly party: string;
}

export const payersOf = (sql: Sql, accounts: readonly string[], at: number): Rows<PayerRow> =>
  sql.query<R<PayerRow>>(
    'household-payers-of',
    `select account, party, since, until from household.payer where account = any($1::uuid[]) and since <= $2 and (until is null or until > $2)
     order by account, party, since`,
    [list(accounts), at],
  );

/** Accounts that these parties answer for at an instant. */
export const accountsPaidBy = async (sql: Sql, parties: readonly string[], at: number, limit: number): Promise<string[]> =>
  (
    await sql.query<{ account: string }>(
      'household-accounts-paid',
      'select distinct account from household.payer where party = any($1::uuid[]) and since <= $2 and (until is null or until > $2) order by account limit $3',
      [list(parties), at, limit],
    )
  ).map((r) => r.account);

export const accountsById = (sql: Sql, ids: readonly string[], areas: Areas): Rows<AccountRow> =>
  sql.query<R<AccountRow>>(
    'household-accounts-by-id',
    `select id, source, mode, state, area from household.account where id = any($1::uuid[]) and ${OPEN} order by id`,
    [list(ids), areasOf(areas)],
  );

export const homesById = (sql: Sql, ids: readonly string[], areas: Areas): Rows<HomeRow> =>
  sql.query<R<HomeRow>>(
    'household-homes-by-id',
    `select id, key, area, estate, building, shown from household.home where id = any($1::uuid[]) and ${OPEN} order by id`,
    [list(ids), areasOf(areas)],
  );

export interface BillRow {
  readonly account: string;
  readonly month: number;
  readonly amount: number;
  readonly paid: number;
}

/** The latest months of each account, the earliest first. */
export const billsOf = (sql: Sql, accounts: readonly string[], months: number): Rows<BillRow> =>
  sql.query<R<BillRow>>(
    'household-bills-of',
    `select b.account, b.month, b.amount, b.paid from unnest($1::uuid[]) a (id)
     cross join lateral (select * from household.bill where account = a.id order by month desc limit $2) b order by b.account, b.month`,
    [list(accounts), months],
  );

export interface DeviceRow extends Period {
  /** The keyed hash of its serial; of its service's devices it names one. */
  readonly id: string;
  readonly service: string;
  readonly kind: string;
  readonly serial: Buffer;
}

export const devicesOf = (sql: Sql, services: readonly string[]): Rows<DeviceRow> =>
  sql.query<R<DeviceRow>>(
    'household-devices-of',
    'select serial_hash as "id", service, kind, serial, since, until from household.device where service = any($1::uuid[]) order by service, since, serial_hash',
    [list(services)],
  );

export interface ContractRow {
  readonly service: string;
  readonly kind: string;
  readonly starts: number;
  readonly ends: number | null;
}

export const contractsOf = (sql: Sql, services: readonly string[]): Rows<ContractRow> =>
  sql.query<R<ContractRow>>(
    'household-contracts-of',
    'select service, kind, starts, ends from household.contract where service = any($1::uuid[]) order by service, starts, kind',
    [list(services)],
  );

export interface TieRow {
  readonly bundle: string;
  readonly service: string;
  readonly role: One<typeof ROLES>;
}

/** Everybody who stands at an instant in a bundle with one of these services; `limit` ties. */
export const tiesAround = (sql: Sql, services: readonly string[], at: number, limit: number): Rows<TieRow> =>
  sql.query<R<TieRow>>(
    'household-ties-around',
    `select bundle, service, role from household.tie
     where bundle in (select bundle from household.tie where service = any($1::uuid[]) and since <= $2 and (until is null or until > $2))
       and since <= $2 and (until is null or until > $2) order by bundle, role, service limit $3`,
    [list(services), at, limit],
  );

export interface BundleRow {
  readonly id: string;
  readonly kind: One<typeof BUNDLE_KINDS>;
  readonly name: string | null;
}

export const bundlesById = (sql: Sql, ids: readonly string[]): Rows<BundleRow> =>
  sql.query<R<BundleRow>>('household-bundles-by-id', 'select id, kind, name from household.bundle where id = any($1::uuid[]) order by id', [
    list(ids),
  ]);
