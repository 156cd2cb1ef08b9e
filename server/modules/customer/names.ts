import type { Ctx, Sql } from '#platform/db';
import { mask } from '#platform/personal';
import type { Vault } from '#platform/vault';
import * as store from './store.ts';

/** Masked names by ordinal, for lists: three statements however many they are. Whom the caller may not see, and whose name is unknown, is left out. */
export async function maskedNames(
  sql: Sql,
  { actor }: Pick<Ctx, 'actor'>,
  vault: Pick<Vault, 'reveal'>,
  ordinals: readonly number[],
): Promise<Map<number, string>> {
  const rows = await store.customersByOrdinal(sql, ordinals, actor.areas);
  const ids = new Map(rows.map((r) => [r.ordinal, r.id]));
  const refs = (await store.personalOf(sql, [...ids.keys()])).filter((r) => r.kind === 'name');
  const at = refs.map(({ ordinal, ref }) => ({ ordinal, subject: ids.get(ordinal) as string, id: ref }));
  const known = await vault.reveal(sql, at);
  return new Map(
    at.flatMap(({ ordinal, subject, id }) => {
      const value = known.get(`${subject}/${id}`)?.value;
      return value === undefined ? [] : [[ordinal, mask('name', value)]];
    }),
  );
}
