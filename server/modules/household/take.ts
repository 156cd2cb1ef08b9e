import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import type { HouseholdRecord } from './contract.ts';
import { rowsOf } from './rows.ts';
import { addPersonal, TABLE_NAMES, writeRows } from './tables.ts';

/** So many are made into rows before somebody else may be served. */
const PORTION = 1_000;

/** Keeps what a source says, whole or not at all; the caller has looked for mistakes. Answers how many records were new or newer than what was there. */
export async function takeRecords(
  { tx, now }: Ctx,
  vault: Pick<Vault, 'hash' | 'seal' | 'remember'>,
  records: readonly HouseholdRecord[],
): Promise<{ records: number; changed: number }> {
  let changed = 0;
  for (let from = 0; from < records.length; from += PORTION) {
    const { columns, values, personal } = rowsOf(vault, records.slice(from, from + PORTION), now);
    for (const name of TABLE_NAMES) changed += await writeRows(tx, name, columns.get(name) ?? []);
    await vault.remember(tx, values);
    if (personal.length > 0) await addPersonal(tx, personal);
  }
  return { records: records.length, changed };
}
