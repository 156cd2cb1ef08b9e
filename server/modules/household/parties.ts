import type { Ctx, Sql } from '#platform/db';
import { mask } from '#platform/personal';
import type { Vault } from '#platform/vault';
import type { PartyCard } from './contract.ts';
import { type PartyHashes, partiesById } from './partyStore.ts';

/** Parties as people see them: masked, and in their areas alone. */

type Who = Pick<Ctx, 'actor'>;

/** The latest value of each kind, in full, by party; for comparing and masking, never for answering. */
export async function valuesOf(
  sql: Sql,
  vault: Pick<Vault, 'reveal'>,
  parties: readonly PartyHashes[],
): Promise<Map<string, Map<string, string>>> {
  const latest = parties.map((p) => ({ id: p.id, refs: new Map([...p.personal].reverse().map(({ kind, ref }) => [kind, ref])) }));
  const known = await vault.reveal(
    sql,
    latest.flatMap(({ id, refs }) => [...refs.values()].map((ref) => ({ subject: id, id: ref }))),
  );
  return new Map(
    latest.map(({ id, refs }) => [
      id,
      new Map(
        [...refs].flatMap(([kind, ref]) =>
          [known.get(`${id}/${ref}`)?.value].flatMap((v) => (v === undefined ? [] : [[kind, v] as const])),
        ),
      ),
    ]),
  );
}

export const maskedOf = (values: ReadonlyMap<string, string> | undefined): PartyCard['person'] =>
  Object.fromEntries([...(values ?? [])].map(([kind, value]) => [kind, mask(kind, value)]));

/** In the order of ids; whom the caller may not see is left out. */
export async function partyCards(sql: Sql, { actor }: Who, vault: Pick<Vault, 'reveal'>, ids: readonly string[]): Promise<PartyCard[]> {
  const rows = await partiesById(sql, ids, actor.areas);
  const values = await valuesOf(sql, vault, rows);
  return rows.map((r) => ({
    id: r.id,
    source: r.source,
    is: r.kind,
    area: r.area,
    mergedInto: r.merged_into,
    madeAt: new Date(r.made_at).toISOString(),
    person: maskedOf(values.get(r.id)),
  }));
}
