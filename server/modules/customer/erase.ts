import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import { customersOfPerson, dropPersonal } from './store.ts';

/**
 * Takes away what is kept of a person as a customer: the keys to his values and every way to find him by them; that there is a customer, and his tags,
 * stays. `who`: keyed hashes. By his ID number all that are his; by a phone alone only where it leads to one person. Answers how many customers lost
 * their person. Of a customer who changed hands only the values of this person go. A later file that names him again brings him back.
 */
export async function eraseCustomers(
  { tx }: Pick<Ctx, 'tx'>,
  vault: Pick<Vault, 'forget' | 'strike'>,
  who: { readonly idNumber?: string | undefined; readonly phone?: string | undefined },
  { reason, by }: { reason: string; by: string },
): Promise<number> {
  const kind = who.idNumber === undefined ? 'phone' : 'idNumber';
  const ref = who.idNumber ?? who.phone;
  if (ref === undefined) return 0;
  const found = await customersOfPerson(tx, kind, ref);
  const people = new Set(found.flatMap((c) => c.people));
  if (found.length === 0 || (kind === 'phone' && people.size > 1)) return 0;
  const [shared, alone] = [found.filter((c) => c.shared), found.filter((c) => !c.shared)];
  await vault.forget(tx, alone.map((c) => c.id), reason, by); // biome-ignore format: one line
  await vault.strike(tx, shared.flatMap((c) => c.refs.map((id) => ({ subject: c.id, id })))); // biome-ignore format: one line
  await dropPersonal(tx, found);
  return found.length;
}
