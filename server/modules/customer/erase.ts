import type { Ctx, Sql } from '#platform/db';
import type { Vault } from '#platform/vault';
import { holdErased, type Row, rememberErased } from './erased.ts';
import { customersOfPerson, dropKeys, dropPersonal, lockCustomersOfPerson, type OfPerson } from './store.ts';

/** Whom an erasure means: keyed hashes. */
export interface Erasing {
  readonly idNumber?: string | undefined;
  readonly phone?: string | undefined;
}

export interface Erased {
  /** Ordinals of the customers who lost their person. */
  readonly customers: readonly number[];
  /** The ID numbers and phones that were his. */
  readonly values: readonly Row[];
}

const askedBy = ({ idNumber, phone }: Erasing) => ({ kind: idNumber === undefined ? 'phone' : 'idNumber', ref: idNumber ?? phone });
const peopleAmong = (found: readonly OfPerson[]): Set<string> => new Set(found.flatMap((c) => c.people));

/**
 * Whom an erasure would take; changes nothing. By his ID number all that are his; by a phone alone only where it leads to one person. `others`: customers
 * who have the phone too and stay, for they are another's, or may be.
 */
export async function findCustomersOf(sql: Sql, who: Erasing): Promise<{ his: readonly OfPerson[]; others: number }> {
  const { kind, ref } = askedBy(who);
  if (ref === undefined) return { his: [], others: 0 };
  const found = await customersOfPerson(sql, kind, ref);
  const his = kind === 'phone' && peopleAmong(found).size > 1 ? [] : found;
  const taken = new Set(his.map((c) => c.ordinal));
  const named = who.phone === undefined ? [] : await customersOfPerson(sql, 'phone', who.phone);
  return { his, others: new Set(named.flatMap((c) => (taken.has(c.ordinal) ? [] : [c.ordinal]))).size };
}

/**
 * Takes away what is kept of a person as a customer: the keys to his values and every way to find him by them; that there is a customer, and his tags,
 * stays. Of a customer who changed hands only the values of this person go. The records are remembered, so that no later file brings him back; the caller remembers what of the values is his alone.
 */
export async function eraseCustomers(
  ctx: Pick<Ctx, 'tx' | 'now'>,
  vault: Pick<Vault, 'forget' | 'strike'>,
  who: Erasing,
  { reason, by }: { reason: string; by: string },
): Promise<Erased> {
  const { tx } = ctx;
  const { kind, ref } = askedBy(who);
  const asked = who.idNumber === undefined ? [] : [{ ref: who.idNumber, kind: 'idNumber' as const, named: true }];
  if (ref === undefined) return { customers: [], values: [] };
  await holdErased(tx);
  await lockCustomersOfPerson(tx, kind, ref);
  const { his: found } = await findCustomersOf(tx, who);
  const people = peopleAmong(found);
  if (found.length === 0) return { customers: [], values: asked };
  const [shared, alone] = [found.filter((c) => c.shared), found.filter((c) => !c.shared)];
  await vault.forget(tx, alone.map((c) => c.id), reason, by); // biome-ignore format: one line
  await vault.strike(tx, shared.flatMap((c) => c.refs.map((id) => ({ subject: c.id, id })))); // biome-ignore format: one line
  await dropPersonal(tx, found);
  await dropKeys(tx, alone.map((c) => c.ordinal)); // biome-ignore format: one line
  await rememberErased(ctx, alone.map((c) => ({ ref: c.id, kind: 'customer', named: people.size > 0 }))); // biome-ignore format: one line
  return {
    customers: found.map((c) => c.ordinal),
    values: [
      ...asked,
      ...[...people].map((one): Row => ({ ref: one, kind: 'idNumber', named: true })),
      ...found.flatMap((c) => c.phones).map((one): Row => ({ ref: one, kind: 'phone', named: false })),
    ],
  };
}
