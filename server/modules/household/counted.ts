import { list, type Sql } from '#platform/db';

/** Services by what they are called from outside. */

export interface NumberedService {
  /** The keyed hash of the number asked for. */
  readonly number: string;
  readonly customer_source: string;
  /** Keyed hash of the number under which its source counts it. */
  readonly customer: string;
}

/** Services in use or suspended that have one of these numbers, as far as they are counted. */
export const servicesNumbered = (sql: Sql, numbers: readonly string[]): Promise<NumberedService[]> =>
  sql.query<NumberedService & Record<string, never>>(
    'household-services-numbered',
    `select number, customer_source, customer from household.service
     where number = any($1::uuid[]) and customer is not null and customer_source is not null and state <> 'ended'`,
    [list(numbers)],
  );

/** Services that are counted as this customer. */
export const servicesCounted = async (sql: Sql, { source, hash }: { source: string; hash: string }): Promise<string[]> =>
  (
    await sql.query<{ id: string }>(
      'household-services-counted-ids',
      'select id from household.service where customer = $1 and customer_source = $2 order by id',
      [hash, source],
    )
  ).map((s) => s.id);

export interface ServiceSeen {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly area: string | null;
  /** Its number, sealed. */
  readonly shown: Buffer | null;
  readonly customer_source: string | null;
  readonly customer: string | null;
}

/** Whom the caller may not see is not there. */
export const servicesSeen = (sql: Sql, ids: readonly string[], areas: 'all' | readonly string[]): Promise<ServiceSeen[]> =>
  sql.query<ServiceSeen & Record<string, never>>(
    'household-services-seen',
    `select id, kind, state, area, shown, customer_source, customer from household.service
     where id = any($1::uuid[]) and ($2::text[] is null or area = any($2)) order by id`,
    [list(ids), areas === 'all' ? null : areas],
  );
