import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';

/** The one way in which a masked value is shown in full: to a person, for a reason, and it is written down. */

export interface Revealing<F extends string> {
  /** "customer": the act is `customer.revealed`, its object `customer:ID`. The values lie in the vault under the same id. */
  readonly what: string;
  readonly id: string;
  /** Field → where its value lies. */
  readonly refs: ReadonlyMap<string, string>;
  /** Its number in the source, sealed, for the field `key`; empty: nobody knows it any more. */
  readonly key: Buffer;
  readonly fields: readonly F[];
  readonly reason: string;
}

/** Values by field, null where there is none. The caller has looked whether it may be seen at all. */
export async function showInFull<F extends string>(
  ctx: Ctx,
  vault: Pick<Vault, 'reveal' | 'open'>,
  { what, id, refs, key, fields, reason }: Revealing<F>,
): Promise<Record<F, string | null>> {
  await audit(ctx, `${what}.revealed`, `${what}:${id}`, { reason, details: { fields } });
  const known = await vault.reveal(
    ctx.tx,
    [...refs.values()].map((ref) => ({ subject: id, id: ref })),
  );
  const number = key.length === 0 ? null : vault.open(key);
  return Object.fromEntries(fields.map((f) => [f, f === 'key' ? number : (known.get(`${id}/${refs.get(f)}`)?.value ?? null)])) as Record<
    F,
    string | null
  >;
}
