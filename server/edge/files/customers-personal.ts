import { addPersonal, idsOf, type Personal } from '#customer';
import { normal } from '#platform/personal';
import type { Work } from './customers-work.ts';
import type { Waiting } from './customers-write.ts';

/** Puts what is personal of these rows into the vault; answers the ordinals of whom something new is known. */
export async function keepPersonal(w: Work, rows: readonly Waiting[], people: readonly { readonly kind: Personal }[]): Promise<number[]> {
  const ids = new Map((await idsOf(w.db, rows.map((r) => r.ordinal))).map((r) => [r.ordinal, r.id])); // biome-ignore format: one line
  const values = rows.flatMap(({ ordinal, personal }) => {
    const subject = ids.get(ordinal);
    if (subject === undefined) return [];
    return people.flatMap(({ kind }, i) => {
      const value = personal[i] ?? null;
      return value === null ? [] : [{ ordinal, subject, kind, value, id: w.vault.hash(kind, normal(kind, value)) }];
    });
  });
  if (values.length === 0) return [];
  return w.db.inTx(w.actor, async ({ tx, now }) => {
    await w.vault.remember(tx, values);
    const fresh = await addPersonal(
      tx,
      values.map(({ ordinal, kind, id }) => ({ ordinal, kind, ref: id })),
      now,
    );
    return [...new Set(fresh.map((r) => r.ordinal))];
  });
}
