import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import type { HouseholdRecord } from './contract.ts';
import { rowsOf } from './rows.ts';
import { addPersonal, TABLE_NAMES, writeRows } from './tables.ts';

/** Keeps what a source says, whole or not at all; the caller has looked for mistakes. Answers how many records were new or newer than what was there. */
export async function takeRecords(
  { tx, now }: Ctx,
  vault: Pick<Vault, 'hash' | 'seal' | 'remember'>,
  records: readonly HouseholdRecord[],
): Promise<{ records: number; changed: number }> {
  const { columns, values, personal } = rowsOf(vault, records, now);
  let changed = 0;
  for (const name of TABLE_NAMES) changed += await writeRows(tx, name, columns.get(name) ?? []);
  await vault.remember(tx, values);
  if (personal.length > 0) await addPersonal(tx, personal);
  return { records: records.length, changed };
}
