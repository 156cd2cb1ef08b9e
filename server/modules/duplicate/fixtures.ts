import type { Db } from '#platform/db';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';

/** For tests only: parties of the three households with what is known of them. */

export interface Somebody {
  readonly key: string;
  readonly name?: string;
  readonly idNumber?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly area?: string;
  readonly kind?: 'person' | 'organisation';
  readonly madeAt?: number;
}

export const partyId = (vault: Pick<Vault, 'hash'>, key: string): string => vault.hash('household.party', `crm\0${key}`);

const VALUES = ['name', 'idNumber', 'phone', 'address'] as const;

/** Puts them there, or says of them what is known from now on; answers their ids by key. */
export async function someParties(db: Db, vault: Vault, people: readonly Somebody[], at = 1): Promise<Map<string, string>> {
  const ids = new Map(people.map((p) => [p.key, partyId(vault, p.key)]));
  const values = people.flatMap((p) =>
    VALUES.flatMap((kind) => {
      const value = p[kind];
      return value === undefined ? [] : [{ subject: ids.get(p.key) as string, kind, id: vault.hash(kind, normal(kind, value)), value }];
    }),
  );
  await db.query(
    '',
    `insert into household.party (id, source, key, kind, area, made_at, at) select i, 'crm', '', k, a, m, 1 from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[]) n (i, k, a, m)
     on conflict (id) do nothing`,
    [[...ids.values()], people.map((p) => p.kind ?? 'person'), people.map((p) => p.area ?? 'east'), people.map((p) => p.madeAt ?? 1_000)],
  );
  await db.inTx({ kind: 'system', id: 'test', name: 'test', rights: 'all', areas: 'all' }, async ({ tx }) => vault.remember(tx, values));
  await db.query(
    '',
    'insert into household.personal (party, kind, ref, at) select *, $4 from unnest($1::uuid[], $2::text[], $3::uuid[]) on conflict do nothing',
    [values.map((v) => v.subject), values.map((v) => v.kind), values.map((v) => v.id), at],
  );
  return ids;
}

/** So many parties of whom nothing is known but one phone. */
export async function aCrowd(db: Db, vault: Vault, { phone, size }: { phone: string; size: number }): Promise<void> {
  await db.query(
    '',
    `with p as (insert into household.party (id, source, key, kind, area, made_at, at)
       select gen_random_uuid(), 'crm', '', 'person', 'east', 1, 1 from generate_series(1, $2) returning id)
     insert into household.personal (party, kind, ref, at) select id, 'phone', $1, 1 from p`,
    [vault.hash('phone', phone), size],
  );
}

/** A service in use of a party. */
export async function aService(
  db: Db,
  s: { id: string; party: string; since?: number; number?: string; customer?: { source: string; hash: string } },
): Promise<void> {
  await db.query(
    '',
    `insert into household.service (id, source, key, kind, number, customer_source, customer, state, since, area, made_at, at)
     values ($1, 'crm', '', 'mobile', $2, $3, $4, 'active', $5, 'east', 1, 1)`,
    [s.id, s.number ?? null, s.customer?.source ?? null, s.customer?.hash ?? null, s.since ?? 1],
  );
  await db.query('', 'insert into household.owner (service, party, since, at) values ($1, $2, $3, 1)', [s.id, s.party, s.since ?? 1]);
}
