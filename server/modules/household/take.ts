import { forgetErased, readErased, rememberErased } from '#customer';
import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import type { HouseholdRecord } from './contract.ts';
import { emptyHoldings } from './erase.ts';
import { heldBack, type Memory, namedIn } from './heldBack.ts';
import { rowsOf } from './rows.ts';
import { addPersonal, TABLE_NAMES, writeRows } from './tables.ts';

/** So many are made into rows before somebody else may be served. */
const PORTION = 1_000;

type Keeps = Pick<Vault, 'hash' | 'seal' | 'remember'>;

export interface TakenIn {
  readonly records: number;
  /** New, or newer than what was there. */
  readonly changed: number;
  /** About people who were erased: facts were taken, nothing that leads to them. */
  readonly erased: number;
}

/** Keeps what a source says, whole or not at all; the caller has looked for mistakes. */
export async function takeRecords(ctx: Ctx, vault: Keeps, records: readonly HouseholdRecord[]): Promise<TakenIn> {
  let [changed, erased] = [0, 0];
  for (let from = 0; from < records.length; from += PORTION) {
    const done = await takePortion(ctx, vault, records.slice(from, from + PORTION));
    changed += done.changed;
    erased += done.erased;
  }
  return { records: records.length, changed, erased };
}

async function takePortion(ctx: Ctx, vault: Keeps, records: readonly HouseholdRecord[]): Promise<Omit<TakenIn, 'records'>> {
  const { tx, now } = ctx;
  const named = namedIn(vault, records);
  const erased: Memory = await readErased(tx, named.refs);
  const held = erased.size === 0 ? undefined : await heldBack(ctx, { named, erased });
  if (held !== undefined) {
    await forgetErased(tx, held.freed);
    await rememberErased(ctx, held.parties.map((ref) => ({ ref, kind: 'party', named: true }))); // biome-ignore format: one line
  }
  const { columns, values, personal } = rowsOf(vault, records, now, held?.records ?? new Set());
  let changed = 0;
  for (const name of TABLE_NAMES) changed += await writeRows(tx, name, columns.get(name) ?? []);
  await vault.remember(tx, values);
  if (personal.length > 0) await addPersonal(tx, personal);
  if (held !== undefined && held.owners.length > 0) await emptyHoldings(ctx, held.owners, new Set(erased.keys()));
  return { changed, erased: held?.records.size ?? 0 };
}
