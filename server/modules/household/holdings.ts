import { list, type Sql } from '#platform/db';
import { holdsAt, lasting } from './model.ts';
import { ownersOf } from './ownerStore.ts';

/** What hangs on a party: its services and accounts at an instant. */

export interface Holdings {
  readonly services: readonly { readonly id: string; readonly state: string; readonly since: number | null }[];
  readonly accounts: readonly string[];
}

/** Of one party no more than this is looked at: an organisation may have a hundred thousand lines. */
const MOST = 10_000;

const servicesEverOf = (sql: Sql, parties: readonly string[]): Promise<{ id: string; state: string; since: number | null }[]> =>
  sql.query(
    'household-holdings-services',
    `select id, state, since from household.service where id in (select service from household.owner where party = any($1::uuid[])) order by id limit $2`,
    [list(parties), MOST],
  );

const accountsOf = (sql: Sql, parties: readonly string[], at: number): Promise<{ party: string; account: string }[]> =>
  sql.query(
    'household-holdings-accounts',
    `select party, account from household.payer where party = any($1::uuid[]) and since <= $2 and (until is null or until > $2) order by account limit $3`,
    [list(parties), at, MOST],
  );

/** By party as it was written down; what was merged into a party is asked for by its own id. */
export async function holdingsOf(sql: Sql, parties: readonly string[], at: number): Promise<Map<string, Holdings>> {
  const services = new Map((await servicesEverOf(sql, parties)).map((s) => [s.id, s]));
  const owners = Map.groupBy(await ownersOf(sql, [...services.keys()]), (o) => o.service);
  const owned = [...owners.values()].flatMap((rows) => lasting(rows).filter((o) => holdsAt(o, at)));
  const mine = Map.groupBy(owned, (o) => o.party);
  const accounts = Map.groupBy(await accountsOf(sql, parties, at), (a) => a.party);
  return new Map(
    parties.map((p) => [
      p,
      {
        services: [...new Set((mine.get(p) ?? []).map((o) => o.service))].flatMap((id) => services.get(id) ?? []),
        accounts: [...new Set((accounts.get(p) ?? []).map((a) => a.account))],
      },
    ]),
  );
}
