import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';

/** The one way in which a masked value is shown in full: to a person, for a reason, and it is written down. */

export interface Revealing<F extends string> {
  /** "customer": the act is `customer.revealed`, its object `customer:ID`. The values lie in the vault under the same id. */
  readonly what: string;
  readonly id: string;
  /** Field → where its value lies in the vault. */
  readonly refs?: ReadonlyMap<string, string>;
  /** Field → its value, sealed; empty: nobody knows it any more. */
  readonly sealed: Readonly<Record<string, Buffer | null>>;
  readonly fields: readonly F[];
  readonly reason: string;
}

/** Values by field, null where there is none. The caller has looked whether it may be seen at all. */
export async function showInFull<F extends string>(
  ctx: Ctx,
  vault: Pick<Vault, 'reveal' | 'open'>,
  { what, id, refs = new Map(), sealed, fields, reason }: Revealing<F>,
): Promise<Record<F, string | null>> {
  await audit(ctx, `${what}.revealed`, `${what}:${id}`, { reason, details: { fields } });
  const known = await vault.reveal(
    ctx.tx,
    [...refs.values()].map((ref) => ({ subject: id, id: ref })),
  );
  const shownFor = (field: F): string | null => {
    const closed = sealed[field];
    if (closed === undefined) return known.get(`${id}/${refs.get(field)}`)?.value ?? null;
    return closed === null || closed.length === 0 ? null : vault.open(closed);
  };
  return Object.fromEntries(fields.map((f) => [f, shownFor(f)])) as Record<F, string | null>;
}
