import { list, type Sql, type Tx } from '#platform/db';
import type { Ownership } from './model.ts';
import { type Areas, areasOf } from './partyStore.ts';

/** Whose a service is: what sources say, and transfers decided here. */

export interface OwnerRow extends Ownership {
  readonly service: string;
}

type Row = OwnerRow & Record<string, never>;

/** As they were written down, the earliest first; `lasting` says how long each really lasted. */
export const ownersOf = (sql: Sql, services: readonly string[]): Promise<OwnerRow[]> =>
  sql.query<Row>(
    'household-owners-of',
    `select service, party, since, until, by_act as "byAct" from household.owner where service = any($1::uuid[]) order by service, since, party`,
    [list(services)],
  );

export interface LockedService {
  readonly id: string;
  readonly state: string;
}

/** Whoever changes whose a service is holds its row first. */
export const lockService = async (tx: Tx, id: string, areas: Areas): Promise<LockedService | undefined> =>
  (
    await tx.query<LockedService & Record<string, never>>(
      'household-service-lock',
      'select id, state from household.service where id = $1 and ($2::text[] is null or area = any($2)) for update',
      [id, areasOf(areas)],
    )
  )[0];

export const addTransfer = (tx: Tx, o: { act: string; service: string; party: string; since: number; at: number }) =>
  tx.query('household-transfer-add', 'insert into household.owner (service, party, since, by_act, at) values ($1, $2, $3, $4, $5)', [
    o.service,
    o.party,
    o.since,
    o.act,
    o.at,
  ]);

export const serviceOfAct = async (sql: Sql, act: string): Promise<string | undefined> =>
  (await sql.query<{ service: string }>('household-transfer-of', 'select service from household.owner where by_act = $1', [act]))[0]
    ?.service;

export const dropTransfer = (tx: Tx, act: string) =>
  tx.query('household-transfer-drop', 'delete from household.owner where by_act = $1', [act]);
